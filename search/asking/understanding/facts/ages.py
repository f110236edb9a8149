"""The age in a line: in figures (14-jarige, 12 tot 16) or in words (peuter, groep 7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from providers.models.base import MAX_AGE
from search.asking.understanding.facts.numbers import (
    MONTH,
    NUMBER,
    WEEK,
    in_figures,
    without_other_numbers,
)
from search.asking.understanding.line.figures import YEARS
from search.asking.understanding.line.grams import phrases_of, spots
from search.asking.understanding.line.line import Line

CHILDREN = r"(?:kinderen|kids|jongens|meisjes|meiden|zoons|zonen|dochters|tieners|pubers)"
CHILD = r"(?:meisje|jongen|kind|zoon|dochter|puber|tiener|jongere|leerling)"
THROUGH = r"(?:tot en met|t m|tm)"
RANGE = re.compile(
    rf"\b{NUMBER} {THROUGH} {NUMBER}\b"
    rf"|\b{NUMBER} (?:tot|a|en|of) {NUMBER}(?: {YEARS}|(?! ?\w))"
    rf"|\btussen (?:de )?{NUMBER} en (?:de )?{NUMBER}\b"
    rf"|\b{NUMBER} {NUMBER} {YEARS}"
)
# The ages of brothers and sisters.
OF_CHILDREN = re.compile(rf"\b{CHILDREN} (?:van )?{NUMBER}(?:\|? {NUMBER}){{0,4}}\|? en {NUMBER}\b")
# Whoever says from where to where, says where it ends: four and five years old.
UNTIL = re.compile(rf"\bvan {NUMBER} tot {NUMBER}\b(?! en met)")
CLASSES = re.compile(r"\bgroep ([1-8]) (?:tot en met|tot|a|en|of) (?:groep )?([1-8])\b")
# A child in the first class is four or five.
YOUNGEST_IN_CLASS, OLDEST_IN_CLASS = 3, 4
# The age of a baby or a toddler, in months or weeks.
SMALL = r"(?:baby|zuigeling|dreumes|peuter|kindje|zoontje|dochtertje|jongetje)"
MONTHS = re.compile(
    rf"(?:^|\| |\b{SMALL} (?:van )?){NUMBER} {MONTH}\b"
    rf"(?! (?:niet|geen|thuis|wacht|op|in|lang|zonder|ziek|al|uitval))"
    rf"|\b{NUMBER} {MONTH} (?:oud|oude|jong)\b"
    rf"|\b{CHILD} (?:van )?(1[2-9]|2\d|3[0-6]) {MONTH}\b"
)
WEEKS = re.compile(rf"\b{SMALL} (?:van )?{NUMBER} {WEEK}\b|\b{NUMBER} {WEEK} (?:oud|oude|jong)\b")
# An end that is left open: how it is said, what to add to the number, whether it is the lowest.
OPEN = (
    (re.compile(rf"\b(?:ouder|meer) dan {NUMBER}\b"), 1, True),
    (re.compile(rf"\b(?:vanaf|boven de) {NUMBER}\b"), 0, True),
    (re.compile(rf"\b(?:minimaal|minstens) {NUMBER} {YEARS}"), 0, True),
    (re.compile(rf"\b{NUMBER}(?: {YEARS})? (?:plus|(?:en|of) (?:ouder|hoger))\b"), 0, True),
    (re.compile(rf"\b(?:onder de|jonger dan) {NUMBER}\b"), -1, False),
    (re.compile(rf"\b{THROUGH} {NUMBER}\b"), 0, False),
    (re.compile(rf"\btot {NUMBER} {YEARS}"), -1, False),
    (re.compile(rf"\b(?:maximaal|max|hoogstens) {NUMBER} {YEARS}"), 0, False),
    (re.compile(rf"\b{NUMBER}(?: {YEARS})? (?:en|of) jonger\b"), 0, False),
)
IN_YEARS = re.compile(rf"\b{NUMBER} ?{YEARS}(?: oude?\b)?")
OF_SOMEBODY = re.compile(
    rf"\b(?:van|meisje|jongen|kind|zoon|dochter|puber|tiener|zoontje|dochtertje|leerling|m|v|j) "
    rf"{NUMBER}\b"
)
BARE = re.compile(rf"(?<!groep )(?<!klas )\b{NUMBER}\b")
ALMOST = re.compile(rf"\bbijna {NUMBER}(?: {YEARS})?")
BECOMES = re.compile(rf"\bwordt (?:\w+ ){{0,4}}{NUMBER}\b(?! {YEARS})")
# Older than anybody this is for, and said of the one it is about.
BEYOND = re.compile(
    rf"(?:^|\| |\b(?:{CHILD}|jongvolwassene|client|student|studente|persoon|m|v|j)(?: van)? )"
    rf"([2-9]\d) ?{YEARS}(?! (?:getrouwd|samen|ervaring|lang|geleden))"
)
# What makes a number of years a time and not an age, before and after it.
LASTING = re.compile(
    r"\b(?:al|sinds|afgelopen|laatste|over|na|ruim|duurt|wacht|wachttijd|wachtlijst|elke|om)"
    r"(?: (?:bijna|ruim|zo n))?$"
)
AGO = re.compile(
    r"^(?:(?:jaar )?(?:geleden|lang|voor niks|(?:in )?nederlands?)"
    r"|dagen|dag|uur|uren|keer|x|minuten|min|kg|kilo"
    rf"|{WEEK}|{MONTH}|euro|procent|minderjarigen|(?:jonge |kleine )?(?:kinderen|kindjes|kids)"
    r"|zoons|dochters|broers|zussen|broertjes|zusjes"
    r"|op (?:de|een) wachtlijst)\b"
)
# Whose age says nothing of the child: without another age there is none.
PARENT = re.compile(r"\b(?:moeder|mama|vader|papa|man|vrouw|oma|opa)(?: van)?$")
OTHER_PERSON = re.compile(
    r"\b(?:vriend|vriendje|man|vrouw|moeder|vader|oma|opa|broer|broertje|zus|zusje)(?: van)?$"
)
WITH_SOMEBODY = re.compile(r"\bmet een \w+(?: van)?$")


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages, both ends included; None where the line leaves an end open.

    `is_beyond` when the only age it names is that of somebody this is not for.
    """

    lowest: int | None = None
    highest: int | None = None
    positions: frozenset[int] = frozenset()
    is_beyond: bool = False


