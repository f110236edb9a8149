"""The same search as one SQL statement, written by hand: what the page is measured against.

It gives the rows of the result list in their order with the columns a card begins with, and how
many results each value of the filters has. Both engines read the same text, but for the search
in words, which each writes in its own way.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from benchmarks.by_hand.conditions import (
    FORMATS,
    ROUTES,
    conditions_of,
    fresh_wait,
    reserved,
    still_counts,
    unknowns,
)
from providers.enums import DatedFact
from providers.filters.offers import OfferFilterSet
from providers.index.word_forms import WordForms
from providers.models.index import FTS5, TSQUERY, HasWord
from search.results.params import SearchParams
from search.results.run import Results, run_search

HITS = """
WITH free AS MATERIALIZED (
  SELECT p.offer_id, MIN(r.starts_on) AS first
  FROM providers_grouprun r JOIN providers_groupprogramme p ON p.id = r.programme_id
  WHERE NOT r.cancelled AND r.starts_on >= %(today)s AND r.places_left > 0
    AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s)
    AND r.places_confirmed_on BETWEEN %(places_since)s AND %(today)s
  GROUP BY p.offer_id
), perhaps AS MATERIALIZED (
  SELECT p.offer_id, MIN(r.starts_on) AS first
  FROM providers_grouprun r JOIN providers_groupprogramme p ON p.id = r.programme_id
  WHERE NOT r.cancelled AND r.starts_on >= %(today)s
    AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s)
    AND (r.places_left IS NULL OR r.places_confirmed_on IS NULL
         OR r.places_confirmed_on NOT BETWEEN %(places_since)s AND %(today)s)
  GROUP BY p.offer_id
), {words}fits AS MATERIALIZED (
  SELECT offer_id, SUM(CASE rank WHEN 0 THEN 4 ELSE 0 END)
    + SUM(CASE rank WHEN 0 THEN 0 ELSE 1 END)
    * (1 + MAX(CASE rank WHEN 0 THEN 1 ELSE 0 END)) AS points
  FROM providers_offerhelpquestion WHERE {questions} GROUP BY offer_id
), hits AS MATERIALIZED (
  SELECT o.offer_id AS id, o.level, o.individual, o."group", o.online, o.at_home, o.at_school,
    o.groups, o.tongues, o.for_family, o.crisis, {routes} AS routes, free.first AS first,
    {ends_on} AS ends_on,
    CAST({fit} AS double precision) AS fit, {unknowns} AS unknowns, {square} AS square,
    CAST(CASE WHEN {fresh} THEN o.wait_weeks ELSE 999 END AS double precision) AS wait,
    CASE WHEN {confirmed} THEN 1.0 ELSE 0.0 END AS fresh,
    (o.turn + %(shift)s) %% 1009 AS turn
  FROM {source}
  LEFT JOIN free ON free.offer_id = o.offer_id
  LEFT JOIN perhaps ON perhaps.offer_id = o.offer_id
  WHERE o.status IN ('gepubliceerd', 'overgenomen') AND {where}
), starting AS MATERIALIZED (
  SELECT hits.*,
    CASE WHEN first <= %(in_2)s AND wait > 2 THEN 2 WHEN first <= %(in_6)s AND wait > 6 THEN 6
         WHEN first <= %(in_12)s AND wait > 12 THEN 12 WHEN first <= %(in_26)s AND wait > 26 THEN 26
         WHEN first <= %(in_52)s AND wait > 52 THEN 52 ELSE wait END AS weeks
  FROM hits
), scored AS MATERIALIZED (
  SELECT starting.*,
    CASE WHEN level >= 3 THEN '4-specialistisch' WHEN for_family THEN '2-omgeving'
         WHEN weeks <= 6 THEN '1-nu' ELSE '3-later' END AS part,
    %(w_fit)s * (fit / (fit + 2.0)) + %(w_start)s * {paid} * {start}
    + %(w_light)s * (CAST(6 - level AS double precision) / 6 * 0.8
                     + CASE WHEN "group" THEN 0.2 ELSE 0.0 END)
    + %(w_near)s * {near} + %(w_fresh)s * fresh AS score
  FROM starting
)"""
CARD = """'hit' AS kind, h.place AS n, h.id, f.title, v.name, f.summary, h.part, h.score,
  h.weeks, f.wait_status"""
START = "(4.0 / (4.0 + weeks))"
START_IN_QUIET = f"(CASE WHEN crisis THEN 0.0 ELSE {START} END)"
# Half when the contract ends before the first day on which it can start.
PAID = """(CASE WHEN ends_on IS NOT NULL AND (wait < 999 OR first IS NOT NULL)
    AND NOT COALESCE(first <= ends_on, FALSE) AND NOT wait * 7 <= {days} THEN 0.5 ELSE 1.0 END)"""
DAYS_LEFT = {
    "sqlite": "CAST(julianday(ends_on) - julianday(%(today)s) AS integer)",
    "postgresql": "(ends_on - CAST(%(today)s AS date))",
}
# Of the five places of a part each question asked has one, if anything is for it.
OVERVIEW = """
SELECT {card} FROM (
  SELECT chosen.*, ROW_NUMBER() OVER (
    PARTITION BY part ORDER BY is_main DESC, is_also DESC, place
  ) AS turn_of_five FROM (
    SELECT placed.*,
      EXISTS (SELECT 1 FROM answers a WHERE a.part = placed.part AND a.main = placed.place)
        AS is_main,
      EXISTS (SELECT 1 FROM answers a WHERE a.part = placed.part AND a.main IS NULL
              AND a.also = placed.place) AS is_also
    FROM placed
  ) chosen
) h JOIN providers_offer f ON f.id = h.id JOIN providers_provider v ON v.id = f.provider_id
WHERE h.turn_of_five <= 5"""
PLACED = """, placed AS MATERIALIZED (
  SELECT scored.*, ROW_NUMBER() OVER (PARTITION BY part ORDER BY {order}) AS place FROM scored
), answers AS MATERIALIZED (
  SELECT p.part, l.help_question_id, MIN(CASE l.rank WHEN 0 THEN p.place END) AS main,
    MIN(p.place) AS also
  FROM placed p JOIN providers_offerhelpquestion l ON l.offer_id = p.id
  WHERE {questions} GROUP BY 1, 2
)"""
LIST = """
SELECT * FROM (SELECT {card} FROM (
  SELECT scored.*, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM scored {deel}
  ORDER BY place LIMIT 20 OFFSET {offset}
) h JOIN providers_offer f ON f.id = h.id JOIN providers_provider v ON v.id = f.provider_id) l"""
# One row per different value; codes between bars are taken apart by who reads them.
COUNTS = """
UNION ALL SELECT '{kind}', COUNT(*), NULL, {value}, NULL, NULL, NULL, NULL, NULL, NULL
FROM scored {deel} GROUP BY 4"""
COUNTED = {
    "trede": "CAST(level AS text)",
    "vorm": "",  # the flags side by side
    "doelgroep": "groups",
    "taal": "tongues",
    "toegang": "CAST(routes AS text)",
}

ORDERS = {
    "past": "unknowns, score DESC, turn, id",
    "dichtbij": "unknowns, square NULLS LAST, score DESC, turn, id",
    "wachttijd": "unknowns, weeks, score DESC, turn, id",
    "licht": "unknowns, level, score DESC, turn, id",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, the offers that the page shows, and what it counts.

    `shown` are in the order of the ranking: the page folds those with a long wait below the rest
    of their part.
    """

    sql: str
    parameters: dict[str, Any]
    shown: list[int]
    counts: dict[str, Counter[str]]

    def check(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Raise AssertionError unless these rows say what the page says."""
        found = list(rows)
        hits = sorted((row for row in found if row[0] == "hit"), key=lambda row: (row[6], row[1]))
        if len({row[1] for row in hits}) == len(hits):
            hits.sort(key=lambda row: int(row[1]))
        assert [row[2] for row in hits] == self.shown, "other rows than the page"
        levels = {row[3]: row[1] for row in found if row[0] == "trede"}
        assert levels == dict(self.counts.get("trede", levels)), "other counts than the page"
        for kind in ("doelgroep", "taal"):
            counted: Counter[str] = Counter()
            for row in found:
                if row[0] == kind:
                    codes = (row[3] or "onbekend").strip("|").split("|")
                    counted.update(dict.fromkeys(codes, row[1]))
            assert counted == self.counts.get(kind, counted), "other counts than the page"


def statement(query: str) -> Statement:
    """Return the statement that gives the rows of the search page at this address."""
    results = run_search(SearchParams.from_query(QueryDict(query), today=timezone.localdate()))
    shown = [hit.offer for hit in results.listed]
    filterset = results.params.filterset
    parameters = _parameters(filterset)
    tail = _overview(filterset) if results.matches.is_overview else _list(results)
    free = [name for name in COUNTED if name not in filterset.criteria]
    deel = _of_part(filterset)
    tail += "".join(COUNTS.format(kind=name, value=_value(name), deel=deel) for name in free)
    counts = {name: results.counts.facets[name] for name in free}
    return Statement(_hits(filterset, parameters) + tail, parameters, shown, counts)


def _value(name: str) -> str:
    if name != "vorm":
        return COUNTED[name]
    return " || ".join(f"CASE WHEN \"{flag}\" THEN '1' ELSE '0' END" for flag in FORMATS.values())


def _parameters(filterset: OfferFilterSet) -> dict[str, Any]:
    today = timezone.localdate()
    place, clocks = filterset.place, filterset.clocks
    return {
        "today": today,
        **{f"in_{weeks}": today + dt.timedelta(weeks=weeks) for weeks in (2, 6, 12, 26, 52)},
        **{f"w_{name}": weight for name, weight in settings.SEARCH_WEIGHTS.items()},
        **{f"{fact.value}_since": clocks.since(fact) for fact in DatedFact},
        **{f"{fact.value}_days": clocks.days(fact) for fact in DatedFact},
        "shift": (today.toordinal() * 353) % 1009,
        "municipality": filterset.municipality,
        "x": place.x if place else None,
        "y": place.y if place else None,
        "age": getattr(filterset.criteria.get("leeftijd"), "low", None),
    }


def _overview(filterset: OfferFilterSet) -> str:
    placed = PLACED.format(order=ORDERS["past"], questions=_asked(filterset))
    return placed + OVERVIEW.format(card=CARD)


def _asked(filterset: OfferFilterSet) -> str:
    """Return the condition on a link: it is to a question that was asked."""
    listed = ", ".join(f"%(code_{n})s" for n in range(len(filterset.question_codes)))
    return f"help_question_id IN ({listed})" if listed else "1 = 0"


def _list(results: Results) -> str:
    first = "part, " if results.params.order.value == "past" else ""
    return LIST.format(
        card=CARD,
        order=first + ORDERS[results.params.order.value],
        deel=_of_part(results.params.filterset),
        offset=20 * (results.shown.page.number - 1),
    )


def _of_part(filterset: OfferFilterSet) -> str:
    deel = filterset.criteria.get("deel")
    return f"WHERE part = '{deel}'" if deel else ""


def _hits(filterset: OfferFilterSet, parameters: dict[str, Any]) -> str:
    criteria, codes, words = filterset.criteria, filterset.question_codes, filterset.words
    parameters |= {f"code_{n}": code for n, code in enumerate(codes)}
    for n, word in enumerate(words):
        parameters[f"title_{n}"] = _full_text(word, "title")
        parameters[f"any_{n}"] = _full_text(word, "body")
    points = [_word_points(n) for n in range(len(words))]
    return HITS.format(
        words="".join(_word_sets(n) for n in range(len(words))),
        questions=_asked(filterset),
        routes=_route_bits() if filterset.municipality else "NULL",
        fit=" + ".join(["COALESCE(fits.points, 0)", *points]),
        unknowns=" + ".join(["0", *unknowns(filterset)]),
        square=_square() if filterset.place else "NULL",
        near="COALESCE(1 / (1 + square / 25000000.0), 0.5)" if filterset.place else "0.0",
        source=_source(filterset),
        where=" AND ".join(
            [
                "1 = 1",
                *reserved(filterset, parameters),
                *conditions_of(criteria, codes, len(words)),
            ]
        ),
        fresh=fresh_wait(),
        confirmed=still_counts("o.confirmed_on", "offer"),
        ends_on="a.ends_on" if filterset.municipality else "CAST(NULL AS date)",
        paid=PAID.format(days=DAYS_LEFT[connection.vendor]) if filterset.municipality else "1.0",
        start=START if any(row.signal for row in criteria.get("hulpvraag", [])) else START_IN_QUIET,
    )


def _full_text(word: WordForms, field: str) -> str:
    column: Any = F(field)
    if connection.vendor == "sqlite":
        scope = "{title} : " if field == "title" else ""
        return f"{scope}({HasWord(column, word).matching(FTS5)})"
    return HasWord(column, word).matching(TSQUERY, weight="A" if field == "title" else "")


def _word_sets(n: int) -> str:
    if connection.vendor == "sqlite":
        found = "SELECT rowid AS id FROM providers_offerwords_fts WHERE"
        found += " providers_offerwords_fts MATCH %({})s"
    else:
        found = "SELECT offer_id AS id FROM providers_offerwords"
        found += " WHERE vector @@ to_tsquery('simple', %({})s)"
    sets = (f"{name}_{n} AS MATERIALIZED ({found.format(f'{name}_{n}')}), " for name in WHERE)
    return "".join(sets)


WHERE = ("title", "any")


def _word_points(n: int) -> str:
    return (
        f"(CASE WHEN o.offer_id IN (SELECT id FROM title_{n}) THEN 2"
        f" WHEN o.offer_id IN (SELECT id FROM any_{n}) THEN 1 ELSE 0 END)"
    )


def _route_bits() -> str:
    flags = enumerate(ROUTES.values())
    return " + ".join(f"CASE WHEN a.{flag} THEN {1 << n} ELSE 0 END" for n, flag in flags)


def _source(filterset: OfferFilterSet) -> str:
    source = "providers_offerindex o LEFT JOIN fits ON fits.offer_id = o.offer_id"
    if filterset.question_codes and not filterset.words:
        source = "fits JOIN providers_offerindex o ON o.offer_id = fits.offer_id"
    if filterset.municipality:
        source += """ JOIN providers_servicearea a ON a.offer_id = o.offer_id
            AND a.municipality_id = %(municipality)s
            AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)"""
    return source


def _square() -> str:
    return """(SELECT MIN((l.rd_x - %(x)s) * 1.0 * (l.rd_x - %(x)s)
                    + (l.rd_y - %(y)s) * 1.0 * (l.rd_y - %(y)s))
     FROM providers_offer_locations k JOIN providers_location l ON l.id = k.location_id
     WHERE k.offer_id = o.offer_id AND l.rd_x IS NOT NULL)"""
