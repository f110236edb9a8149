"""What is asked of the help besides what it is for: a way in, a start, a language.

Each is a filter, which leaves help out. So a word counts only where it asks for something:
"deze week niet naar school" asks for no start, and "huiswerk voor Frans" for no language.
"""

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from providers.vocabulary.text.stems import stem
from search.asking.understanding.facts.numbers import NUMBER_WORDS
from search.asking.understanding.line.grams import Spot, phrases_of, spots
from search.asking.understanding.line.line import NEGATORS, Line

# Letters. A shorter word with the stem of a language may be another one: engel, pool.
LONG_NAME = 8
DENIERS = NEGATORS | {"nauwelijks", "amper", "weinig", "slecht", "gebrekkig", "beperkt"}
# Then it is told of what was.
PAST = frozenset(
    "was waren had hadden gehad kreeg kregen gekregen geweest begon begonnen gestart gestopt kwam"
    " kwamen gekomen werd geworden eerder vroeger destijds vorig vorige afgelopen ooit".split()
)
HELP = frozenset(
    "hulp plek plaats terecht start starten beginnen begint beschikbaar afspraak intake beurt"
    " begeleiding behandeling nodig steun ondersteuning training cursus groep aanmelden iemand"
    " therapie coach gesprek gezocht zoek zoeken terechtkunnen".split()
)
FILLERS = frozenset("liefst graag nog het als kan moet wil willen zo en dan al het er".split())
ARTICLES = frozenset({"een", "de", "met", "bij"})
MOST_BETWEEN = 3
TERM = re.compile(r"^binnen (\d{1,2}|een|\w+) (dag|dagen|week|weken|wkn|maand|maanden)$")
WEEKS_PER = {"dag": 1 / 7, "wee": 1, "wek": 1, "wkn": 1, "maa": 52 / 12}
MOST_WEEKS = 52
SPEAKING = frozenset(
    "spreekt spreken spreek sprekend sprekende praat praten verstaat verstaan begrijpt begrijpen"
    " moedertaal voertaal thuistaal taal tolk".split()
)
AFTER_SPEAKING = frozenset(
    "alleen thuis vooral slechts enkel maar uitsluitend voornamelijk goed beter wel we ze is in"
    " het de een".split()
)
PEOPLE = frozenset(
    "ouder ouders gezin gezinnen moeder moeders vader vaders mama papa jongen jongens meisje"
    " meisjes kind kinderen familie families hulpverlener hulpverleners begeleider psycholoog"
    " tolk hulp begeleiding groep training therapeut medewerker jongere jongeren tiener puber"
    " vrouw vrouwen mensen cultuur".split()
)
DUTCH = frozenset({"nederlands", "nederlandse", "nl"})
NO_PEOPLE = frozenset({"cultuur"})


@dataclass(frozen=True, slots=True)
class Requests:
    """What is asked for, as codes and weeks, and at which words."""

    access: str | None = None
    start: int | None = None
    languages: tuple[str, ...] = ()
    positions: frozenset[int] = frozenset()


def find_requests(line: Line, aside: Collection[int]) -> Requests:
    """Return what a line asks; `aside` are the words of its place and its ages."""
    access, at_access = _access(line)
    start, at_start = _start(line, aside)
    languages, at_language = _languages(line, aside)
    return Requests(access, start, languages, frozenset(at_access | at_start | at_language))


def _access(line: Line) -> tuple[str | None, set[int]]:
    for spot in _asked(line, "access_words"):
        return spot.row["access"], spot.positions
    return None, set()


def _start(line: Line, aside: Collection[int]) -> tuple[int | None, set[int]]:
    terms = list(_terms(line))
    for spot in _asked(line, "start_words"):
        around = {line[at].word for at in _others_in_clause(line, spot.positions, aside)}
        sure = spot.row["certainty"] == "sure"
        if sure or around <= FILLERS or (around & HELP and not _is_manner(line, spot)):
            terms.append((int(spot.row["weeks"]), spot.positions))
    if not terms:
        return None, set()
    return min(weeks for weeks, _at in terms), {at for _weeks, where in terms for at in where}


def _is_manner(line: Line, spot: Spot) -> bool:
    """Whether a word such as "snel" says how somebody is: snel boos, snel afgeleid."""
    after = line[spot.end] if spot.end < len(line) else None
    return (
        spot.end - spot.start == 1
        and after is not None
        and after.clause == line[spot.start].clause
        and after.word not in HELP | FILLERS | ARTICLES
    )


