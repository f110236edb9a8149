"""Text that could point at one person is refused, and so is text that is too long."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from search.guard import BSN_WEIGHTS, MAX_LENGTH, refuse_personal_data

# A number that passes the eleven-check and was never given out.
BSN = "111222333"


def with_check_digit(digits):
    total = sum(weight * digit for weight, digit in zip(BSN_WEIGHTS, digits, strict=False))
    return total % 11


eight_digits = st.lists(st.integers(0, 9), min_size=8, max_size=8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"meisje somber {BSN}", "een burgerservicenummer"),
        ("bsn 111.222.333", "een burgerservicenummer"),
        ("bsn 111 222 333 Leiden", "een burgerservicenummer"),
        ("bsn 111-222-333", "een burgerservicenummer"),
        ("mail jan@voorbeeld.example", "een e-mailadres"),
        ("JAN.DE.VRIES+HULP@VOORBEELD.EXAMPLE", "een e-mailadres"),
        ("bel 06 12345678", "een telefoonnummer"),
        ("bel 06-12 34 56 78", "een telefoonnummer"),
        ("bel +31 6 12345678", "een telefoonnummer"),
        ("bel 071-5121234", "een telefoonnummer"),
        ("geboren 3-4-2012", "een geboortedatum"),
        ("geboren 03/04/2012", "een geboortedatum"),
        ("geboren 3.4.2012", "een geboortedatum"),
        ("geboren 3 4 2012", "een geboortedatum"),
        ("geboren 2012-04-03", "een geboortedatum"),
        ("geboren 03-04-12", "een geboortedatum"),
        ("bel (071) 512 12 34", "een telefoonnummer"),
        ("bel +31 (0)6 12345678", "een telefoonnummer"),
        ("geboren 3 april 2012", "een geboortedatum"),
        ("geboren op 12 mrt 2011 in Leiden", "een geboortedatum"),
    ],
)
def test_what_identifies_a_person_is_refused_by_name(text, words):
    with pytest.raises(ValidationError, match=words):
        refuse_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "meisje 14 somber, gaat niet meer naar school, Leiden",
        "bijna 18 en schulden",
        "2312 AB Leiden",
        "groep 7, 10 jaar, 3 keer per week",
        "3 kinderen van 4, 8 en 12",
        "van 12 tot 18 jaar",
        "111222334",
        "sinds 2019 somber",
        "6 @ school",
        "start in mei 2026",
        "12-18 jaar",
        "0-4 jaar",
    ],
)
def test_ordinary_questions_pass(text):
    refuse_personal_data(text)


def test_the_longest_text_passes():
    refuse_personal_data("a" * MAX_LENGTH)


def test_a_longer_one_is_refused():
    with pytest.raises(ValidationError, match="hoogstens 200 tekens"):
        refuse_personal_data("a" * (MAX_LENGTH + 1))


def test_what_was_typed_is_not_in_the_refusal():
    with pytest.raises(ValidationError) as error:
        refuse_personal_data(f"Fleur {BSN}")
    assert not {"Fleur", BSN} & set(str(error.value).split())


@given(digits=eight_digits)
def test_every_number_that_passes_the_eleven_check_is_refused(digits):
    check = with_check_digit(digits)
    if check == 10 or not any(digits):
        return
    number = "".join(map(str, [*digits, check]))
    with pytest.raises(ValidationError):
        refuse_personal_data(f"kind {number} somber")


@given(text=st.text(max_size=300))
def test_any_text_is_passed_or_refused(text):
    try:
        refuse_personal_data(text)
    except ValidationError as error:
        assert error.messages  # noqa: PT017 - either way is fine, anything else is not
