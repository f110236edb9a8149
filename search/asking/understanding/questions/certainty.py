"""How sure it is that a line is about a question: sure, likely, or not worth saying.

Phrases, likeness and the trained model each see something of a line. Small trees (`join`), trained
on lines that none of them was built from, join what they say to one probability per question.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from search.asking.understanding.line.line import Line
from search.asking.understanding.questions.join import UNKNOWN, Join
from search.asking.understanding.questions.model import NOTHING, Part, Scores, is_question

# No phrase says more than this.
MOST_OF_PHRASE = 4.6
# A question as probable as this (0-1) is a chip.
SURE = 0.25
# In a line of so few telling words, with no phrase of ours, it has to be surer.
FEW, SURE_OF_FEW = 2, 0.4
# Who does what to whom needs less: the order of people and verb chose among those questions.
SURE_OF_ACT = 0.145
# More, where a phrase of another question explains every word that led to it.
SURE_IF_EXPLAINED = 0.5
# And a danger of which the sign may mean something else.
SURE_OF_DANGER = 0.3
# One that a phrase says in so many words needs less, in a line of which something is as probable
# as this.
ASKS = 0.3
SURE_IF_CERTAIN = 0.2
# What is asked back: "Bedoelt u …?"
LIKELY = 0.2
MOST_LIKELY = 3
# How far down a list a question is a candidate.
CANDIDATES = 5
# And down that of a part of the line.
PLACES = 3
# What the model says of a question it does not know.
LEAST_SCORE, LEAST_SHARE = -6.0, -8.0
NO_PART = Part(LEAST_SCORE, 6.0, 9, 0.0, LEAST_SHARE)


Features = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a line, by code: in phrases, in likeness, by the model; its telling words.

    `said` are the questions that are said outright.
    """

    phrases: Mapping[str, float]
    likeness: Mapping[str, float]
    model: Scores
    said: frozenset[str]
    content: int

    @property
    def candidates(self) -> list[str]:
        """Return the questions worth weighing: what leads the line, or a part of it."""
        whole = {code: score for code, score in self.model.whole.items() if is_question(code)}
        leading = (code for code, part in self.model.parts.items() if part.place <= PLACES)
        return list(
            dict.fromkeys(
                [*self.phrases, *self.said, *_best(whole), *leading, *_best(self.likeness)]
            )
        )

    def features(self, codes: Collection[str], prior: Mapping[str, float]) -> list[Features]:
        """Return what speaks for and against each question, and what the line says as a whole."""
        model, parts = self.model.whole, self.model.parts
        strongest = max(self.phrases.values(), default=0.0)
        loudest = max(self.likeness.values(), default=0.0)
        nothing = model.get(NOTHING, 0.0)
        second, best = sorted(
            [LEAST_SCORE, LEAST_SCORE, *(one for name, one in model.items() if is_question(name))]
        )[-2:]
        share = max((part.share for part in parts.values()), default=LEAST_SHARE)
        of_line = (best, second, nothing, share, strongest, loudest, float(len(self.said)))
        found: list[Features] = []
        for code in codes:
            phrase, like = self.phrases.get(code, 0.0), self.likeness.get(code, 0.0)
            score, part = model.get(code, LEAST_SCORE), parts.get(code, NO_PART)
            found.append(
                (
                    min(phrase, MOST_OF_PHRASE),
                    float(code in self.said),
                    strongest - phrase,
                    math.log(1 + self.content),
                    score,
                    best - score,
                    part.score,
                    part.behind,
                    float(part.place),
                    part.nothing,
                    max(part.share, LEAST_SHARE),
                    like,
                    loudest - like,
                    like / (1 + self.content),
                    prior.get(code, UNKNOWN),
                    *of_line,
                )
            )
        return found


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda code: (-scores[code], code))[:CANDIDATES]


def telling_words(line: Line) -> int:
    """Return how many words of a line say something and are not understood yet."""
    return sum(not (token.weak or token.used) for token in line)


def probabilities(heard: Heard, join: Join) -> dict[str, float]:
    """Return how probable each candidate is (0-1)."""
    codes = heard.candidates
    features = heard.features(codes, join.prior)
    return {code: join.probability(one) for code, one in zip(codes, features, strict=True)}


def sure_of(
    chosen: Collection[str],
    probable: Mapping[str, float],
    *,
    certain: Collection[str] = (),
    outright: Collection[str] = (),
    least: float = SURE,
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
        or probable.get(code, 0.0) >= least
        or (code in certain and asks and probable.get(code, 0.0) >= SURE_IF_CERTAIN)
    ]
    others = [code for code in probable if code not in kept and probable[code] >= least]
    return [*kept, *sorted(others, key=lambda code: (-probable[code], code))]


def likely_of(probable: Mapping[str, float], sure: set[str]) -> Iterator[str]:
    """Yield the questions to ask about, the most probable first."""
    ranked = sorted(probable, key=lambda code: (-probable[code], code))
    yield from [code for code in ranked if code not in sure and probable[code] >= LIKELY][
        :MOST_LIKELY
    ]
