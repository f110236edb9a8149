"""How soon help is needed: words of urgency say when, and nothing of what is the matter."""

from search.understanding.grams import phrases_of, spots
from search.understanding.line import Line, is_denied, mark_used

# The kind in `fixtures/vocabulary/crisis.csv` that is no danger by itself.
HASTE = "acute"


def mark_urgent(line: Line) -> tuple[Line, bool]:
    """Return the line with its words of urgency used up, and whether it is urgent.

    "Geen spoed" is not urgent, and those words are no less used up: what is read after this
    is the same with and without them.
    """
    phrases = phrases_of("crisis", "phrase") | phrases_of("not_urgent", "phrase")
    found = [spot for spot in spots(line, phrases) if spot.row["kind"] == HASTE]
    used = {at for spot in found for at in spot.positions}
    urgent = any(not is_denied(line, spot.positions) for spot in found)
    return mark_used(line, used), urgent
