"""The real vocabulary, for the tests that read lines of text."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from tests.factories import OfferFactory


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
