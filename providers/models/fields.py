"""Columns for what people write in many ways and we keep in one."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WRITTEN_POSTCODE = re.compile(r"([1-9]\d{3})[\s.\-\u2010-\u2015]*([A-Za-z]{2})?", re.ASCII)
# Spaces that a copy from a web page brings along.
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u200b", " "))

# For what stands on one line: an end of a line in a name would end the subject of a mail.
no_unseen = RegexValidator(
    r"[\x00-\x1f\x7f]",
    _("Hier staan tekens in die niemand ziet. Typ de tekst opnieuw."),
    "unseen",
    inverse_match=True,
)


def read_postcode(text: str) -> str:
    """Return a Dutch postcode as we keep it, "2311 CS" or "2311"; other text as it is.

    People write "2311CS", "2311 cs" and "2311-CS".
    """
    typed = text.translate(SPACES).strip()
    match = WRITTEN_POSTCODE.fullmatch(typed)
    return " ".join(filter(None, match.groups())).upper() if match else typed


class PostcodeField(models.CharField):  # type: ignore[type-arg]
    """A Dutch postcode, with its letters or without."""

    # How much may be typed: more than what is kept of it.
    LONGEST_TYPED = 20
    default_validators = [
        RegexValidator(
            r"^[1-9]\d{3}( [A-Z]{2})?\Z", _("Schrijf een postcode zoals 2311 AA of 2311."), "wrong"
        )
    ]

    def to_python(self, value: Any) -> Any:
        """Return the postcode as it is kept."""
        return read_postcode(value) if isinstance(value, str) else value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Say one thing of what is no postcode, and not also that it is too long."""
        try:
            return super().clean(value, model_instance)
        except ValidationError as error:
            wrong = [one for one in error.error_list if one.code == "wrong"]
            raise ValidationError(wrong or error.error_list) from error

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": self.LONGEST_TYPED, **kwargs})
