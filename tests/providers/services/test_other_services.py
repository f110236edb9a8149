"""Writes on waits, groups, people and providers, one by one and many at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from providers.enums import OfferStatus, Role, WaitMethod, WaitStatus
from providers.models import (
    AuditEvent,
    GroupProgramme,
    GroupRun,
    Membership,
    Offer,
    Provider,
    WaitTime,
)
from providers.services import bulk, groups, people, providers, waits
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def last_event():
    return AuditEvent.objects.latest("id")


def draft(**fields):
    return Offer(provider=ProviderFactory(), title="Samen koken", level=0, **fields)


# --- waits -------------------------------------------------------------------------------------


def test_a_measurement_becomes_the_current_wait(user):
    offer = OfferFactory()
    waits.record_wait(by=user, offer=offer, intake_weeks=6, treatment_weeks=14)
    assert (offer.wait_status, offer.wait_weeks) == (WaitStatus.KNOWN, Decimal(20))


def test_an_older_measurement_does_not(user):
    offer = WaitTimeFactory(intake_weeks=1, treatment_weeks=1).offer
    old = days_ago(9)
    waits.record_wait(by=user, offer=offer, measured_on=old, intake_weeks=9, treatment_weeks=9)
    assert offer.wait_weeks == 2


def test_process_time_does_not(user):
    offer = OfferFactory()
    waits.record_wait(
        by=user, offer=offer, method=WaitMethod.PROCESS, intake_weeks=1, treatment_weeks=1
    )
    assert offer.wait_status == WaitStatus.UNKNOWN


def test_a_wait_for_one_municipality_does_not(user, region):
    offer = OfferFactory()
    waits.record_wait(
        by=user, offer=offer, municipality=region.leiden, intake_weeks=1, treatment_weeks=1
    )
    assert offer.wait_weeks is None


def test_a_stop_replaces_the_weeks(user):
    offer = WaitTimeFactory().offer
    waits.record_wait(by=user, offer=offer, status=WaitStatus.STOP)
    assert (offer.wait_status, offer.wait_weeks) == (WaitStatus.STOP, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"intake_weeks": 261},
        {"intake_weeks": -1},
        {},
        {"intake_weeks": 2, "measured_on": days_ago(-1)},
        {"status": WaitStatus.STOP, "intake_weeks": 2},
    ],
)
def test_a_wait_that_cannot_be_is_refused(user, wrong):
    with pytest.raises(ValidationError):
        waits.record_wait(by=user, offer=OfferFactory(), **wrong)
    assert WaitTime.objects.count() == 0


def test_many_measurements_take_few_queries(user, django_assert_max_num_queries):
    rows = [
        WaitTime(offer=offer, measured_on=days_ago(1), intake_weeks=1, treatment_weeks=1)
        for offer in OfferFactory.create_batch(12)
    ]
    # Of these one reads in which regions the pages change.
    with django_assert_max_num_queries(13):
        waits.record_waits(by=user, waits=rows)


def test_many_measurements_are_all_or_nothing(user):
    offer = OfferFactory()
    rows = [
        WaitTime(offer=offer, measured_on=days_ago(1), intake_weeks=1),
        WaitTime(offer=offer, measured_on=days_ago(-5), intake_weeks=1),
    ]
    with pytest.raises(ValidationError):
        waits.record_waits(by=user, waits=rows)
    assert WaitTime.objects.count() == 0


# --- groups ------------------------------------------------------------------------------------


def test_places_left_are_confirmed_today(user):
    run = GroupRunFactory(places_confirmed_on=days_ago(20))
    run = groups.update_places(by=user, run=run, places_left=2)
    assert (run.places_left, run.places_confirmed_on) == (2, timezone.localdate())


def test_more_places_left_than_there_are_is_refused(user):
    run = GroupRunFactory(places=8, places_left=1)
    with pytest.raises(ValidationError, match="meer plekken"):
        groups.update_places(by=user, run=run, places_left=9)
    assert GroupRun.objects.get().places_left == 1


def test_places_may_be_unknown(user):
    assert (
        groups.update_places(by=user, run=GroupRunFactory(), places_left=None).places_left is None
    )


def test_a_programme_is_set_once_and_then_changed(user):
    offer = OfferFactory()
    for size in (8, 10):
        groups.set_programme(by=user, offer=offer, kind="training", max_size=size)
    assert GroupProgramme.objects.get().max_size == 10


def test_a_run_is_added(user):
    run = groups.add_run(by=user, programme=GroupProgrammeFactory(), starts_on=days_ago(-9))
    assert last_event().changes == {"starts_on": str(run.starts_on)}


# --- people and providers ----------------------------------------------------------------------


def test_a_second_grant_changes_the_role(user):
    provider = ProviderFactory()
    for role in (Role.VIEWER, Role.EDITOR):
        people.grant_membership(by=None, user=user, provider=provider, role=role)
    assert Membership.objects.get().role == Role.EDITOR


def test_a_membership_needs_something_to_be_a_member_of(user):
    with pytest.raises(ValidationError):
        people.grant_membership(by=None, user=user, role=Role.EDITOR)


def test_a_revoked_membership_is_gone_and_remembered(user):
    people.revoke_membership(by=user, membership=MembershipFactory())
    assert not Membership.objects.exists()
    assert last_event().action == "membership.revoked"


def test_a_provider_with_a_wrong_code_is_refused(user):
    with pytest.raises(ValidationError, match="acht cijfers"):
        providers.create_provider(by=user, name="Fout", agb_code="12")
    assert not Provider.objects.exists()


def test_a_change_of_one_field_leaves_what_others_changed(user):
    opened = ProviderFactory(phone="071 000 00 12")
    providers.update_provider(by=user, provider=Provider.objects.get(), phone="071 000 00 99")
    changed = providers.update_provider(by=user, provider=opened, name="De Vuurtoren")
    assert (changed.name, changed.phone) == ("De Vuurtoren", "+31710000099")


# --- many at once ------------------------------------------------------------------------------


def test_taken_over_offers_can_be_found_and_are_remembered(user):
    HelpQuestionFactory(code="angst")
    offer = draft(status=OfferStatus.LISTED)
    bulk.add_offers(by=user, drafts=[bulk.OfferDraft(offer, ("angst",))])
    assert " koken " in offer.words.text
    assert last_event().action == "offer.taken_over"


def test_one_wrong_row_stops_all_and_is_named(user):
    wrong = draft(status=OfferStatus.LISTED)
    wrong.level = 9
    rows = [bulk.OfferDraft(draft(status=OfferStatus.LISTED)), bulk.OfferDraft(wrong)]
    with pytest.raises(ValidationError, match="Samen koken"):
        bulk.add_offers(by=user, drafts=rows)
    assert not Offer.objects.exists()


def test_many_are_published_only_when_all_are_complete(user):
    whole = OfferFactory(status=OfferStatus.DRAFT)
    half = OfferFactory(status=OfferStatus.DRAFT, help_questions=[])
    with pytest.raises(ValidationError):
        bulk.publish_offers(by=user, offers=[whole, half])
    whole.refresh_from_db()
    assert whole.status == OfferStatus.DRAFT


def test_an_event_holds_dates_and_decimals_as_text(user):
    offer = OfferFactory()
    waits.record_wait(by=user, offer=offer, intake_weeks=Decimal("2.5"), measured_on=days_ago(1))
    changes = last_event().changes
    assert (changes["intake_weeks"], changes["measured_on"]) == (
        "2.5",
        str(timezone.localdate() - dt.timedelta(days=1)),
    )
