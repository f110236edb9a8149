"""Ages: one, or from one to another, and whether help is for them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.index.sql import fetch_all
from providers.models import Offer, OfferIndex
from providers.models.base import MAX_AGE
from providers.rules.ages import (
    AGES_UNKNOWN_SQL,
    FOR_AGES_SQL,
    Ages,
    ages_overlap,
    ages_values,
    for_ages,
    suits_ages,
)
from tests.examples import at_most
from tests.factories import OfferFactory

AGE = st.integers(0, 27)


@pytest.mark.parametrize("text", ["14", " 14 ", "14 jaar", "14-14"])
def test_one_age(text):
    assert Ages.read(text) == Ages(14, 14)


@pytest.mark.parametrize(
    "text", ["9-11", "9 - 11", "9–11", "9 t/m 11", "9 tot en met 11 jaar", "11-9"]
)
def test_from_one_age_to_another(text):
    assert Ages.read(text) == Ages(9, 11)


@pytest.mark.parametrize("text", ["veertien", "9-", "-", "9-11-13", "1e1", "٣", "9" * 5000, "9,5"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValidationError, match="hele jaren"):
        Ages.read(text)


@pytest.mark.parametrize("text", ["28", "-1", "9-28", "1500"])
def test_ages_end_at_27(text):
    with pytest.raises(ValidationError, match="0 tot en met 27"):
        Ages.read(text)


@given(AGE, AGE)
def test_ages_read_back_as_they_are_written(one, other):
    ages = Ages(min(one, other), max(one, other))
    assert Ages.read(str(ages)) == ages


def test_ages_in_words():
    assert (Ages(14, 14).words, Ages(9, 11).words) == ("14 jaar", "9 tot en met 11 jaar")


def test_an_end_left_open_is_the_first_or_last_age():
    assert (Ages.between(None, 5), Ages.between(18, None)) == (Ages(0, 5), Ages(18, 27))


def test_nothing_said_is_no_age():
    assert Ages.between(None, None) is None


# --- whether help is for somebody of these ages ---------------------------------------------------


def in_order(two):
    return two if None in two else tuple(sorted(two))


BOUNDS = st.tuples(st.none() | AGE, st.none() | AGE).map(in_order)


@pytest.mark.django_db
@settings(max_examples=at_most(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offered=BOUNDS, asked=BOUNDS)
def test_every_form_of_the_overlap_says_the_same(offered, asked):
    (low, high), ages = offered, Ages.between(*asked)
    offer = OfferFactory(age_min=low, age_max=high, help_questions=[], municipalities=[])
    expected = ages_overlap(offer, Offer(age_min=asked[0], age_max=asked[1]))
    for rows in (Offer.objects.filter(pk=offer.pk), OfferIndex.objects.filter(pk=offer.pk)):
        assert rows.filter(for_ages(*asked)).exists() is expected
    found = fetch_all(
        f"SELECT {FOR_AGES_SQL}, {AGES_UNKNOWN_SQL} FROM providers_offerindex i"  # noqa: S608
        " WHERE i.offer_id = %(pk)s",
        {"pk": offer.pk, **ages_values(ages or Ages(0, MAX_AGE))},
    )
    assert [tuple(map(bool, row)) for row in found] == [(expected, None in offered)]
    assert suits_ages(offer, ages or Ages(0, MAX_AGE)) is expected
