"""The place in a line: a postcode, or a town or municipality by name."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import dist

from django.conf import settings

from providers.geography.gazetteer import (
    SPELLED_WITH,
    Entry,
    Gazetteer,
    Place,
    gazetteer,
    loosened,
)
from providers.vocabulary.text.lexicon import function_words, lines_of
from providers.vocabulary.words import normalise
from search.asking.understanding.facts.years import is_amount, is_year, may_be_year
from search.asking.understanding.line.line import Line

PLACE_WORDS = frozenset({"in", "uit", "te", "bij", "omgeving", "gemeente", "gem", "regio"})
# Belongs to the name it stands before or after, and is understood with it.
OF_NAME = frozenset({"gemeente", "gem", "omgeving", "regio"})
PARTS_OF_TOWN = frozenset({"noord", "zuid", "oost", "west", "centrum"}) | {
    f"{one}{other}" for one in ("noord", "zuid") for other in ("oost", "west")
}
LONGEST_NAME = 7
# From this many inhabitants a town far away is recognised without a word before it; and so is
# any town this near to one of the region: people go to school and to the doctor there.
WELL_KNOWN = 20_000
NEIGHBOURING = 10_000  # metres
# There is a hamlet of this name, and nearly always something else is meant: poept in broek.
NEVER_MEANT = frozenset({"nederland", "broek", "winkel", "anderen", "meppen", "zetten"})
# Before a name that is a verb as well: te kampen hebben met.
BEFORE_VERB = "te"
DIGITS = re.compile(r"[1-9]\d{3}$")
DIGITS_AND_LETTERS = re.compile(r"([1-9]\d{3})[a-z]{2}$")


@dataclass(frozen=True, slots=True)
class Places:
    """The places, keys of those known everywhere, names that say their municipality; and words.

    `in_names` are all words that a name of several may be written with.
    """

    gazetteer: Gazetteer
    well_known: frozenset[str]
    with_municipality: frozenset[str]
    words: frozenset[str]
    near_words: frozenset[str]
    in_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place and where in the line it stands.

    `is_doubtful` for four digits that can be a year as well: ask, fill in nothing.
    """

    place: Place
    positions: frozenset[int]
    is_doubtful: bool = False


def find_place(line: Line) -> FoundPlace | None:
    """Return the place a line names: a postcode first, else the longest name.

    Four digits that can be a year are a postcode only where nothing else says the place or the
    year, and even then one to ask about.
    """
    known = places()
    codes = _postcodes(line, known.gazetteer)
    sure = next((one for one in codes if not one.is_doubtful), None)
    place = sure or _town(line, known)
    return place or next(iter(codes), None)


def _postcodes(line: Line, known: Gazetteer) -> list[FoundPlace]:
    return [found for at in range(len(line)) if (found := _postcode(line, at, known))]


def _postcode(line: Line, at: int, known: Gazetteer) -> FoundPlace | None:
    word = line[at].word
    full = DIGITS_AND_LETTERS.match(word)
    code = full.group(1) if full else word
    if code not in known.postal or not DIGITS.match(code):
        return None
    letters = bool(full) or _are_letters(line, at + 1)
    if not letters and (is_year(line, at) or is_amount(line, at)):
        return None
    end = at + 2 if letters and not full else at + 1
    is_doubtful = not letters and may_be_year(line, at)
    return FoundPlace(known.postal[code], frozenset(range(at, end)), is_doubtful)


def _are_letters(line: Line, at: int) -> bool:
    """Whether the two letters of a postcode stand there."""
    token = line[at] if at < len(line) else None
    return token is not None and len(token.word) == 2 and token.word.isalpha() and not token.weak


def _town(line: Line, known: Places) -> FoundPlace | None:
    words = [token.word for token in line]
    runs = _runs(words, known.in_names)
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if size > max(runs[start], 1):
                continue
            name = " ".join(words[start : start + size])
            before = words[start - 1] if start else ""
            place = _called(name, before, known)
            if place and _is_meant(name, before, place, known):
                return FoundPlace(place, _with_words_around(words, start, start + size))
    return None


def _runs(words: list[str], in_names: frozenset[str]) -> list[int]:
    """Return for each word how many words from there on may all be of one name."""
    runs: list[int] = []
    for word in reversed(words):
        runs.append(runs[-1] + 1 if word in in_names and runs else int(word in in_names))
    return runs[::-1]


def _called(name: str, before: str, known: Places) -> Place | None:
    """Return the place of this name; behind "gemeente" the municipality."""
    places_by = known.gazetteer
    if before in {"gemeente", "gem"} and (found := places_by.municipal.get(name)):
        return found
    first, *_rest = words = name.split()
    is_whole = not (len(words) == 1 or {first, words[-1]} & function_words())
    return places_by.names.get(name) or (places_by.loose.get(loosened(name)) if is_whole else None)


def _with_words_around(words: list[str], start: int, end: int) -> frozenset[int]:
    """Return where a name stands, with "gemeente" before it and "noord" behind it."""
    first = start - 1 if start and words[start - 1] in OF_NAME else start
    last = end + 1 if end < len(words) and words[end] in PARTS_OF_TOWN else end
    return frozenset(range(first, last))


def _is_meant(name: str, before: str, place: Place, known: Places) -> bool:
    """Many towns are named like ordinary words (Best, Een): near, or after 'in', they count."""
    if name in known.with_municipality:
        return True
    ordinary = name in lines_of("ordinary_towns.txt")
    if name in NEVER_MEANT or (name in function_words() and not ordinary):
        return False
    if ordinary and before == BEFORE_VERB:
        return False
    if not place.is_outside or before in PLACE_WORDS:
        return True
    return place.key in known.well_known and not ordinary


def _build(gazetteer: Gazetteer) -> Places:
    entries = gazetteer.entries
    ours = [(one.x, one.y) for one in entries if one.region == settings.REGION_CODE]
    near = (one.key for one in entries if one.region == settings.REGION_CODE)
    return Places(
        gazetteer,
        well_known=frozenset(
            gazetteer.place_of(one).key for one in entries if _is_well_known(one, ours)
        ),
        with_municipality=frozenset(_with_municipality(entries)),
        words=frozenset(word for one in entries for word in one.key.split()),
        near_words=frozenset(word for name in near for word in name.split()),
        in_names=SPELLED_WITH
        | {
            word
            for names in (gazetteer.names, gazetteer.loose, gazetteer.municipal)
            for name in names
            for word in name.split()
        },
    )


def _with_municipality(entries: Iterable[Entry]) -> Iterator[str]:
    for one in entries:
        yield one.full_key
        if one.is_of_municipality and one.key != (name := normalise(one.municipality_name)):
            yield name  # Bergen L. cannot be anything else
        if "(" in one.name:
            yield one.key


def _is_well_known(entry: Entry, ours: list[tuple[int, int]]) -> bool:
    point = (entry.x, entry.y)
    is_neighbour = any(dist(point, other) <= NEIGHBOURING for other in ours)
    return (entry.people or 0) >= WELL_KNOWN or is_neighbour


def places() -> Places:
    """Return the places as they are looked for in a line; made anew with the gazetteer."""
    return _places(gazetteer.get())


_places = functools.lru_cache(maxsize=2)(_build)
