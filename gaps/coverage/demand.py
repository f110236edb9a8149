"""What was asked for in the cells of municipalities: searches, and signals that help is missing."""

import datetime as dt
from collections import Counter

from django.db.models import Q, Sum

from gaps.cells.cell import CellKey, Demand, DemandFigures
from gaps.missed import DAYS
from providers.enums import DemandOutcome
from providers.models import MissingHelpSignal
from providers.models.policy import Demand as SearchCount

IN_VAIN = Q(outcome__in=(DemandOutcome.NONE, DemandOutcome.LATE))


def demand_in(municipalities: list[str], today: dt.date) -> Demand:
    """Return what was asked for in the past year, by cell: two statements.

    The numbers are whole: whoever shows them to others than members hides the small ones.
    """
    since = today - dt.timedelta(days=DAYS - 1)
    searches, in_vain = _searches(municipalities, since, today)
    signals = _signals(municipalities, since)
    return {
        key: DemandFigures(searches[key], in_vain[key], signals[key])
        for key in {*searches, *signals}
    }


def _searches(
    municipalities: list[str], since: dt.date, today: dt.date
) -> tuple[Counter[CellKey], Counter[CellKey]]:
    """Return how often was searched, and how often in vain: statement 1."""
    counted = (
        SearchCount.objects.between(since, today)
        .filter(municipality__in=municipalities)
        .exclude(help_question="")
        .order_by()
        .values_list("municipality", "help_question", "age_band")
        .annotate(all=Sum("searches"), in_vain=Sum("searches", filter=IN_VAIN))
    )
    searches, in_vain = Counter[CellKey](), Counter[CellKey]()
    for municipality, question, band, every, vain in counted:
        key = CellKey(municipality, question, band)
        searches[key] += every
        in_vain[key] += vain or 0
    return searches, in_vain


def _signals(municipalities: list[str], since: dt.date) -> Counter[CellKey]:
    """Return how often help was missed: statement 2.

    One referrer who ticks more reasons for one question on one day counts once.
    """
    taps = (
        MissingHelpSignal.objects.filter(
            municipality__in=municipalities, counts=True, created_on__gte=since
        )
        .order_by()
        .values_list("municipality", "help_question", "age_band", "sender", "created_on")
        .distinct()
    )
    found = Counter[CellKey]()
    for municipality, question, band, _sender, _day in taps:
        found[CellKey(municipality, question, band)] += 1
    return found
