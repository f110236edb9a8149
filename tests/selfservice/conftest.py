"""People around one offer: owner, colleague, reader and stranger."""

import pytest

from providers.enums import Role
from tests.factories import LocationFactory, MembershipFactory, OfferFactory, ProviderFactory

WRITERS = {"owner": Role.MANAGER, "colleague": Role.EDITOR}


@pytest.fixture
def provider(db):
    return ProviderFactory(name="Buurthuis De Brug")


@pytest.fixture
def offer(provider, region):
    place = LocationFactory(provider=provider)
    return OfferFactory(
        provider=provider,
        title="Samen hardlopen",
        municipalities=[region.leiden],
        help_questions=["somberheid", "stress"],
        locations=[place],
    )


@pytest.fixture
def log_in_as(log_in, provider):
    """Return a function that logs somebody in: owner, colleague, reader, stranger, staff."""

    def _log_in_as(who):
        if who == "staff":
            return log_in(is_staff=True, is_superuser=True)
        user = log_in()
        if who == "stranger":
            MembershipFactory(user=user, provider=ProviderFactory(), role=Role.MANAGER)
        else:
            MembershipFactory(user=user, provider=provider, role=WRITERS.get(who, Role.VIEWER))
        return user

    return _log_in_as


@pytest.fixture
def typed(offer):
    """What the browser sends of the edit form of this offer, nothing changed."""
    return {
        "version": str(offer.version),
        "title": offer.title,
        "summary": offer.summary,
        "how_to_start": offer.how_to_start,
        "cost": offer.cost,
        "level": str(offer.level),
        "help_kind": offer.help_kind,
        "age_min": "12",
        "age_max": "17",
        "main_question": "somberheid",
        "other_questions": ["stress"],
        "formats": ["individueel"],
        "locations": [str(place.pk) for place in offer.locations.all()],
    }
