"""Looking words up in the full-text index, as steps that a statement begins with."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from providers.index.word_forms import WordForms
from providers.models.index import FTS5, FTS_TABLE, TSQUERY, HasWord

TITLE, ANYWHERE = "title", "body"
# Each step is looked up once. PostgreSQL finds for itself where to begin when a step is used once;
# made to look it up, it would read every row that has a frequent word, whatever else is asked.
_STEPS = {
    "sqlite": "{where}_{n} AS MATERIALIZED (SELECT rowid AS id FROM "  # noqa: S608
    f"{FTS_TABLE} WHERE {FTS_TABLE} MATCH (%({{where}}_{{n}})s))",
    "postgresql": "{where}_{n} AS (SELECT offer_id AS id FROM providers_offerwords"
    " WHERE vector @@ to_tsquery('simple', %({where}_{n})s))",
}
# Its index does not know where in an offer a word stands: it would look into the title of each
# that has the word anywhere. A hit is looked into by itself; not by EXISTS, which it turns around.
_IN_TITLE = """COALESCE((SELECT w.vector @@ to_tsquery('simple', %(title_{n})s)
    FROM providers_offerwords w WHERE w.offer_id = i.offer_id), FALSE)"""
# Where each hit has the one word that was asked for, its words are read with it: to look them up
# again for the title takes a sixth of a search for a word that is everywhere.
_BESIDE = """ JOIN providers_offerwords w ON w.offer_id = i.offer_id
    AND w.vector @@ to_tsquery('simple', %(body_0)s)"""
_TITLE_BESIDE = "w.vector @@ to_tsquery('simple', %(title_0)s)"


def words_beside() -> str:
    """Return the join of rows `i` with their words, if they have the first one; or nothing.

    Only PostgreSQL has such a table; behind this join `title_beside` is at hand.
    """
    return _BESIDE if connection.vendor == "postgresql" else ""


def title_beside() -> str:
    """Return that the words joined beside a row have the first word in the title."""
    return _TITLE_BESIDE


def word_steps(words: Sequence[WordForms]) -> list[str]:
    """Return the steps that look each word up once, where the engine does so."""
    step = _STEPS[connection.vendor]
    return [step.format(where=where, n=n) for n in range(len(words)) for where in _places()]


def _places() -> tuple[str, ...]:
    return (ANYWHERE,) if connection.vendor == "postgresql" else (TITLE, ANYWHERE)


def word_values(words: Sequence[WordForms]) -> dict[str, str]:
    """Return the values that those steps name."""
    return {
        f"{where}_{n}": _as_looked_for(HasWord(F(where), word), where)
        for n, word in enumerate(words)
        for where in (TITLE, ANYWHERE)
    }


def has_word(where: str, n: int) -> str:
    """Return that a row `i` of the index has the word with this number."""
    if where not in _places():
        return _IN_TITLE.format(n=n)
    return f"i.offer_id IN (SELECT id FROM {where}_{n})"  # noqa: S608


def _as_looked_for(word: Any, where: str) -> str:
    """Return a word as the engine at hand looks for it."""
    if connection.vendor == "sqlite":
        scope = "{title} : " if where == TITLE else ""
        return f"{scope}({word.matching(FTS5)})"
    return str(word.matching(TSQUERY, weight="A" if where == TITLE else ""))