def find_ages(line: Line) -> Ages:
    """Return the ages a line names: figures go before words, the surest before the rest."""
    text = without_other_numbers(in_figures(line))
    return (
        _range(line, text)
        or _open(line, text)
        or _in_months(line, text)
        or _next_year(line, text, ALMOST)
        or _first(line, text, IN_YEARS)
        or _next_year(line, text, BECOMES)
        or _first(line, text, OF_SOMEBODY)
        or _in_words(line, text, with_figures=True)
        or _first(line, text, BARE)
        or _in_words(line, text, with_figures=False)
        or Ages(is_beyond=_is_beyond(text))
    )


def _range(line: Line, text: str) -> Ages | None:
    for found in CLASSES.finditer(text):
        first, last = sorted(map(int, found.groups()))
        return _ages(line, text, found, first + YOUNGEST_IN_CLASS, last + OLDEST_IN_CLASS)
    for found in OF_CHILDREN.finditer(text):
        all_ages = [int(number) for number in re.findall(r"\d+", found.group())]
        if max(all_ages) <= MAX_AGE and not _is_time(text, found):
            return _ages(line, text, found, min(all_ages), max(all_ages))
    for pattern, last_year in ((UNTIL, 1), (RANGE, 0)):
        for found in pattern.finditer(text):
            low, high = sorted(int(number) for number in found.groups() if number)
            if high <= MAX_AGE and not _is_time(text, found):
                return _ages(line, text, found, low, max(high - last_year, low))
    return None


def _open(line: Line, text: str) -> Ages | None:
    for pattern, more, is_lowest in OPEN:
        for found in pattern.finditer(text):
            age = max(int(found.group(1)) + more, 0)
            if age <= MAX_AGE and not _is_time(text, found):
                low, high = (age, None) if is_lowest else (None, age)
                return _ages(line, text, found, low, high)
    return None


def _is_beyond(text: str) -> bool:
    return any(
        int(found.group(1)) > MAX_AGE
        and not _is_time(text, found)
        and not WITH_SOMEBODY.search(text[: found.start(1)].strip())
        for found in BEYOND.finditer(text)
    )


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
        is_other = "_" in "".join(starts[spot.start : spot.end])
        has_figures = any(word.isdigit() for word in words)
        if has_figures is with_figures and not (lasts or is_other):
            low, high = int(spot.row["age_min"]), int(spot.row["age_max"])
            # Words such as puber also say what is the matter: only figures are used up.
            return Ages(low, high, frozenset(spot.positions if has_figures else ()))
    return None
