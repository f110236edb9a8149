"""Who guesses at a password is stopped; the owner of the account is not."""

import re

import pytest
from allauth.core.internal import ratelimit
from django.core import mail
from django.urls import reverse

from socialekaart import settings as real_settings
from tests.factories import PASSWORD, UserFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

EMAIL = "eigenaar@voorbeeld.example"
THIEF, HOME = "203.0.113.7", "198.51.100.20"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.ACCOUNT_RATE_LIMITS = real_settings.ACCOUNT_RATE_LIMITS


@pytest.fixture
def clock(monkeypatch):
    """Return a function that lets time pass for the limits, without waiting."""
    now = [1_000_000.0]
    monkeypatch.setattr(ratelimit.time, "time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


@pytest.fixture
def owner():
    return UserFactory(email=EMAIL, password=PASSWORD)


def at(address):
    return StrictClient(REMOTE_ADDR=address)


def log_in(browser, password, email=EMAIL):
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def guess(address, times, email=EMAIL):
    """Guess wrong so many times, each in a new browser; return the last page."""
    answers = [log_in(at(address), f"fout wachtwoord {n}", email) for n in range(times)]
    return answers[-1].content.decode()


def test_ten_wrong_guesses_do_not_lock_the_owner_out(owner):
    guess(THIEF, 10)
    assert log_in(at(HOME), PASSWORD).status_code == 302


def test_who_guessed_ten_times_wrong_is_told_so(owner):
    assert "te vaak een verkeerd wachtwoord" in guess(THIEF, 10)


def test_the_one_who_guessed_gets_nothing_even_with_the_right_password(owner):
    guess(THIEF, 10)
    assert log_in(at(THIEF), PASSWORD).status_code == 200


def test_a_guesser_gets_twenty_a_day_however_slowly(owner, clock):
    for _ in range(5):
        guess(THIEF, 4)
        clock(600)
    assert "te vaak een verkeerd wachtwoord" in guess(THIEF, 1)
    clock(24 * 60 * 60)
    assert log_in(at(THIEF), PASSWORD).status_code == 302


def test_a_browser_that_was_in_before_gets_in_beside_the_guesser(owner):
    browser = at(THIEF)  # behind the same address, as in one office
    log_in(browser, PASSWORD)
    browser.post(reverse("account_logout"))
    guess(THIEF, 10)
    assert log_in(browser, PASSWORD).status_code == 302


@pytest.mark.slow
def test_many_machines_together_are_stopped_and_a_known_browser_is_not(owner):
    browser = at(HOME)
    log_in(browser, PASSWORD)
    browser.post(reverse("account_logout"))
    for n in range(25):
        guess(f"203.0.113.{n}", 4)
    assert "te vaak een verkeerd wachtwoord" in guess("203.0.113.99", 1)
    assert log_in(browser, PASSWORD).status_code == 302


@pytest.mark.slow
def test_a_new_password_by_mail_always_gets_one_in(owner):
    for n in range(25):
        guess(f"203.0.113.{n}", 4)
    browser, new = at(HOME), "fietspomp regenjas koekje dak"
    browser.post(reverse("account_reset_password"), {"email": EMAIL})
    (path,) = re.findall(r"https?://[^/\s]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    form = browser.get(path, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": new, "password2": new})
    assert log_in(browser, new).status_code == 302


def test_a_known_browser_is_no_way_to_guess(owner):
    browser = at(THIEF)
    log_in(browser, PASSWORD)
    browser.post(reverse("account_logout"))
    answers = [log_in(browser, f"fout wachtwoord {n}").content.decode() for n in range(11)]
    assert "te vaak een verkeerd wachtwoord" in answers[-1]
    assert "te vaak een verkeerd wachtwoord" not in answers[-2]


def test_a_browser_is_known_for_its_own_account_only(owner):
    UserFactory(email="ander@voorbeeld.example", password=PASSWORD)
    browser = at(THIEF)
    log_in(browser, PASSWORD, "ander@voorbeeld.example")
    browser.post(reverse("account_logout"))
    guess(THIEF, 5)
    assert log_in(browser, PASSWORD).status_code == 200


@pytest.mark.parametrize("cookie", ["", "onzin", "a:b:c", "WzFd:1abc:xyz"])
def test_a_made_up_cookie_makes_nobody_known(owner, cookie):
    browser = at(THIEF)
    browser.cookies["sk_bekend"] = cookie
    guess(THIEF, 5)
    assert log_in(browser, PASSWORD).status_code == 200


def test_a_change_of_password_makes_browsers_unknown(owner):
    browser = at(THIEF)
    log_in(browser, PASSWORD)
    browser.post(reverse("account_logout"))
    owner.set_password("fietspomp regenjas koekje dak")
    owner.save()
    guess(THIEF, 5)
    assert log_in(browser, "fietspomp regenjas koekje dak").status_code == 200


def test_one_password_on_many_accounts_is_stopped(owner):
    for n in range(10):
        guess(THIEF, 1, f"iemand{n}@voorbeeld.example")
    assert log_in(at(THIEF), PASSWORD).status_code == 200
    assert log_in(at(HOME), PASSWORD).status_code == 302


def test_an_ipv6_network_counts_as_one(owner):
    for n in range(5):
        guess(f"2001:db8:1:1::{n + 1}", 1)
    assert log_in(at("2001:db8:1:1::99"), PASSWORD).status_code == 200
    assert log_in(at("2001:db8:1:2::1"), PASSWORD).status_code == 302
