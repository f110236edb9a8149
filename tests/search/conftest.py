"""The real vocabulary for the tests that read lines of text, and the demo region."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from providers.models import Offer
from tests.factories import OfferFactory

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def vocabulary(django_db_setup, django_db_blocker):
    """The real vocabulary and places, loaded once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def words(vocabulary, db):
    """The whole vocabulary, and one offer with words of its own."""
    cache.clear()
    return OfferFactory(title="Boksgroep", summary="Samen boksen.", help_questions=["somberheid"])


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo region on a fixed Monday: every visible offer, with all that hangs on it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY, tick=False),
        transaction.atomic(),
    ):
        cache.clear()
        call_command("load_reference", verbosity=0)
        call_command("load_demo", verbosity=0)
        whole = Offer.objects.visible().select_related("provider", "programme", "words")
        yield list(
            whole.prefetch_related(
                "question_links__help_question",
                "target_groups",
                "locations",
                "service_areas",
                "programme__runs",
            )
        )
        transaction.set_rollback(True)
    cache.clear()
