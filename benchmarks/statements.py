"""The same search as one SQL statement, written by hand: what the page is measured against.

It gives the rows of the result list in their order with the columns a card begins with, and
nothing else: no counts per part, no labels, no filters. Both engines read the same text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from search.page import SearchPage

FORMATS = {
    "individueel": "individual",
    "groep": "group",
    "online": "online",
    "thuis": "at_home",
    "school": "at_school",
}
ROUTES = {
    "vrij": "walk_in",
    "lokaal-team": "via_local_team",
    "huisarts": "via_doctor",
    "rechter": "via_court",
}

FRESH_WAIT = """(o.wait_status = 'bekend' AND o.wait_weeks IS NOT NULL
                 AND o.wait_measured_on >= %(wait_since)s)"""
FRESH_STOP = "(o.wait_status = 'stop' AND o.wait_measured_on >= %(wait_since)s)"
FAMILY = """(g.audience = 'ouders'
   OR EXISTS (SELECT 1 FROM providers_offerhelpquestion k
              JOIN providers_helpquestion h ON h.code = k.help_question_id
              WHERE k.offer_id = o.id AND k.rank = 0 AND h.theme_id = 'gezin')
   OR EXISTS (SELECT 1 FROM providers_offer_target_groups t WHERE t.offer_id = o.id
              AND t.targetgroup_id IN ('ouders', 'aanstaande-ouders', 'eenoudergezin')))"""

HITS = """
WITH free AS MATERIALIZED (
  SELECT p.offer_id, MIN(r.starts_on) AS first
  FROM providers_grouprun r JOIN providers_groupprogramme p ON p.id = r.programme_id
  WHERE NOT r.cancelled AND r.starts_on >= %(today)s AND r.places_left > 0
    AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s)
    AND r.places_confirmed_on >= %(places_since)s
  GROUP BY p.offer_id
), perhaps AS MATERIALIZED (
  SELECT p.offer_id, MIN(r.starts_on) AS first
  FROM providers_grouprun r JOIN providers_groupprogramme p ON p.id = r.programme_id
  WHERE NOT r.cancelled AND r.starts_on >= %(today)s
    AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s)
    AND (r.places_left IS NULL OR r.places_confirmed_on IS NULL
         OR r.places_confirmed_on < %(places_since)s)
  GROUP BY p.offer_id
), fits AS MATERIALIZED (
  SELECT offer_id, SUM(CASE rank WHEN 0 THEN 2 ELSE 1 END) AS points
  FROM providers_offerhelpquestion WHERE {questions} GROUP BY offer_id
), hits AS (
  SELECT o.id, o.level, o."group", o.title, o.wait_status, o.wait_weeks, o.wait_measured_on,
    o.provider_id, {fit} AS fit, {unknowns} AS unknowns, {square} AS square,
    CASE WHEN {fresh} THEN o.wait_weeks END AS weeks,
    CASE WHEN ({fresh} AND o.wait_weeks <= 2) OR free.first <= %(in_2)s THEN 0
         WHEN ({fresh} AND o.wait_weeks <= 6) OR free.first <= %(in_6)s THEN 1
         WHEN {fresh} THEN 2 ELSE 3 END AS band,
    CASE WHEN o.level >= 3 THEN '4-specialistisch'
         WHEN {family} THEN '2-omgeving'
         WHEN ({fresh} AND o.wait_weeks <= 6) OR free.first <= %(in_6)s THEN '1-nu'
         ELSE '3-later' END AS part
  FROM {source}
  LEFT JOIN providers_groupprogramme g ON g.offer_id = o.id
  LEFT JOIN free ON free.offer_id = o.id
  LEFT JOIN perhaps ON perhaps.offer_id = o.id
  WHERE o.status IN ('gepubliceerd', 'overgenomen') AND {where}
)"""
CARD = """h.id, h.title, v.name, v.is_demo, h.level, h.part, h.wait_status, h.wait_weeks,
  h.wait_measured_on FROM"""
OVERVIEW = """
SELECT {card} (
  SELECT hits.*, ROW_NUMBER() OVER (PARTITION BY part ORDER BY {order}) AS place FROM hits
) h JOIN providers_provider v ON v.id = h.provider_id
WHERE h.place <= 5 ORDER BY h.part, h.place"""
LIST = """
SELECT {card} (
  SELECT hits.*, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM hits {deel}
  ORDER BY place LIMIT 20 OFFSET {offset}
) h JOIN providers_provider v ON v.id = h.provider_id
ORDER BY h.place"""

ORDERS = {
    "past": 'part, unknowns, fit DESC, band, level, "group" DESC, square NULLS LAST, id',
    "dichtbij": "unknowns, square NULLS LAST, fit DESC, band, id",
    "wachttijd": "unknowns, weeks NULLS LAST, band, fit DESC, square NULLS LAST, id",
    "licht": "unknowns, level, fit DESC, band, square NULLS LAST, id",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, and the numbers of the offers that the page shows."""

    sql: str
    parameters: dict[str, Any]
    shown: list[int]


