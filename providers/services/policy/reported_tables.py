"""Write a table of a report as it was printed."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import ReportedTable, YouthRegion
from providers.services import audit

Numbers = Sequence[Decimal | None]
MOST_LINES, MOST_PERIODS = 60, 12


@transaction.atomic
def record_table(
    *,
    by: User | None,
    region: YouthRegion,
    title: str,
    unit: str,
    source: str,
    periods: Sequence[str],
    lines: Sequence[tuple[str, Numbers]],
    total: Numbers,
) -> ReportedTable:
    """Save a printed table; numbers are kept as given, also where they do not add up.

    Raises ValidationError for a table without lines, or with a line of another length.
    """
    if not lines or not periods or len(lines) > MOST_LINES or len(periods) > MOST_PERIODS:
        raise ValidationError(
            _("Een tabel heeft 1 tot en met %(lines)s regels en 1 tot en met %(n)s perioden.")
            % {"lines": MOST_LINES, "n": MOST_PERIODS}
        )
    if any(len(numbers) != len(periods) for _label, numbers in [*lines, ("", total)]):
        raise ValidationError(_("Niet elke regel heeft evenveel getallen."))
    table = ReportedTable(
        region=region,
        title=title,
        unit=unit,
        source=source,
        periods=list(periods),
        lines=[[label, _stored(numbers)] for label, numbers in lines],
        total=_stored(total),
        by=by,
    )
    table.full_clean()
    table.save()
    audit.record(by=by, action="reported_table.recorded", subject=table)
    return table


def _stored(numbers: Numbers) -> list[str | None]:
    """As text: no engine makes a float of it."""
    return [None if number is None else str(number) for number in numbers]
