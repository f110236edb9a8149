"""The linear model: one logistic regression per question, per kind of danger and for nothing.

Needs scikit-learn, which nothing else does: `manage.py train_reading` says what to install.
"""

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search.asking.understanding.questions.model import ReadingModel, features_of
from search.asking.understanding.training.examples import Example

# How many features are kept, and how many weights each: what reading a line costs.
MOST_FEATURES = 50_000
MOST_WEIGHTS = 10
# A smaller weight changes nothing that counts.
LEAST_WEIGHT = 0.15
# A weight is stored as a whole number of steps, the rarity of a feature in tenths.
STEP = 0.05
# A line counts double beside a word of the vocabulary; a question outweighs its absence.
OF_LINE = 2.0
OF_QUESTION = 3.0
PASSES = 8
PENALTY = 1e-5


def train(lines: Sequence[Example]) -> ReadingModel:
    """Return a model of these lines."""
    from numpy import array
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.feature_selection import SelectKBest, chi2
    from sklearn.linear_model import SGDClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    read = [list(features_of(example.line)) for example in lines]
    labels = MultiLabelBinarizer().fit([one.labels for one in lines])
    wanted = labels.transform([one.labels for one in lines])
    counted = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, min_df=2)
    table = counted.fit_transform(read)
    best = SelectKBest(chi2, k=min(MOST_FEATURES, table.shape[1])).fit(table, wanted)
    names = counted.get_feature_names_out()[best.get_support()]
    rare = counted.idf_[best.get_support()]
    counted = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, vocabulary=names)
    counted.fit(read)
    table = counted.transform(read)
    counts = array([OF_LINE if one.is_measured else 1.0 for one in lines])
    begin: dict[str, float] = {}
    weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, code in enumerate(labels.classes_):
        right = wanted[:, number]
        tells = array([one.tells_of(code) for one in lines])
        fitted = SGDClassifier(
            loss="log_loss", alpha=PENALTY, max_iter=PASSES, tol=None, random_state=0
        ).fit(table, right, sample_weight=tells * counts * (1 + (OF_QUESTION - 1) * right))
        begin[code] = float(fitted.intercept_[0])
        for name, weight in zip(names, fitted.coef_[0], strict=True):
            if abs(weight) >= LEAST_WEIGHT:
                weights[name].append((code, float(weight)))
    return ReadingModel(
        rarity={name: round(float(one), 1) for name, one in zip(names, rare, strict=True)},
        weights={name: _strongest(weights[name]) for name in names},
        begin=begin,
    )


def _as_is(features: list[str]) -> list[str]:
    return features


def _strongest(weights: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    ranked = sorted(weights, key=lambda one: (-abs(one[1]), one[0]))[:MOST_WEIGHTS]
    return tuple((code, round(weight / STEP) * STEP) for code, weight in ranked)


def write_model(model: ReadingModel, path: Path, about: dict[str, Any]) -> int:
    """Write a model as compact data, the same bytes for the same model; return how many kB."""
    codes = sorted(model.begin)
    number = {code: at for at, code in enumerate(codes)}
    features = {
        name: [
            round(rare * 10),
            *(x for code, w in model.weights[name] for x in (number[code], round(w / STEP))),
        ]
        for name, rare in sorted(model.rarity.items())
        if model.weights[name]
    }
    data = {
        "about": about,
        "step": STEP,
        "codes": codes,
        "begin": [round(model.begin[code], 3) for code in codes],
        "join": {
            "begin": model.join.begin,
            "trees": model.join.trees,
            "prior": model.join.prior,
        },
        "features": features,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(text, compresslevel=9, mtime=0)
    path.write_bytes(packed)
    return math.ceil(len(packed) / 1000)
