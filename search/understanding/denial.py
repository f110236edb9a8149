"""What the line says is not the matter: geen autisme, adhd uitgesloten."""

from collections.abc import Iterator
from dataclasses import replace

from providers.text.lexicon import lines_of
from providers.text.stems import stem
from search.understanding.grams import phrases_of, spots
from search.understanding.line import Line

# May stand between a no and what it denies.
BETWEEN = "denied_after.txt"
ALSO_DENIED = frozenset({"of", "noch"})
# These deny what stands before them.
AFTERWARDS = frozenset({"uitgesloten", "uitgezonderd"})
MOST_BETWEEN = 4


def mark_denied(line: Line) -> Line:
    """Return the line with the words marked that are denied.

    Of some words the lack is the very problem (geen vrienden, slaapt niet): those stay.
    """
    lacked = {stem(word) for word in lines_of("lacked_words.txt")}
    denied = {at for at in _denied(line) if line[at].stem not in lacked}
    return tuple(
        replace(token, denied=True) if at in denied else token for at, token in enumerate(line)
    )


def _denied(line: Line) -> Iterator[int]:
    rows = phrases_of("negations", "word")
    for spot in spots(line, rows):
        if spot.row["kind"] != "negates":
            continue
        if line[spot.start].word in AFTERWARDS:
            yield from _before(line, spot.start)
        else:
            yield from _after(line, spot.end)


def _after(line: Line, start: int) -> Iterator[int]:
    at, clause = start, line[start - 1].clause
    for _ in range(MOST_BETWEEN):
        if at >= len(line) or line[at].clause != clause:
            return
        if line[at].word not in lines_of(BETWEEN):
            break
        at += 1
    if at >= len(line) or line[at].clause != clause or line[at].weak:
        return
    yield at
    if at + 1 < len(line) and line[at + 1].word in ALSO_DENIED:
        yield from _after(line, at + 2)


def _before(line: Line, end: int) -> Iterator[int]:
    for at in range(end - 1, max(end - 1 - MOST_BETWEEN, -1), -1):
        if line[at].clause != line[end].clause:
            return
        if not line[at].weak:
            yield at
            return
