"""Whether a contract ends before the help can start: then nobody knows who pays for it.

Only when both days are known: the last day in this municipality (`ServiceArea.ends_on`) and the
day on which the help can start (providers.rules.start). After it the help is not given there,
whoever pays, so this holds for every kind of contract.

Two forms, held together by tests/providers/rules/test_contract_rule.py.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import ContractStatus
from providers.models import ServiceArea
from providers.models.areas import AREA_ENDS_SOON_DAYS
from providers.rules.start import StartFacts

# What is left of the points for the start in the ranking: it can start, but perhaps not paid for.
SHARE_OF_START = 0.5
# More municipalities than this are counted, in a line that one reads at a glance.
MOST_NAMES = 4


def ends_before_start(ends_on: dt.date | None, start: StartFacts) -> bool:
    """Whether the last day in a municipality comes before the first possible day of help."""
    if ends_on is None or (start.wait is None and start.first is None):
        return False
    by_run = start.first is not None and start.first <= ends_on
    by_wait = start.wait is not None and start.wait * 7 <= (ends_on - start.today).days
    return not (by_run or by_wait)


def ends_before_start_sql() -> str:
    """Return the same of a row with `ends_on`, `known_wait` in weeks and `first_start`."""
    left = _DAYS_LEFT[connection.vendor]
    return f"""COALESCE(ends_on IS NOT NULL
      AND (known_wait IS NOT NULL OR first_start IS NOT NULL)
      AND NOT COALESCE(first_start <= ends_on, FALSE)
      AND NOT COALESCE(known_wait * 7 <= {left}, FALSE), FALSE)"""


_DAYS_LEFT = {
    "sqlite": "CAST(julianday(ends_on) - julianday(%(today)s) AS integer)",
    "postgresql": "(ends_on - CAST(%(today)s AS date))",
}


def paid_until_start() -> str:
    """Return the factor on the start of such a row: less when the contract ends before it."""
    return f"(CASE WHEN {ends_before_start_sql()} THEN {SHARE_OF_START} ELSE 1.0 END)"


def ending_areas(offer_ids: Iterable[int], today: dt.date) -> dict[int, list[ServiceArea]]:
    """Return of each of these offers the areas that end soon: one statement for all of them."""
    found: dict[int, list[ServiceArea]] = {}
    rows = ServiceArea.objects.ending(today).filter(offer__in=list(offer_ids))
    for area in rows.select_related("municipality").order_by("ends_on", "municipality__name"):
        found.setdefault(area.offer_id, []).append(area)
    return found


def knows_of_end(area: ServiceArea, confirmed_on: dt.date | None) -> bool:
    """Whether who confirmed the offer saw that this area ends soon."""
    soon = dt.timedelta(days=AREA_ENDS_SOON_DAYS)
    return bool(confirmed_on and area.ends_on and confirmed_on >= area.ends_on - soon)


def ending_words(areas: Iterable[ServiceArea]) -> str:
    """Return where an offer ends and when: 'loopt af in Leiden en Katwijk op 1 januari 2027'."""
    places: dict[dt.date, list[str]] = {}
    for area in areas:
        if area.ends_on:
            places.setdefault(area.ends_on, []).append(area.municipality.name)
    return ", ".join(
        _("loopt af in %(places)s op %(day)s")
        % {"places": _listed(names), "day": formats.date_format(day, "j F Y")}
        for day, names in places.items()
    )


def _listed(names: list[str]) -> str:
    if len(names) > MOST_NAMES:
        return _("%(n)s gemeenten") % {"n": len(names)}
    return _(" en ").join(filter(None, [", ".join(names[:-1]), names[-1]]))


def routes_words(area: ServiceArea) -> str:
    """Return the ways in."""
    if not area.routes:
        return _("niet bekend")
    return ", ".join(str(route.label) for route in area.routes)


def contract_until_words(area: ServiceArea) -> str:
    """Return who pays, or through whom, and until when."""
    status = ContractStatus(area.contract)
    words = str(status.label)
    if status is ContractStatus.SUBCONTRACTOR and area.main_contractor:
        words = _("Via %(name)s") % {"name": area.main_contractor.name}
    if area.ends_on:
        day = formats.date_format(area.ends_on, "j F Y")
        return _("%(words)s, tot en met %(day)s") % {"words": words, "day": day}
    return words
