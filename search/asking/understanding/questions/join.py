"""What joins phrases, likeness and model to one probability: small trees, one after another.

Each tree adds a little to the odds (gradient boosting); trained offline, shipped as data.
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# A leaf with its value, or: feature, threshold, the tree up to it, and the one above it.
Tree = Any
# The odds of what nobody knows the odds of, as a logarithm; and the largest.
UNKNOWN, MOST = -3.0, 30.0
# Odds (a logarithm) below which nothing is asked: how far below makes no difference.
SMALLEST = -3.0


@dataclass(frozen=True)
class Join:
    """The trees, where the odds begin, and per question how often it was right (a logarithm)."""

    begin: float = UNKNOWN
    trees: Sequence[Tree] = ()
    prior: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Sequence[float]) -> float:
        """Return how probable it is (0-1) that a question with these features is asked.

        What stays below `SMALLEST` whatever the other trees say is not worked out any further.
        """
        begin, odds = self.begin, 0.0
        for tree, most in self._steps:
            while tree.__class__ is not float:
                feature, threshold, low, high = tree
                tree = low if features[feature] <= threshold else high
            odds += tree
            if begin + odds + most < SMALLEST:
                odds += most
                break
        return 1 / (1 + math.exp(-max(-MOST, min(MOST, begin + odds))))

    @functools.cached_property
    def _steps(self) -> tuple[tuple[Tree, float], ...]:
        """Return the trees, each with the most that all behind it can add."""
        most = 0.0
        found: list[tuple[Tree, float]] = []
        for tree in reversed(self.trees):
            found.append((tree, most))
            most += max(_leaves(tree))
        return tuple(reversed(found))


def _leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, float):
        yield tree
    else:
        yield from _leaves(tree[2])
        yield from _leaves(tree[3])
