"""Small parts of a page that come back again and again: rendered once, and then repeated."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString

from providers.languages import cached_per_language

register = template.Library()
MOST = 4000


@register.simple_tag
def part(template_name: str, **values: Hashable) -> SafeString:
    """Include a template that depends on these values alone.

    The values have to be hashable, and equal ones must look the same: words, whole numbers, and
    frozen dataclasses and tuples of those.
    """
    given = tuple(values.items())
    return _render(template_name, given) if settings.DEBUG else _rendered(template_name, given)


def _render(template_name: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(get_template(template_name).render(dict(values)))


_rendered = cached_per_language(MOST)(_render)
