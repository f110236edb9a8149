"""Words that are a sign of danger only in a line that speaks of one: springt, mes, weg, dood.

Which they are stands in `danger_hints.csv`, by kind. The trained model says whether the line speaks
of that kind; neither the word nor the model raises an alarm by itself.
"""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping

from providers.reference import vocabulary_rows
from search.asking.understanding.danger.denial import NOT, says_no
from search.asking.understanding.danger.patterns import Danger, classes_of_word
from search.asking.understanding.line.line import Line
from search.asking.understanding.line.stories import is_told_in_story

# From which score (log odds) of the model a word is taken for a sign.
ALARMS = 0.8
# And from which its questions may be read, if all else speaks for them.
ALLOWS = 0.8
# Where a no belongs to no sign of these, it denies it: "slaat haar niet".
DENIED = frozenset({"selfharm", "violence", "abuse"})
# A line about a story, a game, an animal or the kitchen speaks of no danger.
HARMLESS = frozenset(
    {"<verhaal>", "<vakwerk>", "<spel>", "<speelgoed>", "<dier>", "<keuken>", "<ongelukje>"}
    | {"<ander_verband>"}
)


def find_hints(line: Line, scores: Mapping[str, float]) -> dict[str, frozenset[int]]:
    """Return the kinds of danger the line may speak of, each with where its words stand."""
    if any(not HARMLESS.isdisjoint(classes_of_word(token.word)) for token in line):
        return {}
    found: dict[str, set[int]] = defaultdict(set)
    likely = {kind for kind, score in scores.items() if score >= ALLOWS}
    for at, token in enumerate(line):
        kinds = set() if token.used or token.denied else likely & _kinds_of(token.word)
        if kinds and not says_no(line, [at]) and not is_told_in_story(line, [at]):
            for kind in kinds - (DENIED if _has_no(line, at) else set()):
                found[kind].add(at)
    return {kind: frozenset(where) for kind, where in found.items()}


def _has_no(line: Line, at: int) -> bool:
    """Whether anything is denied in the clause of a word."""
    return any(token.word in NOT for token in line if token.clause == line[at].clause)


def dangers_of(
    hints: Mapping[str, frozenset[int]], scores: Mapping[str, float]
) -> Iterator[Danger]:
    """Yield those of which the model is sure enough to raise an alarm."""
    for kind, where in hints.items():
        if scores[kind] >= ALARMS:
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
