"""Publishing and archiving in the admin say what happened, and what an offer still lacks."""

import pytest
from django.urls import reverse

from providers.enums import OfferStatus
from providers.models import Offer
from tests.factories import OfferFactory, ProviderFactory, UserFactory, WaitTimeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff")]


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def act(client, action, *offers):
    """Choose an action for these offers in their list; return what it says afterwards."""
    sent = {"action": action, "_selected_action": [offer.pk for offer in offers]}
    answer = client.post(reverse("admin:providers_offer_changelist"), sent, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def bare():
    """A draft that may be published, with little more than that."""
    return OfferFactory(
        status=OfferStatus.DRAFT, title="Samen koken", age_min=None, age_max=None, how_to_start=""
    )


def test_publishing_says_so(client, bare):
    assert "1 aanbod staat op de site." in act(client, "publish", bare)
    assert Offer.objects.get().status == OfferStatus.PUBLISHED


@pytest.mark.parametrize(
    "lack", ["Vul de leeftijd in.", "Kies een locatie", "Vul in hoe het begint.", "wachttijd"]
)
def test_publishing_names_what_is_not_filled_in(client, bare, lack):
    assert lack in act(client, "publish", bare)


def test_of_what_is_filled_in_it_asks_nothing(client):
    draft = OfferFactory(status=OfferStatus.DRAFT, at_home=True, provider__phone="071 000 00 71")
    WaitTimeFactory(offer=draft)
    assert act(client, "publish", draft) == "1 aanbod staat op de site."


def test_what_lacks_a_municipality_is_refused_in_words(client):
    words = act(client, "publish", OfferFactory(status=OfferStatus.DRAFT, municipalities=[]))
    assert "Kies ten minste één gemeente." in words
    assert "staat op de site" not in words


def test_archiving_says_how_many(client):
    assert act(client, "archive", *OfferFactory.create_batch(2)) == "2 keer aanbod is gearchiveerd."


def test_a_second_organisation_of_one_name_does_not_pass_in_silence(client):
    ProviderFactory(name="De Boei")
    sent = {
        "name": "de boei",
        "kind": "onbekend",
        "locations-TOTAL_FORMS": "0",
        "locations-INITIAL_FORMS": "0",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    answer = client.post(reverse("admin:providers_provider_add"), sent, follow=True)
    words = " ".join(str(message) for message in answer.context["messages"])
    assert "Er is al een organisatie met deze naam." in words
