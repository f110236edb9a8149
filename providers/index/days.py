"""Whole days between two dates, which each engine writes in its own way."""

from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField

_DAYS = {
    "sqlite": "CAST(julianday({}) - julianday({}) AS INTEGER)",
    "postgresql": "(CAST({} AS date) - CAST({} AS date))",
}


def days_between(later: str, earlier: str) -> str:
    """Return as SQL how many days the one comes after the other; negative when it is before."""
    return _DAYS[connection.vendor].format(later, earlier)


class DaysBetween(Func):
    """The same for the ORM."""

    arity = 2
    output_field = IntegerField()

    def as_sql(
        self, compiler: Any, connection: Any, *_args: Any, **_kwargs: Any
    ) -> tuple[str, tuple[Any, ...]]:
        later, earlier = map(compiler.compile, self.get_source_expressions())
        return days_between(later[0], earlier[0]), (*later[1], *earlier[1])
