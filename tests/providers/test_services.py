"""Every write: by whom, all or nothing, with its audit event."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from providers.enums import (
    AccessRoute,
    CarePhase,
    ConfirmedVia,
    ContractStatus,
    OfferFormat,
    OfferStatus,
    Role,
    WaitMethod,
    WaitStatus,
)
from providers.models import (
    AuditEvent,
    GroupProgramme,
    GroupRun,
    HelpQuestion,
    Membership,
    Offer,
    Provider,
    WaitTime,
)
from providers.services import audit, bulk, groups, offers, people, providers, waits
from providers.services.confirmations import confirm_offer
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LanguageFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    TargetGroupFactory,
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


# --- offers ------------------------------------------------------------------------------------


def test_a_new_offer_is_a_draft(user):
    offer = offers.create_offer(by=user, provider=ProviderFactory(), title="Samen koken", level=0)
    assert offer.status == OfferStatus.DRAFT


def test_a_new_offer_has_its_formats_phases_and_links(user):
    HelpQuestionFactory(code="angst")
    offer = offers.create_offer(
        by=user,
        provider=ProviderFactory(),
        title="Samen koken",
        level=0,
        formats=[OfferFormat.GROUP],
        phases=[CarePhase.WAITING],
        help_questions=["angst"],
        languages=[LanguageFactory()],
    )
    told = (offer.formats, offer.phases, list(offer.help_questions.values_list("pk", flat=True)))
    assert told == ([OfferFormat.GROUP], [CarePhase.WAITING], ["angst"])


def test_an_offer_that_is_not_valid_leaves_nothing_behind(user):
    with pytest.raises(ValidationError):
        offers.create_offer(by=user, provider=ProviderFactory(), title="", level=0)
    assert (Offer.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_a_change_is_written_down_with_before_and_after(user):
    offer = OfferFactory(title="Oud")
    offers.update_offer(by=user, offer=offer, title="Nieuw")
    event = last_event()
    assert (event.by, event.action, event.changes) == (
        user,
        "offer.updated",
        {"title": ["Oud", "Nieuw"]},
    )


def test_what_stays_the_same_is_not_a_change(user):
    offer = OfferFactory(title="Zelfde", help_questions=["angst"])
    offers.update_offer(by=user, offer=offer, title="Zelfde", help_questions=["angst"])
    assert last_event().changes == {}


def test_another_main_question_is_a_change(user):
    offer = OfferFactory(help_questions=["somberheid", "angst"])
    offers.update_offer(by=user, offer=offer, help_questions=["angst", "somberheid", "angst"])
    assert last_event().changes == {
        "help_questions": [["somberheid", "angst"], ["angst", "somberheid"]]
    }


def test_languages_in_another_order_are_not_a_change(user):
    codes = [LanguageFactory(code=code).pk for code in ("nl", "ar")]
    offer = OfferFactory(languages=codes)
    offers.update_offer(by=user, offer=offer, languages=codes[::-1])
    assert last_event().changes == {}


def test_a_change_is_not_a_confirmation(user):
    offer = offers.update_offer(by=user, offer=OfferFactory(), title="Nieuw")
    assert offer.confirmed_on is None


def test_somebody_who_saves_over_a_newer_version_is_stopped(user):
    offer = OfferFactory()
    opened = offer.version
    offers.update_offer(by=user, offer=offer, expected_version=opened, title="Eerste")
    with pytest.raises(offers.EditConflictError):
        offers.update_offer(by=user, offer=offer, expected_version=opened, title="Tweede")
    offer.refresh_from_db()
    assert offer.title == "Eerste"


def test_the_first_question_is_the_main_one(user):
    HelpQuestionFactory(code="angst")
    offer = OfferFactory(help_questions=["somberheid"])
    offers.update_offer(by=user, offer=offer, help_questions=["angst", "somberheid", "angst"])
    ranks = list(offer.question_links.values_list("help_question", "rank"))
    assert ranks == [("angst", 0), ("somberheid", 1)]


def test_a_published_offer_cannot_lose_its_last_question(user):
    offer = OfferFactory()
    with pytest.raises(ValidationError, match="hulpvraag"):
        offers.update_offer(by=user, offer=offer, help_questions=[])
    assert offer.help_questions.count() == 1


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"help_questions": []}, "Kies ten minste één hulpvraag."),
        ({"municipalities": []}, "Kies ten minste één gemeente."),
    ],
)
def test_what_is_not_complete_is_not_published(user, missing, words):
    offer = OfferFactory(status=OfferStatus.DRAFT, **missing)
    with pytest.raises(ValidationError, match=words):
        offers.publish_offer(by=user, offer=offer)


def test_without_a_way_in_an_offer_is_not_published(user):
    offer = OfferFactory(status=OfferStatus.DRAFT)
    offer.service_areas.update(walk_in=False)
    with pytest.raises(ValidationError, match="hoe iemand binnenkomt"):
        offers.publish_offer(by=user, offer=offer)


def test_a_complete_offer_is_published(user):
    offer = offers.publish_offer(by=user, offer=OfferFactory(status=OfferStatus.DRAFT))
    assert (offer.status, last_event().action) == (OfferStatus.PUBLISHED, "offer.published")


@pytest.mark.parametrize(
    "write",
    [
        lambda by, offer: offers.publish_offer(by=by, offer=offer),
        lambda by, offer: offers.archive_offer(by=by, offer=offer),
        lambda by, offer: bulk.publish_offers(by=by, offers=[offer]),
    ],
    ids=["publish", "archive", "publish many"],
)
def test_another_status_is_a_change(user, write):
    offer = OfferFactory(status=OfferStatus.DRAFT)
    before = offer.updated_at, offer.version
    write(user, offer)
    offer.refresh_from_db()
    assert offer.updated_at > before[0]
    assert offer.version == before[1] + 1


def test_a_taken_over_offer_that_somebody_completes_is_published(user):
    HelpQuestionFactory(code="angst")
    offer = OfferFactory(status=OfferStatus.LISTED, help_questions=[])
    offer = offers.update_offer(by=user, offer=offer, help_questions=["angst"])
    assert (offer.status, last_event().action) == (OfferStatus.PUBLISHED, "offer.published")
    assert offer.index.status == OfferStatus.PUBLISHED


def test_a_taken_over_offer_is_published_with_its_first_way_in(user):
    offer = OfferFactory(status=OfferStatus.LISTED)
    area = offer.service_areas.get()
    offer.service_areas.update(walk_in=False)
    offers.set_service_area(
        by=user, offer=offer, municipality=area.municipality_id, routes=[AccessRoute.DOCTOR]
    )
    offer.refresh_from_db()
    assert offer.status == OfferStatus.PUBLISHED


def test_a_taken_over_offer_that_is_not_complete_yet_stays_so(user):
    offer = OfferFactory(status=OfferStatus.LISTED, help_questions=[])
    offer = offers.update_offer(by=user, offer=offer, title="Nieuw")
    assert offer.status == OfferStatus.LISTED


def test_an_archived_offer_keeps_its_history(user):
    offer = WaitTimeFactory().offer
    offers.archive_offer(by=user, offer=offer)
    assert (offer.status, offer.wait_times.count()) == (OfferStatus.ARCHIVED, 1)


def test_a_confirmation_says_who_and_when(user):
    offer = confirm_offer(by=user, offer=OfferFactory())
    said = offer.confirmations.get()
    assert (said.by, said.who, said.via) == (user, str(user), ConfirmedVia.LOGIN)
    assert offer.confirmed_on == timezone.localdate()


def test_a_confirmation_is_not_a_change(user):
    offer = OfferFactory()
    before = offer.updated_at
    assert confirm_offer(by=user, offer=offer).updated_at == before


def test_a_service_area_is_added_once_and_then_changed(user, region):
    offer = OfferFactory(municipalities=[])
    for contract in (ContractStatus.FREE, ContractStatus.CONTRACTED):
        offers.set_service_area(
            by=user,
            offer=offer,
            municipality="GM0546",
            routes=[AccessRoute.DOCTOR],
            contract=contract,
        )
    area = offer.service_areas.get()
    assert (area.routes, area.contract) == ([AccessRoute.DOCTOR], ContractStatus.CONTRACTED)


def test_a_published_offer_cannot_lose_its_last_way_in(user):
    offer = OfferFactory()
    place = offer.service_areas.get().municipality_id
    with pytest.raises(ValidationError, match="hoe iemand binnenkomt"):
        offers.set_service_area(by=user, offer=offer, municipality=place, routes=[])
    assert offer.service_areas.get().walk_in


def test_a_draft_may_serve_where_the_way_in_is_not_known_yet(user):
    offer = OfferFactory(status=OfferStatus.DRAFT, municipalities=[])
    place = MunicipalityFactory().pk
    offers.set_service_area(by=user, offer=offer, municipality=place)
    assert offer.service_areas.get().routes == []


# --- the audit event ---------------------------------------------------------------------------


def test_an_event_holds_the_longest_key_there_is():
    question = HelpQuestionFactory(code="a" * HelpQuestion._meta.pk.max_length)
    event = audit.record(by=None, action="helpquestion.updated", subject=question)
    # SQLite keeps what is too long; PostgreSQL does not.
    event.clean_fields(exclude=["changes"])
    assert event.subject_id == question.pk


# --- search words ------------------------------------------------------------------------------


def test_a_new_title_can_be_searched_at_once(user):
    offer = OfferFactory(title="Zwemmen")
    offers.update_offer(by=user, offer=offer, title="Hardlopen")
    offer.words.refresh_from_db()
    assert " hardlopen " in offer.words.text
    assert " zwemmen " not in offer.words.text


def test_an_offer_is_searched_by_the_name_of_its_question(user):
    HelpQuestionFactory(code="rouw", label="Verlies van iemand")
    assert " verlies " in OfferFactory(help_questions=["rouw"]).words.text


def test_a_new_name_of_the_provider_can_be_searched(user):
    offer = OfferFactory()
    providers.update_provider(by=user, provider=offer.provider, name="De Vuurtoren")
    offer.words.refresh_from_db()
    assert " vuurtoren " in offer.words.text


def test_a_target_group_is_searched_by_its_name(user):
    group = TargetGroupFactory(code="mantelzorgers", label="Jonge mantelzorgers")
    assert " mantelzorgers " in OfferFactory(target_groups=[group]).words.text


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
    with django_assert_max_num_queries(12):
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
    assert (changed.name, changed.phone) == ("De Vuurtoren", "071 000 00 99")


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
