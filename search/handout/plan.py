"""The first page for the family: whom to call today, where to go, and what runs already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from providers.enums import CarePhase, GroupAudience, OfferFormat
from providers.languages import lower_first
from providers.models import ClientSupport, HelpQuestion, Municipality
from providers.rules.audience import audience_of
from providers.rules.availability import Band
from providers.rules.lightness import is_light
from providers.rules.start import NEVER
from providers.vocabulary.choices import choices
from search.asking.need import DUTCH, Need
from search.finding.loading import questions_of
from search.finding.matching import next_run
from search.handout.fixed import (
    RIGHT_TO_LEFT,
    Fixed,
    day_and_hour,
    fixed_sentences,
    weeks_sentence,
)
from search.handout.voice import Voice
from search.handout.words import NOTHING
from search.local_team.serving import local_teams, served_in
from search.local_team.team import TeamCard
from search.offer.detail import OfferDetail

# More than this is no plan; the rest stands on the pages behind it.
MOST_ENTRIES = 5
# From so many on it takes smaller letters to fit on one A4.
MANY_ENTRIES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of help in the plan.

    `who`, `when` and `cost` are fixed sentences in the language of the page; the rest is the
    provider's own text, in Dutch. `questions` are those of the family that it is for.
    """

    who: str
    title: str
    provider: str
    phone: str
    how_to_start: str
    address: str
    when: str
    cost: str
    questions: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three parts of the plan, with its number and heading."""

    number: int
    heading: str
    entries: tuple[Entry, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """Whom to call once, when one does not know whom to call."""

    name: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """All that the first page says; `say` are its fixed sentences.

    `open_questions` are those of the family that no chosen help is for.
    """

    say: Fixed
    language: str
    voice: Voice
    parts: tuple[Part, ...]
    open_questions: str
    once: Once | None
    support: ClientSupport | None
    is_demo: bool

    @property
    def is_full(self) -> bool:
        """Whether it takes smaller letters to fit on one A4."""
        return sum(len(part.entries) for part in self.parts) >= MANY_ENTRIES

    @property
    def direction(self) -> str:
        """How the language is written."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_translated(self) -> bool:
        """Whether a machine made its sentences."""
        return self.language != DUTCH


def plan_for(
    details: Sequence[OfferDetail],
    addresses: Sequence[str],
    need: Need,
    municipality: Municipality | None,
    voice: Voice,
    language: str,
) -> FamilyPlan:
    """Return the plan for these offers, each with the address it is given at.

    Two statements with a municipality: its local teams, and who supports clients there.
    """
    today = details[0].today
    say = fixed_sentences(voice, language, today)
    chosen = list(zip(details, addresses, strict=True))[:MOST_ENTRIES]
    teams = local_teams(served_in(municipality), today)
    entries = [
        (_part_of(detail), _entry(detail, address, need, say, language))
        for detail, address in chosen
    ]
    return FamilyPlan(
        say=say,
        language=language,
        voice=voice,
        parts=_parts(entries, say),
        open_questions=_open_questions(details, need),
        once=_once(teams.teams, details),
        support=ClientSupport.objects.filter(municipality=municipality).first()
        if municipality
        else None,
        is_demo=any(detail.offer.provider.is_demo for detail in details),
    )


# --- which help stands where ---------------------------------------------------------------------

CALL, GO, RUNS = 1, 2, 3


def _part_of(detail: OfferDetail) -> int:
    """Return where help stands: heavy help one is referred to, a day or hours to go, or a call."""
    if not is_light(detail.offer.level):
        return RUNS
    run = next_run(detail.offer, detail.clocks)
    return GO if run is not None and not run.is_full else CALL


def _parts(entries: Sequence[tuple[int, Entry]], say: Fixed) -> tuple[Part, ...]:
    found = {
        number: tuple(entry for part, entry in entries if part == number)
        for number in (CALL, GO, RUNS)
    }
    # There is always somebody to call today: to enrol, or to ask how long it takes.
    if not found[CALL]:
        about = GO if found[GO] else RUNS
        found[CALL] = tuple(_whom_to_call(about, entry, say) for entry in found[about][:1])
    headings = {CALL: say.call_today, GO: say.go_here, RUNS: say.runs_already}
    notes = {RUNS: say.do_meanwhile}
    return tuple(
        Part(number, headings[number], found[number], notes.get(number, ""))
        for number in (CALL, GO, RUNS)
        if found[number]
    )


def _whom_to_call(about: int, entry: Entry, say: Fixed) -> Entry:
    """Return whom to call about help that another part names already, with how it begins."""
    is_referred = about == RUNS
    return Entry(
        who="",
        title=entry.provider,
        provider="",
        phone=entry.phone,
        # Where one goes it stands there, with the day.
        how_to_start=entry.how_to_start if is_referred else "",
        address="",
        when=say.ask_when if is_referred else "",
        cost="",
        questions="",
    )


# --- one kind of help ----------------------------------------------------------------------------


def _entry(detail: OfferDetail, address: str, need: Need, say: Fixed, language: str) -> Entry:
    offer = detail.offer
    is_free = offer.cost.strip().lower().rstrip(".") in NOTHING
    return Entry(
        who=_who(detail, say),
        title=offer.title,
        provider=offer.provider.plain_name,
        phone=offer.provider.phone,
        how_to_start=offer.how_to_start,
        address=address,
        when=_when(detail, say, language),
        cost=say.costs_nothing if is_free else "",
        questions=_labels(code for code in questions_of(offer) if code in need.questions),
    )


def _who(detail: OfferDetail, say: Fixed) -> str:
    offer = detail.offer
    if set(offer.phases) == {CarePhase.AFTER}:
        return say.afterwards
    if audience_of(offer) is GroupAudience.PARENTS:
        return say.for_parents
    return say.at_school if OfferFormat.SCHOOL in offer.formats else say.for_child


def _when(detail: OfferDetail, say: Fixed, language: str) -> str:
    run = next_run(detail.offer, detail.clocks)
    if run is not None and not run.is_full:
        return day_and_hour(language, run.starts_on, run.start_time)
    if detail.pill.kind is Band.STOP:
        return say.no_place
    weeks = detail.start.weeks
    if weeks >= NEVER:
        return say.ask_when
    if weeks <= 2:
        return say.starts_at_once
    return weeks_sentence(language, round(weeks), detail.offer.wait_measured_on)


def _labels(codes: Iterable[str]) -> str:
    known = choices(HelpQuestion)
    return ", ".join(lower_first(known[code].label).rstrip("?") for code in codes if code in known)


def _open_questions(details: Sequence[OfferDetail], need: Need) -> str:
    covered = {code for detail in details for code in questions_of(detail.offer)}
    return _labels(code for code in need.questions if code not in covered)


def _once(teams: Sequence[TeamCard], details: Sequence[OfferDetail]) -> Once | None:
    """Return the one local team there is, else the first provider with a telephone."""
    if len(teams) == 1 and teams[0].phone:
        return Once(teams[0].name, teams[0].phone, teams[0].consultation_hours)
    providers = (detail.offer.provider for detail in details)
    first = next((one for one in providers if one.phone), None)
    return Once(first.plain_name, str(first.phone)) if first else None
