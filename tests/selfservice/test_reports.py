"""What a provider sees of reports by referrers, and how it answers them."""

import pytest

from providers.enums import ReportKind, ReportReason
from providers.services.reports import report_offer
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ReportFactory,
    days_ago,
)
from tests.voices import say_full

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(log_in):
    """An offer of the one who is logged in."""
    offer = OfferFactory()
    log_in(MembershipFactory(provider=offer.provider).user)
    return offer


def portal(client):
    return " ".join(client.get("/voor-aanbieders/").content.decode().split())


def test_two_that_say_full_ask_for_an_answer(client, offer):
    say_full(offer, "een", "twee")
    page = portal(client)
    assert "2 verwijzers melden: vol" in page
    assert "meldingen van verwijzers" in page


def test_one_that_says_full_is_not_shown(client, offer):
    report_offer(by=None, offer=offer, kind=ReportKind.FULL, sender="een")
    assert "melden: vol" not in portal(client)


def test_still_right_ends_it(client, offer):
    say_full(offer, "een", "twee")
    client.post(f"/voor-aanbieders/aanbod/{offer.pk}/klopt-nog/")
    assert "melden: vol" not in portal(client)


def test_news_about_places_ends_it(client, offer):
    run = GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer), places_confirmed_on=days_ago(2)
    )
    say_full(offer, "een", "twee")
    assert "melden: vol" in portal(client)
    field = f"ronde-{run.pk}-places_left"
    places = {field: 3, f"initial-{field}": run.places_left}
    client.post(f"/voor-aanbieders/aanbod/{offer.pk}/plekken/", places)
    assert "melden: vol" not in portal(client)


def test_what_is_wrong_is_said_with_how_many_say_so(client, offer):
    for sender in ("een", "twee"):
        ReportFactory(
            offer=offer, kind=ReportKind.WRONG, reason=ReportReason.CONTACT, sender=sender
        )
    assert "De contactgegevens kloppen niet (2×)" in portal(client)


def test_what_was_wrong_before_a_confirmation_is_over(client, offer):
    ReportFactory(
        offer=offer,
        kind=ReportKind.WRONG,
        reason=ReportReason.CONTACT,
        created_on=days_ago(3),
    )
    type(offer).objects.filter(pk=offer.pk).update(confirmed_on=days_ago(2))
    assert "Verwijzers melden:" not in portal(client)


def test_no_fit_says_nothing_against_the_provider(client, offer):
    ReportFactory(offer=offer, kind=ReportKind.NO_FIT, reason=ReportReason.TOO_FAR)
    assert "Verwijzers melden:" not in portal(client)
