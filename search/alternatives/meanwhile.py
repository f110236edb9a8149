"""What can start while one waits for the results on a page: advice, never a block."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any, NamedTuple

from providers.index.codes import split_codes
from providers.index.sql import (
    CURRENT_AREA,
    VISIBLE,
    among,
    fetch_all,
    json_list,
    numbered,
    weeks_from,
)
from providers.models import GroupProgramme, Offer
from providers.rules.ages import FOR_AGES_SQL, ages_overlap, ages_values
from providers.rules.availability import NOW_WEEKS
from providers.rules.danger import SpokenOf
from providers.rules.fit import answers_sql, question_points, question_points_sql
from providers.rules.freshness import days_of
from providers.rules.lightness import BRIDGES_WAIT_SQL
from providers.rules.start import starts_within_sql
from providers.services.index import TURNS
from search.alternatives.lighter import CHOICE, MOST_ALTERNATIVES, as_alternative
from search.cards.card import Alternative, SearchContext
from search.finding.loading import RUN, RUNS, Columns, questions_of, with_group
from search.finding.score import day_shift

OFFER = Columns(
    Offer,
    "o",
    *("title", "wait_status", "wait_weeks", "wait_measured_on", "wait_stop_until"),
    *("level", "confirmed_on", "closed_from", "closed_until"),
)
PROGRAMME = Columns(GroupProgramme, "p", "is_open")
TITLE = OFFER.names.index("title")
# The few are chosen first: what they are shown with is looked up for those only.
STATEMENT = """
WITH startable AS MATERIALIZED (
  SELECT i.offer_id, i.questions, i.reserved_for, i.age_min, i.age_max, i.level,
    (i.turn + %(shift)s) %% {turns} AS turn_today
  FROM providers_servicearea a JOIN providers_offerindex i ON i.offer_id = a.offer_id
  WHERE a.municipality_id = %(municipality)s AND {current}
    AND {visible} AND {spoken_of} AND {bridges_wait} AND {ages}
    AND {answers} AND {starts_now}
),
fitting AS MATERIALIZED (
  SELECT startable.*, {fit} AS fit FROM startable
),
best AS MATERIALIZED (
  SELECT * FROM fitting WHERE fit > 0 ORDER BY fit DESC, level, turn_today, offer_id LIMIT {choice}
)
SELECT b.offer_id, b.questions, b.reserved_for, b.age_min, b.age_max, {columns}, {runs}
FROM best b JOIN providers_offer o ON o.id = b.offer_id
LEFT JOIN providers_groupprogramme p ON p.offer_id = b.offer_id
ORDER BY b.fit DESC, b.level, b.turn_today, b.offer_id
"""


class Other(NamedTuple):
    """Help that can start soon: what choosing it needs, and the values to make an offer of."""

    pk: int
    questions: str
    reserved_for: str
    age_min: int | None
    age_max: int | None
    columns: tuple[Any, ...]

    @property
    def title(self) -> str:
        """Return the title of the offer."""
        return str(self.columns[TITLE])

    @property
    def offer(self) -> Offer:
        """Return the offer with its group and runs: only a few of those read are shown."""
        values = iter(self.columns)
        offer = OFFER.make(islice(values, len(OFFER.names)))
        programme = PROGRAMME.make(islice(values, len(PROGRAMME.names)))
        return with_group(offer, programme, next(values))


class Waiting(NamedTuple):
    """An offer that one waits for, its questions that count, and what was spoken of."""

    offer: Offer
    shared: set[str]
    spoken_of: SpokenOf


def meanwhile(offers: Iterable[Offer], context: SearchContext) -> dict[int, list[Other]]:
    """Return for each of these offers what can start while one waits for it.

    Only where a municipality was asked for: what is free at the other end of the country is no
    help. One statement for all offers together.
    """
    waiting = [_waiting(offer, context) for offer in offers]
    codes = {code for one in waiting for code in one.shared}
    if context.municipality is None or not codes:
        return {}
    spoken_of = SpokenOf({code for one in waiting for code in one.spoken_of.codes})
    found = _startable(codes, spoken_of, context, context.municipality)
    choice = [(row, split_codes(row.questions)) for row in found]
    shown: Counter[int] = Counter()
    return {one.offer.pk: _pick(one, choice, shown) for one in waiting}


def in_words(other: Other, beside: int, context: SearchContext) -> Alternative:
    """Return the line for help that stands beside the offer with this number."""
    way_back = context.way_back(beside)
    return as_alternative(other.offer, context.clocks, context.municipality, way_back)


def _waiting(offer: Offer, context: SearchContext) -> Waiting:
    codes = questions_of(offer)
    shared = set(codes) & set(context.questions) or set(codes)
    # Who asked about nothing looks at what this help is for.
    return Waiting(offer, shared, SpokenOf(context.questions or codes[:1]))


def _startable(
    codes: Collection[str], spoken_of: SpokenOf, context: SearchContext, municipality: str
) -> list[Other]:
    sql = STATEMENT.format(
        fit=question_points_sql("startable.questions", codes),
        answers=_answers(codes) if context.questions else "1 = 1",
        columns=", ".join([*OFFER.listed, *PROGRAMME.listed]),
        runs=json_list(RUN.listed, RUNS),
        current=CURRENT_AREA,
        visible=VISIBLE,
        spoken_of=spoken_of.sql(),
        bridges_wait=BRIDGES_WAIT_SQL,
        ages="1 = 1" if context.age is None else FOR_AGES_SQL,
        starts_now=starts_within_sql(NOW_WEEKS),
        turns=TURNS,
        choice=CHOICE,
    )
    values = {
        **days_of(context.clocks),
        **numbered("code", codes),
        **spoken_of.values,
        "municipality": municipality,
        **ages_values(context.age),
        **weeks_from(context.today, [NOW_WEEKS]),
        "shift": day_shift(context.today),
    }
    return [_other(row) for row in fetch_all(sql, values)]


def _answers(codes: Collection[str]) -> str:
    """Return what all with points for their fit have: few of all that a municipality has.

    Only where a question was asked: of the many that all these offers have most help has one.
    """
    return answers_sql("i.offer_id", among("q.help_question_id", "code", codes))


def _other(row: tuple[Any, ...]) -> Other:
    pk, questions, reserved_for, age_min, age_max, *columns = row
    return Other(pk, questions, reserved_for, age_min, age_max, tuple(columns))


def _pick(
    one: Waiting, choice: Iterable[tuple[Other, list[str]]], shown: Counter[int]
) -> list[Other]:
    """Return the few that share most with an offer; of equals, those not pointed at before.

    `choice` comes with the questions of each.
    """
    fitting = []
    for row, questions in choice:
        if row.pk != one.offer.pk and ages_overlap(row, one.offer):
            points = question_points(questions, one.shared)
            if points and one.spoken_of.allows(row.reserved_for):
                fitting.append((points, row))
    fitting.sort(key=lambda pair: (-pair[0], shown[pair[1].pk]))
    picked = [row for _fit, row in fitting[:MOST_ALTERNATIVES]]
    shown.update(row.pk for row in picked)
    return picked
