"""The age asked for: one, or from one to another."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from providers.rules.ages import Ages

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