def _terms(line: Line) -> Iterator[tuple[int, set[int]]]:
    """Yield every "binnen zes weken" in weeks."""
    for at in range(len(line) - 2):
        found = TERM.match(" ".join(token.word for token in line[at : at + 3]))
        number = _number(found.group(1)) if found else None
        if found and number and not _is_told(line, at, at + 3):
            weeks = max(1, round(number * WEEKS_PER[found.group(2)[:3]]))
            if weeks <= MOST_WEEKS:
                yield weeks, set(range(at, at + 3))


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return 1 if word == "een" else NUMBER_WORDS.get(word)


@functools.cache
def _languages_by_stem() -> dict[str, str]:
    words = [phrase[0] for phrase in phrases_of("language_words", "word") if len(phrase) == 1]
    return {stem(word): word for word in words} | {word: word for word in words}


def _spelled(line: Line) -> Line:
    """Return the line with long names of languages as the list has them: oekraieens."""
    listed = _languages_by_stem()
    return tuple(
        replace(token, word=listed.get(token.word) or listed.get(token.stem) or token.word)
        if len(token.word) >= LONG_NAME and token.word not in DUTCH
        else token
        for token in line
    )


def _languages(line: Line, aside: Collection[int]) -> tuple[tuple[str, ...], set[int]]:
    line = _spelled(line)
    # Who names Dutch as well asks about two languages, not for help in one of them.
    if any(token.word in DUTCH and not _denied(line, at) for at, token in enumerate(line)):
        return _simple_dutch(line)
    found = {
        spot.row["language"]: spot.positions | _speaking(line, spot.start)
        for spot in spots(line, phrases_of("language_words", "word"))
        if not _denied(line, spot.start) and _is_spoken(line, spot, aside)
    }
    return tuple(found), {at for positions in found.values() for at in positions}


def _simple_dutch(line: Line) -> tuple[tuple[str, ...], set[int]]:
    for spot in spots(line, phrases_of("language_words", "word")):
        if len(spot.positions) > 1 and not _denied(line, spot.start):
            return (spot.row["language"],), spot.positions
    return (), set()


def _is_spoken(line: Line, spot: Spot, aside: Collection[int]) -> bool:
    after = line[spot.end].word if spot.end < len(line) else ""
    if after in NO_PEOPLE:
        return False
    if after in PEOPLE | SPEAKING or _speaking(line, spot.start) or _in_language(line, spot.start):
        return True
    alone = not _others_in_clause(line, spot.positions, aside)
    return alone or (not spot.row["also_subject"] and _is_inflected_alone(line, spot))


def _is_inflected_alone(line: Line, spot: Spot) -> bool:
    """Whether a language that is no school subject stands by itself: meisje 14 Turks somber."""
    return spot.row["word"] != "chinees" and not line[spot.start].word.endswith("e")


def _in_language(line: Line, start: int) -> bool:
    return start >= 2 and [line[at].word for at in (start - 2, start - 1)] == ["in", "het"]


def _speaking(line: Line, start: int) -> set[int]:
    """Return the words that say that somebody speaks what follows: "spreekt alleen"."""
    for at in range(start - 1, max(start - 2 - MOST_BETWEEN, -1), -1):
        if line[at].clause != line[start].clause:
            break
        if line[at].word in SPEAKING:
            return set(range(at, start))
        is_language = (line[at].word,) in phrases_of("language_words", "word")
        if line[at].word not in AFTER_SPEAKING | {"en", "of"} and not is_language:
            break
    return set()


# --- whether it is asked at all ------------------------------------------------------------------


def _asked(line: Line, name: str) -> Iterator[Spot]:
    for spot in spots(line, phrases_of(name, "word")):
        if not _is_told(line, spot.start, spot.end):
            yield spot


def _is_told(line: Line, start: int, end: int) -> bool:
    """Whether this is denied, or told of what was."""
    clause = line[start].clause
    words = {token.word for token in line if token.clause == clause}
    after = line[end].word if end < len(line) and line[end].clause == clause else ""
    return _denied(line, start) or after == "niet" or not words.isdisjoint(PAST)


def _denied(line: Line, start: int) -> bool:
    """Whether one of the two words before it denies it."""
    before = range(max(start - 2, 0), start)
    return any(line[at].word in DENIERS and line[at].clause == line[start].clause for at in before)


def _others_in_clause(line: Line, positions: set[int], aside: Collection[int]) -> list[int]:
    clause = line[min(positions)].clause
    return [
        at
        for at, token in enumerate(line)
        if token.clause == clause and at not in positions and at not in aside and not token.used
    ]
