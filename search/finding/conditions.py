"""The filters of one search, as SQL on a row `i` of the search index.

`OfferFilterSet` says what the filters mean, and a test holds this to it, filter by filter: the
ORM takes longer to build these conditions than the database takes to answer them. As there, a
filter keeps what is not known of it, or leaves that out unless it was asked for.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F

from providers.enums import OfferStatus
from providers.filters.offers import OfferFilterSet
from providers.models.areas import ROUTE_FIELDS
from providers.models.index import FTS5, FTS_TABLE, TSQUERY, HasWord
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.rules.ages import AGES_UNKNOWN_SQL, FOR_AGES_SQL, ages_values
from providers.rules.sections import SECTION_SQL, Section
from providers.rules.start import (
    RUN_BANDS,
    SOON_START_WEEKS,
    start_within_unknown_sql,
    starts_within_sql,
    wait_at_most_sql,
    wait_at_most_unknown_sql,
)
from search.finding.score import day_shift
from search.finding.sql import (
    CURRENT_AREA,
    VISIBLE,
    among,
    days_of,
    numbered,
)

LISTED = f"i.status = '{OfferStatus.LISTED.value}'"
# Looked at only for the few that are reserved for a question.
BY_PROVIDER = """EXISTS (SELECT 1 FROM providers_offer o JOIN providers_provider v
    ON v.id = o.provider_id WHERE o.id = i.offer_id AND LOWER(v.name) LIKE {name})"""
TITLE, ANYWHERE = "title", "body"


class Fact(NamedTuple):
    """When a row is known to be what was asked, and when that is not known; never null."""

    yes: str
    unknown: str

    @property
    def possible(self) -> str:
        """When it may be what was asked."""
        return f"({self.yes} OR {self.unknown})"


class Conditions:
    """What a search asks of a row, filter by filter, with the values of its statements."""

    def __init__(self, filterset: OfferFilterSet) -> None:
        self.filterset = filterset
        self.asked = filterset.asked
        self.keeps_unknown = bool(self.asked.get("onbekend"))
        places = [filterset.place.municipality] if filterset.place else []
        self.municipalities = dict.fromkeys([*places, *filter(None, [filterset.municipality])])
        self.lenient = dict([*self._lenient(), *self._spoken_of()])
        self.strict = dict(self._strict())

    @property
    def danger(self) -> bool:
        """Whether a help question is asked that points at danger."""
        return any(question.signal for question in self.asked.get("hulpvraag", []))

    # --- what the statements are made of -------------------------------------------------------

    def where(self, without: str = "") -> str:
        """Return when a row is a result, or would be with one filter off."""
        return " AND ".join([VISIBLE, *self._each(without)])

    def is_named(self, offer: str) -> str:
        """Return when an offer was called by name."""
        return among(offer, "called", self.filterset.named)

    def _each(self, without: str) -> Iterator[str]:
        yield from (sql for name, sql in self.lenient.items() if name != without)
        for name, fact in self.strict.items():
            if name != without:
                yield fact.possible if self.keeps_unknown else fact.yes

    @property
    def left_out(self) -> str:
        """Return when a row is left out only for what is not known of it; empty if none can be."""
        if not self.strict or self.keeps_unknown:
            return ""
        # What is published has a question and a municipality: look among the others only.
        listed = [] if {"wachttijd", "start"} & self.strict.keys() else [LISTED]
        possible = (fact.possible for fact in self.strict.values())
        certain = " AND ".join(fact.yes for fact in self.strict.values())
        return " AND ".join(
            [VISIBLE, *listed, *self.lenient.values(), *possible, f"NOT ({certain})"]
        )

    @property
    def unknowns(self) -> str:
        """Return the number of filters in use of which it is not known whether a row fits."""
        tests = " + ".join(f"CASE WHEN {test} THEN 1 ELSE 0 END" for test in self._not_known())
        return tests or "0"

    @property
    def word_points(self) -> str:
        """Return two points per word of the title, else one."""
        each = (
            f"CASE WHEN {_among_step(f'{TITLE}_{n}')} THEN 2 {self._elsewhere(n)} END"
            for n in range(len(self.filterset.words))
        )
        return " + ".join(each) or "0"

    def _elsewhere(self, word: int) -> str:
        # What was found by one word alone has it: no need to look through all of them again.
        if len(self.filterset.words) == 1 and not (
            self.filterset.question_codes or self.filterset.named or self.keeps_unknown
        ):
            return "ELSE 1"
        return f"WHEN {_among_step(f'{ANYWHERE}_{word}')} THEN 1 ELSE 0"

    @property
    def word_steps(self) -> list[str]:
        """Return the steps that a statement begins with, to look each word up once."""
        return [
            f"{where}_{n} AS MATERIALIZED ({_FOUND[connection.vendor]} %({where}_{n})s))"
            for n in range(len(self.filterset.words))
            for where in (TITLE, ANYWHERE)
        ]

    def beginning(self, *more: str) -> str:
        """Return the beginning of a statement that has those steps, and perhaps more."""
        steps = [*self.word_steps, *more]
        return f"WITH {', '.join(steps)}" if steps else ""

    @property
    def values(self) -> dict[str, Any]:
        """Return the values of everything above, and what ranking and counting add to it."""
        asked, place = self.asked, self.filterset.place
        weeks = {*RUN_BANDS, SOON_START_WEEKS, asked.get("start", 0), asked.get("wachttijd", 0)}
        return {
            **days_of(self.filterset.clocks),
            **{f"in_{n}": self._in_weeks(n) for n in weeks},
            **settings.SEARCH_WEIGHTS,
            **numbered("code", self.filterset.question_codes),
            **numbered("also", [row.pk for row in asked.get("ook", [])]),
            **numbered("served", self.municipalities),
            **numbered("called", self.filterset.named),
            **numbered("doelgroep", [row.pk for row in asked.get("doelgroep", [])]),
            **numbered("taal", [row.pk for row in asked.get("taal", [])]),
            **self._word_values(),
            **self.filterset.spoken_of.values,
            "shift": day_shift(self.filterset.today),
            "municipality": self.filterset.municipality,
            **ages_values(asked.get("leeftijd")),
            "x": place.x if place else None,
            "y": place.y if place else None,
        }

    def _in_weeks(self, weeks: int) -> str:
        return str(self.filterset.today + dt.timedelta(weeks=weeks))

    def _word_values(self) -> dict[str, str]:
        return {
            f"{where}_{n}": _full_text(HasWord(F(where), word), where)
            for n, word in enumerate(self.filterset.words)
            for where in (TITLE, ANYWHERE)
        } | {f"named_{n}": f"%{word.word}%" for n, word in enumerate(self.filterset.words)}

    # --- the filters ---------------------------------------------------------------------------

    def _lenient(self) -> Iterator[tuple[str, str]]:
        """The filters that keep what is not known."""
        asked = self.asked
        if "leeftijd" in asked:
            yield "leeftijd", FOR_AGES_SQL
        if "trede" in asked:
            yield "trede", f"i.level IN ({', '.join(str(int(level)) for level in asked['trede'])})"
        yield from self._among_values()
        if "toegang" in asked:
            yield "toegang", " AND ".join(fact.possible for fact in self._ways_in())
        if "deel" in asked:
            yield "deel", f"({SECTION_SQL}) = '{Section(asked['deel']).value}'"

    def _spoken_of(self) -> Iterator[tuple[str, str]]:
        """Leave out help for a danger nobody spoke of, as `SpokenOf.condition_by_name` does."""
        if not (self.filterset.spoken_of.asked or self.filterset.words):
            return
        words = range(len(self.filterset.words))
        named = [_among_step(f"{TITLE}_{n}") for n in words]
        named += [BY_PROVIDER.format(name=f"%(named_{n})s") for n in words]
        named += [self.is_named("i.offer_id")] if self.filterset.named else []
        yield "danger", f"({' OR '.join([self.filterset.spoken_of.sql(), *named])})"

    def _among_values(self) -> Iterator[tuple[str, str]]:
        for name, fields in FLAGS.items():
            if name in self.asked:
                chosen = _any_flag("i", fields, self.asked[name])
                yield name, f"({chosen} OR {_no_flag(fields)})"
        for name, (table, column) in LINKS.items():
            if name in self.asked:
                linked = f"{_link(table)} AND {among(f'k.{column}', name, self.asked[name])})"
                yield name, f"({linked} OR NOT {_link(table)}))"

    def _strict(self) -> Iterator[tuple[str, Fact]]:
        """The filters that leave out what is not known."""
        codes, words = self.filterset.question_codes, self.filterset.words
        if codes or words or self.filterset.named:
            found = [_with_question(among("q.help_question_id", "code", codes))] if codes else []
            found += [_among_step(f"{ANYWHERE}_{n}") for n in range(len(words))]
            found += [self.is_named("i.offer_id")] if self.filterset.named else []
            yield "hulpvraag", Fact(f"({' OR '.join(found)})", NO_QUESTION)
        for n, _question in enumerate(self.asked.get("ook", [])):
            # One by one: each has to be there.
            also = _with_question(f"q.help_question_id = %(also_{n})s")
            yield f"ook {n}", Fact(also, NO_QUESTION)
        for n, _code in enumerate(self.municipalities):
            served = f"""i.offer_id IN (SELECT a.offer_id FROM providers_servicearea a
                WHERE a.municipality_id = %(served_{n})s AND {CURRENT_AREA})"""  # noqa: S608
            yield f"gemeente {n}", Fact(served, NO_AREA)
        if "wachttijd" in self.asked:
            weeks = int(self.asked["wachttijd"])
            yield "wachttijd", Fact(wait_at_most_sql(weeks), wait_at_most_unknown_sql(weeks))
        if "start" in self.asked:
            weeks = int(self.asked["start"])
            yield "start", Fact(starts_within_sql(weeks), start_within_unknown_sql(weeks))

    def _ways_in(self) -> Iterator[Fact]:
        """Whether the routes asked for lead in, in each municipality asked for."""
        here = [f" AND a.municipality_id = %(served_{n})s" for n in range(len(self.municipalities))]
        for only in here or [""]:
            areas = f"""EXISTS (SELECT 1 FROM providers_servicearea a
                WHERE a.offer_id = i.offer_id AND {CURRENT_AREA}{only}"""  # noqa: S608
            told = f"{areas} AND {_any_flag('a', ROUTE_FIELDS, self.asked['toegang'])})"
            untold = f"{areas} AND NOT {_any_flag('a', ROUTE_FIELDS, ROUTE_FIELDS)})"
            yield Fact(told, f"({untold} OR NOT {areas}))")

    def _not_known(self) -> Iterator[str]:
        asked = self.asked
        if "leeftijd" in asked:
            yield AGES_UNKNOWN_SQL
        yield from (_no_flag(fields) for name, fields in FLAGS.items() if name in asked)
        yield from (f"NOT {_link(table)})" for name, (table, _c) in LINKS.items() if name in asked)
        met = list(self._ways_in()) if "toegang" in asked else []
        if self.keeps_unknown:
            met += self.strict.values()
        yield from (f"{fact.unknown} AND NOT {fact.yes}" for fact in met)


# Per filter the columns of which one has to be true; with none of them true it is not known.
FLAGS: dict[str, dict[Any, str]] = {"vorm": FORMAT_FIELDS, "fase": PHASE_FIELDS}
# Per filter the table of its links, and their column.
LINKS = {
    "doelgroep": ("providers_offer_target_groups", "targetgroup_id"),
    "taal": ("providers_offer_languages", "language_id"),
}


def _link(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} k WHERE k.offer_id = i.offer_id"  # noqa: S608


def _any_flag(row: str, fields: dict[Any, str], chosen: Iterable[Any]) -> str:
    return "({})".format(" OR ".join(f'{row}."{fields[value]}"' for value in map(str, chosen)))


def _no_flag(fields: dict[Any, str]) -> str:
    return f"NOT {_any_flag('i', fields, fields)}"


def _among_step(step: str) -> str:
    return f"i.offer_id IN (SELECT id FROM {step})"  # noqa: S608


def _with_question(wanted: str) -> str:
    # IN and not EXISTS: few offers have the question, and so the engine starts from those.
    return f"""i.offer_id IN (SELECT q.offer_id FROM providers_offerhelpquestion q
        WHERE {wanted})"""  # noqa: S608


# Only of an offer taken over from a list may the question or the municipality be missing.
NO_QUESTION = f"({LISTED} AND NOT {_link('providers_offerhelpquestion')}))"
NO_AREA = f"({LISTED} AND NOT {_link('providers_servicearea')}))"

_FOUND = {
    "sqlite": f"SELECT rowid AS id FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH (",  # noqa: S608
    "postgresql": "SELECT offer_id AS id FROM providers_offerwords"
    " WHERE vector @@ to_tsquery('simple',",
}


def _full_text(word: Any, where: str) -> str:
    """Return a word as the engine at hand looks for it, in the title alone or anywhere."""
    if connection.vendor == "sqlite":
        scope = "{title} : " if where == TITLE else ""
        return f"{scope}({word.matching(FTS5)})"
    return str(word.matching(TSQUERY, weight="A" if where == TITLE else ""))
