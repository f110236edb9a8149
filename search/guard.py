"""Refuses text that could point at one person. Nothing of what is refused is kept."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 200
NINE_DIGITS = re.compile(r"(?<!\d)(?:\d[ .-]?){8}\d(?!\d)")
EMAIL = re.compile(r"\S+@\S+\.\S+")
PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ ().-]*(?:\d[ ().-]*){8,9}(?!\d)")
BIRTH_DATES = (
    re.compile(r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"),
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1\d{2}(?!\d)"),
    re.compile(
        r"(?<!\d)\d{1,2}[-. ]*(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)"
        r"[a-z]*[-. ]*(?:(?:19|20)\d{2}|'?\d{2})(?!\d)",
        re.IGNORECASE,
    ),
)
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def refuse_personal_data(text: str) -> None:
    """Raise ValidationError when the text is too long or holds what identifies a person."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("Houd het kort: hoogstens %(n)s tekens.") % {"n": MAX_LENGTH}, code="too_long"
        )
    if EMAIL.search(text):
        raise ValidationError(_refusal(_("een e-mailadres")), code="personal")
    if _has_bsn(text):
        raise ValidationError(_refusal(_("een burgerservicenummer")), code="personal")
    if PHONE.search(text):
        raise ValidationError(_refusal(_("een telefoonnummer")), code="personal")
    if any(pattern.search(text) for pattern in BIRTH_DATES):
        raise ValidationError(_refusal(_("een geboortedatum")), code="personal")


def _refusal(what: str) -> str:
    return _(
        "Dit lijkt op %(what)s. Haal dat weg: schrijf niets waaraan iemand te herkennen is."
    ) % {"what": what}


def _has_bsn(text: str) -> bool:
    """Whether nine digits in a row pass the eleven-check of a citizen service number."""
    for found in NINE_DIGITS.finditer(text):
        digits = [int(letter) for letter in found.group() if letter.isdigit()]
        total = sum(weight * digit for weight, digit in zip(BSN_WEIGHTS, digits, strict=True))
        if total % 11 == 0 and any(digits):
            return True
    return False
