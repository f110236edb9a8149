"""One button for all: contact details and every offer of a provider."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import OfferStatus
from providers.models import AuditEvent, Confirmation, Offer
from providers.rules.clocks import forget_region_clocks
from tests.factories import OfferFactory, RegionClockFactory, WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(provider):
    return OfferFactory(provider=provider, title="Koken met je buren", confirmed_on=days_ago(100))


def address(provider):
    return reverse("selfservice:confirm_provider", args=[provider.pk])


def shown(*offers):
    return {"aanbod": [str(offer.pk) for offer in offers]}


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_the_page_lists_what_it_will_confirm(client, log_in_as, provider, offer, second, who):
    log_in_as(who)
    gone = OfferFactory(provider=provider, title="Van vroeger", status=OfferStatus.ARCHIVED)
    text = client.get(address(provider)).content.decode()
    for words in ("Samen hardlopen", "Koken met je buren", provider.phone, provider.email):
        assert words in text
    assert "3 maanden geleden bevestigd" in text
    assert gone.title not in text


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_one_button_confirms_everything(client, log_in_as, provider, offer, second, who):
    user = log_in_as(who)
    response = client.post(address(provider), shown(offer, second), follow=True)
    assert "2 soorten aanbod zijn bevestigd" in response.content.decode()
    for row in (offer, second, provider):
        row.refresh_from_db()
        assert row.confirmed_on == timezone.localdate()
    assert set(Confirmation.objects.values_list("by", "via", "fact")) == {
        (user.pk, "login", "offer"),
        (user.pk, "login", "contact"),
    }


def test_an_offer_that_was_not_on_the_page_is_not_confirmed(
    client, log_in_as, provider, offer, second
):
    log_in_as("owner")
    client.post(address(provider), shown(offer))
    second.refresh_from_db()
    assert second.confirmed_on == days_ago(100)


def test_an_offer_of_another_provider_is_not_confirmed(client, log_in_as, provider, offer):
    log_in_as("owner")
    other = OfferFactory()
    client.post(address(provider), shown(offer, other))
    other.refresh_from_db()
    assert other.confirmed_on is None


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("staff", 404), ("reader", 403)])
def test_others_confirm_nothing(client, log_in_as, provider, offer, method, who, status):
    log_in_as(who)
    data = {"data": shown(offer)} if method == "post" else {}
    assert getattr(client, method)(address(provider), **data).status_code == status
    assert not Confirmation.objects.exists()
    assert not AuditEvent.objects.filter(action="offer.confirmed").exists()


@pytest.mark.parametrize("who", ["owner", "colleague"])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_writers_delete_nothing(client, log_in_as, provider, offer, method, who):
    log_in_as(who)
    assert getattr(client, method)(address(provider)).status_code == 405


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_who_is_not_logged_in_goes_to_the_log_in_page(client, provider, offer, method):
    response = getattr(client, method)(address(provider))
    assert response["Location"].startswith(reverse("account_login"))
    assert not Confirmation.objects.exists()


def test_the_portal_asks_by_the_strictest_clock(client, log_in_as, provider, region):
    log_in_as("owner")
    OfferFactory(provider=provider, municipalities=[region.leiden], confirmed_on=days_ago(0))
    WaitTimeFactory(offer=provider.offers.get(), measured_on=days_ago(11))
    assert "Vraagt aandacht" not in client.get(reverse("selfservice:portal")).content.decode()
    RegionClockFactory(region=region.leiden.region, days=10)
    forget_region_clocks()
    assert "Vraagt aandacht" in client.get(reverse("selfservice:portal")).content.decode()


def test_one_button_confirms_hundreds_of_offers(client, log_in_as, provider):
    log_in_as("owner")
    Offer.objects.bulk_create(
        Offer(provider=provider, title=f"Aanbod {number}", level=1, status=OfferStatus.PUBLISHED)
        for number in range(600)
    )
    (field,) = re.findall(
        r'name="aanbod" value="([^"]*)"', client.get(address(provider)).content.decode()
    )
    client.post(address(provider), {"aanbod": field})
    assert not provider.offers.exclude(confirmed_on=timezone.localdate()).exists()
