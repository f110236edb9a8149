"""From nothing to an offer that everybody sees, without anybody of the region."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import AccessRoute, AgeBand, ContractStatus, OfferStatus
from providers.models import AuditEvent, HelpQuestion, Offer
from providers.services.forming import draft_group_from_demand
from providers.services.publishing.areas import AreaTerms, set_service_areas
from tests.factories import HelpQuestionFactory, MunicipalityFactory, UserFactory
from tests.pages import element, elements, on_one_line, text_of

pytestmark = pytest.mark.django_db

WHAT = {"title": "Samen koken", "level": "1", "help_kind": "onbekend"}


@pytest.fixture
def owner(log_in_as, region):
    return log_in_as("owner")


@pytest.fixture
def new(provider):
    return reverse("selfservice:new_offer", args=[provider.pk])


def page(name, offer):
    return reverse(f"selfservice:{name}", args=[offer.pk])


def text(client, address):
    return on_one_line(client.get(address).content.decode())


@pytest.fixture
def draft(client, owner, new):
    client.post(new, WHAT)
    return Offer.objects.get()


def publish(client, offer):
    return client.post(page("publish_offer", offer), follow=True).content.decode()


def whole_region(client, offer, region, **more):
    return client.post(
        page("edit_areas", offer),
        {
            "version": str(Offer.objects.get(pk=offer.pk).version),
            "regio-routes": ["vrij"],
            "regio-contract": "vrij",
            "hele_regio": "ja",
            **more,
        },
    )


def test_the_portal_leads_to_a_new_offer(client, owner, new):
    link = element(text(client, "/voor-aanbieders/"), "a", href=new)
    assert "Nieuw aanbod" in text_of(link)


def test_a_title_and_a_level_are_enough_to_begin(client, owner, provider, new):
    answer = client.post(new, WHAT)
    offer = Offer.objects.get()
    assert (offer.provider, offer.status) == (provider, OfferStatus.DRAFT)
    assert answer["Location"] == page("edit_offer", offer)
    assert AuditEvent.objects.get(action="offer.created").by == owner


def test_saving_can_go_on_to_the_next_step(client, owner, new):
    answer = client.post(new, {**WHAT, "verder": "ja"})
    assert answer["Location"] == page("edit_whom", Offer.objects.get())


def test_a_second_tap_makes_no_second_draft(client, owner, new):
    client.post(new, WHAT)
    client.post(new, WHAT)
    assert Offer.objects.count() == 1


def test_what_was_typed_beside_an_error_is_kept(client, owner, new):
    answer = client.post(new, {**WHAT, "title": "", "summary": "Elke week eten we samen."})
    assert "Elke week eten we samen." in answer.content.decode()
    assert "Geef het aanbod een titel." in answer.content.decode()
    assert not Offer.objects.exists()


def test_a_draft_is_not_on_the_map(client, draft):
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_checklist_says_what_is_missing_and_where(client, draft):
    box = element(text(client, page("edit_offer", draft)), class_="sk-box")
    links = {text_of(one): dict(one.attributes)["href"] for one in elements(box, "a")}
    assert links["Kies ten minste één hulpvraag."] == page("edit_whom", draft)
    assert links["Kies ten minste één gemeente."] == page("edit_areas", draft)
    assert "Publiceer" not in [text_of(one) for one in elements(box, "button")]


def test_publishing_before_that_is_refused_in_words(client, draft):
    assert "Nog niet gepubliceerd. Kies ten minste één hulpvraag." in publish(client, draft)
    draft.refresh_from_db()
    assert draft.status == OfferStatus.DRAFT


def test_each_step_can_be_saved_before_the_others(client, draft, region):
    for name, data in (
        ("edit_start", {"how_to_start": "Kom langs.", "cost": "Gratis"}),
        ("edit_where", {"formats": ["groep"]}),
        ("edit_whom", {"age_min": "12"}),
    ):
        version = str(Offer.objects.get().version)
        assert client.post(page(name, draft), {**data, "version": version}).status_code == 302
    draft.refresh_from_db()
    assert (draft.cost, draft.group, draft.age_min) == ("Gratis", True, 12)
    assert draft.confirmed_on is None


def test_a_complete_draft_is_published_and_confirmed(client, owner, draft, region):
    HelpQuestionFactory(code="somberheid")
    version = str(draft.version)
    client.post(page("edit_whom", draft), {"version": version, "main_question": "somberheid"})
    whole_region(client, draft, region)
    assert "is gepubliceerd: iedereen kan het vinden" in publish(client, draft)
    draft.refresh_from_db()
    assert draft.status == OfferStatus.PUBLISHED
    assert draft.confirmed_on == timezone.localdate()
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 200


# --- municipalities ------------------------------------------------------------------------------


def terms(offer):
    return {area.municipality.name: AreaTerms.of(area) for area in offer.service_areas.all()}


def test_one_click_fills_in_the_whole_region(client, draft, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    whole_region(client, draft, region, **{"regio-ends_on": "2027-12-31"})
    found = terms(draft)
    assert set(found) >= {"Leiden", "Katwijk"}
    assert {one.routes for one in found.values()} == {(AccessRoute.WALK_IN,)}
    assert {str(one.ends_on) for one in found.values()} == {"2027-12-31"}


def test_each_municipality_may_differ(client, draft, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    leiden = region.leiden.pk
    client.post(
        page("edit_areas", draft),
        {
            "version": "1",
            f"{leiden}-here": "on",
            f"{leiden}-routes": ["huisarts", "lokaal-team"],
            f"{leiden}-contract": "gecontracteerd",
            f"{leiden}-ends_on": "2027-06-30",
        },
    )
    routes = (AccessRoute.LOCAL_TEAM, AccessRoute.DOCTOR)
    assert list(terms(draft)) == ["Leiden"]
    assert terms(draft)["Leiden"].routes == routes
    assert terms(draft)["Leiden"].contract == ContractStatus.CONTRACTED


def refused(client, draft, **typed):
    answer = client.post(page("edit_areas", draft), {"version": str(draft.version), **typed})
    assert answer.status_code == 200
    assert not draft.service_areas.exists()
    return answer.content.decode()


def test_a_way_in_without_the_tick_of_its_municipality_is_not_lost(client, draft, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    code = region.leiden.pk
    client.post(page("edit_areas", draft), {"version": "1", f"{code}-routes": ["vrij"]})
    assert list(terms(draft)) == ["Leiden"]


def test_a_tick_taken_away_ends_it_there(client, log_in_as, offer, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    log_in_as("owner")
    old, new = region.leiden.pk, region.katwijk.pk
    data = {"version": "1", f"{old}-routes": ["vrij"], f"{old}-contract": "vrij"}
    client.post(page("edit_areas", offer), {**data, f"{new}-here": "on", f"{new}-routes": ["vrij"]})
    assert list(terms(offer)) == ["Katwijk"]


def test_the_whole_region_filled_in_and_another_button_pressed(client, draft, region):
    text = refused(client, draft, **{"regio-routes": ["vrij"]})
    assert "Dit geldt pas met de knop" in text


def test_the_whole_region_without_a_way_in(client, draft, region):
    assert "Vul in hoe iemand binnenkomt." in refused(client, draft, hele_regio="ja")


def test_another_municipality_that_was_not_chosen(client, draft, region):
    assert "Kies de gemeente waarvoor dit geldt." in refused(
        client, draft, **{"erbij-routes": ["vrij"]}
    )


def test_a_municipality_elsewhere_can_be_added(client, draft, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    far = MunicipalityFactory(code="GM0014", name="Groningen")
    client.post(
        page("edit_areas", draft),
        {"version": "1", "erbij-place": far.pk, "erbij-routes": ["vrij"]},
    )
    assert terms(draft)["Groningen"].routes == (AccessRoute.WALK_IN,)
    assert "Groningen" in text(client, page("edit_areas", draft))


def test_a_published_offer_keeps_a_way_in(client, log_in_as, offer):
    log_in_as("owner")
    answer = client.post(page("edit_areas", offer), {"version": "1"})
    assert "Kies ten minste één gemeente." in answer.content.decode()
    assert offer.service_areas.count() == 1


def test_a_colleagues_municipalities_are_not_overwritten_unseen(
    client, log_in_as, offer, region, settings
):
    settings.REGION_CODE = region.leiden.region_id
    log_in_as("owner")
    set_service_areas(
        by=UserFactory(name="Sanne (demo)"),
        offer=offer,
        areas=[AreaTerms(region.katwijk.pk, (AccessRoute.DOCTOR,))],
    )
    code = region.leiden.pk
    mine = {"version": "1", f"{code}-here": "on", f"{code}-routes": ["vrij"]}
    answer = client.post(page("edit_areas", offer), mine)
    assert answer.status_code == 409
    conflict = answer.context["conflict"]
    assert conflict.who == "Sanne (demo)"
    assert {one.label for one in conflict.differences} == {"Leiden", "Katwijk"}
    assert list(terms(offer)) == ["Katwijk"]


def test_who_pays_is_written_down_with_what_it_was(offer, region):
    set_service_areas(
        by=None,
        offer=offer,
        areas=[AreaTerms(region.leiden.pk, (AccessRoute.WALK_IN,), ContractStatus.CONTRACTED)],
    )
    before, after = AuditEvent.objects.get(action="offer.areas_set").changes[region.leiden.pk]
    assert (before["contract"], after["contract"]) == ("vrij", "gecontracteerd")


def test_where_help_ended_the_pages_are_made_anew(offer, region):
    far = MunicipalityFactory(code="GM0014", name="Groningen", region__code="JZ01")
    set_service_areas(by=None, offer=offer, areas=[AreaTerms(far.pk, (AccessRoute.WALK_IN,))])
    event = AuditEvent.objects.get(action="offer.areas_set")
    assert set(event.regions.split("|")) == {region.leiden.region_id, "JZ01"}


# --- a group from demand -------------------------------------------------------------------------


@pytest.fixture
def group_from_demand(owner, provider, region, settings):
    """A draft with areas without a way in."""
    settings.REGION_CODE = region.leiden.region_id
    HelpQuestionFactory(code="somberheid")
    return draft_group_from_demand(
        by=owner,
        provider=provider,
        question=HelpQuestion.objects.get(pk="somberheid"),
        age_band=AgeBand.TEEN,
        municipality=region.leiden,
    )


def test_a_group_from_demand_says_what_it_still_lacks(client, group_from_demand):
    answer = client.get(page("edit_offer", group_from_demand))
    assert "Vul in hoe iemand binnenkomt." in on_one_line(answer.content.decode())


def test_a_group_from_demand_has_a_field_for_its_way_in(client, group_from_demand):
    answer = client.get(page("edit_areas", group_from_demand))
    assert element(answer.content.decode(), "input", name="regio-routes", value="vrij")


def test_a_group_from_demand_is_published_by_its_provider(client, group_from_demand, region):
    whole_region(client, group_from_demand, region)
    publish(client, group_from_demand)
    group_from_demand.refresh_from_db()
    assert group_from_demand.status == OfferStatus.PUBLISHED


def test_every_offer_leads_to_its_group(client, log_in_as, offer):
    """The button was hidden until somebody ticked a box in another form."""
    log_in_as("owner")
    assert not offer.group
    group = page("group", offer)
    assert element(text(client, "/voor-aanbieders/"), "a", href=group)
    client.post(page("edit_programme", offer), {"kind": "training", "audience": "kind"})
    offer.refresh_from_db()
    assert offer.group


# --- how the provider is reached -----------------------------------------------------------------


def contact(provider, **more):
    fields = ("phone", "referrer_phone", "referrer_hours", "email", "website", "about")
    values = {name: getattr(provider, name) for name in fields}
    return values | {"seen": provider.updated_at.isoformat()} | more


def test_a_provider_corrects_its_telephone(client, log_in_as, offer, provider):
    user = log_in_as("owner")
    address = page("edit_provider", provider)
    answer = client.post(address, contact(provider, phone="071 515 00 00"), follow=True)
    assert "De contactgegevens zijn opgeslagen en vandaag bevestigd." in answer.content.decode()
    provider.refresh_from_db()
    assert provider.phone == "+31715150000"
    assert provider.confirmed_on == timezone.localdate()
    assert AuditEvent.objects.get(action="provider.updated").by == user


def test_from_an_offer_one_comes_back_to_it(client, log_in_as, offer, provider):
    log_in_as("owner")
    address = f"{page('edit_provider', provider)}?aanbod={offer.pk}"
    assert client.post(address, contact(provider))["Location"] == page("edit_offer", offer)


@pytest.mark.parametrize("number", ["x", "9" * 30, "-1", "²"])
def test_a_number_that_is_no_offer_leads_to_the_portal(client, log_in_as, provider, number):
    log_in_as("owner")
    address = f"{page('edit_provider', provider)}?aanbod={number}"
    assert client.post(address, contact(provider))["Location"] == reverse("selfservice:portal")


def test_a_colleagues_telephone_is_not_overwritten_unseen(client, log_in_as, provider):
    log_in_as("owner")
    mine = contact(provider, email="nieuw@debrug.example")
    first = contact(provider, phone="071 515 00 00")
    client.post(page("edit_provider", provider), first)
    answer = client.post(page("edit_provider", provider), mine)
    assert answer.status_code == 409
    labels = {one.label for one in answer.context["conflict"].differences}
    assert labels == {"Telefoon voor gezinnen", "E-mail"}
    provider.refresh_from_db()
    assert provider.email != "nieuw@debrug.example"
    again = {**mine, "seen": provider.updated_at.isoformat()}
    assert client.post(page("edit_provider", provider), again).status_code == 302
