"""An offer is closed for a while and opens by itself; it is archived, brought back and copied."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from providers.enums import OfferStatus
from providers.models import AuditEvent, Offer
from providers.rules.publishing.closing import closed_words
from providers.services.publishing.lifecycle import close_offers, copy_offer, restore_offer
from selfservice.portal import parts_of
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import elements, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


def page(name, row):
    return reverse(f"selfservice:{name}", args=[row.pk])


def close(client, provider, *offers, first=0, last=9, **more):
    days = {"first": days_ago(-first).isoformat(), "last": days_ago(-last).isoformat()}
    data = {"offers": [str(offer.pk) for offer in offers]} | days | more
    return client.post(page("close_offers", provider), data, follow=True)


def card(client, **query):
    return client.get("/", {"hulpvraag": "somberheid", **query}).content.decode()


def cards(client, **query):
    """The titles of the results themselves."""
    found = elements(card(client, **query), class_="sk-card__title")
    return [text_of(one) for one in found]


def test_some_offers_are_closed_until_a_day(client, owner, provider, offer):
    other, third = OfferFactory.create_batch(2, provider=provider)
    close(client, provider, offer, other)
    closed = {row.pk: row.closed_until for row in Offer.objects.all()}
    assert closed == {offer.pk: days_ago(-9), other.pk: days_ago(-9), third.pk: None}
    assert AuditEvent.objects.filter(action="offer.closed", by=owner).count() == 2


def test_card_and_page_say_until_when(client, owner, provider, offer):
    WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0)
    close(client, provider, offer)
    offer.refresh_from_db()
    words = closed_words(offer, timezone.localdate())
    assert words.startswith("Dicht t/m ")
    client.logout()
    assert words in card(client)
    assert words in client.get(offer.get_absolute_url()).content.decode()


def test_closed_it_cannot_start_soon(client, owner, provider, offer):
    WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0)
    assert offer.title in cards(client, start=2)
    close(client, provider, offer)
    assert offer.title not in cards(client, start=2)


@pytest.mark.parametrize(("last", "closed"), [(0, True), (1, True), (-1, False)])
def test_the_day_after_the_last_it_is_open_by_itself(offer, last, closed):
    Offer.objects.filter(pk=offer.pk).update(closed_from=days_ago(20), closed_until=days_ago(-last))
    offer.refresh_from_db()
    assert bool(closed_words(offer, timezone.localdate())) is closed


def test_what_is_to_be_closed_later_says_so_and_is_open_still(client, owner, provider, offer):
    WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0)
    close(client, provider, offer, first=5, last=9)
    assert offer.title in cards(client, start=2)
    assert "Dicht van " in card(client)


def test_nobody_is_asked_anything_while_it_is_closed(client, owner, provider, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(40))
    (before,) = parts_of(owner, today=timezone.localdate())
    assert before.rows[0].needs
    assert before.asked_facts(before.rows[0])
    close(client, provider, offer)
    (after,) = parts_of(owner, today=timezone.localdate())
    assert after.rows[0].needs == ()
    assert after.asked_facts(after.rows[0]) == []
    assert not after.rows[0].asks_to_confirm


def test_it_is_opened_again_before_its_day(client, owner, provider, offer):
    close(client, provider, offer)
    close(client, provider, offer, open="ja")
    offer.refresh_from_db()
    assert (offer.closed_from, offer.closed_until) == (None, None)
    assert AuditEvent.objects.filter(action="offer.reopened").exists()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"first": 9, "last": 3}, "De laatste dag is voor de eerste."),
        ({"first": -9, "last": -3}, "Kies een dag die nog komt."),
        ({"first": 0, "last": 500}, "Kies een dag binnen een jaar."),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field(client, owner, provider, offer, days, words):
    answer = close(client, provider, offer, **days)
    assert words in str(answer.context["form"].errors["last"])


def test_without_a_day_or_an_offer_it_is_refused(client, owner, provider, offer):
    answer = client.post(page("close_offers", provider), {})
    assert set(answer.context["form"].errors) == {"offers", "first", "last"}


def test_an_offer_of_another_provider_is_not_closed(client, owner, provider, offer):
    other = OfferFactory()
    answer = close(client, provider, other)
    assert "offers" in answer.context["form"].errors
    other.refresh_from_db()
    assert other.closed_until is None


def test_all_of_them_or_none(offer):
    with pytest.raises(ValidationError):
        close_offers(by=None, offers=[offer], first=days_ago(0), last=days_ago(3))
    assert not AuditEvent.objects.exists()


# --- archive, bring back, copy -------------------------------------------------------------------


def test_an_archived_offer_is_out_of_view_and_comes_back_as_a_draft(client, owner, offer):
    client.post(page("archive_offer", offer))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.ARCHIVED
    assert page("restore_offer", offer) in client.get("/voor-aanbieders/").content.decode()
    client.post(page("restore_offer", offer))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.DRAFT
    client.post(page("publish_offer", offer))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.PUBLISHED


def test_what_is_not_archived_is_not_brought_back(offer):
    restore_offer(by=None, offer=offer)
    offer.refresh_from_db()
    assert (offer.status, AuditEvent.objects.count()) == (OfferStatus.PUBLISHED, 0)


def test_a_copy_is_a_draft_with_the_same_content(client, owner, offer):
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    WaitTimeFactory(offer=offer)
    answer = client.post(page("copy_offer", offer))
    copy = Offer.objects.exclude(pk=offer.pk).get()
    assert answer["Location"] == page("edit_what", copy)
    assert (copy.title, copy.status) == ("Kopie van Samen hardlopen", OfferStatus.DRAFT)
    assert [link.help_question_id for link in copy.question_links.all()] == ["somberheid", "stress"]
    assert copy.service_areas.get().routes == offer.service_areas.get().routes
    assert list(copy.locations.all()) == list(offer.locations.all())
    assert copy.programme.kind == offer.programme.kind


def test_a_copy_takes_over_nothing_that_was_measured(offer):
    Offer.objects.filter(pk=offer.pk).update(confirmed_on=days_ago(1), title="x" * 120)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    WaitTimeFactory(offer=offer)
    copy = copy_offer(by=None, offer=Offer.objects.get(pk=offer.pk))
    assert (copy.confirmed_on, copy.wait_measured_on) == (None, None)
    assert not copy.programme.runs.exists()
    assert offer.service_areas.exists()
