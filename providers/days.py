"""Days that can be meant: what lies outside is a typing error, such as the year 0026."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The law that made youth care a task of municipalities is of 2015; files go back a little further.
EARLIEST = dt.date(2000, 1, 1)
YEARS_AHEAD = 20
# A wait of longer ago says nothing about anybody who is referred today.
YEARS_MEASURED_AGO = 5

FORMAT = _("Typ een datum, bijvoorbeeld 31-12-2026.")
TOO_EARLY = _("Deze datum ligt te ver terug. Klopt het jaar %(year)s?")
TOO_LATE = _("Deze datum ligt te ver in de toekomst. Klopt het jaar %(year)s?")
PAST = _("Deze datum is al voorbij.")
FUTURE = _("Deze datum ligt in de toekomst.")


def check_day(day: dt.date) -> None:
    """Raise ValidationError for a day that nobody means: before 2000, or over twenty years ahead.

    Every date column that people or files fill in has this as its validator.
    """
    if day < EARLIEST:
        raise ValidationError(TOO_EARLY, "too_early", {"year": f"{day.year:04}"})
    if day.year > timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError(TOO_LATE, "too_late", {"year": day.year})


def check_happened(day: dt.date) -> None:
    """Raise ValidationError for a day that nobody means, or that is still to come.

    For what somebody found or confirmed; the database has no clock to know it by.
    """
    check_day(day)
    if day > timezone.localdate():
        raise ValidationError(FUTURE, "future")


def check_measured(day: dt.date) -> None:
    """Raise ValidationError for a measurement of to-morrow or of more than five years ago."""
    today = timezone.localdate()
    if day > today:
        raise ValidationError(FUTURE, "future")
    if day.year < today.year - YEARS_MEASURED_AGO:
        raise ValidationError(TOO_EARLY, "too_early", {"year": f"{day.year:04}"})


def to_come(form: forms.BaseForm, name: str) -> Any:
    """Return the day in a field, if it is one. Raises ValidationError when it was put in the past.

    A day that was there already may have passed.
    """
    day = form.cleaned_data[name]
    if day is not None:
        check_day(day)
    if day is not None and name in form.changed_data and day < timezone.localdate():
        raise ValidationError(PAST, "past")
    return day


class DayInput(forms.DateInput):
    """The date field of the browser, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day in a form: no form has a date without these bounds (tests/test_dates.py)."""

    widget = DayInput
    default_validators = [check_day]
    default_error_messages = {"invalid": FORMAT}
