"""The score of every hit, the order they stand in and how many there are, as one statement.

The engine chooses the rows that a page shows and counts all others: with 250,000 hits their rows
would take a gigabyte here. Written out in SQL: the ORM repeats a looked-up fact wherever the score
or the order names it, and takes longer to build such a statement than the database takes to answer
it. What is asked comes from `search.finding.conditions`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import connection

from providers.enums import DatedFact
from providers.filters.question import AlsoFilter
from providers.index.full_text import word_steps
from providers.index.sql import fetch_all
from providers.rules.contract import paid_until_start
from providers.rules.fit import FIT_SHARE_SQL, place_of_code, question_points_sql
from providers.rules.freshness import still_counts_sql
from providers.rules.sections import SECTION_NUMBER_SQL
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from search.finding.conditions import Conditions
from search.finding.counts import Count, Found
from search.finding.facets import COLUMNS, columns
from search.finding.pieces import last_day
from search.finding.score import HALF_DISTANCE, HALF_WAIT, SCORE_COLUMNS

# What a row that is shown has to say. Its place is that in its section, where there are sections;
# SQLite, of which all rows are read, leaves it out.
LEADING = ("pk", "part", *SCORE_COLUMNS)
ROW = (*LEADING, AlsoFilter.param, "place")
# Of more hits than these the newest are ranked: who asks for so much has to say more anyway.
MOST_RANKED = 30_000
# SQLite takes 80 ms to look up each of 16,000 hits in each municipality of a region, and 11 to go
# through all that those municipalities have; from some 500 hits on the second is faster.
MOST_FOUND_EACH = 500
HIT, STARTS = "hit", "starts"
HITS = "SELECT pk FROM scored"

# Facts are materialised, or the engine would look them up again wherever they are used. Columns are
# named one by one: not more than is ranked, shown or counted by is copied and sorted. Quotients are
# of floats, so that both engines come to the same figure.
STATEMENT = """
WITH {words}facts AS MATERIALIZED (
  SELECT i.offer_id AS pk, i.level, i.for_family, i.crisis, i.turn, i.fit, i.unknowns,
    CAST(6 - i.level AS double precision) / 6 * 0.8
      + CASE WHEN i."group" THEN 0.2 ELSE 0.0 END AS light,
    CASE WHEN {is_fresh} THEN 1 ELSE 0 END AS is_fresh,
    {square} AS square_distance, {ends_on} AS ends_on,
    {known_wait} AS known_wait, {first_start} AS first_start,
    {columns}
  FROM (SELECT i.*, {word_points} + {questions} AS fit, {unknowns} AS unknowns {hits}{bound}) i
  {late_bound}
),
waits AS (
  SELECT facts.*, CAST(COALESCE(known_wait, {never}) AS double precision) AS wait FROM facts
),
terms AS (
  SELECT pk, level, for_family, crisis, turn, fit, unknowns, light, square_distance,
    ends_on, known_wait, first_start, {counted},
    {start_weeks} AS start_weeks, {near} AS near,
    CAST(is_fresh AS double precision) AS fresh, CAST(fit AS double precision) AS points
  FROM waits{once}
),
started AS (SELECT terms.*, {paid} * {start} AS start FROM terms),
scored AS (
  SELECT pk, {part} AS part, fit, start_weeks, start, light, near, fresh, unknowns,
    level, square_distance, {counted}, (turn + %(shift)s) %% {turns} AS turn_today,
    %(fit)s * {fit_share}
    + %(start)s * start
    + %(light)s * light + %(near)s * near + %(fresh)s * fresh AS score
  FROM started
){rest}
"""
# SQLite is slow to count and to number rows; it has no server either, so that fetching is cheap.
# PostgreSQL stops numbering behind the first page, unless something else reads the numbers.
RESTS = {
    "sqlite": """
SELECT {leading}, {counted} FROM scored
ORDER BY {order}, turn_today, pk""",
    "postgresql": """,
