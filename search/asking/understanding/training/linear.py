"""The linear model: one logistic regression per question and one for nothing.

Needs scikit-learn, which nothing else does: `manage.py train_reading` says what to install.
"""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search.asking.understanding.questions.model import ReadingModel, features_of
from search.asking.understanding.training.examples import Example

# How many features are kept, and how many weights each. Fewer weights were the dearest saving there
# was: of what the model knows, a twentieth is lost with 10.
MOST_FEATURES = 80_000
MOST_WEIGHTS = 40
# A smaller weight changes nothing that counts.
LEAST_WEIGHT = 0.1
# A weight is stored as a whole number of steps, the rarity of a feature in tenths.
STEP = 0.05
# A line counts double beside a word of the vocabulary; a question outweighs its absence.
OF_LINE = 2.0
OF_QUESTION = 3.0
# How little large weights are held back, and how exact is exact enough.
FREEDOM, EXACT = 4.0, 1e-2


def train(lines: Sequence[Example]) -> ReadingModel:
    """Return a model of these lines."""
    from numpy import array
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.feature_selection import SelectKBest, chi2
    from sklearn.linear_model import LogisticRegression
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
    begin: list[float] = []
    columns: list[Any] = []
    for number, code in enumerate(labels.classes_):
        right = wanted[:, number]
        tells = array([one.tells_of(code) for one in lines])
        fitted = LogisticRegression(C=FREEDOM, solver="liblinear", tol=EXACT, random_state=0).fit(
            table, right, sample_weight=tells * counts * (1 + (OF_QUESTION - 1) * right)
        )
        begin.append(float(fitted.intercept_[0]))
        columns.append(fitted.coef_[0])
    weights = array(columns).T
    return ReadingModel(
        codes=tuple(labels.classes_),
        begin=tuple(begin),
        rare={str(name): round(float(one), 1) for name, one in zip(names, rare, strict=True)},
        weights={
            str(name): _strongest(of_feature)
            for name, of_feature in zip(names, weights, strict=True)
        },
    )


def _as_is(features: list[str]) -> list[str]:
    return features


def _strongest(weights: Any) -> tuple[tuple[int, float], ...]:
    """Return the weights of a feature that count, by the number of the code."""
    large = abs(weights).__ge__(LEAST_WEIGHT).nonzero()[0].tolist()
    ranked = sorted(large, key=lambda number: (-abs(weights[number]), number))[:MOST_WEIGHTS]
    return tuple((number, round(weights[number] / STEP) * STEP) for number in sorted(ranked))


def write_model(model: ReadingModel, path: Path, about: dict[str, Any]) -> int:
    """Write a model as compact data, the same bytes for the same model; return how many kB."""
    features = {
        name: [
            round(model.rare[name] * 10),
            *(x for number, weight in weights for x in (number, round(weight / STEP))),
        ]
        for name, weights in sorted(model.weights.items())
        if weights
    }
    data = {
        "about": about,
        "step": STEP,
        "codes": model.codes,
        "begin": [round(one, 3) for one in model.begin],
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
