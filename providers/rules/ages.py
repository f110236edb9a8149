"""The age that somebody asks for: one age, or from one age to another."""

import re
from typing import NamedTuple, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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
