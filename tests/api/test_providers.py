"""What the API says of a provider."""

import pytest

from providers.enums import OfferStatus, ProviderKind
from tests.factories import LocationFactory, OfferFactory, ProviderFactory

pytestmark = pytest.mark.django_db


def test_a_provider_in_full(get):
    provider = ProviderFactory(name="Huis De Linde", kind=ProviderKind.UNKNOWN, agb_code="06123456")
    LocationFactory(provider=provider, street="Waterstraat 1")
    offer = OfferFactory(provider=provider, title="Samen koken")
    OfferFactory(provider=provider, status=OfferStatus.DRAFT)

    found = get(f"providers/{provider.pk}")

    assert found["name"] == "Huis De Linde"
    assert found["kind"] is None
    assert found["agb_code"] == "06123456"
    assert found["kvk_number"] is None
    assert [row["street"] for row in found["locations"]] == ["Waterstraat 1"]
    assert found["offers"] == [
        {
            "id": offer.pk,
            "title": "Samen koken",
            "url": f"http://testserver{offer.get_absolute_url()}",
        }
    ]


def test_a_provider_without_visible_offers_is_not_there(get):
    hidden = OfferFactory(status=OfferStatus.ARCHIVED).provider
    assert get("providers")["results"] == []
    get(f"providers/{hidden.pk}", 404)


def test_a_longer_list_asks_no_more_queries(client, django_assert_num_queries):
    # Count, page, locations, offers, the newest change.
    for wanted in (1, 6):
        for _ in range(wanted):
            LocationFactory(provider=OfferFactory().provider)
        with django_assert_num_queries(5):
            client.get("/api/v1/providers?pageSize=100")
