"""The age in a line: in figures (14-jarige, 12 tot 16) or in words (peuter, groep 7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from providers.models.base import MAX_AGE
from search.understanding.grams import Spot, phrases_of, spots
from search.understanding.line import Line

NUMBER = r"(\d{1,2})"
YEARS = r"(?:jaar|jaren|jarigen?|jr|jrs|j)"
MONTH = r"(?:maanden|maand|mnden|mnd)"
WEEK = r"(?:weken|week|wkn|wk)"
CHILDREN = r"(?:kinderen|kids|jongens|meisjes|meiden|zoons|zonen|dochters|tieners|pubers)"
RANGE = re.compile(
    rf"\b{NUMBER} (?:tot en met|tot|t m|tm|a|en|of) {NUMBER}(?: {YEARS}\b|(?! ?\w))"
    rf"|\btussen (?:de )?{NUMBER} en (?:de )?{NUMBER}\b"
    rf"|\b{NUMBER} {NUMBER} {YEARS}\b"
    rf"|\b{CHILDREN} (?:van )?{NUMBER} en {NUMBER}\b"
)
# The age of a baby or a toddler, in months or weeks.
SMALL = r"(?:baby|zuigeling|dreumes|peuter|kindje|zoontje|dochtertje)"
MONTHS = re.compile(
    rf"(?:^|\b{SMALL} (?:van )?){NUMBER} {MONTH}\b|\b{NUMBER} {MONTH} (?:oud|oude)\b"
)
WEEKS = re.compile(rf"\b{SMALL} (?:van )?{NUMBER} {WEEK}\b|\b{NUMBER} {WEEK} (?:oud|oude)\b")
FROM = re.compile(rf"\b(?:vanaf|ouder dan|boven de) {NUMBER}\b")
UP_TO = re.compile(rf"\b(?:onder de|jonger dan) {NUMBER}\b")
IN_YEARS = re.compile(rf"\b{NUMBER} ?{YEARS}\b")
OF_SOMEBODY = re.compile(
    rf"\b(?:van|meisje|jongen|kind|zoon|dochter|puber|tiener|zoontje|dochtertje|leerling|m|v|j) "
    rf"{NUMBER}\b"
)
BARE = re.compile(rf"(?<!groep )(?<!klas )\b{NUMBER}\b")
ALMOST = re.compile(rf"\bbijna {NUMBER}(?: {YEARS}\b)?")
BECOMES = re.compile(rf"\bwordt (?:\w+ ){{0,4}}{NUMBER}\b(?! {YEARS})")
FROM_TWO = (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
    " zeventien achttien negentien twintig"
)
NUMBER_WORDS = {word: str(number) for number, word in enumerate(re.findall(r"\w+", FROM_TWO), 2)}
BEFORE_NUMBER = frozenset({"van", "jongen", "meisje", "zoon", "dochter"})
AFTER_NUMBER = frozenset({"jaar", "jarige", "jarig"})
# What makes a number of years a time and not an age, before and after it.
LASTING = re.compile(
    r"\b(?:al|sinds|afgelopen|laatste|over|na|ruim|duurt|wacht|elke|om)(?: (?:bijna|ruim|zo n))?$"
)
AGO = re.compile(
    r"^(?:(?:jaar )?(?:geleden|lang)|dagen|dag|uur|uren|keer|x|minuten|min|kg|kilo"
    rf"|{WEEK}|{MONTH}|euro|procent|minderjarigen|(?:jonge |kleine )?(?:kinderen|kindjes|kids)"
    r"|zoons|dochters|broers|zussen|broertjes|zusjes"
    r"|op (?:de|een) wachtlijst)\b"
)
# Whose age says nothing of the child: without another age there is none.
PARENT = re.compile(r"\b(?:moeder|mama|vader|papa|man|vrouw|oma|opa)(?: van)?$")
OTHER_PERSON = re.compile(
    r"\b(?:vriend|vriendje|man|vrouw|moeder|vader|oma|opa|broer|broertje|zus|zusje)(?: van)?$"
)


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages, both ends included; None where the line leaves an end open."""

    lowest: int | None = None
    highest: int | None = None
    positions: frozenset[int] = frozenset()


