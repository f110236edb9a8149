"""Sensitive changes as a difference, who changed what, and taking one change back."""

import datetime as dt

import pytest
from django.core import mail

from providers.enums import AccessRoute, ContractStatus, Role
from providers.models import AuditEvent, Offer
from providers.services.desk.undo import undo_change
from providers.services.municipal.state import ChangedSinceError
from providers.services.offers import update_offer
from providers.services.providers import update_provider
from providers.services.publishing.areas import AreaTerms, set_service_areas
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db
CHANGES, HISTORY = "/regio/JZ18/wijzigingen/", "/regio/JZ18/geschiedenis/"


@pytest.fixture
def at_desk(log_in, region):
    return MembershipFactory(
        user=log_in(), provider=None, region=region.leiden.region, role=Role.EDITOR
    ).user


@pytest.fixture
def offer(region):
    return OfferFactory(
        title="Samen koken", summary="Elke week.", municipalities=[region.leiden], age_max=17
    )


@pytest.fixture
def noor(offer):
    return MembershipFactory(
        provider=offer.provider, user__name="Noor", user__email="noor@boei.example"
    ).user


def newest():
    return AuditEvent.objects.latest("pk")


def decide(client, decision, reason="", capture=None, pk=None):
    address = f"{CHANGES}{pk or newest().pk}/"
    with capture(execute=True):
        return client.post(address, {"besluit": decision, "reden": reason}, follow=True)


def text_of(client, address):
    return " ".join(client.get(address).content.decode().split())


# --- what is listed ---


def test_a_new_name_is_shown_beside_the_old_one(client, at_desk, offer, noor):
    update_offer(by=noor, offer=offer, title="Samen eten")
    text = text_of(client, CHANGES)
    assert "<del>Samen koken</del>" in text
    assert "<ins>Samen eten</ins>" in text
    assert "Noor" in text


def test_two_changes_of_one_field_are_one_difference(client, at_desk, offer, noor):
    for title in ("Samen bakken", "Samen eten"):
        update_offer(by=noor, offer=offer, title=title)
    text = text_of(client, CHANGES)
    assert "<del>Samen koken</del>" in text
    assert "Samen bakken" not in text


def test_what_was_changed_back_is_no_difference(client, at_desk, offer, noor):
    for title in ("Samen eten", "Samen koken"):
        update_offer(by=noor, offer=offer, title=title)
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)


def test_a_text_is_the_business_of_the_provider(client, at_desk, offer, noor):
    update_offer(by=noor, offer=offer, summary="Elke dag.")
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)


def test_a_target_is_shown_in_words(client, at_desk, offer, noor):
    HelpQuestionFactory(code="eenzaam", label="Eenzaam zijn")
    update_offer(by=noor, offer=offer, help_questions=["eenzaam"])
    assert "<ins>Eenzaam zijn</ins>" in text_of(client, CHANGES)


def test_a_contract_is_shown_per_municipality(client, at_desk, offer, noor, region):
    terms = AreaTerms.of(offer.service_areas.get())
    wanted = AreaTerms(terms.municipality, terms.routes, ContractStatus.PGB)
    set_service_areas(by=noor, offer=offer, areas=[wanted])
    text = text_of(client, CHANGES)
    assert "Leiden" in text
    assert str(ContractStatus.PGB.label) in text


def test_a_way_in_alone_is_no_contract(client, at_desk, offer, noor):
    terms = AreaTerms.of(offer.service_areas.get())
    wanted = AreaTerms(terms.municipality, ("huisarts",), terms.contract)
    set_service_areas(by=noor, offer=offer, areas=[wanted])
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)


def test_the_history_shows_ways_in_and_days_in_words(client, at_desk, offer, noor):
    terms = AreaTerms.of(offer.service_areas.get())
    wanted = AreaTerms(terms.municipality, ("huisarts",), terms.contract, dt.date(2030, 12, 31))
    set_service_areas(by=noor, offer=offer, areas=[wanted])
    text = text_of(client, HISTORY)
    assert f"<ins>{AccessRoute.DOCTOR.label}; " in text
    assert "tot en met 31 december 2030</ins>" in text


def test_what_the_desk_itself_changed_needs_no_second_look(client, at_desk, offer):
    update_offer(by=at_desk, offer=offer, title="Samen eten")
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)


def test_changes_of_another_region_are_not_shown(client, at_desk):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    offer = OfferFactory(municipalities=[there])
    update_offer(by=MembershipFactory().user, offer=offer, title="Elders")
    assert "Elders" not in text_of(client, CHANGES)
    assert "Elders" not in text_of(client, HISTORY)


# --- deciding ---


def test_what_was_approved_leaves_the_list_until_the_next_change(
    client, at_desk, offer, noor, django_capture_on_commit_callbacks
):
    update_offer(by=noor, offer=offer, title="Samen eten")
    decide(client, "goed", capture=django_capture_on_commit_callbacks)
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)
    update_offer(by=noor, offer=offer, title="Samen bakken")
    text = text_of(client, CHANGES)
    assert "<del>Samen eten</del>" in text
    assert "Samen koken" not in text


def test_refusing_takes_it_back_and_mails_why(
    client, at_desk, offer, noor, django_capture_on_commit_callbacks
):
    for title in ("Samen bakken", "Samen eten"):
        update_offer(by=noor, offer=offer, title=title)
    decide(client, "nee", "Zo heet al iets anders.", capture=django_capture_on_commit_callbacks)
    offer.refresh_from_db()
    (letter,) = mail.outbox
    assert offer.title == "Samen koken"
    assert letter.to == ["noor@boei.example"]
    assert "Zo heet al iets anders." in letter.body
    assert "Er is niets gewijzigd" in text_of(client, CHANGES)


