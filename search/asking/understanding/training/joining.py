"""The trees that join phrases, likeness and model, learnt from lines that none of them has seen.

Each line is heard by a model and a likeness of the other folds.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from django.db import connections

from providers.reference import vocabulary_rows
from providers.vocabulary.words import normalise
from search.asking.understanding.danger.model import danger_model, words_in
from search.asking.understanding.questions.certainty import SURE, Heard, probabilities
from search.asking.understanding.questions.evidence import Evidence, evidence_in
from search.asking.understanding.questions.join import Join, Tree
from search.asking.understanding.questions.likeness import Likeness, build_likeness
from search.asking.understanding.questions.model import ReadingModel
from search.asking.understanding.questions.questions import hear
from search.asking.understanding.training.examples import (
    FOLDS,
    PAIR,
    Example,
    in_pairs,
    sampled,
)
from search.asking.understanding.training.linear import train
from search.asking.understanding.vocabulary import question_texts, vocabularies

# Of each kind of line no more is heard in a fold: it takes some milliseconds a line.
MOST_HEARD = {"example": 300, "near": 1200, "neutral": 600, "danger": 200}
PAIRS = 600
# How much a line of a kind counts: those that are written as people type count most.
WEIGHT_OF_KIND = {"example": 0.5, "danger": 0.5}
# So many trees with so many leaves, each adding a small step.
TREES, LEAVES, STEP_OF_TREE = 60, 8, 0.12


@dataclass(frozen=True, slots=True)
class Unseen:
    """A line as it is heard by a model that has not seen it."""

    heard: Heard
    evidence: Evidence
    example: Example
    fold: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in lines that the model had not seen."""

    asking: int
    main: float
    all: float
    extra: float
    quiet: int
    silent: float


def models(lines: Sequence[Example], progress: Callable[[str], None]) -> list[ReadingModel]:
    """Return the model of each fold, of the lines outside it, and last that of all lines."""
    parts = [
        [one for one in lines if not one.is_measured or one.fold != fold] for fold in range(FOLDS)
    ]
    # Read before the workers are made, so that each has what was read.
    for one in lines:
        one.line  # noqa: B018 - cached
    progress(f"{FOLDS + 1} modellen")
    with _workers() as workers:
        return list(workers.map(train, (*parts, lines)))


def _workers() -> ProcessPoolExecutor:
    """Return processes that have what this one has read, each with a database of its own."""
    connections.close_all()
    return ProcessPoolExecutor(mp_context=get_context("fork"))


def unseen(lines: Sequence[Example], fold: int, model: ReadingModel) -> list[Unseen]:
    """Return lines of a fold, and some of these in pairs, heard by the model of the others."""
    words, likeness = vocabularies.get(), _likeness_without(fold)
    # What a line asks that was written for its danger is not known.
    told = (one for one in lines if not one.is_of_danger)
    held_out = [one for one in told if one.is_measured and one.fold == fold]
    chosen = sampled(held_out, MOST_HEARD, seed=fold) + in_pairs(held_out, PAIRS, seed=fold)
    found: list[Unseen] = []
    for example in chosen:
        line = example.line
        scores = model.scores(line)
        evidence = evidence_in(line, words, danger_model().of(words_in(line)))
        heard = hear(line, words.questions, likeness, evidence, scores)
        found.append(Unseen(heard, evidence, example, fold))
    return found


def all_unseen(lines: Sequence[Example], of_folds: Sequence[ReadingModel]) -> list[Unseen]:
    """Return the lines of every fold."""
    with _workers() as workers:
        parts = workers.map(unseen, [lines] * FOLDS, range(FOLDS), of_folds)
        return [one for part in parts for one in part]


def _likeness_without(fold: int) -> Likeness:
    """Return what lines sound like, without the example lines of a fold."""
    held_out = {
        (normalise(row["text"]), row["code"])
        for row in vocabulary_rows("example_lines")
        if Example(row["text"], (), (), "example").fold == fold
    }
    return build_likeness(pair for pair in question_texts() if pair not in held_out)


def joined(lines: Iterable[Unseen]) -> Join:
    """Return what makes one probability of phrases, likeness and model."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    heard = [
        (
            one,
            [
                c
                for c in one.heard.candidates
                if c not in one.evidence.barred - one.evidence.unsigned
                and c not in one.example.open
            ],
        )
        for one in lines
    ]
    pairs = [(code, code in one.example.codes) for one, codes in heard for code in codes]
    prior = _priors(pairs)
    table = [row for one, codes in heard for row in one.heard.features(codes, prior)]
    counts = [WEIGHT_OF_KIND.get(one.example.kind, 1.0) for one, codes in heard for _code in codes]
    fitted = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=STEP_OF_TREE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=60,
        l2_regularization=1.0,
        random_state=0,
    ).fit(table, [right for _code, right in pairs], sample_weight=counts)
    # The trees are no public part of the library: no other way gives them as data.
    trees = tuple(_tree(each[0].nodes) for each in fitted._predictors)
    begin = float(fitted._baseline_prediction.ravel()[0])
    return Join(round(begin, 4), trees, prior)


def _priors(pairs: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Return how often each question is right when it is a candidate, as a logarithm."""
    often = Counter(code for code, _right in pairs)
    right = Counter(code for code, is_right in pairs if is_right)
    return {
        code: round(math.log((right[code] + 2) / (often[code] + 20)), 3) for code in sorted(often)
    }


def _tree(nodes: Any, at: int = 0) -> Tree:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    return (
        int(node["feature_idx"]),
        round(float(node["num_threshold"]), 4),
        _tree(nodes, int(node["left"])),
        _tree(nodes, int(node["right"])),
    )


def measured(lines: Sequence[Unseen]) -> dict[str, Figures]:
    """Return what is sure in single lines and in pairs of a fold, by weights of the others."""
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for fold in range(FOLDS):
        join = joined(one for one in lines if one.fold != fold)
        for one in lines:
            if one.fold == fold:
                counts[one.example.kind == PAIR].update(_counted(one, join))
    return {"pairs" if pairs else "lines": _figures(each) for pairs, each in counts.items()}


def _figures(counts: Counter[str]) -> Figures:
    return Figures(
        asking=counts["asking"],
        main=counts["main"] / max(counts["asking"], 1),
        all=counts["found"] / max(counts["asked"], 1),
        extra=counts["extra"] / max(counts["asking"] + counts["quiet"], 1),
        quiet=counts["quiet"],
        silent=counts["silent"] / max(counts["quiet"], 1),
    )


def _counted(one: Unseen, join: Join) -> dict[str, int]:
    probable = probabilities(one.heard, join)
    codes = one.example.codes
    sure = {
        code for code, each in probable.items() if each >= SURE and code not in one.evidence.barred
    } | one.evidence.said.keys()
    extra = len(sure - {*codes, *one.example.open})
    if not codes:
        return {"quiet": 1, "silent": int(not sure), "extra": extra}
    hits = len(sure & set(codes))
    main = int(codes[0] in sure)
    return {"asking": 1, "main": main, "asked": len(codes), "found": hits, "extra": extra}
