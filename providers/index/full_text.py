"""Looking words up in the full-text index, as steps that a statement begins with."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from providers.index.word_forms import WordForms
from providers.models.index import FTS5, FTS_TABLE, TSQUERY, HasWord

TITLE, ANYWHERE = "title", "body"
_FOUND = {
    "sqlite": f"SELECT rowid AS id FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH (",  # noqa: S608
    "postgresql": "SELECT offer_id AS id FROM providers_offerwords"
    " WHERE vector @@ to_tsquery('simple',",
}


def word_steps(words: Sequence[WordForms]) -> list[str]:
    """Return the steps that look each word up once, in the title and anywhere."""
    return [
        f"{where}_{n} AS MATERIALIZED ({_FOUND[connection.vendor]} %({where}_{n})s))"
        for n in range(len(words))
        for where in (TITLE, ANYWHERE)
    ]


def word_values(words: Sequence[WordForms]) -> dict[str, str]:
    """Return the values that those steps name."""
    return {
        f"{where}_{n}": _as_looked_for(HasWord(F(where), word), where)
        for n, word in enumerate(words)
        for where in (TITLE, ANYWHERE)
    }


def has_word(where: str, n: int) -> str:
    """Return that a row `i` of the index has the word with this number."""
    return f"i.offer_id IN (SELECT id FROM {where}_{n})"  # noqa: S608


def _as_looked_for(word: Any, where: str) -> str:
    """Return a word as the engine at hand looks for it."""
    if connection.vendor == "sqlite":
        scope = "{title} : " if where == TITLE else ""
        return f"{scope}({word.matching(FTS5)})"
    return str(word.matching(TSQUERY, weight="A" if where == TITLE else ""))
