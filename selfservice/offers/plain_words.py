"""A gentle hint when a text reads hard; nothing is refused for it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from providers.models import Offer
from providers.readability import reading_of

FIELDS = ("summary", "description", "how_to_start")


def hint_for(texts: Mapping[str, Any]) -> str:
    """Return which of these texts families may find hard; empty when none is."""
    hard = [name for name in FIELDS if not reading_of(str(texts.get(name) or "")).is_b1]
    if not hard:
        return ""
    fields: list[Any] = [Offer._meta.get_field(name) for name in hard]
    names = ", ".join(f"“{field.verbose_name}”" for field in fields)
    return _(
        "Deze tekst leest moeilijk: %(names)s. Gezinnen krijgen hem op papier mee. Korte zinnen "
        "en gewone woorden helpen."
    ) % {"names": names}
