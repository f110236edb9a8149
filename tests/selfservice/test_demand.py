"""What people ask for near a provider, and the draft one tap makes of it."""

import pytest
from django.urls import reverse

from providers.models import Offer
from tests.factories import (
    GroupProgrammeFactory,
    InterestFactory,
    MembershipFactory,
    ProviderFactory,
)
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db

LINE = {"hulpvraag": "somberheid", "leeftijd": "8-11", "gemeente": "leiden"}


@pytest.fixture
def page(offer, region):
    """The page of the provider, with eight children who look for a group."""
    programme = GroupProgrammeFactory(offer=offer)
    InterestFactory(programme=programme, count=8, municipality=region.leiden)
    return reverse("selfservice:demand", args=[offer.provider_id])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 404), ("staff", 404)])
def test_others_do_not_get_in(client, log_in_as, page, who, status, method):
    log_in_as(who)
    assert getattr(client, method)(page, LINE).status_code == status
    assert not Offer.objects.filter(status="concept").exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_logged_in_goes_to_the_log_in(client, page, method):
    answer = getattr(client, method)(page, LINE)
    assert (answer.status_code, "/account/login/" in answer.url) == (302, True)


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_members_see_what_people_ask_for(client, log_in_as, page, who):
    log_in_as(who)
    text = on_one_line(client.get(page).content.decode())
    assert "10 kinderen" in text
    assert (
        "van 8 tot en met 11 jaar, Leiden en omgeving; geen groep die binnen 6 weken start" in text
    )


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_one_tap_makes_a_draft_to_fill_in(client, log_in_as, page, who):
    user = log_in_as(who)
    answer = client.post(page, LINE, follow=True)
    draft = Offer.objects.get(status="concept")
    assert answer.redirect_chain == [(reverse("selfservice:edit_offer", args=[draft.pk]), 302)]
    assert "niemand anders kan het nog zien" in answer.content.decode()
    assert draft.provider.memberships.filter(user=user).exists()


def test_a_double_tap_makes_one_draft(client, log_in_as, page):
    log_in_as("owner")
    for _ in range(2):
        assert client.post(page, LINE).status_code == 302
    assert Offer.objects.filter(status="concept").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"hulpvraag": "bestaat-niet"},
        {"hulpvraag": "\x00"},
        {"leeftijd": "9"},
        {"leeftijd": ""},
        {"gemeente": "atlantis"},
        {"gemeente": "katwijk"},
    ],
    ids=str,
)
def test_a_line_that_is_not_on_the_page_does_not_exist(client, log_in_as, page, wrong):
    log_in_as("owner")
    assert client.post(page, LINE | wrong).status_code == 404
    assert not Offer.objects.filter(status="concept").exists()


@pytest.mark.parametrize("method", ["delete", "put"])
def test_other_methods_are_refused(client, log_in_as, page, method):
    log_in_as("owner")
    assert getattr(client, method)(page).status_code == 405


def test_an_unknown_municipality_shows_the_own_one(client, log_in_as, page):
    log_in_as("owner")
    answer = client.get(f"{page}?gemeente=atlantis")
    assert answer.context["picture"].area.centre.name == "Leiden"
    assert "Kies een gemeente uit de lijst." in answer.content.decode()


def test_a_provider_that_works_nowhere_yet_is_asked_where(client, log_in, provider):
    user = log_in()
    empty = ProviderFactory()
    MembershipFactory(user=user, provider=empty)
    page = client.get(reverse("selfservice:demand", args=[empty.pk]))
    assert "Vertel eerst in welke gemeenten u werkt." in page.content.decode()
