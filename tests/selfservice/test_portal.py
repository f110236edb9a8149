"""What a member sees."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import OfferStatus, Role
from providers.services.confirmations import confirm_offer
from selfservice.portal import parts_of
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db

PORTAL = "/voor-aanbieders/"


def _rows(user):
    (part,) = parts_of(user, today=timezone.localdate())
    return {row.offer.title: row for row in part.rows}


def test_who_is_not_logged_in_goes_to_the_log_in_page(client, db):
    response = client.get(PORTAL)
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('account_login')}?next={PORTAL}",
    )


def test_a_member_sees_only_their_own_offers(client, log_in_as, offer):
    other = OfferFactory(title="Van een ander")
    log_in_as("owner")
    text = client.get(PORTAL).content.decode()
    assert "Buurthuis De Brug" in text
    assert "Samen hardlopen" in text
    assert other.title not in text
    assert text.count("<h1") == 1


def test_somebody_without_a_provider_reads_why_there_is_nothing(client, log_in):
    log_in()
    assert "hoort nog niet bij een aanbieder" in client.get(PORTAL).content.decode()


def test_a_reader_gets_no_buttons(client, log_in_as, offer):
    log_in_as("reader")
    text = client.get(PORTAL).content.decode()
    assert "Uw rol: Bekijker" in text
    for page in ("edit_offer", "add_wait", "confirm_offer"):
        assert reverse(f"selfservice:{page}", args=[offer.pk]) not in text


def test_wait_and_run_are_shown_with_their_age(client, log_in_as, offer):
    user = log_in_as("owner")
    WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=4, measured_on=days_ago(4))
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer, is_open=True))
    text = client.get(PORTAL).content.decode()
    assert "Ongeveer 6 weken" in text
    assert "gemeten 4 dagen geleden" in text
    assert "nog 4 van 10 plekken" in text
    assert _rows(user)["Samen hardlopen"].next_run is not None


def test_a_group_one_joins_at_its_start_is_shown_with_its_day(log_in_as, offer):
    user = log_in_as("owner")
    WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=4)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer, is_open=False))
    assert _rows(user)["Samen hardlopen"].pill.text.startswith("Start ")


def test_what_is_out_of_date_comes_first_and_says_why(log_in_as, offer, provider):
    user = log_in_as("owner")
    fine = OfferFactory(provider=provider, title="Alles goed")
    WaitTimeFactory(offer=fine)
    confirm_offer(by=user, offer=fine)
    old = OfferFactory(provider=provider, title="Zeer oud")
    WaitTimeFactory(offer=old, measured_on=days_ago(31))
    GroupRunFactory(programme=GroupProgrammeFactory(offer=old), places_confirmed_on=days_ago(15))
    rows = _rows(user)
    assert list(rows) == ["Samen hardlopen", "Zeer oud", "Alles goed"]
    assert rows["Zeer oud"].needs == ("wachttijd", "vrije plekken", "klopt alles nog?")
    assert rows["Alles goed"].needs == ()


def test_what_is_always_open_is_not_measured_every_month(log_in_as, offer):
    user = log_in_as("owner")
    WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0, measured_on=days_ago(40))
    confirm_offer(by=user, offer=offer)
    assert _rows(user)["Samen hardlopen"].needs == ()


def test_the_button_for_what_is_out_of_date_stands_out(client, log_in_as, offer):
    log_in_as("owner")
    WaitTimeFactory(offer=offer, measured_on=days_ago(31))
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    (row,) = client.get(PORTAL).context["parts"][0].rows
    assert (row.asks_for_wait, row.asks_for_places) == (True, False)


def test_archived_offers_are_named_and_can_only_be_brought_back(client, log_in_as, provider):
    log_in_as("owner")
    gone = OfferFactory(provider=provider, title="Van vroeger", status=OfferStatus.ARCHIVED)
    text = client.get(PORTAL).content.decode()
    assert "Gearchiveerd (1)" in text
    assert "Van vroeger" in text
    assert f'href="{reverse("selfservice:edit_offer", args=[gone.pk])}"' not in text
    assert reverse("selfservice:restore_offer", args=[gone.pk]) in text


def test_more_offers_ask_no_more_queries(log_in_as, django_assert_num_queries):
    user = log_in_as("owner")
    # Memberships with their providers, offers, runs, reports that something is wrong, areas that
    # end; once a minute the clocks of regions.
    parts_of(user, today=timezone.localdate())
    for wanted in (1, 4):
        provider = ProviderFactory()
        MembershipFactory(user=user, provider=provider, role=Role.EDITOR)
        for _ in range(wanted):
            offer = OfferFactory(provider=provider)
            GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
        with django_assert_num_queries(5):
            parts_of(user, today=timezone.localdate())


def test_confirming_changes_the_date_and_nothing_else(client, log_in_as, offer):
    user = log_in_as("colleague")
    response = client.post(reverse("selfservice:confirm_offer", args=[offer.pk]), follow=True)
    before = (offer.version, offer.updated_at)
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()
    assert offer.confirmations.get().by == user
    assert (offer.version, offer.updated_at) == before
    assert "is bevestigd" in response.content.decode()