def find_ages(line: Line) -> Ages:
    """Return the ages a line names: figures go before words, the surest before the rest."""
    text = " ".join(_figures(line))
    return (
        _range(line, text)
        or _in_months(line, text)
        or _next_year(line, text, ALMOST)
        or _first(line, text, IN_YEARS)
        or _next_year(line, text, BECOMES)
        or _first(line, text, OF_SOMEBODY)
        or _in_words(line, text, with_figures=True)
        or _first(line, text, BARE)
        or _in_words(line, text, with_figures=False)
        or Ages()
    )


def _figures(line: Line) -> Iterator[str]:
    """Yield the words with numbers in figures, a bar at the end of each clause."""
    for at, token in enumerate(line):
        after = line[at + 1] if at + 1 < len(line) else None
        before = line[at - 1].word if at else ""
        ends = "|" if after is None or after.clause != token.clause else ""
        aged = before in BEFORE_NUMBER or (after is not None and after.word in AFTER_NUMBER)
        word = NUMBER_WORDS.get(token.word, token.word) if aged else token.word
        yield ("_" if token.used else word) + ends


def _range(line: Line, text: str) -> Ages | None:
    for found in RANGE.finditer(text):
        low, high = sorted(int(number) for number in found.groups() if number)
        if high <= MAX_AGE and not _is_time(text, found):
            return _ages(line, text, found, low, high)
    for pattern, upward in ((FROM, True), (UP_TO, False)):
        for found in pattern.finditer(text):
            age = int(found.group(1))
            if age <= MAX_AGE:
                low_end, high_end = (age, None) if upward else (None, max(age - 1, 0))
                return _ages(line, text, found, low_end, high_end)
    return None


def _in_months(line: Line, text: str) -> Ages | None:
    """Return the age in whole years of who is so many months or weeks old."""
    for pattern, in_a_year in ((MONTHS, 12), (WEEKS, 52)):
        found = pattern.search(text)
        if found:
            age = next(int(number) for number in found.groups() if number) // in_a_year
            return _ages(line, text, found, age, age)
    return None


def _next_year(line: Line, text: str, pattern: re.Pattern[str]) -> Ages | None:
    """Who turns 18 in three months is 17, and so is who is nearly 18."""
    found = pattern.search(text)
    if not found or _is_time(text, found) or not 0 < int(found.group(1)) <= MAX_AGE:
        return None
    age = int(found.group(1)) - 1
    return _ages(line, text, found, age, age)


def _first(line: Line, text: str, pattern: re.Pattern[str]) -> Ages | None:
    """Return the first number that can be the age; that of somebody else when there is no other."""
    found = [
        one
        for one in pattern.finditer(text)
        if _can_be_age(text, one) and not PARENT.search(_before(text, one))
    ]
    own = [one for one in found if not OTHER_PERSON.search(_before(text, one))]
    for one in own or found:
        age = int(one.group(1))
        return _ages(line, text, one, age, age)
    return None


def _can_be_age(text: str, found: re.Match[str]) -> bool:
    return int(found.group(1)) <= MAX_AGE and not _is_time(text, found)


def _is_time(text: str, found: re.Match[str]) -> bool:
    is_aged = "jarig" in found.group()
    before, after = _before(text, found), text[found.end() :].strip()
    return not is_aged and bool(LASTING.search(before) or AGO.search(after))


def _before(text: str, found: re.Match[str]) -> str:
    return text[: found.start()].strip()


def _ages(line: Line, text: str, found: re.Match[str], low: int | None, high: int | None) -> Ages:
    first = text[: found.start()].count(" ")
    last = text[: found.end()].count(" ")
    return Ages(low, high, frozenset(_real(line, range(first, last + 1))))


def _real(line: Line, positions: range) -> Iterator[int]:
    return (at for at in positions if at < len(line))


def _in_words(line: Line, text: str, *, with_figures: bool) -> Ages | None:
    starts = text.split(" ")
    for spot in sorted(spots(line, phrases_of("age_words", "word")), key=lambda one: one.start):
        words = [line[at].word for at in sorted(spot.positions)]
        before, after = " ".join(starts[: spot.start]), " ".join(starts[spot.end :])
        lasts = bool(LASTING.search(before) or AGO.search(after))
        in_figures = any(word.isdigit() for word in words)
        if in_figures is with_figures and not lasts and not _is_used(line, spot):
            low, high = int(spot.row["age_min"]), int(spot.row["age_max"])
            # Words such as puber also say what is the matter: only figures are used up.
            return Ages(low, high, frozenset(spot.positions if in_figures else ()))
    return None


def _is_used(line: Line, spot: Spot) -> bool:
    return any(line[at].used for at in spot.positions)
