"""A provider sees an offer as others will, before anybody else does."""

import pytest
from django.urls import reverse

from providers.enums import OfferStatus
from providers.models import Offer

pytestmark = pytest.mark.django_db

PAGES = ["search:preview", "search:family_preview"]


@pytest.fixture
def draft(offer):
    Offer.objects.filter(pk=offer.pk).update(status=OfferStatus.DRAFT)
    return offer


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["owner", "colleague", "reader"])
def test_members_see_a_draft_as_others_will(client, log_in_as, draft, page, who):
    log_in_as(who)
    answer = client.get(reverse(page, args=[draft.pk]))
    text = answer.content.decode()
    assert "Samen hardlopen" in text
    assert "Alleen u en uw collega&#x27;s zien deze pagina." in text or "collega's zien" in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_learn_that_it_exists(client, log_in_as, draft, page):
    log_in_as("stranger")
    assert client.get(reverse(page, args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_draft_can_be_neither_kept_nor_reported(client, log_in_as, draft, page):
    log_in_as("owner")
    text = client.get(reverse(page, args=[draft.pk])).content.decode()
    assert reverse("search:toggle_kept") not in text
    assert f"/aanbod/{draft.pk}/melden/" not in text


@pytest.mark.parametrize("page", PAGES)
def test_the_overview_leads_there(client, log_in_as, draft, page):
    log_in_as("owner")
    text = client.get(reverse("selfservice:edit_offer", args=[draft.pk])).content.decode()
    assert reverse(page, args=[draft.pk]) in text
