"""What form of help is asked for, how light, and where somebody stands on the way."""

from providers.reference import Row
from search.asking.understanding.line.grams import Spot, phrases_of, spots
from search.asking.understanding.line.line import Line

# A word such as "thuis" asks for a form of help only beside one of these.
# Then somebody was in this phase, or never was.
NOT_NOW = frozenset(
    {"niet", "nooit", "geen", "was", "waren", "zat", "stond", "eerder", "vroeger", "ooit", "vorig"}
)
MOST_BETWEEN = 3
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


def asks_phase(line: Line, phase: str | None) -> bool:
    """Return whether the line says in so many words that somebody is in this phase now."""
    return any(
        spot.row["phase"] == phase and spot.row["certainty"] == "sure" and not _is_past(line, spot)
        for spot in spots(line, phrases_of("phase_words", "word"))
        if not any(line[at].denied for at in spot.positions)
    )


def _is_past(line: Line, spot: Spot) -> bool:
    before = range(max(spot.start - MOST_BETWEEN, 0), spot.start)
    clause = line[spot.start].clause
    return any(line[at].clause == clause and line[at].word in NOT_NOW for at in before)


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
