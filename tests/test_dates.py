"""Dates: every date that can be typed has bounds, and absurd ones get a sentence."""

import datetime as dt
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from providers.days import EARLIEST, YEARS_AHEAD, check_day, check_measured
from tests.factories import (
    GroupRunFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
    days_ago,
)

for module in ("search.asking.forms", "selfservice.groups.forms", "demo.samples"):
    import_module(module)
LATEST_YEAR = timezone.localdate().year + YEARS_AHEAD
ABSURD = st.dates(max_value=EARLIEST - dt.timedelta(days=1)) | st.dates(
    min_value=dt.date(LATEST_YEAR + 1, 1, 1)
)


def every_form(base=forms.BaseForm):
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


FORM_FIELDS = {
    f"{form.__module__}.{form.__name__}.{name}": field
    for form in every_form()
    for name, field in getattr(form, "base_fields", {}).items()
    if isinstance(field, forms.DateField) and not issubclass(form, forms.ModelForm)
}
# What model forms, services and files fill in; the rest follows from other facts.
# Dated by the program itself; a request for waits is typed in a form, which has bounds.
OF_OUR_OWN = {
    "OfferIndex", "Interest", "Report", "MissingHelpSignal", "Demand", "SignalAnswer",
    "CoverageSnapshot", "WaitRequest", "AskedProvider", "OfferUse",
}  # fmt: skip
MODEL_FIELDS = {
    f"{model.__name__}.{field.name}": field
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    if field.editable and model.__name__ not in OF_OUR_OWN
}


def test_there_are_dates_to_look_at():
    assert {"WaitTime.measured_on", "GroupRun.enrol_by", "GroupRun.starts_on"} <= set(MODEL_FIELDS)
    assert "selfservice.forms.WaitForm.measured_on" in FORM_FIELDS


@pytest.mark.parametrize("name", FORM_FIELDS)
@given(day=ABSURD)
def test_a_date_in_a_form_has_bounds(name, day):
    with pytest.raises(ValidationError, match="Deze datum ligt"):
        FORM_FIELDS[name].clean(day.isoformat())


@pytest.mark.parametrize("name", MODEL_FIELDS)
@given(day=ABSURD)
def test_a_date_of_the_catalogue_has_bounds(name, day):
    with pytest.raises(ValidationError, match="Deze datum ligt"):
        MODEL_FIELDS[name].clean(day, None)


# What somebody found or confirmed; a run may start in the future.
HAPPENED = {
    "Offer": ("confirmed_on", OfferFactory),
    "Provider": ("confirmed_on", ProviderFactory),
    "GroupRun": ("places_confirmed_on", GroupRunFactory),
    "WaitTime": ("measured_on", WaitTimeFactory),
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", HAPPENED)
@pytest.mark.parametrize(
    "day",
    # To-morrow is counted when the test runs: the list may have been made before midnight.
    [dt.date(9999, 12, 31), dt.date(26, 11, 29), None],
    ids=["the last year", "the year 26", "to-morrow"],
)
def test_no_fact_is_found_or_confirmed_in_another_age_or_to_morrow(model, day):
    name, factory = HAPPENED[model]
    fact = factory()
    setattr(fact, name, day or days_ago(-1))
    with pytest.raises(ValidationError, match="Deze datum ligt") as refusal:
        fact.full_clean()
    assert list(refusal.value.message_dict) == [name]


@given(st.dates(min_value=EARLIEST, max_value=dt.date(LATEST_YEAR, 12, 31)))
def test_a_day_of_our_time_is_a_day(day):
    check_day(day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(26, 11, 29), "Klopt het jaar 0026?"),
        (dt.date(1926, 11, 29), "Klopt het jaar 1926?"),
        (dt.date(9999, 12, 31), "Klopt het jaar 9999?"),
    ],
)
def test_the_sentence_names_the_year(day, words):
    with pytest.raises(ValidationError) as refusal:
        check_day(day)
    assert words in refusal.value.messages[0]


@given(st.dates())
def test_a_measurement_is_of_these_years(day):
    today = timezone.localdate()
    if today - dt.timedelta(days=5 * 365) <= day <= today:
        check_measured(day)
    elif day > today + dt.timedelta(days=1) or day.year < today.year - 5:
        with pytest.raises(ValidationError):
            check_measured(day)
