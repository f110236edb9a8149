"""Who saves a text of their own organisation says that it is right: an edit and a confirmation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import ConfirmedVia, DatedFact
from providers.models import Confirmation, Offer, Provider
from providers.services.offers import update_offer
from providers.services.providers import CONTACT_FIELDS, update_provider
from tests.factories import WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed_before(offer):
    Offer.objects.filter(pk=offer.pk).update(confirmed_on=days_ago(12))


def test_saving_an_offer_confirms_it_today(client, log_in_as, offer, typed, confirmed_before):
    user = log_in_as("colleague")
    client.post(
        reverse("selfservice:edit_what", args=[offer.pk]), {**typed, "summary": "Elke dinsdag."}
    )
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()
    row = Confirmation.objects.get()
    assert (row.by, row.fact, row.via) == (user, DatedFact.OFFER, ConfirmedVia.LOGIN)
    assert "bevestigd vandaag" in client.get(reverse("selfservice:portal")).content.decode().lower()


def test_it_confirms_no_wait_and_no_contact_details(client, log_in_as, offer, typed):
    log_in_as("owner")
    WaitTimeFactory(offer=offer, measured_on=days_ago(25))
    client.post(reverse("selfservice:edit_what", args=[offer.pk]), typed)
    offer.refresh_from_db()
    offer.provider.refresh_from_db()
    assert (offer.wait_measured_on, offer.provider.confirmed_on) == (days_ago(25), None)


def test_a_text_that_is_refused_confirms_nothing(client, log_in_as, offer, typed, confirmed_before):
    log_in_as("owner")
    client.post(reverse("selfservice:edit_what", args=[offer.pk]), {**typed, "title": ""})
    assert not Confirmation.objects.exists()


def test_an_edit_by_somebody_else_confirms_nothing(offer, confirmed_before):
    update_offer(by=None, offer=offer, summary="Elke dinsdag.")
    offer.refresh_from_db()
    assert offer.confirmed_on == days_ago(12)


CONTACT = dict.fromkeys(CONTACT_FIELDS, "") | {"email": "nieuw@debrug.example"}


def test_contact_details_that_their_provider_saves_are_confirmed(offer, provider):
    update_provider(by=None, provider=provider, confirmed_via=ConfirmedVia.LOGIN, **CONTACT)
    assert Provider.objects.get(pk=provider.pk).confirmed_on == timezone.localdate()
    assert Confirmation.objects.get().fact == DatedFact.CONTACT


def test_one_detail_does_not_confirm_the_others(offer, provider):
    update_provider(
        by=None, provider=provider, confirmed_via=ConfirmedVia.LOGIN, phone="071 5150000"
    )
    assert Provider.objects.get(pk=provider.pk).confirmed_on is None
