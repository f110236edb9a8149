"""The filters of that statement, by hand: when a row fits, and when that is not known."""

from __future__ import annotations

from typing import Any

from django.db import connection

from providers.filters.offers import OfferFilterSet

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

CLOSED = "(o.closed_from IS NOT NULL AND %(today)s BETWEEN o.closed_from AND o.closed_until)"
# How many days a fact is old, but for those on which the offer was closed since.
OPEN_DAYS = {
    "sqlite": """julianday(%(today)s) - julianday({on})
      - (julianday(MIN(o.closed_until, %(today)s))
         - julianday(MAX(DATE(o.closed_from, '-1 day'), {on})))""",
    "postgresql": """CAST(%(today)s AS date) - {on}
      - (LEAST(o.closed_until, CAST(%(today)s AS date)) - GREATEST(o.closed_from - 1, {on}))""",
}


def still_counts(on: str, clock: str) -> str:
    """Return that a fact of this day counts: its clock stands still while the offer is closed."""
    days = OPEN_DAYS[connection.vendor].format(on=on)
    return f"""({on} BETWEEN %({clock}_since)s AND %(today)s OR {on} <= %(today)s
      AND o.closed_from <= %(today)s AND o.closed_until > {on} AND {days} <= %({clock}_days)s)"""


def fresh_wait() -> str:
    """Return that the wait says when it starts.

    A closed group starts by a run only. Light help that starts at once has the clock of the offer.
    """
    return f"""(NOT o.fixed_start AND o.wait_status = 'bekend' AND o.wait_weeks IS NOT NULL
      AND NOT {CLOSED} AND ({still_counts("o.wait_measured_on", "wait")}
        OR o.wait_weeks = 0 AND o.level < 2 AND o.wait_measured_on <= %(today)s
        AND {still_counts("o.confirmed_on", "offer")}))"""


def fresh_stop() -> str:
    """Return that nobody is taken now."""
    return f"""({CLOSED} OR o.wait_status = 'stop'
      AND {still_counts("o.wait_measured_on", "wait")}
      AND (o.wait_stop_until IS NULL OR o.wait_stop_until > %(today)s))"""


COMING = """EXISTS (SELECT 1 FROM providers_groupprogramme p
  JOIN providers_grouprun r ON r.programme_id = p.id
  WHERE p.offer_id = o.offer_id AND NOT r.cancelled AND r.starts_on >= %(today)s
    AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s))"""


def reserved(filterset: OfferFilterSet, parameters: dict[str, Any]) -> list[str]:
    """Help that is reserved for a question shows to who asked it, or named it or its provider."""
    spoken, words = sorted(filterset.spoken_of.codes), filterset.words
    if not (spoken or words):
        return []
    shown = ["o.reserved_for = ''"]
    for n, code in enumerate(spoken):
        parameters[f"spoken_{n}"] = f"%|{code}|%"
        shown.append(f"o.reserved_for LIKE %(spoken_{n})s")
    for n, word in enumerate(words):
        parameters[f"named_{n}"] = f"%{word.word}%"
        shown.append(f"o.offer_id IN (SELECT id FROM title_{n})")
        shown.append(f"""EXISTS (SELECT 1 FROM providers_offer f JOIN providers_provider v
            ON v.id = f.provider_id
            WHERE f.id = o.offer_id AND LOWER(v.name) LIKE %(named_{n})s)""")
    return [f"({' OR '.join(shown)})"]


def conditions_of(criteria: dict[str, Any], codes: list[str], words: int) -> list[str]:
    conditions = []
    if words:
        found = [f"o.offer_id IN (SELECT id FROM any_{n})" for n in range(words)]
        conditions.append(f"({' OR '.join([*found, *(['fits.points > 0'] if codes else [])])})")
    if "leeftijd" in criteria:
        conditions.append("(o.age_min IS NULL OR o.age_min <= %(age)s)")
        conditions.append("(o.age_max IS NULL OR o.age_max >= %(age)s)")
    if "trede" in criteria:
        conditions.append(f"o.level IN ({', '.join(str(int(n)) for n in criteria['trede'])})")
    if "vorm" in criteria:
        conditions.append(f"({_flags('o', FORMATS, criteria['vorm'])} OR {_no_format()})")
    for name, table, column in LINKS:
        if name in criteria:
            conditions.append(f"({_linked(table, column, criteria[name])} OR {_unlinked(table)})")
    if "toegang" in criteria:
        conditions.append(f"({_flags('a', ROUTES, criteria['toegang'])} OR {_no_route()})")
    return conditions + _time_conditions(criteria)


def _time_conditions(criteria: dict[str, Any]) -> list[str]:
    conditions = []
    if "wachttijd" in criteria:
        weeks = int(criteria["wachttijd"])
        by_run = f"o.fixed_start AND free.first <= %(in_{weeks})s"
        conditions.append(f"(({fresh_wait()} AND o.wait_weeks <= {weeks}) OR ({by_run}))")
    if "start" in criteria:
        soon, perhaps = _start(int(criteria["start"]))
        conditions.append(f"({soon} OR {perhaps})" if criteria.get("onbekend") else soon)
    return conditions


def _start(weeks: int) -> tuple[str, str]:
    """Return when an offer starts in time, and when it might."""
    soon = f"(({fresh_wait()} AND o.wait_weeks <= {weeks}) OR free.first <= %(in_{weeks})s)"
    unknown = (
        f"(NOT COALESCE({fresh_stop()}, FALSE)"
        f" AND CASE WHEN o.fixed_start THEN NOT {COMING}"
        f" ELSE NOT COALESCE({fresh_wait()}, FALSE) END)"
    )
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
    links = f"SELECT 1 FROM {table} k WHERE k.offer_id = o.offer_id"
    return f"EXISTS ({links} AND k.{column} IN ({codes}))"


def _unlinked(table: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} k WHERE k.offer_id = o.offer_id)"


def unknowns(filterset: OfferFilterSet) -> list[str]:
    tests = {
        "leeftijd": "o.age_min IS NULL OR o.age_max IS NULL",
        "vorm": _no_format(),
        "doelgroep": _unlinked(LINKS[0][1]),
        "taal": _unlinked(LINKS[1][1]),
    }
    if "toegang" in filterset.criteria:
        tests["toegang"] = (
            f"NOT {_flags('a', ROUTES, filterset.criteria['toegang'])} AND {_no_route()}"
        )
    if "start" in filterset.criteria and filterset.criteria.get("onbekend"):
        soon, perhaps = _start(int(filterset.criteria["start"]))
        tests["start"] = f"NOT {soon} AND {perhaps}"
    return [
        f"(CASE WHEN {tests[name]} THEN 1 ELSE 0 END)"
        for name in filterset.criteria
        if name in tests
    ]
