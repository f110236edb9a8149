"""What joins phrases, likeness and model to one probability: small trees, one after another.

Each tree adds a little to the odds (gradient boosting); trained offline, shipped as data.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# A leaf with its value, or: feature, threshold, the tree up to it, and the one above it.
Tree = Any
# The odds of what nobody knows the odds of, as a logarithm; and the largest.
UNKNOWN, MOST = -3.0, 30.0


@dataclass(frozen=True, slots=True)
class Join:
    """The trees, where the odds begin, and per question how often it was right (a logarithm)."""

    begin: float = UNKNOWN
    trees: Sequence[Tree] = ()
    prior: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Sequence[float]) -> float:
        """Return how probable it is (0-1) that a question with these features is asked."""
        odds = self.begin + sum(_value(tree, features) for tree in self.trees)
        return 1 / (1 + math.exp(-max(-MOST, min(MOST, odds))))


def _value(tree: Tree, features: Sequence[float]) -> float:
    while not isinstance(tree, float):
        feature, threshold, low, high = tree
        tree = low if features[feature] <= threshold else high
    return tree
