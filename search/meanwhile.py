"""What can start while one waits for the results on a page: advice, never a block."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any, NamedTuple

from providers.availability import NOW_WEEKS
from providers.enums import UPSTREAM_LEVELS
from providers.models import GroupProgramme, Offer
from providers.services.index import TURNS
from search.alternatives import AT_MOST, CHOICE, ages_overlap, line
from search.cards import Alternative, Asked
from search.rows import RUN, RUNS, Columns, questions_of, with_group
from search.score import day_shift
from search.sql import (
    AGES,
    CURRENT_AREA,
    KNOWN_WAIT,
    VISIBLE,
    days_of,
    fetch_all,
    first_start,
    json_list,
    numbered,
    question_points,
)

OFFER = Columns(
    Offer, "o", "title", "wait_status", "wait_weeks", "wait_measured_on", "wait_stop_until"
)
PROGRAMME = Columns(GroupProgramme, "p", "is_open")
# The few are chosen first: what they are shown with is looked up for those only.
STATEMENT = """
WITH startable AS MATERIALIZED (
  SELECT i.offer_id, i.questions, i.age_min, i.age_max, i.level,
    (i.turn + %(shift)s) %% {turns} AS turn_today
  FROM providers_servicearea a JOIN providers_offerindex i ON i.offer_id = a.offer_id
  WHERE a.municipality_id = %(municipality)s AND {current}
    AND {visible} AND (i.while_waiting OR i.level IN ({light})) AND {ages}
    AND ({known_wait} <= {now} OR {first_start} <= %(soon)s)
),
fitting AS MATERIALIZED (
  SELECT startable.*, {fit} AS fit FROM startable
),
best AS MATERIALIZED (
  SELECT * FROM fitting WHERE fit > 0 ORDER BY fit DESC, level, turn_today, offer_id LIMIT {choice}
)
SELECT b.offer_id, b.questions, b.age_min, b.age_max, {columns}, {runs}
FROM best b JOIN providers_offer o ON o.id = b.offer_id
LEFT JOIN providers_groupprogramme p ON p.offer_id = b.offer_id
ORDER BY b.fit DESC, b.level, b.turn_today, b.offer_id
"""


class Other(NamedTuple):
    """Help that can start soon: what choosing it needs, and the values to make an offer of."""

    pk: int
    questions: str
    age_min: int | None
    age_max: int | None
    told: tuple[Any, ...]

    @property
    def offer(self) -> Offer:
        """Return the offer with its group and runs: only a few of those read are shown."""
        values = iter(self.told)
        offer = OFFER.make(islice(values, len(OFFER.names)))
        programme = PROGRAMME.make(islice(values, len(PROGRAMME.names)))
        return with_group(offer, programme, next(values))


def meanwhile(offers: Iterable[Offer], asked: Asked) -> dict[int, tuple[Alternative, ...]]:
    """Return for each of these offers what can start while one waits for it.

    Only where a municipality was asked for: what is free at the other end of the country is no
    help. One statement for all offers together.
    """
    waiting = {offer.pk: (offer, _shared_questions(offer, asked)) for offer in offers}
    codes = {code for _offer, found in waiting.values() for code in found}
    if asked.municipality is None or not codes:
        return {}
    choice = _startable(codes, asked, asked.municipality)
    shown: Counter[int] = Counter()
    picked = {pk: _pick(*one, choice, shown) for pk, one in waiting.items()}
    # Most are pointed at more than once.
    lines = {
        row.pk: line(row.offer, asked.clocks, asked.municipality)
        for row in {row.pk: row for rows in picked.values() for row in rows}.values()
    }
    return {pk: tuple(lines[row.pk] for row in rows) for pk, rows in picked.items()}


def _shared_questions(offer: Offer, asked: Asked) -> set[str]:
    codes = set(questions_of(offer))
    return codes & set(asked.questions) or codes


def _startable(codes: Collection[str], asked: Asked, municipality: str) -> list[Other]:
    sql = STATEMENT.format(
        fit=question_points("startable.offer_id", codes),
        columns=", ".join([*OFFER.listed, *PROGRAMME.listed]),
        runs=json_list(RUN.listed, RUNS),
        current=CURRENT_AREA,
        visible=VISIBLE,
        light=", ".join(str(level.value) for level in UPSTREAM_LEVELS),
        ages="1 = 1" if asked.age is None else AGES,
        known_wait=KNOWN_WAIT,
        now=NOW_WEEKS,
        first_start=first_start("i.offer_id"),
        turns=TURNS,
        choice=CHOICE,
    )
    soon = asked.today + dt.timedelta(weeks=NOW_WEEKS)
    values = {
        **days_of(asked.clocks),
        **numbered("code", codes),
        "municipality": municipality,
        "age_low": asked.age and asked.age.low,
        "age_high": asked.age and asked.age.high,
        "soon": str(soon),
        "shift": day_shift(asked.today),
    }
    return [_other(row) for row in fetch_all(sql, values)]


def _other(row: tuple[Any, ...]) -> Other:
    pk, questions, age_min, age_max, *told = row
    return Other(pk, questions, age_min, age_max, tuple(told))


def _pick(offer: Offer, codes: set[str], choice: list[Other], shown: Counter[int]) -> list[Other]:
    """Return the few that share most with an offer; of equals, those not pointed at before."""
    others = (row for row in choice if row.pk != offer.pk and ages_overlap(row, offer))
    fitting = [(fit, row) for row in others if (fit := _fit(row, codes))]
    fitting.sort(key=lambda pair: (-pair[0], shown[pair[1].pk]))
    picked = [row for _fit, row in fitting[:AT_MOST]]
    shown.update(row.pk for row in picked)
    return picked


def _fit(row: Other, codes: set[str]) -> int:
    """Return two points when the main help question is among the codes, one per other."""
    main, *others = row.questions.strip("|").split("|")
    return 2 * (main in codes) + len(codes.intersection(others))
