"""A line of text as tokens: each word with its stem, its parts and the clause it stands in."""

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from providers.reference import vocabulary_rows
from providers.vocabulary.text.analyser import word_terms
from providers.vocabulary.text.compounds import LINKS
from providers.vocabulary.text.lexicon import Lexicon, empty_parts, function_words
from providers.vocabulary.text.stems import stem
from providers.vocabulary.words import normalise
from search.asking.understanding.line.figures import in_plain_figures

CLAUSE_END = re.compile(r"[.;:!?()\n/]+|,(?!\d)")
# Letters with dots between them are one word: a.d.h.d.
DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
# How clearly a word is heard (0-1) as something else than itself: as a word that means nearly
# the same, as the parts it consists of, as one part beside others we have no use for, as a word
# that looks alike.
RELATED = 0.75
AS_PART = 0.85
LONE_PART = 0.5
# As the word without a part that says nothing (problematiek).
BARE = 0.98
ALIKE = 0.55
# One way to say no for another: "durft nergens te slapen" for "durft niet te slapen".
OTHER_NO = 0.7
NEGATORS = frozenset({"niet", "geen", "nooit", "zonder", "nergens", "niks", "niets", "niemand"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the line, and what else it can be heard as: (stem, how clearly).

    `capital` when it was typed with one.
    """

    word: str
    stem: str
    clause: int
    also: tuple[tuple[str, float], ...] = ()
    used: bool = False
    capital: bool = False
    denied: bool = False

    @property
    def weak(self) -> bool:
        """Whether the word says nothing by itself."""
        return is_weak(self.word)

    @property
    def negates(self) -> bool:
        """Whether the word turns what follows into its opposite."""
        return self.word in NEGATORS


def is_weak(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return word in function_words() or word in NEGATORS


SAYS_NOT = (NEGATORS - {"niemand"}) | {"nauwelijks", "amper"}


Line = tuple[Token, ...]


def read_line(text: str, known: Lexicon) -> Line:
    """Return the tokens of a text, the same for any case and accent."""
    return tuple(
        token_of(word, clause, known, capital=_has_capital(typed))
        for clause, part in enumerate(CLAUSE_END.split(_without_dots(in_plain_figures(text))))
        for typed in part.split()
        for word in normalise(typed).split()
    )


def _without_dots(text: str) -> str:
    """Return the text without the dots that end no clause."""
    return DOTTED.sub(lambda found: found.group().replace(".", ""), text)


def _has_capital(typed: str) -> bool:
    """Whether the first letter, behind a bracket or quote as well, is a capital."""
    return next(filter(str.isalpha, typed), "").isupper()


def token_of(word: str, clause: int, known: Lexicon, *, capital: bool = False) -> Token:
    """Return a word as a token."""
    own = stem(word)
    also: dict[str, float] = {}
    for other, clear in _also(word, own, known):
        if other != own:
            also[other] = max(clear, also.get(other, 0.0))
    return Token(word, own, clause, tuple(also.items()), capital=capital)


def _also(word: str, own: str, known: Lexicon) -> Iterator[tuple[str, float]]:
    if word in SAYS_NOT:
        yield from ((other, OTHER_NO) for other in SAYS_NOT)
    for other in related_words().get(own, ()):
        yield other, RELATED
    bare = _without_empty_part(word, known)
    if bare:
        yield from ((one, BARE) for one in word_terms(bare, known) if one in known.stems)
    parts = [stem(part) for part in known.split(word) if part not in empty_parts()]
    known_parts = [part for part in parts if part in known.stems]
    for part in known_parts:
        yield part, (AS_PART if len(known_parts) == len(parts) else LONE_PART)
    if not known_parts and own not in known.stems and word not in function_words():
        yield from ((other, ALIKE) for other in known.alike(word))


def _without_empty_part(word: str, known: Lexicon) -> str | None:
    """Return the word of ours in a compound that adds nothing: vechtscheidingsproblematiek."""
    if word in known.vocabulary:
        return None
    starts = [word.removesuffix(part) for part in empty_parts() if word.endswith(part)]
    bare = [start.removesuffix(link) for start in starts for link in LINKS]
    ours = [one for one in bare if stem(one) in known.stems]
    return next(iter(ours or [one for one in bare if known.split(one)]), None)


@functools.cache
def related_words() -> dict[str, tuple[str, ...]]:
    """Return per stem the stems of words that mean nearly the same."""
    rows = vocabulary_rows("related_words")
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        others = normalise(row["also"].replace("|", " ")).split()
        found[stem(normalise(row["word"]))] += [
            stem(other) for other in others if other not in function_words() | NEGATORS
        ]
    return {one: tuple(others) for one, others in found.items()}


def mark_used(line: Line, positions: set[int]) -> Line:
    """Return the line with these words marked as understood."""
    return tuple(
        replace(token, used=True) if at in positions else token for at, token in enumerate(line)
    )


def is_denied(line: Line, positions: Collection[int]) -> bool:
    """Whether somebody denies these words; the no that is one of them denies nothing."""
    return any(line[at].denied for at in positions) and not any(
        line[at].negates for at in positions
    )
