"""What a search asks of an offer: the conditions of its filters, put together.

Each filter writes its own condition as SQL on a row `i` of the search index, in its class and
nowhere else (ADR 0018). The page ranks and counts by them; the map, the API and the exports ask
them of a queryset.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from providers.filters.base import Condition
from providers.filters.registry import FILTERS
from providers.filters.search import Search
from providers.index.full_text import TITLE, has_word, word_steps, word_values
from providers.index.sql import LISTED, VISIBLE, among, numbered, positional
from providers.rules.freshness import days_of

# Looked at only for the few that are reserved for a question: PostgreSQL would turn EXISTS around,
# and read every offer with its provider first.
BY_PROVIDER = """COALESCE((SELECT LOWER(v.name) LIKE {name} FROM providers_offer o
    JOIN providers_provider v ON v.id = o.provider_id WHERE o.id = i.offer_id), FALSE)"""


class Conditions:
    """What one search asks of a row, filter by filter, with the values of its statements."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self._of = {one: list(one.conditions(search)) for one in FILTERS if one.is_in(search)}

    # --- what statements are made of -----------------------------------------------------------

    def where(self, without: str = "") -> str:
        """Return when a row is a result, or would be with one filter off."""
        return " AND ".join([VISIBLE, *self._each(without)])

    @property
    def asked(self) -> str:
        """Return when a row has all that was asked, whether or not everybody may see it."""
        return " AND ".join(self._each()) or "1 = 1"

    @cached_property
    def left_out(self) -> list[str]:
        """Return when a row is left out only for what is not known of it.

        Each is about other rows, and there is none where nothing can be left out. What may only be
        missing of a listed offer is known of all others: told so, the engine begins with those that
        have the question or serve the municipality, and does not read every row.
        """
        strict = {one: found for one, found in self._of.items() if not one.keeps_unknown and found}
        if not strict or self.search.keeps_unknown:
            return []
        possible = [condition.possible for condition in _all(self._of.values())]
        of_listed = [LISTED, *self._reserved(), *possible, _not_all(strict.values())]
        doubtful = [found for one, found in strict.items() if not one.unknown_only_if_listed]
        if not doubtful:
            return [" AND ".join(of_listed)]
        known = (
            found.yes if one.unknown_only_if_listed else found.possible
            for one, conditions in self._of.items()
            for found in conditions
        )
        of_others = [VISIBLE, f"NOT {LISTED}", *self._reserved(), *known, _not_all(doubtful)]
        return [" AND ".join(of_listed), " AND ".join(of_others)]

    @property
    def unknowns(self) -> str:
        """Return the number of filters in use of which it is not known whether a row fits."""
        tests = (f"CASE WHEN {doubt} THEN 1 ELSE 0 END" for doubt in self._doubts())
        return " + ".join(tests) or "0"

    def beginning(self, *more: str) -> str:
        """Return the beginning of a statement: its words looked up, and perhaps more steps."""
        steps = [*word_steps(self.search.words), *more]
        return f"WITH {', '.join(steps)}" if steps else ""

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return the values of everything above."""
        search = self.search
        return {
            **days_of(search.clocks),
            **numbered("code", search.question_codes),
            **numbered("served", search.municipalities),
            **numbered("called", search.named),
            **word_values(search.words),
            **{f"named_{n}": f"%{word.word}%" for n, word in enumerate(search.words)},
            **search.spoken_of.values,
            "municipality": search.municipality,
            **{k: v for condition in _all(self._of.values()) for k, v in condition.values.items()},
        }

    # --- for a queryset ------------------------------------------------------------------------

    def among(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what does not fit, of offers or of rows of the index."""
        where = " AND ".join(self._each())
        if not where:
            return rows
        sql = f"{self.beginning()} SELECT i.offer_id FROM providers_offerindex i WHERE {where}"  # noqa: S608
        if connection.vendor == "postgresql":
            # Looked up once. Left to the planner it may be once per row: a minute for eighty points
            # on the map, where the tables had only just been filled. Not as an array: of that it
            # expects ten rows, and went through three thousand for each of 19,000 points (25 s).
            sql = f"WITH fitting AS MATERIALIZED ({sql}) SELECT offer_id FROM fitting"  # noqa: S608
        found: QuerySet[Any] = rows.filter(pk__in=RawSQL(*positional(sql, self.values)))  # noqa: S611
        return found

    # --- the parts -----------------------------------------------------------------------------

    def _each(self, without: str = "") -> Iterator[str]:
        yield from self._reserved()
        for one, conditions in self._of.items():
            if one.param != without:
                lenient = one.keeps_unknown or self.search.keeps_unknown
                yield from (found.possible if lenient else found.yes for found in conditions)

    def _doubts(self) -> Iterator[str]:
        for one, conditions in self._of.items():
            if one.keeps_unknown or self.search.keeps_unknown:
                yield from (found.doubt for found in conditions if found.unknown)

    def _reserved(self) -> Iterator[str]:
        """Leave out help for a danger nobody spoke of, unless it was asked for by name.

        Who asks for no help with anything sees all there is.
        """
        search = self.search
        if not (search.spoken_of.codes or search.words):
            return
        words = range(len(search.words))
        named = [has_word(TITLE, n) for n in words]
        named += [BY_PROVIDER.format(name=f"%(named_{n})s") for n in words]
        named += [among("i.offer_id", "called", search.named)] if search.named else []
        yield f"({' OR '.join([search.spoken_of.sql(), *named])})"


def _not_all(lists: Iterable[list[Condition]]) -> str:
    return "NOT ({})".format(" AND ".join(condition.yes for condition in _all(lists)))


def _all(lists: Iterable[list[Condition]]) -> Iterator[Condition]:
    for conditions in lists:
        yield from conditions
