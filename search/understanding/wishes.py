"""What form of help is asked for, how light, and where somebody stands on the way."""

from providers.reference import Row
from search.understanding.grams import Spot, phrases_of, spots
from search.understanding.line import Line

# A word such as "thuis" asks for a form of help only beside one of these.
ASKING = frozenset(
    {"liefst", "graag", "zoek", "zoekt", "hulp", "behandeling", "begeleiding", "therapie"}
    | {"ondersteuning", "gesprekken", "training", "cursus", "coaching"}
)


def find_format(line: Line, explained: set[int]) -> tuple[str | None, set[int]]:
    """Return the form asked for and the words that say so."""
    sure: list[Spot] = []
    hints: list[Spot] = []
    for spot in spots(line, phrases_of("format_words", "word")):
        if spot.positions & explained or _is_taken(line, spot):
            continue
        (sure if spot.row["certainty"] == "sure" else hints).append(spot)
    if not sure and not any(token.word in ASKING for token in line):
        hints = []
    for spot in [*sure, *hints]:
        return spot.row["format"], spot.positions
    return None, set()


def find_phase(line: Line) -> tuple[str | None, set[int]]:
    """Return where somebody stands: before, waiting, in or after care; and all that says so."""
    phase, positions = _first(line, "phase_words", "phase", set())
    for spot in spots(line, phrases_of("phase_words", "word")):
        if spot.row["phase"] == phase and not _is_taken(line, spot):
            positions |= spot.positions
    return phase, positions


def find_level(line: Line, explained: set[int]) -> tuple[int | None, set[int]]:
    """Return how heavy the help asked for is (`CareLevel`)."""
    level, positions = _first(line, "level_words", "level", explained)
    return (None if level is None else int(level)), positions


def _first(line: Line, name: str, column: str, explained: set[int]) -> tuple[str | None, set[int]]:
    for spot in spots(line, phrases_of(name, "word")):
        if not spot.positions & explained and not _is_taken(line, spot):
            row: Row = spot.row
            return row[column], spot.positions
    return None, set()


def _is_taken(line: Line, spot: Spot) -> bool:
    return any(line[at].used or line[at].denied for at in spot.positions)
