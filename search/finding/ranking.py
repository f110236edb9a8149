"""The score of every hit and the order they stand in, as one statement.

Written out in SQL: the ORM repeats a looked-up fact wherever the score or the order names it,
and takes longer to build such a statement than the database takes to answer it. What is asked
comes from `search.finding.conditions`.
"""

from typing import Any

from providers.enums import DatedFact
from providers.index.full_text import word_steps
from providers.index.sql import fetch_all
from providers.rules.contract import paid_until_start
from providers.rules.fit import FIT_SHARE_SQL, question_points_sql
from providers.rules.freshness import still_counts_sql
from providers.rules.sections import SECTION_BY_WEEKS_SQL
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from search.finding.conditions import Conditions
from search.finding.facets import COLUMNS, columns
from search.finding.pieces import last_day
from search.finding.score import HALF_DISTANCE, HALF_WAIT, SCORE_COLUMNS

# What a row has to say besides what is counted per filter.
LEADING = ("pk", "part", *SCORE_COLUMNS)
ROW = (*LEADING, *COLUMNS)
# What is read of every hit to rank it by. What is only counted is looked up at the end: the
# engine would copy it at every step, and once more to sort.
READ = (
    *("level", "group", "for_family", "crisis", "confirmed_on", "turn"),
    *("fixed_start", "wait_status", "wait_weeks", "wait_measured_on"),
    *("closed_from", "closed_until"),
)

# What is looked up is materialised, or the engine would do so again wherever it is used.
# Quotients are of floats, so that both engines come to the same figure.
STATEMENT = """
WITH {words}i AS (
  SELECT i.offer_id AS pk, {read}, {word_points} AS word_points, {unknowns} AS unknowns
  FROM providers_offerindex i WHERE {where}
),
facts AS MATERIALIZED (
  SELECT i.*, word_points + {questions} AS fit, {square} AS square_distance,
    {ends_on} AS ends_on,
    {known_wait} AS known_wait, {first_start} AS first_start,
    CASE WHEN {is_fresh} THEN 1 ELSE 0 END AS is_fresh
  FROM i
),
waits AS (
  SELECT facts.*, CAST(COALESCE(known_wait, {never}) AS double precision) AS wait FROM facts
),
terms AS (
  SELECT waits.*,
    {start_weeks} AS start_weeks,
    CAST(6 - level AS double precision) / 6 * 0.8
      + CASE WHEN "group" THEN 0.2 ELSE 0.0 END AS light,
    {near} AS near,
    CAST(is_fresh AS double precision) AS fresh,
    CAST(fit AS double precision) AS points
  FROM waits
),
started AS (SELECT terms.*, {paid} * {start} AS start FROM terms),
scored AS (
  SELECT started.*, (turn + %(shift)s) %% {turns} AS turn_today, {part} AS part,
    %(fit)s * {fit_share}
    + %(start)s * start
    + %(light)s * light + %(near)s * near + %(fresh)s * fresh AS score
  FROM started
)
SELECT {columns} FROM scored JOIN providers_offerindex x ON x.offer_id = scored.pk
ORDER BY {order}, turn_today, pk
"""
START = f"{HALF_WAIT} / ({HALF_WAIT} + start_weeks)"
# Help in a crisis starts at once, but for whom asks about no danger there is nothing to start.
START_IN_QUIET = f"CASE WHEN crisis THEN 0.0 ELSE {START} END"
# Help without an address counts as if it were five kilometres away: half.
NEAR = (
    "COALESCE(1 / (1 + CAST(square_distance AS double precision)"
    f" / {HALF_DISTANCE * HALF_DISTANCE}), 0.5)"
)
NOT_NEAR = "CAST(0 AS double precision)"
# Times 1.0 first: the square of 300 km does not fit PostgreSQL's four-byte integer.
SQUARE = """(SELECT MIN((l.rd_x - %(x)s) * 1.0 * ((l.rd_x - %(x)s) * 1.0)
      + (l.rd_y - %(y)s) * 1.0 * ((l.rd_y - %(y)s) * 1.0))
    FROM providers_offer_locations k JOIN providers_location l ON l.id = k.location_id
    WHERE k.offer_id = i.pk AND l.rd_x IS NOT NULL)"""


def ranked(conditions: Conditions, order: str) -> list[tuple[Any, ...]]:
    """Return the columns of ROW for every hit, in this order; equals in the turn of the day."""
    search = conditions.search
    sql = STATEMENT.format(
        words="".join(f"{step}, " for step in word_steps(search.words)),
        read=", ".join(f'i."{name}"' for name in READ),
        unknowns=conditions.unknowns,
        where=conditions.where(),
        word_points=conditions.word_points,
        questions=question_points_sql("i.pk", search.question_codes),
        square=SQUARE if search.place else "CAST(NULL AS double precision)",
        ends_on=last_day("i.pk") if search.municipality else "CAST(NULL AS date)",
        paid=paid_until_start() if search.municipality else "1.0",
        is_fresh=still_counts_sql("i.confirmed_on", DatedFact.OFFER),
        known_wait=KNOWN_WAIT,
        first_start=first_start("i.pk"),
        never=NEVER,
        start_weeks=START_WEEKS,
        near=NEAR if search.place else NOT_NEAR,
        part=SECTION_BY_WEEKS_SQL,
        fit_share=FIT_SHARE_SQL,
        start=START if conditions.danger else START_IN_QUIET,
        turns=TURNS,
        columns=", ".join([*LEADING, *columns("x", search)]),
        order=order,
    )
    return fetch_all(sql, conditions.values)
