"""Why referrers said that an offer of this provider did not fit.

Rounded: the twelve months move on, and exact numbers of two of them would tell of one month.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from providers.enums import ReportKind, ReportReason
from providers.models import Provider, Report
from providers.rules.reports import REASONS
from providers.rules.small_numbers import Hidden, protect, rounded
from selfservice.insight.uses import ended_months, number_words


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often "past niet" was said in the last twelve months that ended, and why, in words."""

    is_empty: bool
    total: str
    # (reason, number); one that nobody gave is left out.
    reasons: tuple[tuple[str, str], ...]


def refusals_of(provider: Provider, today: dt.date) -> Refusals:
    """Return the reports that an offer did not fit: one statement."""
    first, end = ended_months(today)[-1], today.replace(day=1)
    rows = Report.objects.counting().filter(
        offer__provider=provider,
        kind=ReportKind.NO_FIT,
        created_on__gte=first,
        created_on__lt=end,
    )
    counts = Counter(rows.order_by().values_list("reason", flat=True))
    reasons = [reason for reason in REASONS[ReportKind.NO_FIT] if counts[reason]]
    numbers = [counts[reason] for reason in reasons]
    hidden = protect(numbers)
    return Refusals(
        is_empty=not numbers,
        total=_words(sum(numbers), hidden.total),
        reasons=tuple(
            (str(ReportReason(reason).label), _words(number, hidden.parts.get(place)))
            for place, (reason, number) in enumerate(zip(reasons, numbers, strict=True))
        ),
    )


def _words(number: int, hidden: Hidden | None) -> str:
    return number_words(rounded(number) or number, hidden)
