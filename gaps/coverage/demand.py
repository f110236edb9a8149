"""What was asked for in the cells of municipalities, as the pages on coverage show it."""

import datetime as dt

from gaps.cells.cell import Demand
from providers.figures.demand import asked_in


def demand_in(municipalities: list[str], today: dt.date) -> Demand:
    """Return what was asked for in the past year, by cell: three statements.

    The numbers are whole: whoever shows them to others than members hides the small ones.
    """
    return asked_in(municipalities, until=today).figures()
