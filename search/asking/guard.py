"""Refuses text that could point at one person. Nothing of what is refused is kept."""

import datetime as dt
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 200
# What people put between the figures of a number; \s holds the no-break spaces as well.
BETWEEN = r"[\s.,_/\\‐-―-]"
NINE_DIGITS = re.compile(rf"(?<!\d)(?:\d{BETWEEN}{{0,3}}){{8}}\d(?!\d)")
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
PHONE = re.compile(
    rf"(?<!\d)(?:\+\s?31|00\s?31|31(?=\s?6)|0)(?:[()]|{BETWEEN}){{0,4}}"
    rf"(?:\d(?:[()]|{BETWEEN}){{0,3}}){{8,9}}(?!\d)"
)
FOREIGN_PHONE = re.compile(rf"\+\s?[1-9](?:{BETWEEN}{{0,2}}\d){{8,13}}(?!\d)")
# Opening hours and lists of ages have as many figures as a phone number.
HOURS = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?![.:]?\d)")
OLDEST = 27

_TLD = r"(?:nl|com|net|org|eu|be|de|fr|uk|info|nu|io|tr|pl)"
_HOST = r"(?:gmail|hotmail|outlook|live|icloud|yahoo|ziggo|kpnmail|planet|xs4all|protonmail|proton)"
_AT = r"(?:\s*@\s*|\s*[\[({<]\s*(?:at|@|apenstaart(?:je)?)\s*[\])}>]\s*|\s+apenstaart(?:je)?\s+)"
_DOT = r"(?:\s*\.\s*|\s*[\[({]\s*(?:dot|punt|\.)\s*[\])}]\s*|\s+(?:dot|punt)\s+)"
EMAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\S+@\S+\.\S+",
        rf"[\w.+-]{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}{_TLD}\b",
        rf"[\w.+-]{_AT}{_HOST}\b",
        # "zij at niets": the bare word only before what is an address for sure.
        rf"[\w.+-]\s+at\s+(?:{_HOST}\b|[\w-]+(?:\.[\w-]+)*\.{_TLD}\b|[\w-]+\s+(?:punt|dot)\s+{_TLD}\b)",
    )
)

_GAP = r"\s?[\s.,_/\\‐-―-]\s?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d{2}"
_NAMED = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde"
    r"|(?:der|veer|vijf|zes|zeven|acht|negen)tiende|(?:\w+en)?twintigste|(?:eenen)?dertigste)"
)
BIRTH_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}(?!\d)(?!\s*(?:jaar|jr|jarig))",
        # Two figures for the year: three ages of one length are no date.
        rf"(?<!\d){_DAY}\s?([-/._‐-―])\s?{_MONTH}\s?\1\s?'?\d{{2}}(?!\d)(?!\s*-?\s*(?:jaar|jr|jarig))",
        rf"(?<!\d)(?:\d{{1,2}}\s?(?:e|de|ste)?|\b{_ORDINAL})[-._/\s]*{_NAMED}[-.,_/\s]*"
        rf"(?:{_YEAR}|['’]?\d{{2}})(?!\d)(?!\s*(?:uur|jaar|jr|jarig|weken|maanden))",
        rf"\b{_NAMED}[-.\s]*\d{{1,2}}(?:e|ste)?,?\s+{_YEAR}(?!\d)",
    )
)
EIGHT_DIGITS = re.compile(r"(?<!\d)\d{8}(?!\d)")
FIRST_YEAR, LAST_YEAR = 1900, 2099


def refuse_personal_data(text: str) -> None:
    """Raise ValidationError when the text is too long or holds what identifies a person."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("Houd het kort: hoogstens %(n)s tekens. Dit zijn er %(typed)s.")
            % {"n": MAX_LENGTH, "typed": len(text)},
            code="too_long",
        )
    if any(pattern.search(text) for pattern in EMAILS):
        raise ValidationError(_refusal(_("een e-mailadres")), code="personal")
    if _has_birth_date_in_figures(text):
        raise ValidationError(_refusal(_("een geboortedatum")), code="personal")
    if _has_bsn(text):
        raise ValidationError(_refusal(_("een burgerservicenummer")), code="personal")
    if _has_phone(text):
        raise ValidationError(_refusal(_("een telefoonnummer")), code="personal")
    if any(pattern.search(text) for pattern in BIRTH_DATES):
        raise ValidationError(_refusal(_("een geboortedatum")), code="personal")


def _refusal(what: str) -> str:
    return _(
        "Dit lijkt op %(what)s. Haal dat weg: schrijf niets waaraan iemand te herkennen is."
    ) % {"what": what}


def _has_bsn(text: str) -> bool:
    """Whether nine digits pass the eleven-check of a citizen service number.

    The check is one sum; a library for it (python-stdnum) would still leave finding the digits.
    """
    for found in NINE_DIGITS.finditer(text):
        digits = [int(letter) for letter in found.group() if letter.isdigit()]
        total = sum(weight * digit for weight, digit in zip(BSN_WEIGHTS, digits, strict=True))
        if total % 11 == 0 and any(digits) and not _is_list_of_ages(found.group()):
            return True
    return False


def _has_phone(text: str) -> bool:
    text = HOURS.sub(" - ", text) if len(HOURS.findall(text)) > 1 else text
    found: Iterator[re.Match[str]] = PHONE.finditer(text)
    return bool(FOREIGN_PHONE.search(text)) or any(
        not _is_list_of_ages(one.group()) for one in found
    )


def _is_list_of_ages(text: str) -> bool:
    """Whether these are ages one after another: "0-4, 4-12, 12-18"."""
    numbers = re.findall(r"\d+", text)
    return "," in text and all(len(one) <= 2 and int(one) <= OLDEST for one in numbers)


def _has_birth_date_in_figures(text: str) -> bool:
    """Whether eight digits are a date: 03032012, or 20120303."""
    return any(
        _is_date(digits[4:], digits[2:4], digits[:2])
        or _is_date(digits[:4], digits[4:6], digits[6:])
        for digits in EIGHT_DIGITS.findall(text)
    )


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return FIRST_YEAR <= found.year <= LAST_YEAR
