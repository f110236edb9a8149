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
    """What the browser sends of the step 'Wat het is' of this offer, nothing changed."""
    return {
        "version": str(offer.version),
        "title": offer.title,
        "summary": offer.summary,
        "level": str(offer.level),
        "help_kind": offer.help_kind,
    }


@pytest.fixture
def typed_whom(offer):
    """The same of the step 'Voor wie'."""
    return {
        "version": str(offer.version),
        "main_question": "somberheid",
        "other_questions": ["stress"],
        "age_min": "12",
        "age_max": "17",
    }


@pytest.fixture
def typed_where(offer):
    """The same of the step 'Hoe en waar'."""
    return {
        "version": str(offer.version),
        "formats": ["individueel"],
        "locations": [str(place.pk) for place in offer.locations.all()],
    }


@pytest.fixture
def typed_start(offer):
    """The same of the step 'Hoe het begint'."""
    return {
        "version": str(offer.version),
        "how_to_start": offer.how_to_start,
        "cost": offer.cost,
    }
