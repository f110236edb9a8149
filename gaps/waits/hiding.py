"""Which lines of a table of waits, and which numbers of people, are not shown.

Under five measurements say more about one provider than about waiting, and under five people
waiting may be pointed at. A hidden line shows nothing at all: offers less those that stopped or
are unknown would give its measurements. Numbers of people that are shown are rounded as well, so
that a small one does not follow from the tables of two places or of two days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from providers.rules.small_numbers import Hidden, Shown, is_small, protect, rounded
from providers.statistics import Figures, LineKey, Row


@dataclass(frozen=True, slots=True)
class Hides:
    """What is hidden of one line: the whole line by its number of measurements, or who waits.

    `is_exact`: people waiting are not rounded, for who may see everything.
    """

    line: Hidden | None = None
    waiting: Hidden | None = None
    is_exact: bool = False

    @classmethod
    def alone(cls, figures: Figures) -> "Hides":
        """Return what is hidden of figures that count in no total."""
        return cls(
            Hidden.SMALL if is_small(figures.n) else None,
            Hidden.SMALL if is_small(figures.waiting or 0) else None,
        )

    def people(self, figures: Figures) -> int | None:
        """Return how many people wait, as far as that is shown; None when it is not known."""
        if self.waiting or figures.waiting is None:
            return None
        return figures.waiting if self.is_exact else rounded(figures.waiting)


NOTHING = Hides(is_exact=True)


def hides_of(rows: Sequence[Row], withheld: Collection[LineKey] = ()) -> list[Hides]:
    """Return what is hidden of each line of one quarter and method, the total (if any) first.

    `withheld` are lines of which the measurements, beside those of another place, would give
    those of a hidden line: see `gaps.waits.overlap`.
    """
    found = [_withheld(Hides.alone(row.figures), row, withheld) for row in rows]
    places = [place for place, row in enumerate(rows) if not row.is_apart]
    if not places:
        return found
    total, *parts = (rows[place] for place in places)
    for place, hides in zip(places, _of_total_and_parts(total, parts, withheld), strict=True):
        found[place] = hides
    return found


def _withheld(hides: Hides, row: Row, withheld: Collection[LineKey]) -> Hides:
    if hides.line is Hidden.SMALL or row.line not in withheld:
        return hides
    return Hides(Hidden.WITHHELD, hides.waiting)


def _of_total_and_parts(
    total: Row, parts: Sequence[Row], withheld: Collection[LineKey]
) -> list[Hides]:
    """Kinds and steps are parts of one total, so each table gives the total to the other."""
    counts = _counts(total, parts, withheld)
    people = [part.figures.waiting or 0 for part in parts]
    # A total that is hidden gives nothing to subtract from.
    hidden = (
        protect(people, blank=sorted(counts.parts), total_is_known=True)
        if counts.total is None
        else None
    )
    first = Hides(counts.total, hidden.total if hidden else None)
    lines = [_withheld(first, total, withheld)]
    for place, part in enumerate(parts):
        alone = Hides.alone(part.figures).waiting
        waiting = hidden.parts.get(place) if hidden else alone
        lines.append(_withheld(Hides(counts.parts.get(place), waiting), part, withheld))
    return lines


def _counts(total: Row, parts: Sequence[Row], withheld: Collection[LineKey]) -> Shown:
    """Return what is hidden of the numbers of measurements."""
    measured = [part.figures.n for part in parts]
    blank = {place for place, part in enumerate(parts) if part.line in withheld}
    if total.line in withheld and not any(measured[place] for place in blank):
        # Of all its parts the withheld total would be the sum.
        blank.add(measured.index(max(measured)))
    return protect(measured, blank=sorted(blank), total_is_known=True)
