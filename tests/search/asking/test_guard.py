"""Text that could point at one person is refused, and so is text that is too long."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from search.asking.forms import AskForm
from search.asking.guard import BSN_WEIGHTS, MAX_LENGTH, refuse_personal_data

# A number that passes the eleven-check and was never given out.
BSN = "111222333"


BSN_AS_TYPED = [
    "111/222/333",
    "111_222_333",
    "111,222,333",
    "111–222–333",
    "111  222  333",
    "111\u00a0222\u00a0333",
    "1112.22.333",
    "1 1 1 2 2 2 3 3 3",
]
PHONES_AS_TYPED = [
    "06/12345678",
    "06.12.34.56.78",
    "06_1234_5678",
    "06–12345678",
    "06\u00a012345678",
    "06 - 12345678",
    "071/516 16 16",
    "+31612345678",
    "+31 (0)71 - 516 16 16",
    "+ 31 6 12345678",
    "0031-6-12345678",
    "31 6 12345678",
    "+32 470 12 34 56",
]
ADDRESSES_AS_TYPED = [
    "jan @ gmail.com",
    "jan@gmail",
    "jan@gmail . com",
    "jan[at]gmail.com",
    "jan (at) gmail punt com",
    "jan [at] voorbeeld [dot] nl",
    "jan.de.vries AT voorbeeld.nl",
    "jan apenstaartje ziggo punt nl",
]
DATES_AS_TYPED = [
    "3e maart 2012",
    "3 mrt '12",
    "derde maart 2012",
    "maart 3, 2012",
    "31ste dec 2010",
    "03032012",
    "20120303",
    "3-3-12",
    "3/3/12",
    "3 - 3 - 12",
    "3 - 3 - 2012",
    "3–3–2012",
    "03_03_2012",
    "2012/03/03",
    "2012 03 03",
]


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
        *((f"bsn {number}", "een burgerservicenummer") for number in BSN_AS_TYPED),
        *((f"bel {number} morgen", "een telefoonnummer") for number in PHONES_AS_TYPED),
        *((f"mail {address} even", "een e-mailadres") for address in ADDRESSES_AS_TYPED),
        *((f"geb. {date} somber", "een geboortedatum") for date in DATES_AS_TYPED),
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
        "0-12 jaar",
        "2311 AB 14 jaar",
        "tussen 9.00-12.00",
        "van 09.00-12.00 en 13.00-17.00",
        "ma 9.00-12.00, 13.00-17.00",
        "0-4, 4-12, 12-18 jaar",
        "kinderen van 4, 6, 8, 10, 12 en 14",
        "6, 8, 10, 12, 14 jaar",
        "10/11/12 jaar",
        "groep 6/7/8",
        "zij at niets. nu wel",
        "hij at vanmorgen niet",
        "sinds einde maart 2012",
        "schooljaar 2023/2024",
        "2311, 2312, 2352",
        "24/7 toezicht",
        "in juni 16 weken zwanger",
        "rond 3 mei 8 jaar",
        "nummer 20231301",
        "schuld van 12.500 euro",
    ],
)
def test_ordinary_questions_pass(text):
    refuse_personal_data(text)


def test_the_longest_text_passes():
    refuse_personal_data("a" * MAX_LENGTH)


def test_a_longer_one_is_refused():
    with pytest.raises(ValidationError, match="hoogstens 200 tekens"):
        refuse_personal_data("a" * (MAX_LENGTH + 1))


def test_the_field_takes_as_much_as_the_guard():
    assert AskForm().fields["vraag"].widget.attrs["maxlength"] == MAX_LENGTH


def test_how_much_too_long_it_is_stands_in_the_sentence():
    with pytest.raises(ValidationError, match="Dit zijn er 234"):
        refuse_personal_data("a" * 234)


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2026, 11, 1)),
    form=st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%d%m%Y", "%Y%m%d", "%d.%m.%y", "%d %m %Y"]),
)
def test_every_date_is_refused(day, form):
    with pytest.raises(ValidationError):
        refuse_personal_data(f"kind {day.strftime(form)} somber")


@given(ages=st.lists(st.integers(0, 27), max_size=12), link=st.sampled_from([", ", " en ", " of "]))
def test_no_list_of_ages_is_refused(ages, link):
    refuse_personal_data(f"kinderen van {link.join(map(str, ages))} jaar")


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