placed AS (
  SELECT {leading}, {also},
    ROW_NUMBER() OVER ({by_section}ORDER BY {order}, turn_today, pk) AS place
  FROM scored
){answers}
SELECT '{hit}', CAST(0 AS bigint), CAST(NULL AS text), {row} FROM placed WHERE {shown}
UNION ALL {counts}""",
}
# PostgreSQL would work a term out again wherever it is used; this keeps it from doing so.
ONCE = {"sqlite": "", "postgresql": " OFFSET 0"}
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
    WHERE k.offer_id = i.offer_id AND l.rd_x IS NOT NULL)"""


# With several questions each has its answer among the rows of a section: the first that are mainly
# for it, and the first that are for it as well (search.finding.answers chooses from these).
ANSWERS = """,
answers AS MATERIALIZED (
  SELECT pk FROM (
    SELECT pk, ROW_NUMBER() OVER (
      PARTITION BY part, code, CASE WHEN at = 1 THEN 1 ELSE 0 END ORDER BY place
    ) AS turn_of_question
    FROM (SELECT p.pk, p.part, p.place, asked.code, {at} AS at
      FROM placed p CROSS JOIN (VALUES {asked}) AS asked (code)) found WHERE at > 0
  ) o WHERE turn_of_question <= {each}
)"""
# The page that begins behind `first`, or the last one.
PAGE = """place - (SELECT CASE WHEN {first} BETWEEN 0 AND last THEN {first} ELSE last END
  FROM (SELECT (MAX(place) - 1) / {size} * {size} AS last FROM placed) o) BETWEEN 1 AND {size}"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to show: one page of so many behind the `first`; the last page when that is -1.

    `of_each_section` are shown of each section besides, with each question answered, and as many
    left when `spare` of them stand elsewhere already; 0 where there are no sections.
    """

    first: int = 0
    size: int = MOST_RANKED
    of_each_section: int = 0
    spare: int = 0

    def parts(self, conditions: Conditions) -> dict[str, str]:
        """Return the parts of the statement that choose what is shown."""
        codes, shown = conditions.search.question_codes, self._shown
        if not self.of_each_section:
            return {"by_section": "", "answers": "", "shown": shown}
        answers = ""
        if len(codes) > 1:
            asked = ", ".join(f"(%(code_{n})s)" for n in range(len(codes)))
            at = place_of_code(f"p.{AlsoFilter.param}", "asked.code")
            answers = ANSWERS.format(asked=asked, at=at, each=1 + self.spare)
            shown += " OR pk IN (SELECT pk FROM answers)"
        return {"by_section": "PARTITION BY part ", "answers": answers, "shown": shown}

    @property
    def _shown(self) -> str:
        best = self.of_each_section and self.of_each_section + self.spare
        if self.first:
            return f"place <= {best} OR {PAGE.format(first=self.first, size=self.size)}"
        # The first page is there whatever there is, so nothing has to be counted for it: the
        # engine stops numbering where a place may be no higher than this.
        return f"place <= {max(best, self.size)}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows to show in their order, and how many there are of everything.

    `starts` are how many hits of a section start in so many weeks.
    """

    rows: list[tuple[Any, ...]]
    starts: list[tuple[int, float, int]]
    counts: Found


def ranked(
    conditions: Conditions, order: str, wanted: Wanted, counted: Sequence[Count] = ()
) -> Ranked:
    """Return the hits in this order, equals in the turn of the day, and count them.

    `counted` is read from the step `scored` as well, with values of its own.
    """
    search = conditions.search
    sql = STATEMENT.format(
        words="".join(f"{step}, " for step in word_steps(search.words)),
        unknowns=conditions.unknowns,
        hits=conditions.hits,
        **_bounds(),
        word_points=conditions.word_points,
        questions=question_points_sql("i.questions", search.question_codes),
        square=SQUARE if search.place else "CAST(NULL AS double precision)",
        ends_on=last_day("i.offer_id") if search.municipality else "CAST(NULL AS date)",
        paid=paid_until_start() if search.municipality else "1.0",
        is_fresh=still_counts_sql("i.confirmed_on", DatedFact.OFFER),
        known_wait=KNOWN_WAIT,
        first_start=first_start("i.offer_id", of_many=search.municipality is None),
        never=NEVER,
        start_weeks=START_WEEKS,
        near=NEAR if search.place else NOT_NEAR,
        part=SECTION_NUMBER_SQL,
        fit_share=FIT_SHARE_SQL,
        start=START if conditions.danger else START_IN_QUIET,
        turns=TURNS,
        columns=", ".join(columns("i", search)),
        counted=", ".join(COLUMNS),
        once=ONCE[connection.vendor],
        rest=RESTS[connection.vendor].format(
            leading=", ".join(LEADING),
            also=AlsoFilter.param,
            counted=", ".join(COLUMNS),
            order=order,
            hit=HIT,
            row=", ".join(ROW),
            counts=" UNION ALL ".join(_counts(counted)),
            **wanted.parts(conditions),
        ),
    )
    own = {key: value for one in counted for key, value in one.values.items()}
    values = {**conditions.values, **own}
    found = fetch_all(sql, values)
    return _count_here(found, counted, values) if connection.vendor == "sqlite" else _read(found)


def _bounds() -> dict[str, str]:
    """Return where the statement stops reading hits.

    PostgreSQL stops before it looks up facts: taking both for one step, it starts workers to read
    some thousand rows with a word. SQLite would copy each hit once more, so it stops after.
    """
    bound = f" ORDER BY i.offer_id DESC LIMIT {MOST_RANKED + 1}"
    is_early = connection.vendor == "postgresql"
    return {"bound": bound if is_early else "", "late_bound": "" if is_early else bound}


def _counts(more: Iterable[Count]) -> Iterator[str]:
    """Yield the SELECTs that count, with as many columns as a row that is shown.

    Sections with their starts and every filter in one: a SELECT for each would go through the hits
    as often, and take the planner as long as the rest.
    """
    empty = dict.fromkeys(ROW, "NULL")
    names = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in COLUMNS)
    values = " ".join(f"WHEN GROUPING({name}) = 0 THEN CAST({name} AS text)" for name in COLUMNS)
    by_weeks = ", ".join((empty | {"start_weeks": "start_weeks"}).values())
    sets = ", ".join(f"({name})" for name in COLUMNS)
    value = f"CASE {values} ELSE CAST(part AS text) END"
    columns = f"CASE {names} ELSE '{STARTS}' END, COUNT(*), {value}, {by_weeks}"
    yield f"SELECT {columns} FROM scored GROUP BY GROUPING SETS ((part, start_weeks), {sets})"  # noqa: S608
    for one in more:
        yield one.select(HITS, *empty.values())


def _count_here(
    every: list[tuple[Any, ...]], counted: Sequence[Count], values: Mapping[str, Any]
) -> Ranked:
    """Return the same from the rows of all hits: LEADING and COLUMNS, which begin as ROW does."""
    starts = Counter(map(itemgetter(ROW.index("part"), ROW.index("start_weeks")), every))
    counts: Found = {
        name: list(Counter(map(itemgetter(at), every)).items())
        for at, name in enumerate(COLUMNS, len(LEADING))
    }
    for name, number, value in _of_hits(counted, [row[0] for row in every], values):
        counts.setdefault(name, []).append((value, number))
    return Ranked(every, [(*key, number) for key, number in starts.items()], counts)


def _of_hits(
    counted: Sequence[Count], hits: list[int], values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Return what else is counted of these hits: one statement, or none."""
    if not counted or not hits:
        return []
    selects = (one.select(HITS, find_each=len(hits) <= MOST_FOUND_EACH) for one in counted)
    begin = "WITH scored AS MATERIALIZED (SELECT value AS pk FROM json_each(%(hits)s)) "
    return fetch_all(begin + " UNION ALL ".join(selects), {**values, "hits": json.dumps(hits)})


def _read(found: Iterable[tuple[Any, ...]]) -> Ranked:
    weeks = ROW.index("start_weeks")
    ranking = Ranked([], [], {})
    for kind, number, value, *row in found:
        if kind == HIT:
            ranking.rows.append(tuple(row))
        elif kind == STARTS:
            ranking.starts.append((int(value), row[weeks], number))
        else:
            ranking.counts.setdefault(kind, []).append((value, number))
    ranking.rows.sort(key=itemgetter(ROW.index("place")))
    return ranking
