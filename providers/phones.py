"""Telephone numbers: read as people type them, stored in one form, printed as people write them.

`phonenumbers` (Google's libphonenumber) knows the numbers. It is used by itself and not through
`django-phonenumber-field`: that keeps E.164 only, in which 112, 113 and 14 0714 do not exist, and
cards read their rows without the ORM.

Kept is E.164 (+31715161616), or the bare digits of a short number that is only dialled as it is.
"""

import functools
import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumbers import (
    NumberFormat,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
)

COUNTRY, COUNTRY_CODE = "NL", 31
# Help, European helplines, and a municipality: 14 with its area code.
SHORT = re.compile(r"11[23]|144|116\d{3}|140\d{2,3}")
# Mobile numbers that nobody can have: for examples, such as those of the demo.
NOBODY = re.compile(r"60{6}\d\d")
# Room for the ways in which people write one: +31 (0)71 - 516 16 16, with spaces around.
LONGEST_TYPED = 40
# The library reads letters as the digits under them on a telephone, and skips other words.
WRITTEN = re.compile(r"(?:tel[.:]*)?[\d\s()+./\-\u00a0\u2007\u202f\u2010-\u2015]+", re.IGNORECASE)
# 071 516 16 16 and 0172 51 61 61, where the library writes 071 516 1616.
THREE_DIGIT_AREAS = "1[16-8]|2[259]|3[124]|4[17-9]|5[124679]"
DUTCH_FORMATS = [
    NumberFormat(
        pattern=pattern,
        format=groups,
        leading_digits_pattern=[start],
        national_prefix_formatting_rule="0\\1",
    )
    for pattern, groups, start in (
        (r"(\d{3})(\d{2})(\d{2})(\d{2})", r"\1 \2 \3 \4", THREE_DIGIT_AREAS),
        (r"(\d{2})(\d{3})(\d{2})(\d{2})", r"\1 \2 \3 \4", "[1-578]"),
    )
]
WITH_AREA = re.compile(r"[1-57]|8[58]")
# Numbers that are not reached with +31 from every network: they are dialled as written here.
DIALLED_AT_HOME = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
}
WRONG = _("Dit is geen telefoonnummer. Schrijf het zoals 071 516 16 16 of 06 12345678.")


def read_phone(text: str) -> str:
    """Return a telephone number as it is stored; empty for nothing. Raises ValueError."""
    typed = text.strip()
    if not typed:
        return ""
    number = _parsed(typed) if WRITTEN.fullmatch(typed) else None
    if number is None:
        raise ValueError(text)
    national = phonenumbers.national_significant_number(number)
    if number.country_code == COUNTRY_CODE and SHORT.fullmatch(national):
        return str(national)
    if not (phonenumbers.is_valid_number(number) or NOBODY.fullmatch(national)):
        raise ValueError(text)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


@functools.lru_cache(maxsize=4000)
def phone_text(stored: str) -> str:
    """Return a number as people write it; one that cannot be read as it is."""
    try:
        digits = read_phone(stored)
    except ValueError:
        return stored
    if SHORT.fullmatch(digits) or not digits:
        cut = 2 if digits.startswith("140") else 3
        return f"{digits[:cut]} {digits[cut:]}".strip()
    number = phonenumbers.parse(digits)
    if number.country_code != COUNTRY_CODE:
        return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    if WITH_AREA.match(phonenumbers.national_significant_number(number)):
        written = phonenumbers.format_by_pattern(number, PhoneNumberFormat.NATIONAL, DUTCH_FORMATS)
    else:
        written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return str(written)


@functools.lru_cache(maxsize=4000)
def phone_link(stored: str) -> str:
    """Return the address of a link that dials a number, tel:+31715161616.

    Empty for nothing, and for what cannot be read as a number: a link that fails is no help.
    """
    try:
        digits = read_phone(stored)
    except ValueError:
        return ""
    number = None if SHORT.fullmatch(digits) else _parsed(digits)
    if number is not None and phonenumbers.number_type(number) in DIALLED_AT_HOME:
        digits = f"0{phonenumbers.national_significant_number(number)}"
    return f"tel:{digits}" if digits else ""


def _as_stored(text: str) -> str:
    """Return a number as it is stored; one that cannot be read as it is."""
    try:
        return read_phone(text)
    except ValueError:
        return text


def _parsed(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, COUNTRY)
    except NumberParseException:
        return None


class PhoneFormField(forms.CharField):
    """A telephone number, however it is written; shows what is stored as people write it."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def to_python(self, value: Any) -> str:
        """Return the number as it is stored."""
        try:
            return read_phone(super().to_python(value) or "")
        except ValueError as error:
            raise ValidationError(WRONG, "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return phone_text(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another number was typed, and not the same one in another way."""
        return super().has_changed(_as_stored(initial or ""), data)


class PhoneField(models.CharField):  # type: ignore[type-arg]
    """A column for a telephone number, however it was written."""

    def to_python(self, value: Any) -> Any:
        """Return the number as it is stored."""
        try:
            return read_phone(value) if isinstance(value, str) else value
        except ValueError as error:
            raise ValidationError(WRONG, "invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database gets, also from what was checked by nobody."""
        prepared = super(models.CharField, self).get_prep_value(value)
        return _as_stored(prepared) if isinstance(prepared, str) else prepared

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{"form_class": PhoneFormField, "max_length": LONGEST_TYPED, **kwargs}
        )
