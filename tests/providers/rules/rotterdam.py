"""A made-up set of waits with the figures that Rotterdam published over 2017.

Only the figures are known, not the waits behind them. `waits_like` makes waits in hundredths of
a week (the precision of the database) that have them:

1. as many as the share says last under a week, spread evenly from 0 up to a week;
2. the others lie on the quantiles of 1 + c · (-ln(1 - u))^g, the shape of a waiting list: many
   short, few long;
3. nothing lasts longer than the longest wait of the year. For each g (how long the tail is) c
   follows from the mean, and g from the standard deviation; both by halving an interval.

The total is not made but follows: its own mean, deviation and share are what is tested.
"""

import math
import statistics
from dataclasses import dataclass
from decimal import Decimal

from providers.enums import HelpKind

HUNDREDTH = Decimal("0.01")
LONGEST = 46.99


@dataclass(frozen=True, slots=True)
class Published:
    """The figures of one kind of help; weeks, and a share between 0 and 1.

    Mean and deviation are exact where the published ones are rounded, so that the total
    comes out as published too.
    """

    kind: HelpKind
    n: int
    mean: float
    sd: float
    under_a_week: int
    longest: int | None = None


ROTTERDAM_2017 = (
    Published(HelpKind.MENTAL_HEALTH, 649, 7.08, 8.67, 78, longest=47),
    Published(HelpKind.PARENTING, 431, 2.70, 6.07, 297),
    Published(HelpKind.DISABILITY, 7, 11.10, 8.00, 1),
)


def waits_like(wanted: Published) -> list[Decimal]:
    """Return waits in weeks with these figures at the precision with which they are printed."""
    short = [Decimal(n % 100) * HUNDREDTH * Decimal("0.5") for n in range(wanted.under_a_week)]
    short = [weeks.quantize(HUNDREDTH) for weeks in short]
    short[0] = Decimal(0)
    low, high = 0.05, 4.0
    for _step in range(60):
        middle = (low + high) / 2
        found = short + _long(wanted, float(sum(short)), middle)
        if statistics.stdev(found) < Decimal(str(wanted.sd)):
            low = middle
        else:
            high = middle
    return found


def _long(wanted: Published, short: float, tail: float) -> list[Decimal]:
    """Return the waits of a week and more, with the mean wanted for all together."""
    number = wanted.n - wanted.under_a_week
    last = [float(wanted.longest)] if wanted.longest else []
    free = number - len(last)
    shape = [(-math.log(1 - (n + 0.5) / free)) ** tail for n in range(free)]
    left = wanted.mean * wanted.n - short - sum(last)
    low, high = 0.0, 100.0
    for _step in range(60):
        middle = (low + high) / 2
        weeks = [min(1 + middle * value, LONGEST) for value in shape]
        low, high = (middle, high) if sum(weeks) < left else (low, middle)
    return [Decimal(str(round(value, 2))) for value in weeks + last]
