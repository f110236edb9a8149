"""Telephone numbers in templates.

`{{ number|phone }}` to read, `{{ number|tel }}` for the address of a link of your own, and
`{{ number|phone_link }}` for the whole link; a number that cannot be dialled is text.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from providers import phones

register = template.Library()
register.filter("phone", phones.phone_text)
register.filter("tel", phones.phone_link)


@register.filter
def phone_link(number: str) -> SafeString:
    """Return a link that dials this number, with the number as people write it."""
    text, address = phones.phone_text(number), phones.phone_link(number)
    return format_html('<a href="{}">{}</a>' if address else "{1}", address, text)
