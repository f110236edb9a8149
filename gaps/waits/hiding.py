"""Which lines of a table of waits, and which numbers of people, are not shown.

Under five measurements say more about one provider than about waiting, and under five people
waiting may be pointed at. A hidden line shows nothing at all: offers less those that stopped or
are unknown would give its measurements.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


def hides_of(rows: Sequence[Row]) -> list[Hides]:
    """Return what is hidden of each line of one quarter and method, the total (if any) first."""
    found = [Hides.alone(row.figures) for row in rows]
    places = [place for place, row in enumerate(rows) if not row.is_apart]
    if not places:
        return found
    total, *parts = (rows[place].figures for place in places)
    for place, hides in zip(places, _of_total_and_parts(total, parts), strict=True):
        found[place] = hides
    return found


def _of_total_and_parts(total: Figures, parts: Sequence[Figures]) -> list[Hides]:
    """Kinds and steps are parts of one total, so each table gives the total to the other."""
    counts = protect([part.n for part in parts], total_is_known=True)
    people = [part.waiting or 0 for part in parts]
    # A total that is hidden gives nothing to subtract from.
    hidden = None
    if counts.total is None:
        hidden = protect(people, blank=list(counts.parts), total_is_known=True)
    lines = [Hides(counts.total, hidden.total if hidden else None)]
    for place, part in enumerate(parts):
        alone = Hides.alone(part).waiting
        waiting = hidden.parts.get(place) if hidden else alone
        lines.append(Hides(counts.parts.get(place), waiting))
    return lines
