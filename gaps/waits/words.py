"""Weeks and shares as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats

NO_FIGURE = "–"


def measured(value: Decimal | None) -> str:
    """Return the weeks of one measurement: '47', '0,5'."""
    if value is not None and value == value.to_integral():
        return str(int(value))
    return weeks(value)


def weeks(value: Decimal | None) -> str:
    """Return weeks that were calculated, with one decimal: '5,4', '8,0'."""
    return NO_FIGURE if value is None else formats.number_format(rounded(value), decimal_pos=1)


def rounded(value: Decimal) -> Decimal:
    """Return weeks to one decimal, as pages and files give them."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def percent(share: Decimal) -> Decimal:
    """Return a share as a whole number of hundredths."""
    return (share * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def percentage(share: Decimal | None) -> str:
    """Return a share as a whole percentage."""
    return NO_FIGURE if share is None else f"{percent(share)}%"
