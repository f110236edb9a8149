"""A small catalogue in which every fact is somewhere yes, somewhere no, and somewhere unknown.

Beside it stands, in plain Python, what each public filter should say of an offer: True, False,
or None when it cannot be known. The tests compare the database with that.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from providers.enums import OfferFormat, OfferStatus, WaitStatus
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.services.index import reindex
from tests.factories import (
    CanAlsoTakeFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    LanguageFactory,
    LocationFactory,
    OfferFactory,
    ServiceAreaFactory,
    TargetGroupFactory,
    WaitTimeFactory,
    days_ago,
)

LEIDEN, KATWIJK = "GM0546", "GM0537"
MUNICIPALITY_OF = {"leiden": LEIDEN, "2311": LEIDEN, "katwijk": KATWIJK}
# Filters whose unknown is left out and counted; the others keep it.
STRICT = {"vraag", "ook", "plaats", "gemeente", "wachttijd", "start"}


@dataclass(frozen=True)
class Wait:
    """A measurement, so many days old; the clock is 30 days."""

    weeks: int | None
    days_old: int = 0
    status: WaitStatus = WaitStatus.KNOWN

    @property
    def counts(self):
        return self.days_old <= 30


@dataclass(frozen=True)
class Run:
    """A run that starts in so many weeks; the clock on its places is 14 days."""

    in_weeks: int
    left: int | None
    days_old: int | None = 0

    @property
    def counts(self):
        return self.left is not None and self.days_old is not None and self.days_old <= 14


@dataclass(frozen=True)
class Facts:
    """What is known of one offer; empty or None means that it is not known."""

    title: str = "Praten"
    questions: tuple[str, ...] = ("somberheid",)
    ages: tuple[int | None, int | None] = (12, 17)
    level: int = 1
    formats: tuple[str, ...] = ("groep",)
    phases: tuple[str, ...] = ("voor-zorg",)
    groups: tuple[str, ...] = ("ouders",)
    languages: tuple[str, ...] = ("nl",)
    routes: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {LEIDEN: ("vrij",), KATWIJK: ("huisarts",)}
    )
    # Of each location.
    wheelchair: tuple[str, ...] = ("ja",)
    # What it says of what may be the case beside the question.
    takes: Mapping[str, bool] = field(default_factory=lambda: {"autisme": True})
    wait: Wait | None = field(default_factory=lambda: Wait(4))
    run: Run | None = None
    # Whether one can join at any time; None for what is no group.
    is_open: bool | None = None


STANDARD = Facts()
# Each differs from the standard in one fact.
VARIANTS = [
    {"title": "Samen hardlopen"},
    {"questions": ("angst",)},
    {"questions": ("angst", "somberheid")},
    {"questions": ()},
    {"questions": (), "title": "Samen hardlopen"},
    {"ages": (4, 11)},
    {"ages": (None, 11)},
    {"ages": (12, None)},
    {"ages": (None, None)},
    {"level": 0},
    {"level": 4},
    {"formats": ("online", "individueel")},
    {"formats": ()},
    {"phases": ("wachtend", "uit-zorg")},
    {"phases": ()},
    {"groups": ("nieuwkomers",)},
    {"groups": ()},
    {"languages": ("ar",)},
    {"languages": ()},
    {"routes": {LEIDEN: ("huisarts", "rechter")}},
    {"routes": {LEIDEN: ()}},
    {"routes": {LEIDEN: ("vrij",), KATWIJK: ()}},
    {"routes": {KATWIJK: ("vrij",)}},
    {"routes": {}},
    {"wheelchair": ()},
    {"wheelchair": ("nee", "onbekend")},
    {"wheelchair": ("nee", "ja")},
    {"wheelchair": ("nee", "nee")},
    {"takes": {}},
    {"takes": {"autisme": False}},
    {"takes": {"autisme": True, "lvb": True}},
    {"takes": {"autisme": True, "lvb": False}},
    {"wait": None},
    {"wait": Wait(0)},
    {"wait": Wait(20)},
    {"wait": Wait(2, days_old=31)},
    {"wait": Wait(None, status=WaitStatus.UNKNOWN)},
    {"wait": Wait(None, status=WaitStatus.STOP)},
    {"wait": Wait(None, days_old=31, status=WaitStatus.STOP)},
    {"wait": Wait(None)},
    *(
        {"run": run, "is_open": is_open}
        for is_open in (True, False)
        for run in (
            None,
            Run(2, left=3),
            Run(2, left=0),
            Run(8, left=3),
            Run(2, left=3, days_old=15),
            Run(2, left=None),
            Run(2, left=3, days_old=None),
        )
    ),
]


def all_facts(mixed=24):
    """Return the standard, each variant, and some mixtures of three (always the same ones)."""
    draw = random.Random(7)
    mixtures = [
        {name: value for part in draw.sample(VARIANTS, 3) for name, value in part.items()}
        for _ in range(mixed)
    ]
    return [STANDARD, *(replace(STANDARD, **change) for change in [*VARIANTS, *mixtures])]


def build(facts):
    """Put one offer in the database."""
    told = facts.questions and facts.routes
    offer = OfferFactory(
        title=facts.title,
        status=OfferStatus.PUBLISHED if told else OfferStatus.LISTED,
        help_questions=facts.questions,
        age_min=facts.ages[0],
        age_max=facts.ages[1],
        level=facts.level,
        target_groups=[TargetGroupFactory(code=code) for code in facts.groups],
        languages=[LanguageFactory(code=code, label=code) for code in facts.languages],
        locations=[LocationFactory(wheelchair=access) for access in facts.wheelchair],
        municipalities=[],
        **{column: name in facts.formats for name, column in FORMAT_FIELDS.items()},
        **{column: name in facts.phases for name, column in PHASE_FIELDS.items()},
    )
    for condition, answer in facts.takes.items():
        CanAlsoTakeFactory(offer=offer, condition=condition, answer=answer)
    reindex([offer.pk])
    for code, routes in facts.routes.items():
        ways = {column: name in routes for name, column in ROUTE_FIELDS.items()}
        ServiceAreaFactory(offer=offer, municipality__code=code, **ways)
    if facts.wait:
        _build_wait(offer, facts.wait)
    if facts.is_open is not None:
        programme = GroupProgrammeFactory(offer=offer, is_open=facts.is_open)
        if facts.run:
            _build_run(programme, facts.run)
    return offer


def _build_wait(offer, wait):
    # Known without weeks: only the first half of the wait is known.
    half = {"intake_weeks": 3, "treatment_weeks": None}
    weeks = {"intake_weeks": wait.weeks, "treatment_weeks": 0}
    known = (half if wait.weeks is None else weeks) if wait.status == WaitStatus.KNOWN else {}
    WaitTimeFactory(offer=offer, status=wait.status, measured_on=days_ago(wait.days_old), **known)


def _build_run(programme, run):
    confirmed = None if run.days_old is None else days_ago(run.days_old)
    GroupRunFactory(
        programme=programme,
        starts_on=days_ago(-7 * run.in_weeks),
        places=10,
        places_left=run.left,
        places_confirmed_on=confirmed,
    )


# --- what each filter should say ---------------------------------------------------------------


def verdicts(facts, asked):
    """Return what each filter in use says of an offer: True, False, or None for unknown."""
    names = [name for name in asked if name not in {"woord", "hulpvraag", "naam", "onbekend"}]
    said = {name: RULES[name](facts, asked[name], asked) for name in names}
    if asked.keys() & {"hulpvraag", "woord", "naam"}:
        said["vraag"] = _question(facts, asked)
    return said


def _question(facts, asked):
    if facts.title.lower() in asked.get("naam", []):
        return True
    words = facts.title.lower().split()
    if set(facts.questions) & set(asked.get("hulpvraag", [])) or set(words) & set(
        asked.get("woord", [])
    ):
        return True
    return False if facts.questions else None


def _also(facts, values, asked):
    return set(values) <= set(facts.questions) if facts.questions else None


def _place(facts, values, asked):
    return MUNICIPALITY_OF[values[0]] in facts.routes if facts.routes else None


def _municipality(facts, values, asked):
    return values[0] in facts.routes if facts.routes else None


def _age(facts, values, asked):
    low, high = facts.ages
    ages = [int(age) for age in values[0].split("-")]
    if (low is not None and ages[-1] < low) or (high is not None and ages[0] > high):
        return False
    return None if None in facts.ages else True


def _level(facts, values, asked):
    return str(facts.level) in values


def _any_of(name):
    def rule(facts, values, asked):
        known = getattr(facts, name)
        return bool(set(known) & set(values)) if known else None

    return rule


def _access(facts, values, asked):
    """In each municipality asked for; without any, wherever it is offered."""
    wanted = {MUNICIPALITY_OF[place] for place in asked.get("plaats", [])}
    wanted |= set(asked.get("gemeente", []))
    if not wanted:
        return _any([_route(routes, values) for routes in facts.routes.values()] or [None])
    return _all([_route(facts.routes.get(code, ()), values) for code in wanted])


def _route(routes, values):
    return bool(set(routes) & set(values)) if routes else None


def _any(said):
    return True if True in said else (None if None in said else False)


def _all(said):
    return False if False in said else (None if None in said else True)


def _wheelchair(facts, values, asked):
    """One location that one can enter is enough."""
    known = _any([{"ja": True, "nee": False}.get(one) for one in facts.wheelchair] or [None])
    return None if known is None else ("ja" if known else "nee") in values


def _wait(facts, values, asked):
    """Entry at the start: one waits for a run."""
    if facts.is_open is False:
        return _start(facts, values, asked)
    return _by_wait(facts, values)


def _by_wait(facts, values):
    wait = facts.wait
    if wait is None or not wait.counts or wait.status == WaitStatus.UNKNOWN:
        return None
    if wait.status == WaitStatus.STOP:
        return False
    return None if wait.weeks is None else wait.weeks <= int(values[0])


def _start(facts, values, asked):
    by_run = False
    if facts.run and facts.run.in_weeks <= int(values[0]):
        by_run = facts.run.left > 0 if facts.run.counts else None
    return _any([by_run, _no_start(facts) if facts.is_open is False else _by_wait(facts, values)])


def _no_start(facts):
    """What is said without a run in time: nothing, unless there is a stop or another run."""
    wait = facts.wait
    stopped = wait and wait.counts and wait.status == WaitStatus.STOP
    return False if stopped or facts.run else None


RULES = {
    "ook": _also,
    "plaats": _place,
    "gemeente": _municipality,
    "leeftijd": _age,
    "trede": _level,
    "vorm": _any_of("formats"),
    "fase": _any_of("phases"),
    "doelgroep": _any_of("groups"),
    "taal": _any_of("languages"),
    "toegang": _access,
    "rolstoel": _wheelchair,
    "neemt": lambda facts, values, asked: _all([facts.takes.get(value) for value in values]),
    "wachttijd": _wait,
    "start": _start,
}
assert set(FORMAT_FIELDS) == set(OfferFormat)
