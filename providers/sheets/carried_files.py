"""A file that goes along with the page that shows what it would do: nothing of it is kept here."""

import base64
import binascii
import zlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST_UNPACKED = 20_000_000  # bytes
# So much fits, packed and written as text, in the form that confirms it.
LARGEST_PACKED = 900_000  # letters
NO_FILE = _("Dit is geen bestand. Kies het opnieuw.")
TOO_LARGE = _(
    "Dit bestand is te groot voor deze pagina. Sla het op als Excel (.xlsx) of knip het in stukken."
)


def packed(content: bytes) -> str:
    """Return a file as text, small enough for a form. Raises ValidationError when it is not."""
    text = base64.b64encode(zlib.compress(content, 9)).decode()
    if len(text) > LARGEST_PACKED:
        raise ValidationError(TOO_LARGE)
    return text


def unpacked(text: str) -> bytes:
    """Return the file that was packed. Raises ValidationError for anything else."""
    unpack = zlib.decompressobj()
    try:
        content = unpack.decompress(base64.b64decode(text, validate=True), LARGEST_UNPACKED)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise ValidationError(NO_FILE) from error
    if not unpack.eof:
        raise ValidationError(NO_FILE)
    return content


class CarriedFileField(forms.CharField):
    """A file in a hidden field; cleans to its bytes."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        return unpacked(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return packed(value) if isinstance(value, bytes) else value


class SheetField(forms.FileField):
    """A spreadsheet that somebody chooses; cleans to its bytes."""

    default_error_messages = {
        "required": _("Kies een bestand."),
        "empty": _("Dit bestand is leeg."),
        "missing": _("Kies een bestand."),
    }
    widget = forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        content = upload.read()
        packed(content)  # refuses beside the field what would not fit in the next page
        upload.content = content
        return upload
