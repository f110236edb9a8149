"""The model of danger: one logistic regression for any danger, and one per kind."""

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from providers.models import HelpQuestion
from providers.vocabulary.words import normalise
from search.asking.understanding.danger.model import ANY, DangerModel, features_of
from search.asking.understanding.danger.patterns import FOREMOST
from search.asking.understanding.line.figures import in_plain_figures
from search.asking.understanding.training.examples import DANGER, NEUTRAL, examples

LABELS = (ANY, *FOREMOST)
# A feature has to stand in so many lines.
LEAST_LINES = 2
# How often a line counts that was written for its danger, or for having none, or asks nothing:
# lines about ordinary questions are twice as many, and few of them sound like a danger.
WRITTEN_FOR_DANGER = 3
# How little a weight is held back, and how often they are bettered.
FREEDOM, PASSES = 20.0, 100
# A weight is stored as a whole number of steps, the rarity of a feature in tenths.
STEP = 0.02


@dataclass(frozen=True, slots=True)
class Told:
    """A line with its kinds of danger (none: it is calm), and those that are right as well.

    It counts as so many lines as its `weight`.
    """

    text: str
    kinds: frozenset[str]
    open: frozenset[str] = frozenset()
    weight: int = 1


def told() -> list[Told]:
    """Return the lines that are learnt from, each once, but those of which nobody knows."""
    signals = dict(HelpQuestion.objects.values_list("code", "signal"))
    found: dict[str, Told] = {}
    for one in examples():
        kinds = frozenset(one.dangers)
        left_open = {signals.get(label, "") for label in one.open}
        left_open |= {label.removeprefix(DANGER) for label in one.open if label.startswith(DANGER)}
        maybe = frozenset(left_open) - kinds - {""}
        if one.is_measured and (kinds or not maybe):
            weight = WRITTEN_FOR_DANGER if one.is_of_danger or one.kind == NEUTRAL else 1
            found.setdefault(one.text, Told(one.text, kinds, maybe, weight))
    return list(found.values())


def words_of(text: str) -> list[str]:
    """Return the words of a line, as they are read."""
    return normalise(in_plain_figures(text)).split()


def train(lines: Sequence[Told]) -> DangerModel:
    """Return a model of these lines."""
    from numpy import array, log, sqrt
    from scipy.sparse import diags  # type: ignore[import-untyped]
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    count = CountVectorizer(analyzer=features_of, min_df=LEAST_LINES)
    table = count.fit_transform([words_of(one.text) for one in lines]).astype(float)
    names = count.get_feature_names_out()
    lines_with = array((table > 0).sum(axis=0)).ravel()
    rare = (log((1 + len(lines)) / (1 + lines_with)) + 1).round(1)
    size = sqrt(table @ rare**2)
    size[size == 0] = 1.0
    table = (diags(1 / size) @ table @ diags(rare)).tocsr()
    weights = array([one.weight for one in lines])
    begin: dict[str, float] = {}
    brought = []
    for label in LABELS:
        right = array([bool(one.kinds) if label == ANY else label in one.kinds for one in lines])
        known = array([label not in one.open for one in lines])
        fitted = LogisticRegression(C=FREEDOM, solver="liblinear", max_iter=PASSES).fit(
            table[known], right[known], sample_weight=weights[known]
        )
        begin[label] = round(float(fitted.intercept_[0]), 3)
        brought.append((fitted.coef_[0] * rare / STEP).round() * STEP)
    each = array(brought).T
    return DangerModel(
        begin,
        {
            name: (*map(float, values), float(size) ** 2)
            for name, values, size in zip(names, each, rare, strict=True)
        },
    )


def write_model(model: DangerModel, path: Path, about: dict[str, Any]) -> int:
    """Write a model as compact data, the same bytes for the same model; return how many kB."""
    features = sorted(model.weights.items())
    data = {
        "about": about,
        "step": STEP,
        "begin": model.begin,
        "names": "\n".join(name for name, _values in features),
        "rare": [round(math.sqrt(values[-1]) * 10) for _name, values in features],
        "brought": [round(one / STEP) for _name, values in features for one in values[:-1]],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(text, compresslevel=9, mtime=0)
    path.write_bytes(packed)
    return math.ceil(len(packed) / 1000)
