"""Read the ages that a text names, in figures: "6 - 12 jarigen", "onder 6 jaar", "18+"."""

import re
from dataclasses import dataclass

OLDEST = 27


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in whole years, both ends included; None is unknown."""

    low: int | None
    high: int | None

    def narrowed(self, other: "Ages") -> "Ages":
        """Return the part that both allow; when there is none, ``other``, which is more exact."""
        low = max((n for n in (self.low, other.low) if n is not None), default=None)
        high = min((n for n in (self.high, other.high) if n is not None), default=None)
        if low is not None and high is not None and low > high:
            return other
        return Ages(low, high)


_AGE = r"(?<![\d.,])(\d{1,2})(?!\d)"
_YEARS = r"(?:\s*-?\s*(?:jaar|jarigen?|jr))"
_BETWEEN = re.compile(rf"{_AGE}\s*(t/m|tot en met|-|–|tot|&)\s*{_AGE}{_YEARS}")
_UP_TO = re.compile(rf"(t/m|tot en met|jonger dan|onder|tot|<)\s*(?:de\s+)?{_AGE}{_YEARS}")
_FROM = re.compile(rf"(vanaf|>)\s*{_AGE}{_YEARS}|{_AGE}(?:\s*jaar en ouder|\s?\+(?!\s*\d))")
_EXCLUSIVE = {"jonger dan", "onder", "tot", "<"}


def ages_written(text: str) -> Ages:
    """Return the ages named in ``text`` (lower case): "6 - 12 jarigen", "onder 6 jaar", "18+"."""
    if between := _BETWEEN.search(text):
        return _clipped(int(between[1]), _upper(between[2], int(between[3])))
    if up_to := _UP_TO.search(text):
        return _clipped(None, _upper(up_to[1], int(up_to[2])))
    if from_age := _FROM.search(text):
        return _clipped(int(from_age[2] or from_age[3]), None)
    return Ages(None, None)


def _upper(word: str, age: int) -> int:
    return age - 1 if word in _EXCLUSIVE else age


def _clipped(low: int | None, high: int | None) -> Ages:
    low = None if low is None else min(low, OLDEST)
    high = None if high is None else min(max(high, low or 0), OLDEST)
    return Ages(low, high)
