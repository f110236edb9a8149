"""Which lines of a table of waits, and which numbers of people, are not shown.

Under five measurements say more about one provider than about waiting, and under five people
waiting may be pointed at. A hidden line shows nothing at all: offers less those that stopped or
are unknown would give its measurements.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from providers.rules.small_numbers import Hidden, is_small, protect
from providers.statistics import Figures, Row


@dataclass(frozen=True, slots=True)
class Hides:
    """What is hidden of one line: the whole line by its number of measurements, or who waits."""

    line: Hidden | None = None
    waiting: Hidden | None = None

    @classmethod
    def alone(cls, figures: Figures) -> "Hides":
        """Return what is hidden of figures that count in no total."""
        return cls(
            Hidden.SMALL if is_small(figures.n) else None,
            Hidden.SMALL if is_small(figures.waiting or 0) else None,
        )


NOTHING = Hides()


def hides_of(rows: Sequence[Row], around: Sequence[Row] = ()) -> list[Hides]:
    """Return what is hidden of each line of one quarter and method, the total (if any) first.

    `around` are the lines of the region in which these are of a municipality. Where few wait in
    the region on lists that do not serve the municipality, they follow from what both show: then
    the number of the municipality is withheld.
    """
    few = _few_elsewhere(rows, around)
    found = [_withheld(Hides.alone(row.figures), row.line in few) for row in rows]
    places = [place for place, row in enumerate(rows) if not row.is_apart]
    if not places:
        return found
    total, *parts = (rows[place] for place in places)
    for place, hides in zip(places, _of_total_and_parts(total, parts, few), strict=True):
        found[place] = hides
    return found


def _few_elsewhere(rows: Sequence[Row], around: Sequence[Row]) -> set[Any]:
    """Return the lines of which the region shows one to four people waiting more."""
    shown = {
        row.line: row.figures.waiting or 0
        for row, hides in zip(around, hides_of(around) if around else (), strict=True)
        if not hides.line and not hides.waiting
    }
    return {
        row.line for row in rows if is_small(shown.get(row.line, 0) - (row.figures.waiting or 0))
    }


def _withheld(hides: Hides, too_few_elsewhere: bool) -> Hides:
    if hides.waiting or not too_few_elsewhere:
        return hides
    return Hides(hides.line, Hidden.WITHHELD)


def _of_total_and_parts(total: Row, parts: Sequence[Row], few: Container[Any]) -> list[Hides]:
    """Kinds and steps are parts of one total, so each table gives the total to the other."""
    counts = protect([part.figures.n for part in parts], total_is_known=True)
    people = [part.figures.waiting or 0 for part in parts]
    # A total that is hidden gives nothing to subtract from.
    hidden = None
    if counts.total is None:
        blank = {*counts.parts, *(place for place, part in enumerate(parts) if part.line in few)}
        if total.line in few and not any(people[place] for place in blank):
            # Of all its parts the withheld total would be the sum.
            blank.add(people.index(max(people)))
        hidden = protect(people, blank=sorted(blank), total_is_known=True)
    first = Hides(counts.total, hidden.total if hidden else None)
    lines = [_withheld(first, total.line in few)]
    for place, part in enumerate(parts):
        alone = Hides.alone(part.figures).waiting
        waiting = hidden.parts.get(place) if hidden else alone
        lines.append(_withheld(Hides(counts.parts.get(place), waiting), part.line in few))
    return lines
