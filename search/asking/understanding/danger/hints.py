"""Words that are a sign of danger only in a line that speaks of one: springt, mes, weg, dood.

Which they are stands in `danger_hints.csv`, by kind. The trained model says whether the line speaks
of that kind; neither the word nor the model raises an alarm by itself.
"""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from providers.reference import vocabulary_rows
from search.asking.understanding.danger.denial import NOT, says_no
from search.asking.understanding.danger.over import is_over
from search.asking.understanding.danger.patterns import Danger, classes_of_word
from search.asking.understanding.line.line import Line
from search.asking.understanding.line.stories import is_told_in_story
from search.asking.understanding.questions.model import ANY

# From which scores (log odds) for its kind, and for any danger, a word is taken for a sign: where
# the kind is sure, and where some danger is.
SURE_OF_KIND = (0.8, 0.3)
SURE_OF_ANY = (-1.0, 0.8)
# What is one word says nothing of who does what.
LEAST_WORDS = 2
# Where a no belongs to no sign of these, it denies it: "slaat haar niet".
DENIED = frozenset({"selfharm", "violence", "abuse"})
# A line about a story, a game, an animal or the kitchen speaks of no danger.
HARMLESS = frozenset(
    {"<verhaal>", "<vakwerk>", "<spel>", "<speelgoed>", "<dier>", "<keuken>", "<ongelukje>"}
    | {"<ander_verband>"}
)
# Right behind a word these make it a figure of speech: "bewusteloos gelachen".
FIGURES = frozenset({"gelachen", "lachen", "lach", "verveeld", "geschaamd", "genoten"})
# A farewell to these, or for that, is an ordinary one.
FAREWELL = "afscheid"
ORDINARY_FAREWELL = frozenset(
    {"juf", "juffen", "meester", "collega", "collegas", "pensioen", "taart", "musical", "stagiaire"}
)


def find_hints(line: Line, scores: Mapping[str, float]) -> dict[str, frozenset[int]]:
    """Return the kinds of danger the line may speak of, each with where its words stand."""
    is_harmless = any(not HARMLESS.isdisjoint(classes_of_word(token.word)) for token in line)
    if is_harmless or len(line) < LEAST_WORDS:
        return {}
    sure = _spoken_of(scores, *SURE_OF_KIND)
    found = _said_in(line, sure | _spoken_of(scores, *SURE_OF_ANY))
    first = max(found, key=scores.__getitem__, default="")
    return {kind: where for kind, where in found.items() if kind in sure or kind == first}


def _spoken_of(scores: Mapping[str, float], least: float, least_of_any: float) -> set[str]:
    """Return the kinds with such a score, in a line with such a score for any danger."""
    if scores.get(ANY, least_of_any) < least_of_any:
        return set()
    return {kind for kind, score in scores.items() if kind != ANY and score >= least}


def _said_in(line: Line, likely: Collection[str]) -> dict[str, frozenset[int]]:
    """Return the words that are hints of these kinds, that nobody denies and no story tells."""
    found: dict[str, set[int]] = defaultdict(set)
    for at, token in enumerate(line):
        kinds = set() if token.used or token.denied else _kinds_of(token.word).intersection(likely)
        if kinds and not says_no(line, [at]) and not _is_harmless(line, at):
            for kind in kinds - (DENIED if _has_no(line, at) else set()):
                found[kind].add(at)
    return {kind: frozenset(where) for kind, where in found.items()}


def _is_harmless(line: Line, at: int) -> bool:
    """Whether a word is told from a story, over, a figure of speech or an ordinary farewell."""
    behind = {token.word for token in line[at + 1 : at + 2]}
    farewell = line[at].word.startswith(FAREWELL) and any(
        token.word in ORDINARY_FAREWELL for token in line
    )
    return (
        is_told_in_story(line, [at])
        or is_over(line, [at])
        or farewell
        or not FIGURES.isdisjoint(behind)
    )


def _has_no(line: Line, at: int) -> bool:
    """Whether anything is denied in the clause of a word."""
    return any(token.word in NOT for token in line if token.clause == line[at].clause)


def dangers_of(hints: Mapping[str, frozenset[int]]) -> Iterator[Danger]:
    """Yield the dangers that are hinted at."""
    for kind, where in hints.items():
        yield Danger(kind, "", where)


@functools.lru_cache(maxsize=5_000)
def _kinds_of(word: str) -> frozenset[str]:
    whole, beginnings = _words()
    begun = {kind for start, kind in beginnings if word.startswith(start)}
    return frozenset(begun | whole.get(word, frozenset()))


@functools.cache
def _words() -> tuple[dict[str, frozenset[str]], tuple[tuple[str, str], ...]]:
    whole: dict[str, set[str]] = defaultdict(set)
    beginnings: list[tuple[str, str]] = []
    for row in vocabulary_rows("danger_hints"):
        for word in row["words"].split("|"):
            if word.endswith("*"):
                beginnings.append((word.removesuffix("*"), row["kind"]))
            else:
                whole[word].add(row["kind"])
    return {word: frozenset(kinds) for word, kinds in whole.items()}, tuple(beginnings)
