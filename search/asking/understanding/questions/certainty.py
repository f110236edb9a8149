"""How sure it is that a line is about a question: sure, likely, or not worth saying.

Phrases, likeness and the trained model each see something of a line. A logistic model, trained on
lines that none of them was built from, joins what they say to one probability per question.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from search.asking.understanding.line.line import Line
from search.asking.understanding.questions.model import NOTHING

# A phrase with this much to say (in logarithms) is said in so many words.
CERTAIN_PHRASE = 1.2
# No phrase says more than this.
MOST_OF_PHRASE = 4.6
# A question as probable as this (0-1) is a chip.
SURE = 0.09
# One that a phrase says in so many words needs less, in a line of which something is as probable
# as this.
ASKS = 0.045
SURE_IF_CERTAIN = 0.003
# What is asked back: "Bedoelt u …?"
LIKELY = 0.045
MOST_LIKELY = 3
# How far down a list a question is a candidate.
CANDIDATES = 5
BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a line, by code: in phrases, in likeness, by the model; its telling words.

    `said` are the questions that are said outright.
    """

    phrases: Mapping[str, float]
    likeness: Mapping[str, float]
    model: Mapping[str, float]
    said: frozenset[str]
    content: int

    @property
    def candidates(self) -> list[str]:
        """Return the questions worth weighing."""
        model = {code: score for code, score in self.model.items() if code != NOTHING}
        best = (*_best(model), *_best(self.likeness))
        return list(dict.fromkeys([*self.phrases, *self.said, *best]))

    def features(self, code: str) -> dict[str, float]:
        """Return what speaks for and against one question, by name."""
        phrase = self.phrases.get(code, 0.0)
        strongest = max(self.phrases.values(), default=0.0)
        like = self.likeness.get(code, 0.0)
        score = self.model.get(code, 0.0)
        best = max((one for name, one in self.model.items() if name != NOTHING), default=0.0)
        return {
            "phrase": min(phrase, MOST_OF_PHRASE),
            "phrase_is_certain": float(phrase > CERTAIN_PHRASE),
            "said": float(code in self.said),
            "weaker_phrase": phrase if strongest - phrase > 0.3 else 0.0,
            "content": math.log(1 + self.content),
            "model": score,
            "behind_model": best - score,
            "nothing": self.model.get(NOTHING, 0.0),
            "likeness": like,
            "behind_likeness": max(self.likeness.values(), default=0.0) - like,
            "likeness_per_word": like / (1 + self.content),
        }


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda code: (-scores[code], code))[:CANDIDATES]


def telling_words(line: Line) -> int:
    """Return how many words of a line say something and are not understood yet."""
    return sum(not (token.weak or token.used) for token in line)


def probabilities(heard: Heard, join: Mapping[str, float]) -> dict[str, float]:
    """Return how probable each candidate is (0-1)."""
    return {code: _probability(heard.features(code), join) for code in heard.candidates}


def _probability(features: Mapping[str, float], join: Mapping[str, float]) -> float:
    odds = join.get(BIAS, 0.0) + sum(join.get(name, 0.0) * x for name, x in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def sure_of(
    chosen: Collection[str],
    probable: Mapping[str, float],
    *,
    certain: Collection[str] = (),
    outright: Collection[str] = (),
) -> list[str]:
    """Return the questions a line is about, of those that phrases and likeness chose and others.

    What is said `outright` always is. What a phrase says in so many words (`certain`) is, unless
    the line seems to ask nothing at all; anything else has to be probable itself.
    """
    asks = max(probable.values(), default=0.0) >= ASKS
    kept = [
        code
        for code in chosen
        if code in outright
        or probable.get(code, 0.0) >= SURE
        or (code in certain and asks and probable.get(code, 0.0) >= SURE_IF_CERTAIN)
    ]
    others = [code for code in probable if code not in kept and probable[code] >= SURE]
    return [*kept, *sorted(others, key=lambda code: (-probable[code], code))]


def likely_of(probable: Mapping[str, float], sure: set[str]) -> Iterator[str]:
    """Yield the questions to ask about, the most probable first."""
    ranked = sorted(probable, key=lambda code: (-probable[code], code))
    yield from [code for code in ranked if code not in sure and probable[code] >= LIKELY][
        :MOST_LIKELY
    ]
