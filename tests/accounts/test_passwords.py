"""Which passwords are good enough, and what is said of the others."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.passwords import GuessableValidator
from tests.factories import PASSWORD, UserFactory

EASY = [
    "wachtwoord123",
    "Wachtwoord2026!",
    "wachtwoord-123",
    "W@chtw00rd1234",
    "welkom01welkom",
    "welkomthuis2024",
    "Zomer2026zomer",
    "geheim geheim geheim",
    "ikhouvanjou123",
    "FeyenoordAjax010",
    "socialekaart2026",
    "demo-sociale-kaart",
    "HollandRijnland1",
    "Leiden2026!!!",
    "Gemeente-Leiden1",
    "jeugdteamleiden12",
    "Oegstgeest2025!",
    "123456789012",
    "qwertyuiop123",
    "aaaaaaaaaaaa",
]
GOOD = [
    PASSWORD,
    "een-lang-wachtwoord-1",
    "vier losse woorden naast elkaar",
    "fietspomp-regenjas-koekje",
    "tafel kikker dak orgel",
    "kXq9!vT2mLp0",
]


@pytest.mark.parametrize("password", EASY)
def test_what_everybody_tries_first_is_refused_in_dutch(password):
    with pytest.raises(ValidationError) as error:
        validate_password(password)
    assert any("te makkelijk te raden" in text for text in error.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_what_nobody_guesses_is_fine(password):
    validate_password(password)


@given(
    st.sampled_from(["wachtwoord", "welkom", "geheim", "zomer", "leiden", "katwijk", "jeugdhulp"]),
    st.integers(0, 9999),
    st.sampled_from(["", "!", "!!", "?", "#1"]),
    st.booleans(),
)
def test_a_common_word_with_a_number_is_refused(word, number, signs, capital):
    password = f"{word.capitalize() if capital else word}{number}{signs}"
    with pytest.raises(ValidationError):
        GuessableValidator().validate(password)


def test_ones_own_name_is_a_common_word():
    user = User(email="marijke.terpstra@debrug.example", name="Marijke Terpstra")
    validate_password("terpstramarijke")  # nobody knows whose it is
    with pytest.raises(ValidationError):
        GuessableValidator().validate("terpstramarijke", user)


def test_a_very_long_text_is_read_quickly():
    validate_password("tafel kikker dak orgel " * 200)


@pytest.mark.django_db
def test_the_reason_stands_beside_the_field(client, log_in):
    log_in(UserFactory(password=PASSWORD))
    typed = {"oldpassword": PASSWORD, "password1": "wachtwoord123", "password2": "wachtwoord123"}
    page = client.post(reverse("account_change_password"), typed).content.decode()
    assert "te makkelijk te raden" in page
    assert "Neem vier losse woorden" in page


@pytest.mark.django_db
def test_a_short_one_is_refused_in_dutch(client, log_in):
    log_in(UserFactory(password=PASSWORD))
    typed = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
    page = client.post(reverse("account_change_password"), typed).content.decode()
    assert "password is" not in page
    assert "Dit wachtwoord is te kort" in page


@pytest.mark.django_db
def test_two_that_differ_are_told_apart_politely(client, log_in):
    log_in(UserFactory(password=PASSWORD))
    typed = {"oldpassword": PASSWORD, "password1": GOOD[3], "password2": GOOD[4]}
    page = client.post(reverse("account_change_password"), typed).content.decode()
    assert "niet hetzelfde als het wachtwoord hierboven" in page
