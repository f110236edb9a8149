"""Writes on offers: by whom, all or nothing, with their audit event and search words."""

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
)
from providers.models import AuditEvent, HelpQuestion, Offer
from providers.services import audit, bulk, offers, providers
from providers.services.confirmations import confirm_offer
from tests.factories import (
    HelpQuestionFactory,
    LanguageFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    TargetGroupFactory,
    UserFactory,
    WaitTimeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def last_event():
    return AuditEvent.objects.latest("id")


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
