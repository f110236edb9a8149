"""Refuses passwords that are guessed in minutes, also when what makes them easy is Dutch."""

import csv
import math
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from accounts.models import User

WORDS = Path(__file__).parent / "common_passwords.txt"
# Guesses, as a power of ten. Guessing on the site is slowed down to some dozens a day; this is what
# a stolen database withstands for a while (zxcvbn's own highest grade).
LEAST_GUESSES = 10
# The signs between words, and where they stand.
GUESSES_OF_SIGNS = 1.5
# zxcvbn takes long over long texts, and what stands further on only makes a password better.
LONGEST_READ = 72


class LengthValidator(MinimumLengthValidator):
    """Refuses a short password in our words: Django's own text is not translated."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem minstens %(least)s tekens.") % {
            "least": self.min_length
        }


class GuessableValidator:
    """Estimates how soon a password is guessed by who knows Dutch words and this region."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when it takes too few guesses."""
        words = [*_words_of(user), *common_words()]
        found = zxcvbn(password[:LONGEST_READ], user_inputs=words)
        guesses = min(found["guesses_log10"], _guesses_without_signs(password, words))
        if guesses < LEAST_GUESSES:
            raise ValidationError(self._message(found["sequence"]), code="password_too_guessable")

    def get_help_text(self) -> str:
        return _("Neem vier losse woorden die niets met elkaar of met uw werk te maken hebben.")

    @staticmethod
    def _message(parts: Iterable[dict[str, Any]]) -> str:
        easy = [part["token"] for part in parts if part["pattern"] != "bruteforce"]
        advice = _("Neem vier losse woorden die niets met elkaar of met uw werk te maken hebben.")
        if not easy:
            return _("Dit wachtwoord is te makkelijk te raden.") + " " + advice
        # Only the longest part: it stands on the screen for whoever looks along.
        reason = _("Dit wachtwoord is te makkelijk te raden: het bestaat vooral uit '%(part)s'.")
        return reason % {"part": max(easy, key=len)} + " " + advice


def _guesses_without_signs(password: str, words: list[str]) -> float:
    """Return the guesses for who also tries words with the same few signs between them.

    zxcvbn takes each hyphen between words for an unknown letter.
    """
    plain = "".join(re.findall(r"[^\W_]+", password[:LONGEST_READ]))
    if not plain or plain == password:
        return math.inf
    return float(zxcvbn(plain, user_inputs=words)["guesses_log10"]) + GUESSES_OF_SIGNS


@lru_cache
def common_words() -> tuple[str, ...]:
    """Return words that everybody here would try first, the most common first."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    own = _parts([settings.SITE_NAME, settings.REGION_NAME, settings.CONTACT_EMAIL])
    listed = [line for line in lines if line and not line.startswith("#")]
    return tuple(dict.fromkeys([*own, *listed, *_places()]))


def _places() -> list[str]:
    """Return the names of Dutch municipalities and towns that the reference data has."""
    names = []
    for file in ("municipalities.csv", "towns.csv"):
        path = settings.FIXTURES_DIR / "reference" / file
        with path.open(encoding="utf-8", newline="") as rows:
            names += [row["name"] for row in csv.DictReader(rows)]
    return _parts(names)


def _parts(texts: Iterable[str]) -> list[str]:
    """Return texts without spaces and signs, and the words in them."""
    found = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        found += ["".join(words), *(word for word in words if len(word) > 2)]
    return found


def _words_of(user: User | None) -> list[str]:
    return _parts([user.email, user.name]) if user else []
