"""What often plays at home behind the question that was asked, and the light help for it.

The first question need not be the real one: a child may stay away from school because there is no
money at home. So beside the results stands, apart from them, one light offer for each of a few
questions that nobody asked. They are data (`fixtures/vocabulary/at_home.csv`); advice, never a
part of the results or their counts.
"""

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from providers.index.sql import CURRENT_AREA, VISIBLE, among, numbered
from providers.models import HelpQuestion, Offer
from providers.reference import vocabulary_rows
from providers.rules.ages import FOR_AGES_SQL, Ages, ages_values
from providers.rules.availability import start_words
from providers.rules.danger import SpokenOf
from providers.rules.lightness import light_sql
from providers.rules.sections import Section
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from providers.vocabulary.choices import choices
from search.asking.crisis import MOST_CRISIS_CARDS
from search.cards.card import Alternative, SearchContext, offer_address
from search.cards.reasons import lower_first
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
    (i.turn + %(shift)s) %% {TURNS} AS turn_today,
    CAST(COALESCE({KNOWN_WAIT}, {NEVER}) AS double precision) AS wait,
    {first_start("i.offer_id")} AS first_start
  FROM providers_servicearea a JOIN providers_offerindex i ON i.offer_id = a.offer_id
  JOIN providers_offerhelpquestion q ON q.offer_id = i.offer_id
  WHERE a.municipality_id = %(municipality)s AND {CURRENT_AREA} AND {VISIBLE}
    AND {light_sql("i.level")} AND {{wanted}})"""  # noqa: S608
# Help that is most of all for the question goes first, then help for the family.
_BEST = f"""SELECT '{AT_HOME}:' || code, CAST(place AS text), offer_id FROM (
  SELECT code, offer_id, ROW_NUMBER() OVER (PARTITION BY code
    ORDER BY is_other, NOT for_family, {START_WEEKS}, level, turn_today, offer_id) AS place
  FROM home) placed WHERE place <= {ENOUGH}"""  # noqa: S608


class AtHome(NamedTuple):
    """One question about the home, and the offer that may help with it."""

    ask: str
    other: Alternative


def request_at_home(tally: Tally, context: SearchContext) -> None:
    """Ask for what `at_home` reads.

    Nothing without a municipality, and nothing for who is grown up.
    """
    codes = _questions_to_ask(context)
    if context.municipality is None or not codes or _is_grown_up(context.age):
        return
    spoken_of = SpokenOf(context.questions)
    wanted = [
        among("q.help_question_id", "home", codes),
        tally.of(spoken_of, spoken_of.sql()),
        *([FOR_AGES_SQL] if context.age else []),
    ]
    tally.put(**numbered("home", codes), **ages_values(context.age))
    tally.add(_BEST, step=_STEP.format(wanted=" AND ".join(wanted)))


def at_home(found: Found, *, shown: Collection[int]) -> dict[str, int]:
    """Return one offer per question about the home; `shown` are those already on the page."""
    best: dict[str, int] = {}
    for code, _ask in questions_about_home():
        placed = sorted((int(place), offer) for place, offer in found.get(f"{AT_HOME}:{code}", ()))
        taken = {*shown, *best.values()}
        offer = next((offer for _place, offer in placed if offer not in taken), None)
        if offer is not None:
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


def _questions_to_ask(context: SearchContext) -> Sequence[str]:
    """Return the questions about the home that were not asked, where anything was."""
    if not context.questions:
        return ()
    known = choices(HelpQuestion)
    codes = (code for code, _ask in questions_about_home())
    return [code for code in codes if code not in context.questions and code in known]


def _is_grown_up(age: Ages | None) -> bool:
    return age is not None and age.low >= ADULT


@functools.cache
def questions_about_home() -> tuple[tuple[str, str], ...]:
    """Return the code of each question about the home, with the sentence that asks it."""
    return tuple((row["code"], row["ask"]) for row in vocabulary_rows("at_home"))
