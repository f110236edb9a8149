"""Words in the language of the reader: what is remembered of them, lists in a sentence, weeks."""

import functools
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

P = ParamSpec("P")
R = TypeVar("R")


def cached_per_language(maxsize: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember answers, as `functools.lru_cache` does, but for each language its own.

    For functions that return words: their arguments have to be hashable.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.lru_cache(maxsize=maxsize)
        def remembered(_language: str | None, *args: Any, **kwargs: Any) -> R:
            return function(*args, **kwargs)

        @functools.wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            # That these can be hashed is said above; ParamSpec cannot say it.
            return remembered(get_language(), *args, **kwargs)  # type: ignore[arg-type]

        return answer

    return decorate


def grouped(number: int) -> str:
    """Return a whole number as people read it: '14.000'. Not for codes, years or files."""
    return str(formats.number_format(number, force_grouping=True))


def lower_first(words: str) -> str:
    """Return words as a part of a sentence."""
    return words[:1].lower() + words[1:]


def all_of(names: Iterable[str]) -> str:
    """Return names as part of a sentence: 'A, B en C'."""
    return str(get_text_list(list(names), _("en")))


def one_of(names: Iterable[str]) -> str:
    """Return names as part of a sentence: 'A, B of C'."""
    return str(get_text_list(list(names), _("of")))


def weeks_words(weeks: Decimal) -> str:
    """Return weeks in words, however many: '1 week', '2,5 weken', '40 weken'."""
    number = formats.number_format(weeks.normalize(), use_l10n=True) if weeks else "0"
    return ngettext("%(n)s week", "%(n)s weken", 1 if weeks == 1 else 2) % {"n": number}
