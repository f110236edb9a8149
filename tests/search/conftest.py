"""The real vocabulary for the tests that read lines of text, and the offers of the demo."""

import pytest
from django.core.cache import cache

from providers.models import Offer
from tests.factories import OfferFactory


@pytest.fixture
def words(vocabulary, db):
    """The whole vocabulary, and one offer with words of its own."""
    cache.clear()
    return OfferFactory(title="Boksgroep", summary="Samen boksen.", help_questions=["somberheid"])


@pytest.fixture(scope="module")
def demo_offers(demo):
    """Every visible offer of the demo, with all that hangs on it."""
    whole = Offer.objects.visible().select_related("provider", "programme", "words")
    return list(
        whole.prefetch_related(
            "question_links__help_question",
            "target_groups",
            "locations",
            "service_areas",
            "programme__runs",
        )
    )
