"""What the line says is not the matter: geen autisme, adhd uitgesloten."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from providers.vocabulary.text.lexicon import lines_of
from providers.vocabulary.text.stems import stem
from search.asking.understanding.line.grams import phrases_of, spots
from search.asking.understanding.line.line import Line

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


# --- of a danger ---------------------------------------------------------------------------------

NOT = frozenset({"niet", "nooit", "geen", "zonder", "niemand", "noch", "nee", "evenmin"})
# These deny a whole clause that follows: "ontkent dat hij haar slaat".
DENIES = frozenset({"ontkent", "ontkennen", "ontkend", "ontkende"})
# And these what stands before them.
DENIED_AFTER = frozenset(
    {"uitgesloten", "uitgezonderd", "afwezig", "ontkend", "nee", "negatief", "nvt"}
)
# These only where they close what is said: "slaat niet", "snijdt zichzelf niet en".
CLOSING = frozenset({"niet", "geen", "nooit"})
MOST_BEFORE = 6
SAID_AFTER_NO = frozenset(
    {"hoor", "en", "maar", "gelukkig", "zegt", "volgens", "op", "ook"}
    | {"betrokken", "bekend", "ingeschakeld"}
)
IS = frozenset({"is", "zijn", "was", "waren"})
# "Is niet gestopt" denies nothing.
IT_GOES_ON = frozenset({"gestopt", "over", "voorbij", "minder", "nieuw", "weg", "opgehouden"})
# What "geen ... en ..." denies as well: a noun; a verb after "en" is another sentence.
NOUN = re.compile(r"(?:tie|teit|heid|ing|ingen|gedachten|moord|wens|geweld|druk|plannen)$")


def says_no(line: Line, positions: Collection[int]) -> bool:
    """Whether a no stands before a sign of danger, within it or right behind it."""
    first, last = min(positions), max(positions)
    within = {line[at].word for at in range(first, last + 1) if at not in positions}
    return bool(within & NOT) or _no_before(line, first) or _no_behind(line, last)


def _no_before(line: Line, first: int) -> bool:
    clause = line[first].clause
    joins = {"of", "noch", "en"} if NOUN.search(line[first].word) else {"of", "noch"}
    passes = joins | lines_of("denied_after.txt")
    skipped = 0
    for at in range(first - 1, max(first - 1 - MOST_BEFORE, -1), -1):
        word = line[at].word
        if line[at].clause != clause:
            return False
        if word in DENIES or (word in NOT and skipped < 1) or (word == "geen" and skipped == 1):
            return True
        listed = line[at + 1].word in joins
        skipped += not (word in passes or listed)
    return False


def _no_behind(line: Line, last: int) -> bool:
    behind = line[last + 1 : last + 4]
    rest = [token.word for token in behind if token.clause == line[last].clause]
    if any(token.word in DENIED_AFTER for token in behind[:2]):
        return True
    if rest and rest[0] in CLOSING:
        return len(rest) == 1 or rest[1] in SAID_AFTER_NO
    return len(rest) > 1 and rest[0] in IS and rest[1] in CLOSING and not IT_GOES_ON & set(rest)
