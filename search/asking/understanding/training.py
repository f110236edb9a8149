"""Trains the model of what a line is about, and the weights that join it with phrases.

Needs scikit-learn, which nothing else does: `manage.py train_reading` says what to install. The
lines of `near_misses.csv`, `neutral_lines.txt` and `danger_lines.csv` are also what is measured:
each by a model that has not seen it, in held-out folds.
"""

import csv
import gzip
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from providers.models import HelpQuestion
from search.asking.understanding.line.line import Line, mark_used
from search.asking.understanding.questions.certainty import (
    BIAS,
    SURE,
    Heard,
    probabilities,
)
from search.asking.understanding.questions.evidence import Evidence, evidence_in
from search.asking.understanding.questions.model import (
    NOTHING,
    ReadingModel,
    features_of,
)
from search.asking.understanding.questions.questions import hear
from search.asking.understanding.reading import prepared
from search.asking.understanding.vocabulary import question_texts, vocabularies

FOLDER = settings.FIXTURES_DIR / "vocabulary"
FOLDS = 3
# How many features are kept, and how many weights each: what reading a line costs.
MOST_FEATURES = 30_000
MOST_WEIGHTS = 12
# A weight is stored as a whole number of steps, the rarity of a feature in tenths.
STEP = 0.05
# A line of ours counts double beside a word of the vocabulary; its question outweighs its absence.
OF_LINE = 2.0
OF_QUESTION = 3.0
PASSES = 8
PENALTY = 1e-5


@dataclass(frozen=True, slots=True)
class Example:
    """A line, the questions it asks (none: nothing), and whether it is measured as well."""

    line: Line
    codes: tuple[str, ...]
    is_measured: bool
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


def examples() -> list[Example]:
    """Return all lines: those of the vocabulary to learn from, the others to measure as well."""
    known = set(HelpQuestion.objects.values_list("code", flat=True))
    rows: list[tuple[str, tuple[str, ...], bool]] = [
        (text, (code,), False) for text, code in question_texts()
    ]
    rows += [(text, codes, True) for text, codes in _lines_of_ours()]
    return [
        Example(_line(text), tuple(c for c in codes if c in known), measured, _fold(text))
        for text, codes, measured in dict.fromkeys(rows)
    ]


def _lines_of_ours() -> Iterable[tuple[str, tuple[str, ...]]]:
    for text in (FOLDER / "neutral_lines.txt").read_text(encoding="utf-8").splitlines():
        yield text, ()
    for name, column in (("near_misses", "codes"), ("danger_lines", "code")):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("kind") and not row[column]:
                    continue  # a danger without a question of its own is not nothing
                yield row["text"], tuple(row[column].split())


def _line(text: str) -> Line:
    said = prepared(text)
    return mark_used(said.line, set(said.ages.positions))


def _fold(text: str) -> int:
    return zlib.crc32(text.encode()) % FOLDS


def train(lines: Sequence[Example], join: dict[str, float] | None = None) -> ReadingModel:
    """Return a model of these lines: one logistic regression per question and one for nothing."""
    from numpy import array
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.feature_selection import SelectKBest, chi2
    from sklearn.linear_model import SGDClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    def read(example: Example) -> list[str]:
        return list(features_of(example.line))

    labels = MultiLabelBinarizer().fit([one.codes or (NOTHING,) for one in lines])
    wanted = labels.transform([one.codes or (NOTHING,) for one in lines])
    counted = TfidfVectorizer(analyzer=read, sublinear_tf=True, min_df=2)
    table = counted.fit_transform(lines)
    best = SelectKBest(chi2, k=min(MOST_FEATURES, table.shape[1])).fit(table, wanted)
    names = counted.get_feature_names_out()[best.get_support()]
    rare = counted.idf_[best.get_support()]
    counted = TfidfVectorizer(analyzer=read, sublinear_tf=True, vocabulary=names)
    counted.fit(lines)
    table = counted.transform(lines)
    counts = array([OF_LINE if one.is_measured else 1.0 for one in lines])
    begin: dict[str, float] = {}
    weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, code in enumerate(labels.classes_):
        right = wanted[:, number]
        fitted = SGDClassifier(
            loss="log_loss", alpha=PENALTY, max_iter=PASSES, tol=None, random_state=0
        ).fit(table, right, sample_weight=counts * (1 + (OF_QUESTION - 1) * right))
        begin[code] = float(fitted.intercept_[0])
        for name, weight in zip(names, fitted.coef_[0], strict=True):
            if abs(weight) >= STEP:
                weights[name].append((code, float(weight)))
    return ReadingModel(
        rarity={name: round(float(one), 1) for name, one in zip(names, rare, strict=True)},
        weights={name: _strongest(weights[name]) for name in names},
        begin=begin,
        join=join or {},
    )


