"""What often plays at home behind the question that was asked, and the light help for it.

The first question need not be the real one: a child may stay away from school because there is no
money at home. So beside the results stands, apart from them, one light offer for each of a few
questions that nobody asked. They are data (`fixtures/vocabulary/at_home.csv`); advice, never a
part of the results or their counts.
"""

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.core.cache import cache

from providers.index.sql import CURRENT_AREA, VISIBLE, among, numbered
from providers.languages import lower_first
from providers.models import HelpQuestion, Offer
from providers.reference import vocabulary_rows
from providers.rules.ages import FOR_AGES_SQL, ages_values
from providers.rules.availability import start_words
from providers.rules.danger import SpokenOf
from providers.rules.lightness import light_sql
from providers.rules.sections import Section
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from providers.vocabulary.choices import choices
from search.asking.crisis import MOST_CRISIS_CARDS
from search.cards.card import Alternative, SearchContext, offer_address
from search.finding.counts import Found, Tally
from search.finding.matching import TOP_OF_SECTION, facts_of

ADULT = 18
# Kinds of danger (`fixtures/vocabulary/crisis.csv`) beside which nobody is asked about money.
NOT_NOW = frozenset({"suicide", "selfharm", "abuse", "violence", "acute"})
# So many that one is left besides all that an overview shows, and for the other questions.
ENOUGH = TOP_OF_SECTION * len(Section) + MOST_CRISIS_CARDS + 10

AT_HOME = "at_home"
_STEP = f"""home AS MATERIALIZED (
  SELECT q.help_question_id AS code, q.rank > 0 AS is_other, i.for_family, i.level, i.offer_id,
    i.reserved_for, (i.turn + %(shift)s) %% {TURNS} AS turn_today,
    CAST(COALESCE({KNOWN_WAIT}, {NEVER}) AS double precision) AS wait,
    {first_start("i.offer_id")} AS first_start
  FROM providers_servicearea a JOIN providers_offerindex i ON i.offer_id = a.offer_id
  JOIN providers_offerhelpquestion q ON q.offer_id = i.offer_id
  WHERE a.municipality_id = %(municipality)s AND {CURRENT_AREA} AND {VISIBLE}
    AND {light_sql("i.level")} AND {{wanted}})"""  # noqa: S608
# Help that is most of all for the question goes first, then help for the family.
_BEST = f"""SELECT '{AT_HOME}', code || ' ' || place || ' ' || reserved_for, offer_id FROM (
  SELECT code, offer_id, reserved_for, ROW_NUMBER() OVER (PARTITION BY code
    ORDER BY is_other, NOT for_family, {START_WEEKS}, level, turn_today, offer_id) AS place
  FROM home) placed WHERE place <= {ENOUGH}"""  # noqa: S608
# Seconds: advice may be a minute old, and looking it up takes a fifth of the time of a page.
CACHE_SECONDS = 60


class Candidate(NamedTuple):
    """Light help for one question about the home, and for which questions it is reserved."""

    code: str
    place: int
    reserved_for: str
    offer: int


class AtHome(NamedTuple):
    """One question about the home, and the offer that may help with it."""

    ask: str
    other: Alternative


def cached_candidates(context: SearchContext) -> list[Candidate] | None:
    """Return what was looked up for somebody else a moment ago; None where nobody asked."""
    found: list[Candidate] | None = cache.get(_key(context)) if _may_ask(context) else []
    return found


def request_candidates(tally: Tally, context: SearchContext) -> None:
    """Ask for what `read_candidates` reads: the same for everybody of this age who asks there."""
    codes = [code for code, _ask in questions_about_home()]
    ages = [FOR_AGES_SQL] if context.age else []
    wanted = " AND ".join([among("q.help_question_id", "home", codes), *ages])
    tally.put(**numbered("home", codes), **ages_values(context.age))
    tally.add(_BEST, step=_STEP.format(wanted=wanted))


def read_candidates(found: Found, context: SearchContext) -> list[Candidate]:
    """Return what was asked for, the best first."""
    texts = ((text.split(" ", 2), offer) for text, offer in found.get(AT_HOME, ()))
    read = [
        Candidate(code, int(place), reserved, offer) for (code, place, reserved), offer in texts
    ]
    read.sort(key=lambda one: one.place)
    cache.set(_key(context), read, CACHE_SECONDS)
    return read


def at_home(
    candidates: Iterable[Candidate], context: SearchContext, *, shown: Collection[int]
) -> dict[str, int]:
    """Return one offer per question about the home that was not asked.

    `shown` are those already on the page. Help for a danger that nobody spoke of is left out here,
    as the candidates are for everybody.
    """
    spoken_of = SpokenOf(context.questions)
    allowed = [one for one in candidates if spoken_of.allows(one.reserved_for)]
    best: dict[str, int] = {}
    for code in _questions_to_ask(context):
        taken = {*shown, *best.values()}
        fitting = (one.offer for one in allowed if one.code == code and one.offer not in taken)
        if offer := next(fitting, None):
            best[code] = offer
    return best


def in_words(
    best: Mapping[str, int], offers: Mapping[int, Offer], context: SearchContext
) -> list[AtHome]:
    """Return what the page says of these; `offers` has them by number, as far as shown still."""
    asks = dict(questions_about_home())
    return [
        AtHome(asks[code], _alternative(offers[pk], context))
        for code, pk in best.items()
        if pk in offers
    ]


def _alternative(offer: Offer, context: SearchContext) -> Alternative:
    facts = facts_of(offer, context.clocks)
    start = lower_first(start_words(facts.wait, facts.first, context.today))
    address = offer_address(offer, context.municipality, context.way_back(offer.pk))
    return Alternative(offer.title, address, start)


def _may_ask(context: SearchContext) -> bool:
    """Whether there is anything to ask: only with a question, a municipality, and a child."""
    is_grown_up = context.age is not None and context.age.low >= ADULT
    return bool(context.questions) and context.municipality is not None and not is_grown_up


def _questions_to_ask(context: SearchContext) -> Iterator[str]:
    """Return the questions about the home that were not asked."""
    known = choices(HelpQuestion)
    for code, _ask in questions_about_home():
        if code in known and code not in context.questions:
            yield code


def _key(context: SearchContext) -> str:
    parts = (AT_HOME, context.today, context.municipality, *(context.age or ()))
    return "-".join(map(str, parts))


@functools.cache
def questions_about_home() -> tuple[tuple[str, str], ...]:
    """Return the code of each question about the home, with the sentence that asks it."""
    return tuple((row["code"], row["ask"]) for row in vocabulary_rows("at_home"))