def statement(query: str) -> Statement:
    """Return the statement that gives the rows of the search page at this address."""
    page = SearchPage(QueryDict(query))
    shown = [card.offer_id for card in page.cards]
    parameters = _parameters(page)
    tail = _overview() if page.is_overview else _list(page)
    return Statement(_hits(page.filterset, parameters) + tail, parameters, shown)


def _parameters(page: SearchPage) -> dict[str, Any]:
    today = timezone.localdate()
    place = page.filterset.place
    return {
        "today": today,
        "in_2": today + dt.timedelta(weeks=2),
        "in_6": today + dt.timedelta(weeks=6),
        "wait_since": fresh_since(Fact.WAIT, today),
        "places_since": fresh_since(Fact.PLACES, today),
        "municipality": page.filterset.municipality,
        "x": place.x if place else None,
        "y": place.y if place else None,
        "age": page.filterset.asked.get("leeftijd"),
    }


def _overview() -> str:
    return OVERVIEW.format(card=CARD, order=ORDERS["past"])


def _list(page: SearchPage) -> str:
    deel = page.filterset.asked.get("deel")
    return LIST.format(
        card=CARD,
        order=ORDERS[page.order.value],
        deel=f"WHERE part = '{deel}'" if deel else "",
        offset=20 * (page.page.number - 1),
    )


def _hits(filterset: OfferFilterSet, parameters: dict[str, Any]) -> str:
    asked, codes = filterset.asked, filterset.question_codes
    words = asked.get("woord", [])
    parameters |= {f"word_{n}": f"% {word}%" for n, word in enumerate(words)}
    parameters |= {f"code_{n}": code for n, code in enumerate(codes)}
    found = [f"w.text LIKE %(word_{n})s" for n in range(len(words))]
    points = [f"(CASE WHEN {test} THEN 1 ELSE 0 END)" for test in found]
    listed = ", ".join(f"%(code_{n})s" for n in range(len(codes)))
    return HITS.format(
        questions=f"help_question_id IN ({listed})" if codes else "1 = 0",
        fit=" + ".join(["COALESCE(fits.points, 0)", *points]),
        unknowns=" + ".join(["0", *_unknowns(filterset)]),
        square=_square() if filterset.place else "NULL",
        source=_source(filterset),
        where=" AND ".join(["1 = 1", *_conditions(asked, codes, found)]),
        family=FAMILY,
        fresh=FRESH_WAIT,
    )


def _source(filterset: OfferFilterSet) -> str:
    source = "providers_offer o LEFT JOIN fits ON fits.offer_id = o.id"
    if filterset.asked.get("woord"):
        source += " JOIN providers_offerwords w ON w.offer_id = o.id"
    elif filterset.question_codes:
        source = "fits JOIN providers_offer o ON o.id = fits.offer_id"
    if filterset.municipality:
        source += """ JOIN providers_servicearea a ON a.offer_id = o.id
            AND a.municipality_id = %(municipality)s
            AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)"""
    return source


