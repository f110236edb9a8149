"""Small numbers: below five a number may point at somebody, so it is not shown.

Where parts stand beside their total, one hidden part follows by subtraction. So either more parts
are withheld, until what is left has room for every value a hidden number may have, or the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from providers.languages import grouped

FEWEST = 5
# How far what a reader knows of a withheld number (five or more) must lie below it, so that a
# small number withheld with it may be anything from one to four.
ROOM = FEWEST - 2


def is_small(number: int) -> bool:
    """Whether a number is too small to be shown. Nothing at all may be shown."""
    return 0 < number < FEWEST


def small_number_words(number: int) -> str:
    """Return a number as people read it, a small one without saying how small."""
    return _("minder dan %(n)s") % {"n": FEWEST} if is_small(number) else grouped(number)


def rounded(number: int) -> int | None:
    """Return what leaves the house of a number that is not protected by what stands beside it.

    Small ones are left out and the rest goes to the nearest five, so that no small number follows
    from two files or two dates. Not for a total beside all of its parts: 4, 10 and 40 leave one
    number that makes 60 of 12, 42 and it. Nothing at all may be told.
    """
    if is_small(number):
        return None
    return FEWEST * ((number + FEWEST // 2) // FEWEST)


def rounded_words(number: int | None) -> str:
    """Return a number of people as everybody reads it: to the nearest five, a small one unsaid.

    Empty when it is not known.
    """
    if number is None:
        return ""
    return small_number_words(number if is_small(number) else rounded(number) or 0)


class Hidden(Enum):
    """Why a number is not shown, and with that what a reader still knows of it."""

    SMALL = "from one to four"
    WITHHELD = "five or more, and others would follow from it"
    BLANK = "nothing: its whole line is hidden"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is hidden of a total and its parts; what is not mentioned is shown."""

    total: Hidden | None
    parts: Mapping[int, Hidden]


def protect(
    parts: Sequence[int], *, blank: Sequence[int] = (), total_is_known: bool = False
) -> Shown:
    """Return which numbers to hide so that no hidden one follows from those that are shown.

    `parts` add up to the total; `blank` are the places of parts whose line is hidden already.
    The smallest part that may be shown is withheld first; when withholding does not help, the
    total is withheld instead. Where another table gives the total, or has other parts of it
    (`total_is_known`), withholding it would not help: then every part is blank.
    """
    if is_small(sum(parts)):
        small = {place: Hidden.SMALL for place, part in enumerate(parts) if part}
        return Shown(Hidden.SMALL, small | dict.fromkeys(blank, Hidden.BLANK))
    hidden = {place: Hidden.SMALL for place, part in enumerate(parts) if is_small(part)}
    hidden |= dict.fromkeys(blank, Hidden.BLANK)
    more, rest = dict(hidden), [place for place in range(len(parts)) if place not in hidden]
    for place in sorted((place for place in rest if parts[place]), key=parts.__getitem__):
        if _nothing_follows(parts, more):
            break
        more[place] = Hidden.WITHHELD
    if _nothing_follows(parts, more):
        return Shown(None, _without_needless(parts, more))
    if total_is_known:
        return Shown(None, {place: Hidden.BLANK for place, part in enumerate(parts) if part})
    return Shown(Hidden.WITHHELD, hidden)


def _without_needless(parts: Sequence[int], hidden: Mapping[int, Hidden]) -> dict[int, Hidden]:
    """Show again what was withheld before a larger part proved to be needed as well."""
    left = dict(hidden)
    for place in [place for place, why in hidden.items() if why is Hidden.WITHHELD]:
        without = {one: why for one, why in left.items() if one != place}
        left = without if _nothing_follows(parts, without) else left
    return left


def shows_part(part: int, whole: int) -> bool:
    """Whether a part may stand beside its whole: neither it is small, nor the rest that follows."""
    return not (is_small(part) or is_small(whole - part))


def shows_total(parts: Iterable[int]) -> bool:
    """Whether a total may stand beside parts of which only the small ones are hidden.

    For tables with totals in two directions, and for files that are laid beside each other:
    there no other part is withheld, so no total stands where a part is hidden.
    """
    return not any(is_small(part) for part in parts)


def _nothing_follows(parts: Sequence[int], hidden: Mapping[int, Hidden]) -> bool:
    """Whether the sum of the hidden parts, which follows, tells none of them."""
    left = sum(parts[place] for place in hidden)
    small = sum(why is Hidden.SMALL for why in hidden.values())
    if left == 0:
        return True
    if left < FEWEST or len(hidden) == 1:
        return False
    if small == len(hidden):
        # All ones, or all fours, would follow.
        return small < left < small * (FEWEST - 1)
    others = [place for place, why in hidden.items() if why is not Hidden.SMALL]
    known = sum(FEWEST for place in others if hidden[place] is Hidden.WITHHELD)
    return sum(parts[place] for place in others) - known >= ROOM
