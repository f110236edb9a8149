"""The desk of a region: who gets in, what lies there, and inviting an organisation."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from providers.enums import OfferStatus, ReportKind, ReportReason, Role
from providers.models import Invitation, Membership, Provider
from providers.permissions import can_view_gaps, desk_regions
from providers.services.joining.invitations import token_of
from selfservice.desk.worklists import WORKLISTS
from tests.factories import (
    GroupProgrammeFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    ReportFactory,
    ServiceAreaFactory,
    WaitTimeFactory,
    YouthRegionFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db
DESK = "/regio/JZ18/"


@pytest.fixture
def log_in_at_desk(log_in, region):
    def _log_in(role=Role.EDITOR):
        user = log_in()
        MembershipFactory(user=user, provider=None, region=region.leiden.region, role=role)
        return user

    return _log_in


@pytest.fixture
def at_desk(log_in_at_desk):
    return log_in_at_desk()


def text_of(client, address):
    return client.get(address).content.decode()


# --- who gets in ---


def test_who_works_for_the_region_is_led_to_its_desk(client, at_desk):
    answer = client.get("/regio/")
    assert (answer.status_code, answer.get("Location")) == (302, DESK)


def test_somebody_of_the_desk_needs_no_other_right(client, at_desk):
    assert not at_desk.is_staff
    assert not at_desk.get_all_permissions()
    assert client.get(DESK).status_code == 200


def test_a_reader_of_the_desk_changes_nothing(client, log_in_at_desk):
    log_in_at_desk(Role.VIEWER)
    assert client.get(f"{DESK}uitnodigen/").status_code == 200
    assert client.post(f"{DESK}uitnodigen/", {"name": "X", "email": "a@b.nl"}).status_code == 403


def test_only_who_decides_there_invites_to_the_desk(client, at_desk, log_in_at_desk):
    data = {"email": "nieuw@regio.example", "role": Role.EDITOR}
    assert client.post(f"{DESK}mensen/", data).status_code == 403
    log_in_at_desk(Role.MANAGER)
    client.post(f"{DESK}mensen/", data)
    assert Invitation.objects.get().region_id == "JZ18"


def test_the_desk_of_another_region_stays_closed(client, at_desk):
    YouthRegionFactory(code="JZ99")
    assert client.get("/regio/JZ99/").status_code == 404


def test_a_closed_account_has_no_desk(region):
    user = MembershipFactory(provider=None, region=region.leiden.region).user
    user.is_active = False
    assert not desk_regions(user).exists()


def test_the_desk_sees_what_is_missing_in_its_municipalities_only(at_desk, region):
    elsewhere = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    assert can_view_gaps(at_desk, region.leiden)
    assert not can_view_gaps(at_desk, elsewhere)


def test_an_administrator_gets_through_to_municipal_pages(client, log_in, region):
    log_in(is_superuser=True, is_staff=True)
    assert client.get("/voor-gemeenten/leiden/").status_code == 200


def test_staff_without_a_role_do_not(client, log_in, region):
    log_in(is_staff=True)
    assert client.get("/voor-gemeenten/leiden/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_the_desk_works_with_a_second_step(client, log_in_at_desk, settings, role):
    settings.MFA_REQUIRED = True
    log_in_at_desk(role)
    assert client.get(DESK)["Location"] == reverse("mfa_index")


# --- what lies there ---


def test_an_empty_site_says_its_first_step(client, at_desk):
    text = text_of(client, DESK)
    assert "Eerste stap: nodig een organisatie uit" in text
    assert "0 soorten hulp" not in text


def offer_in(region, **fields):
    return OfferFactory(title="Samen koken", municipalities=[region.leiden], **fields)


def lines(client, name):
    return text_of(client, f"{DESK}lijst/{name}/")


@pytest.mark.parametrize(
    ("days", "listed"), [(0, True), (60, True), (61, False), (-1, False)], ids=str
)
def test_areas_that_end_within_sixty_days_are_listed(client, at_desk, region, days, listed):
    offer = OfferFactory(title="Samen koken", municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, ends_on=days_ago(-days))
    assert ("Samen koken" in lines(client, "loopt-af")) is listed


def test_what_ends_together_stands_on_one_line(client, at_desk, region):
    offer = OfferFactory(title="Samen koken", municipalities=[])
    for place in (region.leiden, region.katwijk):
        ServiceAreaFactory(offer=offer, municipality=place, ends_on=days_ago(-10))
    text = lines(client, "loopt-af")
    assert "Katwijk, Leiden" in text
    assert text.count("Samen koken") == 1


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"provider__phone": ""}, "telefoon"),
        ({"age_min": None, "age_max": None}, "leeftijd"),
        ({"locations": []}, "plek op de kaart"),
        ({"wait_measured_on": None}, "wachttijd"),
    ],
)
def test_an_offer_says_what_it_lacks(client, at_desk, region, fields, what):
    offer_in(region, **fields)
    assert what in lines(client, "onvolledig").partition("<tbody>")[2]


def test_what_referrers_report_as_wrong_is_listed(client, at_desk, region):
    offer = offer_in(region)
    ReportFactory(offer=offer, kind=ReportKind.WRONG, reason=ReportReason.values[0])
    assert "Samen koken" in lines(client, "gemeld")


def test_an_organisation_without_anybody_who_can_write_is_listed(client, at_desk, region):
    offer = offer_in(region, provider__name="De Boei")
    MembershipFactory(provider=offer.provider, role=Role.VIEWER)
    assert "De Boei" in lines(client, "zonder-medewerker")
    MembershipFactory(provider=offer.provider)
    assert "De Boei" not in lines(client, "zonder-medewerker")


@pytest.mark.parametrize("name", ["gemeld", "loopt-af", "onvolledig", "zonder-medewerker"])
def test_a_list_shows_nothing_of_other_regions(client, at_desk, name):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    offer = OfferFactory(
        title="Elders", provider__name="Elders", provider__phone="", municipalities=[]
    )
    ServiceAreaFactory(offer=offer, municipality=there, ends_on=days_ago(-3))
    ReportFactory(offer=offer, kind=ReportKind.WRONG, reason=ReportReason.values[0])
    assert "Elders" not in lines(client, name)


def test_drafts_are_nobodys_work_yet(client, at_desk, region):
    offer_in(region, status=OfferStatus.DRAFT, age_min=None, age_max=None)
    assert "Samen koken" not in lines(client, "onvolledig")


def test_the_start_page_counts_what_lies_in_each_list(client, at_desk, region):
    for number in range(3):
        OfferFactory(title=f"A{number}", municipalities=[region.leiden], provider__phone="")
    assert "<b>3</b> Aanbod zonder telefoon" in " ".join(text_of(client, DESK).split())


# --- inviting an organisation ---


def invite(client, **data):
    typed = {"email": "directie@nieuw.example", "name": "", "provider": ""} | data
    return client.post(f"{DESK}uitnodigen/", typed, follow=True)


def test_a_new_organisation_is_invited_and_nobody_sees_it_yet(
    client, at_desk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(client, name="Stichting Nieuw")
    provider = Provider.objects.get(name="Stichting Nieuw")
    assert Invitation.objects.get().role == Role.MANAGER
    assert mail.outbox[0].to == ["directie@nieuw.example"]
    client.logout()
    assert client.get(provider.get_absolute_url()).status_code == 404


def test_an_organisation_on_the_map_is_invited(client, at_desk, region):
    provider = offer_in(region).provider
    invite(client, provider=provider.pk)
    assert Invitation.objects.get().provider == provider


def test_an_organisation_of_another_region_is_not_in_the_list(client, at_desk):
    assert "Kies uit de lijst." in invite(client, provider=ProviderFactory().pk).content.decode()
    assert not Invitation.objects.exists()


def test_a_name_that_is_there_already_does_not_pass_in_silence(client, at_desk):
    ProviderFactory(name="De Boei")
    answer = invite(client, name="de  boei")
    assert "Er is al een organisatie met deze naam." in answer.content.decode()
    assert Provider.objects.count() == 1


def test_who_was_invited_to_the_desk_lands_there(client, region):
    row = InvitationFactory(provider=None, region=region.leiden.region)
    password = "fietspomp regenjas koekje dak"
    typed = {"name": "Rik", "password1": password, "password2": password}
    answer = client.post(reverse("joining:invitation", args=[token_of(row)]), typed)
    assert answer.url == "/regio/"
    assert Membership.objects.get(user__email=row.email).region_id == "JZ18"


@pytest.mark.parametrize("worklist", WORKLISTS, ids=lambda one: one.name)
def test_a_tile_counts_the_lines_of_its_list(worklist, region):
    here, today = region.leiden.region, timezone.localdate()
    boei = ProviderFactory(name="De Boei", phone="", referrer_phone="")
    for offer in (
        OfferFactory(provider=boei, municipalities=[region.leiden]),
        OfferFactory(municipalities=[region.leiden], age_min=None, age_max=None),
        GroupProgrammeFactory(
            is_open=False, offer__municipalities=[region.leiden], offer__online=True
        ).offer,
        WaitTimeFactory(offer__municipalities=[region.leiden], offer__at_home=True).offer,
        WaitTimeFactory(offer__municipalities=[region.leiden]).offer,
    ):
        ServiceAreaFactory(offer=offer, municipality=region.leiderdorp, ends_on=days_ago(-9))
        ServiceAreaFactory(offer=offer, municipality=region.katwijk, ends_on=days_ago(-9))
    MembershipFactory(provider=boei, role=Role.VIEWER)
    MembershipFactory(provider=offer.provider, role=Role.EDITOR)
    ReportFactory(offer=offer, kind=ReportKind.WRONG, reason=ReportReason.CONTACT)
    number = worklist.number(here, today)
    assert number == len(worklist.lines(here, today)) > 0
