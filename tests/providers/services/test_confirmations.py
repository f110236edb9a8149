"""Somebody says it is still right: who, when and how, apart from any edit."""

import pytest
from django.utils import timezone

from providers.enums import ConfirmedVia, DatedFact, OfferStatus, WaitMethod, WaitSource, WaitStatus
from providers.models import AuditEvent, Confirmation, WaitTime
from providers.services import confirmations
from providers.services.groups import add_run, update_places, update_run
from providers.services.waits import record_wait, record_waits
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(name="Noor")


def said(**filters):
    return list(Confirmation.objects.filter(**filters).values_list("fact", "who", "via"))


def test_a_confirmation_leaves_who_when_and_how(user):
    offer = confirmations.confirm_offer(by=user, offer=OfferFactory())
    row = offer.confirmations.get()
    assert (row.by, row.who, row.via, row.fact) == (user, "Noor", "login", "offer")
    assert timezone.localdate(row.at) == offer.confirmed_on == timezone.localdate()


def test_who_has_no_name_is_called_by_an_address_however_long():
    nameless = UserFactory(name="", email=f"{'a' * 64}@{'b' * 180}.example")
    said_by = confirmations.confirm_offer(by=nameless, offer=OfferFactory()).confirmations.get()
    # SQLite keeps what is too long; PostgreSQL does not.
    said_by.clean_fields()
    assert said_by.who == nameless.email


def test_by_a_link_there_is_a_name_and_no_account():
    offer = OfferFactory()
    confirmations.confirm_offer(
        by=None, offer=offer, via=ConfirmedVia.LINK, who="info@aanbieder.example"
    )
    assert said(offer=offer) == [("offer", "info@aanbieder.example", "link")]


def test_many_offers_are_confirmed_at_once(user):
    offers = [OfferFactory() for _ in range(3)]
    confirmations.confirm_offers(by=user, offers=offers)
    assert [offer.confirmations.count() for offer in offers] == [1, 1, 1]
    assert AuditEvent.objects.filter(action="offer.confirmed").count() == 3


@pytest.mark.parametrize("number", [1, 12])
def test_many_confirmations_take_as_many_statements_as_one(user, number, django_assert_num_queries):
    offers = [OfferFactory() for _ in range(number)]
    # Two savepoints (4), a lock in each (2), dates, confirmations, offers with their links,
    # locations and what they can also take (7), index rows (2), the regions whose pages show
    # them, events, and which of them were reported full.
    with django_assert_num_queries(20):
        confirmations.confirm_offers(by=user, offers=offers)


def test_all_or_nothing(user, monkeypatch):
    offers = [OfferFactory(), OfferFactory()]
    monkeypatch.setattr(confirmations, "reindex", lambda ids: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirmations.confirm_offers(by=user, offers=offers)
    assert not Confirmation.objects.exists()


def test_a_confirmed_offer_is_found_as_fresh(user):
    offer = confirmations.confirm_offer(by=user, offer=OfferFactory())
    offer.index.refresh_from_db()
    assert offer.index.confirmed_on == timezone.localdate()


def test_contact_details_are_confirmed_for_every_offer_in_use(user):
    provider = ProviderFactory()
    used = OfferFactory(provider=provider)
    gone = OfferFactory(provider=provider, status=OfferStatus.ARCHIVED)
    confirmations.confirm_contact(by=user, provider=provider)
    assert provider.confirmed_on == timezone.localdate()
    assert said(offer=used) == [("contact", "Noor", "login")]
    assert said(offer=gone) == []


def test_places_say_who_counted_them(user):
    run = GroupRunFactory()
    update_places(by=user, run=run, places_left=2)
    assert said(run=run) == [("places", "Noor", "login")]


def test_places_of_a_new_run_say_who_counted_them(user):
    programme = GroupProgrammeFactory()
    run = add_run(by=user, programme=programme, starts_on=days_ago(-9), places_left=2)
    assert said(run=run) == [("places", "Noor", "login")]


def test_places_changed_with_the_rest_of_a_run_say_who_counted_them(user):
    run = GroupRunFactory(places_confirmed_on=days_ago(9))
    update_run(by=user, run=run, places_left=2)
    assert said(run=run) == [("places", "Noor", "login")]


def test_a_run_without_news_about_places_confirms_nothing(user):
    run = add_run(by=user, programme=GroupProgrammeFactory(), starts_on=days_ago(-9))
    update_run(by=user, run=run, starts_on=days_ago(-10))
    assert said(run=run) == []


def test_a_wait_of_the_provider_says_who_gave_it(user):
    offer = OfferFactory()
    record_wait(by=user, offer=offer, intake_weeks=2, treatment_weeks=3)
    assert said(offer=offer) == [("wait", "Noor", "login")]


def test_a_wait_from_a_register_is_no_confirmation(user):
    offer = OfferFactory()
    record_wait(by=user, offer=offer, status=WaitStatus.UNKNOWN, source=WaitSource.NZA)
    assert said(offer=offer) == []


def test_a_file_of_waits_confirms_nothing():
    offer = OfferFactory()
    wait = WaitTime(
        offer=offer,
        measured_on=days_ago(1),
        intake_weeks=1,
        source=WaitSource.NZA,
        method=WaitMethod.MEAN,
    )
    record_waits(by=None, waits=[wait])
    offer.refresh_from_db()
    assert (said(offer=offer), offer.confirmed_on) == ([], None)


def test_a_confirmation_stays_when_its_account_goes(user):
    offer = confirmations.confirm_offer(by=user, offer=OfferFactory())
    user.delete()
    assert said(offer=offer, fact=DatedFact.OFFER) == [("offer", "Noor", "login")]
