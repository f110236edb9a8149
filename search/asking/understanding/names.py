"""The name of a provider or an offer in a line: who types one looks for that one."""

from collections.abc import Collection
from dataclasses import dataclass

from providers.vocabulary.names import Name, names
from providers.vocabulary.text.first_names import first_names
from providers.vocabulary.text.lexicon import Lexicon, function_words, ordinary_words, right_words
from providers.vocabulary.text.listed import listed_words
from search.asking.understanding.facts.ages import find_ages
from search.asking.understanding.facts.places import FoundPlace
from search.asking.understanding.line.line import Line, mark_used

# A word in more names than this singles out none of them.
MOST_NAMES = 8
# Before the part of a name by which people call it: "bij de Waterlijn".
AT = frozenset({"bij", "van"})
ARTICLES = frozenset({"de", "het", "een"})


@dataclass(frozen=True, slots=True)
class Named:
    """Names by their codes, and the words of the line that are one.

    `is_plain` says that the words are ordinary ones, so that they may mean what they say as well.
    """

    codes: tuple[str, ...] = ()
    positions: frozenset[int] = frozenset()
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """A name with the words of the line that it shares, in its order."""

    name: Name
    start: int
    size: int
    whole: bool

    @property
    def positions(self) -> frozenset[int]:
        return frozenset(range(self.start, self.start + self.size))


def find_names(line: Line, aside: Collection[int], known: Lexicon) -> Named:
    """Return the names in a line; `aside` are the words of its place and ages.

    A whole name counts wherever it stands, if one of its words is no ordinary one. What consists of
    ordinary words, or is a part of a name, counts only where the line says nothing else.
    """
    words = [token.word for token in line]
    matches = [one for name in _candidates(words) if (one := _longest(name, words))]
    meant = [one for one in matches if _is_meant(one, words, aside, known)]
    if not meant:
        return Named()
    longest = max(one.size for one in meant)
    best = [one for one in meant if one.size == longest]
    # A provider goes before its offers: all of those are in it.
    best = sorted(best, key=lambda one: (not one.whole, not one.name.is_provider, one.name.code))
    if len(best) > MOST_NAMES:
        return Named()
    positions = frozenset(at for one in best for at in one.positions)
    is_plain = not any(_is_own(words[at], known) for at in positions)
    return Named(tuple(one.name.code for one in best), positions, is_plain)


def apart_from_names(line: Line, place: FoundPlace | None, known: Lexicon) -> tuple[Line, Named]:
    """Return the line without a name: its words are nothing else, no place, age or question."""
    at_place = place.positions if place else frozenset()
    aside = at_place | find_ages(mark_used(line, set(at_place))).positions
    named = find_names(line, aside, known)
    if named.is_plain or not named.positions:
        return line, named
    return tuple(one for at, one in enumerate(line) if at not in named.positions), named


def _candidates(words: list[str]) -> list[Name]:
    found = {
        name.code: name
        for word in dict.fromkeys(words)
        if word not in function_words() or len(words) == 1
        for name in names().with_word(word)
    }
    return list(found.values())


def _longest(name: Name, words: list[str]) -> _Match | None:
    """Return the longest run of words that the name has in the same order."""
    start, size = 0, 0
    for begin, word in enumerate(words):
        for at, other in enumerate(name.words):
            if word == other and (shared := _shared(words[begin:], name.words[at:])) > size:
                start, size = begin, shared
    if not size:
        return None
    whole = tuple(words[start : start + size]) in {name.words, name.head}
    return _Match(name, start, size, whole)


def _shared(some: list[str], others: tuple[str, ...]) -> int:
    size = 0
    while size < min(len(some), len(others)) and some[size] == others[size]:
        size += 1
    return size


def _is_meant(match: _Match, words: list[str], aside: Collection[int], known: Lexicon) -> bool:
    own = any(_is_own(words[at], known) for at in match.positions)
    if own and (match.whole or _follows_at(match, words)):
        return True
    others = {
        at
        for at, word in enumerate(words)
        if at not in match.positions and at not in aside and word not in function_words()
    }
    # "Somber" is the topic, and not "Somber? Samen aan de slag".
    is_one_word_of_many = match.size == 1 < len(match.name.words)
    return not others and (own or (match.whole and not is_one_word_of_many))


def _follows_at(match: _Match, words: list[str]) -> bool:
    """Whether a part of a name stands behind "bij": bij de Waterlijn."""
    at = match.start - 1
    while at >= 0 and words[at] in ARTICLES:
        at -= 1
    return at >= 0 and words[at] in AT


def _is_own(word: str, known: Lexicon) -> bool:
    """Whether a word belongs to a name rather than to the language."""
    lists = (known.vocabulary, ordinary_words(), right_words(), listed_words(), first_names())
    return (
        len(word) > 2
        and not word.isdigit()
        and not any(word in each for each in lists)
        and len(names().by_word.get(word, ())) <= MOST_NAMES
    )
