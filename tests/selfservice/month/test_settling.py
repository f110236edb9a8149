"""Waits and places that a mail asks for, answered on the page of its link."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import ConfirmedVia, DatedFact, Role, WaitSource, WaitStatus
from providers.models import Confirmation, WaitTime
from providers.services.groups import update_places
from selfservice.links import token_for
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.form_fields import Fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(provider):
    user = MembershipFactory(provider=provider, role=Role.EDITOR).user
    return f"/voor-aanbieders/klopt-nog/{token_for(user, provider)}/"


@pytest.fixture
def wait(offer):
    return WaitTimeFactory(offer=offer, measured_on=days_ago(29), intake_weeks=2, treatment_weeks=4)


@pytest.fixture
def run(provider):
    group = OfferFactory(provider=provider, title="Samen sterk", group=True)
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=group),
        places=10,
        places_left=4,
        places_confirmed_on=days_ago(13),
    )


def press(client, link, **typed):
    """Press the button of the page, with other answers than it proposes."""
    data = Fields(client.get(link).content.decode()).data
    data.pop("csrfmiddlewaretoken", None)
    return client.post(link, data | typed, follow=True)


def test_one_click_says_that_all_of_it_is_still_so(client, link, offer, wait, run):
    page = press(client, link).content.decode()
    offer.refresh_from_db()
    run.refresh_from_db()
    today = timezone.localdate()
    assert (run.places_left, run.places_confirmed_on) == (4, today)
    assert (offer.wait_weeks, offer.wait_measured_on) == (6, today)
    assert "Ook zijn 2 wachttijden en plekken bijgewerkt." in page
    assert "U hoeft nu niets te doen" in page
    facts = Confirmation.objects.filter(via=ConfirmedVia.LINK).values_list("fact", flat=True)
    assert {DatedFact.WAIT, DatedFact.PLACES} <= set(facts)


def test_a_new_number_is_typed_on_the_same_page(client, link, offer, wait, run):
    press(client, link, **{f"wacht-{offer.pk}-getal": "2,5", f"plekken-{run.pk}-getal": "1"})
    offer.refresh_from_db()
    run.refresh_from_db()
    assert (offer.wait_weeks, run.places_left) == (2.5, 1)


def test_not_now_leaves_it_as_it_was(client, link, offer, wait):
    page = press(client, link, **{f"wacht-{offer.pk}-doe": "later"}).content.decode()
    assert WaitTime.objects.count() == 1
    assert "Nog door te geven" in page


def test_another_number_that_is_left_out_is_asked_for(client, link, offer, wait):
    page = press(client, link, **{f"wacht-{offer.pk}-doe": "anders"}).content.decode()
    assert "Vul een getal in." in page
    assert not Confirmation.objects.exists()


def test_a_wait_that_nobody_knows_is_not_repeated(client, link, offer):
    press(client, link)
    assert not WaitTime.objects.exists()


def test_a_stop_may_still_be_so(client, link, offer):
    WaitTimeFactory(
        offer=offer, status=WaitStatus.STOP, stop_until=days_ago(-20), measured_on=days_ago(29)
    )
    press(client, link)
    offer.refresh_from_db()
    assert (offer.wait_status, offer.wait_measured_on) == (WaitStatus.STOP, timezone.localdate())


def test_a_repeated_wait_is_what_the_provider_expects(client, link, offer, wait):
    press(client, link)
    newest = WaitTime.objects.first()
    assert (newest.source, newest.intake_weeks) == (WaitSource.PROVIDER, 2)


def test_what_a_colleague_changed_is_not_repeated(client, link, offer, wait, run):
    data = Fields(client.get(link).content.decode()).data
    data.pop("csrfmiddlewaretoken", None)
    WaitTimeFactory(offer=offer, intake_weeks=9, treatment_weeks=0)
    update_places(by=None, run=run, places_left=0)
    answer = client.post(link, data)
    assert answer.status_code == 409
    assert "Een collega heeft dit net gewijzigd" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.wait_weeks == 9
    assert not Confirmation.objects.filter(via=ConfirmedVia.LINK).exists()


def test_at_most_ten_stand_on_one_page_what_runs_out_first_on_top(client, link, provider, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(29))
    for other in OfferFactory.create_batch(11, provider=provider):
        WaitTimeFactory(offer=other, measured_on=days_ago(21))
    page = client.get(link).content.decode()
    assert page.count('-doe" value="zo"') == 10
    assert "Nog 2 komen na het opslaan." in page
    assert page.index(": wachttijd") == page.index("Samen hardlopen: wachttijd") + len(offer.title)
    again = press(client, link).content.decode()
    assert again.count('-doe" value="zo"') == 2


def test_what_it_confirms_stands_on_the_page(client, link, offer):
    page = client.get(link).content.decode()
    area = offer.service_areas.get()
    assert f"{area.municipality.name}: " in page
    assert str(area.get_contract_display()) in page
    assert offer.summary in page


def test_fetching_the_page_writes_nothing(client, link, offer, wait, run):
    client.get(link)
    client.head(link)
    assert WaitTime.objects.count() == 1
    assert not Confirmation.objects.exists()


def test_an_offer_of_another_provider_is_not_answered(client, link, offer, wait):
    other = WaitTimeFactory(offer=OfferFactory(), measured_on=days_ago(29)).offer
    key = f"wacht-{other.pk}"
    press(client, link, **{f"{key}-doe": "anders", f"{key}-getal": "1"})
    other.refresh_from_db()
    assert other.wait_weeks == 6


def test_after_a_log_in_it_works_the_same(client, log_in_as, provider, offer, wait):
    log_in_as("colleague")
    press(client, reverse("selfservice:confirm_provider", args=[provider.pk]))
    offer.refresh_from_db()
    assert offer.wait_measured_on == timezone.localdate()
