"""Small parts of a page that come back again and again: rendered once, and then repeated.

A part says what its values say, and those of a card say what somebody searched for. So what was
rendered is kept for a minute at most, as finished pages are (ADR 0012): the first part that is
asked for after it begins with an empty memory.
"""

import functools
from collections.abc import Callable, Collection, Hashable
from time import monotonic
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST, SECONDS = 4000, 60


@register.simple_tag
def part(template_name: str, **values: Hashable) -> SafeString:
    """Include a template that depends on these values alone.

    The values have to be hashable, and equal ones must look the same: words, whole numbers, and
    frozen dataclasses and tuples of those.
    """
    given = tuple(values.items())
    if settings.DEBUG:
        return _render(template_name, given)
    return _of_minute(int(monotonic() // SECONDS))(get_language(), template_name, given)


@register.simple_tag
def card_row(
    card: Any, *, keep_form: str, kept: Collection[int] = (), selected: bool = False
) -> SafeString:
    """Return the row of a card (search/cards/card.py); `selected` when it is the one on the map.

    `keep_form` is the id of the one form on the page that keeps offers; `kept` are the numbers of
    those on the list of who looks.
    """
    return part(
        "components/card_row.html",
        card=card,
        number=card.number,
        selected=selected,
        keep_form=keep_form,
        kept=card.offer_id in kept,
    )


def _render(template_name: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(get_template(template_name).render(dict(values)))


@functools.lru_cache(maxsize=1)
def _of_minute(_minute: int) -> Callable[..., SafeString]:
    """Return a memory for one minute; asked for another minute, it lets go of the one before."""

    @functools.lru_cache(maxsize=MOST)
    def rendered(
        _language: str | None, template_name: str, values: tuple[tuple[str, Any], ...]
    ) -> SafeString:
        return _render(template_name, values)

    return rendered