def _square() -> str:
    return """(SELECT MIN((l.rd_x - %(x)s) * 1.0 * (l.rd_x - %(x)s)
                    + (l.rd_y - %(y)s) * 1.0 * (l.rd_y - %(y)s))
     FROM providers_offer_locations k JOIN providers_location l ON l.id = k.location_id
     WHERE k.offer_id = o.id AND l.rd_x IS NOT NULL)"""


def _conditions(asked: dict[str, Any], codes: list[str], found: list[str]) -> list[str]:
    conditions = []
    if found:
        conditions.append(f"({' OR '.join([*found, *(['fits.points > 0'] if codes else [])])})")
    if "leeftijd" in asked:
        conditions.append("(o.age_min IS NULL OR o.age_min <= %(age)s)")
        conditions.append("(o.age_max IS NULL OR o.age_max >= %(age)s)")
    if "trede" in asked:
        conditions.append(f"o.level IN ({', '.join(str(int(n)) for n in asked['trede'])})")
    if "vorm" in asked:
        conditions.append(f"({_flags('o', FORMATS, asked['vorm'])} OR {_no_format()})")
    for name, table, column in LINKS:
        if name in asked:
            conditions.append(f"({_linked(table, column, asked[name])} OR {_unlinked(table)})")
    if "toegang" in asked:
        conditions.append(f"({_flags('a', ROUTES, asked['toegang'])} OR {_no_route()})")
    return conditions + _time_conditions(asked)


def _time_conditions(asked: dict[str, Any]) -> list[str]:
    conditions = []
    if "wachttijd" in asked:
        conditions.append(f"({FRESH_WAIT} AND o.wait_weeks <= {int(asked['wachttijd'])})")
    if "start" in asked:
        soon, perhaps = _start(int(asked["start"]))
        conditions.append(f"({soon} OR {perhaps})" if asked.get("onbekend") else soon)
    return conditions


def _start(weeks: int) -> tuple[str, str]:
    """Return when an offer starts in time, and when it might; the mix asks for 2 and 6 weeks."""
    soon = f"(({FRESH_WAIT} AND o.wait_weeks <= {weeks}) OR free.first <= %(in_{weeks})s)"
    unknown = f"NOT COALESCE({FRESH_WAIT} OR {FRESH_STOP}, FALSE)"
    return f"COALESCE({soon}, FALSE)", f"({unknown} OR perhaps.first <= %(in_{weeks})s)"


LINKS = (
    ("doelgroep", "providers_offer_target_groups", "targetgroup_id"),
    ("taal", "providers_offer_languages", "language_id"),
)


def _flags(table: str, columns: dict[str, str], chosen: list[str]) -> str:
    tests = [f'{table}."{columns[value]}"' for value in chosen]
    return f"({' OR '.join(tests)})"


def _no_format() -> str:
    return f"NOT {_flags('o', FORMATS, list(FORMATS))}"


def _no_route() -> str:
    return f"NOT {_flags('a', ROUTES, list(ROUTES))}"


def _linked(table: str, column: str, chosen: Any) -> str:
    codes = ", ".join(f"'{row.pk}'" for row in chosen)
    return f"EXISTS (SELECT 1 FROM {table} k WHERE k.offer_id = o.id AND k.{column} IN ({codes}))"


def _unlinked(table: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} k WHERE k.offer_id = o.id)"


def _unknowns(filterset: OfferFilterSet) -> list[str]:
    tests = {
        "leeftijd": "o.age_min IS NULL OR o.age_max IS NULL",
        "vorm": _no_format(),
        "doelgroep": _unlinked(LINKS[0][1]),
        "taal": _unlinked(LINKS[1][1]),
    }
    if "toegang" in filterset.asked:
        tests["toegang"] = (
            f"NOT {_flags('a', ROUTES, filterset.asked['toegang'])} AND {_no_route()}"
        )
    if "start" in filterset.asked and filterset.asked.get("onbekend"):
        soon, perhaps = _start(int(filterset.asked["start"]))
        tests["start"] = f"NOT {soon} AND {perhaps}"
    return [
        f"(CASE WHEN {tests[name]} THEN 1 ELSE 0 END)" for name in filterset.asked if name in tests
    ]
