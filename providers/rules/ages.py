"""Ages: those that somebody asks for, those that help is for, and whether the two overlap.

A bound of an offer that is not known excludes nobody. Three forms of that rule, held together by
tests/providers/rules/test_ages.py: plain Python, the ORM on offers or on rows of the index, and SQL
on a row `i` of the index.
"""

import re
from typing import Any, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from providers.enums import AgeBand
from providers.models.base import MAX_AGE

# "14", "9-11", "9 tot en met 11". ASCII figures only: those are what an address holds.
WRITTEN = re.compile(r"(-?[0-9]+)(?:\s*(?:-|–|t/m|tot en met)\s*([0-9]+))?(?:\s*jaar)?")
TOO_LONG = 40


def out_of_bounds() -> ValidationError:
    """Return what is said to whoever asks for an age that this is not for."""
    return ValidationError(_("Typ een leeftijd van 0 tot en met 27 jaar."), code="bounds")


class Ages(NamedTuple):
    """Whole years, both ends included; both ends are alike for one age."""

    low: int
    high: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the ages that a text says; raises ValidationError in words people can read."""
        found = WRITTEN.fullmatch(text.strip()) if len(text) <= TOO_LONG else None
        if found is None:
            raise ValidationError(
                _("Typ de leeftijd in hele jaren, bijvoorbeeld 14 of 9-11."), code="invalid"
            )
        ages = sorted(int(figures) for figures in found.groups() if figures)
        if ages[0] < 0 or ages[-1] > MAX_AGE:
            raise out_of_bounds()
        return cls(ages[0], ages[-1])

    @classmethod
    def between(cls, low: int | None, high: int | None) -> Self | None:
        """Return the ages from one to the other; an end left open is the first or last there is."""
        if low is None and high is None:
            return None
        return cls(0 if low is None else low, MAX_AGE if high is None else high)

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    @property
    def words(self) -> str:
        """Return the ages as people say them."""
        if self.low == self.high:
            return _("%(age)s jaar") % {"age": self.low}
        return _("%(low)s tot en met %(high)s jaar") % {"low": self.low, "high": self.high}


def band_of(ages: Ages | None) -> str:
    """Return the one band that these ages lie in; empty when there is none."""
    for band in AgeBand.values if ages else ():
        low, _dash, high = band.partition("-")
        if high and int(low) <= ages.low and ages.high <= int(high):  # type: ignore[union-attr]
            return band
    return ""


# --- whether help is for somebody of these ages --------------------------------------------------


def ages_overlap(one: Any, other: Any) -> bool:
    """Whether two offers, or rows of the index, have an age in common."""
    return _in_order(one.age_min, other.age_max) and _in_order(other.age_min, one.age_max)


def suits_ages(offer: Any, ages: Ages) -> bool:
    """Whether an offer, or a row of the index, is for at least one of these ages."""
    return _in_order(offer.age_min, ages.high) and _in_order(ages.low, offer.age_max)


def _in_order(low: int | None, high: int | None) -> bool:
    return low is None or high is None or low <= high


def for_ages(low: int | None, high: int | None) -> Q:
    """Offers, or rows of the index, for at least one of these ages; a bound may be unknown."""
    from_low = Q() if low is None else Q(age_max__isnull=True) | Q(age_max__gte=low)
    to_high = Q() if high is None else Q(age_min__isnull=True) | Q(age_min__lte=high)
    return to_high & from_low


# The same, of the ages that `ages_values` hands over.
FOR_AGES_SQL = """(i.age_min IS NULL OR i.age_min <= %(age_high)s)
  AND (i.age_max IS NULL OR i.age_max >= %(age_low)s)"""


def ages_values(ages: Ages | None) -> dict[str, int | None]:
    """Return the values that FOR_AGES_SQL compares with; without ages nothing may ask it."""
    return {"age_low": ages and ages.low, "age_high": ages and ages.high}


# Of which a bound is not known.
AGES_UNKNOWN_SQL = "(i.age_min IS NULL OR i.age_max IS NULL)"
