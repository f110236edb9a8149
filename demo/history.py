"""How the demo says that coverage was before: snapshots of days that have been.

Made of the coverage of today, without some offers that came since, and with others that were for
more ages then. Only of the municipality that the log-in of the demo opens with: a year of all
of them would take longer than the whole rest of the demo.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from demo.moments import chance
from gaps.cells.calculation import cells_of
from gaps.cells.facts import AreaFacts, OfferFacts
from gaps.cells.loading import load_area
from gaps.coverage.stored import content_of
from gaps.models import CoverageSnapshot
from providers.models import Municipality

LEIDEN = "GM0546"
MONTHS = 4
# Which part of the offers came in a month, and which part was for more ages before it.
NEW, NARROWED = 0.03, 0.03
YEARS = 4
MARK = "made_up"


def remove_history() -> None:
    """Remove the snapshots of the demo; what was stored or frozen since stays."""
    CoverageSnapshot.objects.filter(municipality=LEIDEN, **{f"content__{MARK}": True}).delete()


def add_history(*, today: dt.date, seed: str) -> None:
    """Add how Leiden stood at the end of the last months, the end of the last quarter too."""
    place = Municipality.objects.get(pk=LEIDEN)
    now = load_area([place], today=today)
    day, snapshots = today, []
    for months in range(1, MONTHS + 1):
        day = day.replace(day=1) - dt.timedelta(days=1)
        cells = cells_of(_before(now, months, seed))
        content = content_of(cells, now.thresholds) | {MARK: True}
        snapshots.append(CoverageSnapshot(municipality=place, taken_on=day, content=content))
    CoverageSnapshot.objects.bulk_create(snapshots, ignore_conflicts=True)


def _before(now: AreaFacts, months: int, seed: str) -> AreaFacts:
    """Return these facts as they were so many months ago."""
    then = {}
    for pk, facts in now.offers.items():
        rng = chance(seed, "history", str(pk))
        if rng.random() >= NEW * months:
            then[pk] = _wider(facts) if rng.random() < NARROWED * months else facts
    return replace(now, offers=then)


def _wider(facts: OfferFacts) -> OfferFacts:
    """Return an offer as it was when it was for more ages."""
    low = None if facts.age_min is None else max(0, facts.age_min - YEARS)
    high = None if facts.age_max is None else facts.age_max + YEARS
    return replace(facts, age_min=low, age_max=high)
