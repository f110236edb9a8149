"""What a cell amounts to: one ordered rule.

Two laws hold (tests/gaps/cells/test_laws.py). Another offer never worsens a cell: each class asks
that *no* offer is near enough, in time, light, in a group or goes on. Losing a fresh fact never
betters one: only `covered` needs recent news, and what is late stays late when the news grows old.
"""

from collections.abc import Callable

from gaps.cells.cell import CellClass, Supply, Thresholds

Test = Callable[[Supply, Thresholds], bool]


def is_too_far(supply: Supply, thresholds: Thresholds) -> bool:
    """Whether every offer is at a known place, and the nearest one too far away on the average."""
    if supply.come_along or supply.place_unknown or supply.nearest_km is None:
        return False
    return supply.nearest_km > thresholds.far_km


def is_fragile(supply: Supply, thresholds: Thresholds) -> bool:
    """Whether too few providers go on after the contracts and money that end soon."""
    return supply.lasting_providers < thresholds.fewest_providers


# In this order; the first that holds is the class.
TESTS: tuple[tuple[CellClass, Test], ...] = (
    (CellClass.NOTHING, lambda supply, _: not supply.offers),
    (CellClass.TOO_FAR, is_too_far),
    (CellClass.TOO_LATE, lambda supply, _: supply.late == supply.offers),
    (CellClass.ONLY_HEAVY, lambda supply, _: not supply.light),
    (CellClass.NO_GROUP, lambda supply, _: not supply.groups),
    (CellClass.FRAGILE, is_fragile),
    (CellClass.UNKNOWN, lambda supply, _: not supply.timely),
)


def classify(supply: Supply, thresholds: Thresholds) -> CellClass:
    """Return the first class that holds, and covered when none does."""
    return next((kind for kind, holds in TESTS if holds(supply, thresholds)), CellClass.COVERED)


def also_true(supply: Supply, thresholds: Thresholds) -> list[CellClass]:
    """Return every class that holds, the worst first: what is left once the first is solved."""
    if not supply.offers:
        return [CellClass.NOTHING]
    return [kind for kind, holds in TESTS if holds(supply, thresholds)]