def test_refusing_keeps_what_was_not_sensitive(
    client, at_desk, offer, noor, django_capture_on_commit_callbacks
):
    update_offer(by=noor, offer=offer, title="Samen eten")
    update_offer(by=noor, offer=offer, summary="Elke dag.")
    pk = AuditEvent.objects.filter(action="offer.updated").latest("pk").pk
    decide(client, "nee", "Nee.", capture=django_capture_on_commit_callbacks, pk=pk)
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Samen koken", "Elke dag.")


def test_a_question_arrives_and_the_change_stays(
    client, at_desk, offer, noor, django_capture_on_commit_callbacks
):
    update_offer(by=noor, offer=offer, title="Samen eten")
    decide(client, "vraag", "Waarom?", capture=django_capture_on_commit_callbacks)
    assert "Waarom?" in mail.outbox[0].body
    assert "<ins>Samen eten</ins>" in text_of(client, CHANGES)


def test_a_refusal_without_a_reason_changes_nothing(
    client, at_desk, offer, noor, django_capture_on_commit_callbacks
):
    update_offer(by=noor, offer=offer, title="Samen eten")
    answer = decide(client, "nee", capture=django_capture_on_commit_callbacks)
    offer.refresh_from_db()
    assert "Schrijf erbij waarom" in answer.content.decode()
    assert offer.title == "Samen eten"


# --- taking one change back ---


def undo(client, event):
    return client.post(f"{HISTORY}{event.pk}/ongedaan/", follow=True).content.decode()


def test_one_button_takes_a_change_back_and_says_so_in_the_history(client, at_desk, offer, noor):
    update_offer(by=noor, offer=offer, summary="Elke dag.", age_max=12)
    assert "is teruggedraaid" in undo(client, newest())
    offer.refresh_from_db()
    assert (offer.summary, offer.age_max, newest().by) == ("Elke week.", 17, at_desk)


def test_links_come_back_in_their_order(at_desk, offer, noor):
    for code in ("eenzaam", "stress"):
        HelpQuestionFactory(code=code)
    update_offer(by=noor, offer=offer, help_questions=["stress", "eenzaam", "somberheid"])
    update_offer(by=noor, offer=offer, help_questions=["eenzaam"])
    undo_change(by=at_desk, event=newest())
    codes = offer.question_links.values_list("help_question", flat=True)
    assert list(codes) == ["stress", "eenzaam", "somberheid"]


def test_a_name_of_a_provider_comes_back(at_desk, offer, noor):
    name = offer.provider.name
    update_provider(by=noor, provider=offer.provider, name="Anders")
    undo_change(by=at_desk, event=newest())
    offer.provider.refresh_from_db()
    assert offer.provider.name == name


def test_a_municipality_comes_back_with_its_terms(at_desk, offer, noor, region):
    before = AreaTerms.of(offer.service_areas.get())
    other = AreaTerms(region.katwijk.pk, before.routes, before.contract)
    set_service_areas(by=noor, offer=offer, areas=[other])
    event = AuditEvent.objects.filter(action="offer.areas_set").latest("pk")
    undo_change(by=at_desk, event=event)
    assert AreaTerms.of(offer.service_areas.get()) == before


def test_what_was_changed_again_stays(client, at_desk, offer, noor):
    update_offer(by=noor, offer=offer, title="Samen eten")
    event = newest()
    update_offer(by=noor, offer=offer, title="Samen bakken")
    assert "daarna nog eens gewijzigd" in undo(client, event)
    assert Offer.objects.get(pk=offer.pk).title == "Samen bakken"


def test_of_what_is_gone_nothing_comes_back(at_desk, offer, noor):
    update_offer(by=noor, offer=offer, title="Samen eten")
    event = newest()
    Offer.objects.filter(pk=offer.pk).delete()
    with pytest.raises(ChangedSinceError):
        undo_change(by=at_desk, event=event)


def test_a_change_in_another_region_cannot_be_taken_back_by_its_number(client, at_desk):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    offer = OfferFactory(municipalities=[there], title="Hier")
    update_offer(by=MembershipFactory().user, offer=offer, title="Elders")
    assert client.post(f"{HISTORY}{newest().pk}/ongedaan/").status_code == 404


def in_many_regions(*more):
    codes = (f"JZ{number}" for number in range(80, 89))
    places = [MunicipalityFactory(region=YouthRegionFactory(code=code)) for code in codes]
    return OfferFactory(municipalities=[*places, *more], title="Landelijke chat")


def test_what_is_given_in_many_regions_is_on_the_list_of_each(client, at_desk, noor, region):
    offer = in_many_regions(region.leiden)
    update_offer(by=noor, offer=offer, title="Overal te vinden")
    assert "Overal te vinden" in text_of(client, CHANGES)
    assert "Overal te vinden" in text_of(client, HISTORY)


def test_what_is_given_in_many_regions_but_not_here_is_not(client, at_desk, noor):
    update_offer(by=noor, offer=in_many_regions(), title="Overal elders")
    assert "Overal elders" not in text_of(client, CHANGES)
    assert "Overal elders" not in text_of(client, HISTORY)
