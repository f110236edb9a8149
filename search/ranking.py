"""The score of every hit and the order they stand in, as one statement.

Written out in SQL: the ORM repeats a looked-up fact wherever the score or the order names it,
and takes longer to build such a statement than the database takes to answer it. What is asked,
and the facts, still come from the one place that knows them.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import (
    Case,
    F,
    FloatField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from providers.availability import fresh_wait, runs_with_places
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.sections import section_of
from providers.services.index import TURNS
from search.facets import COLUMNS, with_routes
from search.score import (
    HALF_DISTANCE,
    HALF_FIT,
    HALF_WAIT,
    NEVER,
    RUN_BANDS,
    SCORE_COLUMNS,
    day_shift,
)

# What a row has to say besides what is counted per filter.
LEADING = ("pk", "part", *SCORE_COLUMNS)
ROW = (*LEADING, *COLUMNS)
LOOKED_UP = ("unknowns", "square_distance", "known_wait", "first_start", "is_fresh", "turn")

# Each step is materialised, or the engine would look facts up again wherever they are used.
# Quotients are of floats, so that both engines come to the same figure.
STATEMENT = """
WITH facts AS MATERIALIZED ({facts}),
waits AS MATERIALIZED (
  SELECT facts.*, CAST(COALESCE(known_wait, {never}) AS double precision) AS wait FROM facts
),
terms AS MATERIALIZED (
  SELECT waits.*,
    CASE WHEN first_start <= %s AND wait > {weeks[0]} THEN {weeks[0]}
         WHEN first_start <= %s AND wait > {weeks[1]} THEN {weeks[1]}
         WHEN first_start <= %s AND wait > {weeks[2]} THEN {weeks[2]}
         ELSE wait END AS start_weeks,
    CAST(6 - level AS double precision) / 6 * 0.8
      + CASE WHEN "group" THEN 0.2 ELSE 0.0 END AS light,
    {near} AS near,
    CAST(is_fresh AS double precision) AS fresh,
    CAST(fit AS double precision) AS points
  FROM waits
),
scored AS (
  SELECT terms.*, (turn + %s) %% {turns} AS turn_today,
    %s * (points / (points + {half_fit})) + %s * ({half_wait} / ({half_wait} + start_weeks))
    + %s * light + %s * near + %s * fresh AS score
  FROM terms
)
SELECT {columns} FROM scored ORDER BY {order}, turn_today, pk
"""
# Help without an address counts as if it were five kilometres away: half.
NEAR = (
    "COALESCE(1 / (1 + CAST(square_distance AS double precision)"
    f" / {HALF_DISTANCE * HALF_DISTANCE}), 0.5)"
)
NOWHERE = {"square_distance": Value(None, output_field=FloatField(null=True))}
WEIGHED = ("fit", "start", "light", "near", "fresh")


def ranked(filterset: OfferFilterSet, order: str) -> list[tuple[Any, ...]]:
    """Return the columns of ROW for every hit, in this order; equals in the turn of the day."""
    facts, asked = _facts(filterset).query.get_compiler(connection=connection).as_sql()
    sql = STATEMENT.format(
        facts=facts,
        never=NEVER,
        weeks=RUN_BANDS,
        near=NEAR if filterset.place else "CAST(0 AS double precision)",
        half_fit=HALF_FIT,
        half_wait=HALF_WAIT,
        turns=TURNS,
        columns=", ".join(f'"{name}"' for name in ROW),
        order=order,
    )
    today = filterset.today
    starts = [str(today + dt.timedelta(weeks=weeks)) for weeks in RUN_BANDS]
    weights = [settings.SEARCH_WEIGHTS[name] for name in WEIGHED]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, *starts, day_shift(today), *weights])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _facts(filterset: OfferFilterSet) -> QuerySet[Any]:
    """What the statement starts from: every hit with what has to be looked up for it."""
    today, place = filterset.today, filterset.place
    runs = runs_with_places(today).filter(programme__offer=OuterRef("pk"))
    first = runs.order_by().values("programme__offer").annotate(first=Min("starts_on"))
    rows: Any = filterset.with_unknowns(filterset.qs)
    rows = rows.with_square_distance(place.x, place.y) if place else rows.annotate(**NOWHERE)
    rows = rows.with_fit(filterset.question_codes, filterset.words)
    recent = Q(confirmed_on__gte=fresh_since(Fact.OFFER, today))
    found: QuerySet[Any] = with_routes(rows, filterset).annotate(
        part=section_of(today),
        known_wait=Case(When(fresh_wait(today), then=F("wait_weeks"))),
        first_start=Subquery(first.values("first")),
        is_fresh=Case(When(recent, then=Value(1)), default=Value(0)),
    )
    return found.order_by().values("pk", "part", "fit", *COLUMNS, *LOOKED_UP)