def _strongest(weights: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    ranked = sorted(weights, key=lambda one: (-abs(one[1]), one[0]))[:MOST_WEIGHTS]
    return tuple((code, round(weight / STEP) * STEP) for code, weight in ranked)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A line as it is heard by a model that has not seen it."""

    heard: Heard
    evidence: Evidence
    codes: tuple[str, ...]
    fold: int


def unseen(lines: Sequence[Example], progress: Callable[[str], None]) -> list[Unseen]:
    """Return the measured lines, each heard with a model of the other folds."""
    words = vocabularies.get()
    found: list[Unseen] = []
    for fold in range(FOLDS):
        model = train([one for one in lines if not one.is_measured or one.fold != fold])
        progress(f"deel {fold + 1} van {FOLDS}")
        for one in lines:
            if one.is_measured and one.fold == fold:
                evidence = evidence_in(one.line, words)
                heard = hear(one.line, words.questions, words.likeness, evidence, model)
                found.append(Unseen(heard, evidence, one.codes, fold))
    return found


def joined(lines: Iterable[Unseen]) -> dict[str, float]:
    """Return the weights with which phrases, likeness and model become one probability."""
    from sklearn.linear_model import LogisticRegression

    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for one in lines:
        for code in one.heard.candidates:
            if code not in one.evidence.barred:
                rows.append(one.heard.features(code))
                right.append(code in one.codes)
    names = list(rows[0])
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(
        [[row[name] for name in names] for row in rows], right
    )
    weights = {name: round(float(w), 4) for name, w in zip(names, fitted.coef_[0], strict=True)}
    return weights | {BIAS: round(float(fitted.intercept_[0]), 4)}


def measured(lines: Sequence[Unseen]) -> Figures:
    """Return what is sure in lines of a fold by weights of the other folds."""
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        join = joined(one for one in lines if one.fold != fold)
        for one in lines:
            if one.fold == fold:
                counts.update(_counted(one, join))
    return Figures(
        asking=counts["asking"],
        main=counts["main"] / max(counts["asking"], 1),
        all=counts["found"] / max(counts["asked"], 1),
        extra=counts["extra"] / max(counts["asking"] + counts["quiet"], 1),
        quiet=counts["quiet"],
        silent=counts["silent"] / max(counts["quiet"], 1),
    )


def _counted(one: Unseen, join: dict[str, float]) -> dict[str, int]:
    probable = probabilities(one.heard, join)
    sure = {
        code for code, each in probable.items() if each >= SURE and code not in one.evidence.barred
    } | one.evidence.said.keys()
    extra = len(sure - set(one.codes))
    if not one.codes:
        return {"quiet": 1, "silent": int(not sure), "extra": extra}
    hits = len(sure & set(one.codes))
    main = int(one.codes[0] in sure)
    return {"asking": 1, "main": main, "asked": len(one.codes), "found": hits, "extra": extra}


def write_model(model: ReadingModel, path: Path, about: dict[str, Any]) -> int:
    """Write a model as compact data, the same bytes for the same model; return how many."""
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
        "join": dict(model.join),
        "features": features,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(text, compresslevel=9, mtime=0)
    path.write_bytes(packed)
    return math.ceil(len(packed) / 1000)
