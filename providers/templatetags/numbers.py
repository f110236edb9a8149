"""Whole numbers in templates: `{{ total|grouped }}` prints 14000 as '14.000'."""

from django import template

from providers.languages import grouped

register = template.Library()


@register.filter(name="grouped")
def grouped_number(number: int | None) -> str:
    """Return a number as people read it; nothing for none."""
    return "" if number is None else grouped(number)
