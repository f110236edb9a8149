"""The call list, and two entries that become one organisation."""

import datetime as dt

import pytest
from django.utils import timezone

from providers.enums import ConfirmedVia, DatedFact, Role
from providers.models import (
    AuditEvent,
    Call,
    Confirmation,
    Location,
    Membership,
    Offer,
    OfferIndex,
    Provider,
    RegionClock,
)
from providers.rules.clocks import forget_region_clocks, strictest_clocks
from providers.rules.counting.facts import offer_age
from providers.services.desk.merging import merge_providers
from selfservice.desk.calling import call_list, count_call_list
from tests.factories import (
    ClaimFactory,
    LocationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    YouthRegionFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db
LIST = "/regio/JZ18/bellijst/"


@pytest.fixture
def at_desk(log_in, region):
    return MembershipFactory(
        user=log_in(), provider=None, region=region.leiden.region, role=Role.EDITOR
    ).user


@pytest.fixture
def silent(region):
    return OfferFactory(
        provider__name="De Boei", municipalities=[region.leiden], confirmed_on=days_ago(91)
    ).provider


def text_of(client):
    return " ".join(client.get(LIST).content.decode().split())


# --- the call list ---


@pytest.mark.parametrize(("days", "listed"), [(91, True), (90, False), (None, True)])
def test_who_did_not_confirm_in_time_is_to_be_called(client, at_desk, region, days, listed):
    confirmed = None if days is None else days_ago(days)
    OfferFactory(provider__name="De Boei", municipalities=[region.leiden], confirmed_on=confirmed)
    assert ("De Boei" in text_of(client)) is listed


def test_the_line_says_what_about_and_when_they_were_mailed(client, at_desk, silent):
    MembershipFactory(provider=silent, reminded_on=days_ago(3))
    text = text_of(client)
    assert "Laatste mail op" in text
    assert 'href="tel:' in text


def test_while_its_offer_is_closed_nobody_calls(client, at_desk, silent):
    Offer.objects.update(closed_from=days_ago(1), closed_until=days_ago(-7))
    assert "Niemand te bellen" in text_of(client)


@pytest.mark.parametrize("own", [{}, {"JZ18": 30}, {"JZ99": 30}, {"JZ18": 120, "JZ99": 30}])
def test_who_is_called_follows_the_strictest_clock_where_an_offer_is_given(region, own):
    far = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    for code, days in own.items():
        RegionClock.objects.create(region_id=code, fact=DatedFact.OFFER, days=days)
    forget_region_clocks()
    today, closed = timezone.localdate(), {"closed_from": days_ago(90), "closed_until": days_ago(9)}
    offers = [
        OfferFactory(municipalities=places, confirmed_on=day and days_ago(day), **more)
        for places in ([region.leiden], [region.leiden, far])
        for day in (None, -1, 20, 60, 100, 130)
        for more in ({}, closed)
    ]
    clocks = strictest_clocks([offer.pk for offer in offers], today)
    stale = {o.provider_id for o in offers if not offer_age(o, clocks[o.pk]).state.counts}
    here = region.leiden.region
    assert {row.provider.pk for row in call_list(here, today)} == stale
    assert count_call_list(here, today) == len(stale)


def test_the_longest_silent_stands_first(client, at_desk, region, silent):
    OfferFactory(provider__name="De Ark", municipalities=[region.leiden], confirmed_on=None)
    text = text_of(client)
    assert text.index("De Ark") < text.index("De Boei")


def test_all_is_right_confirms_by_telephone(client, at_desk, silent):
    client.post(f"{LIST}{silent.pk}/", {"klopt": "ja"})
    assert Offer.objects.get().confirmed_on == timezone.localdate()
    assert Confirmation.objects.filter(via=ConfirmedVia.PHONE, by=at_desk).exists()
    assert "Niemand te bellen" in text_of(client)


def test_who_was_not_reached_comes_back_after_two_weeks(client, at_desk, silent):
    client.post(f"{LIST}{silent.pk}/", {"later": "ja"})
    assert Offer.objects.get().confirmed_on == days_ago(91)
    assert "Niemand te bellen" in text_of(client)
    Call.objects.update(at=timezone.now() - dt.timedelta(days=15))
    assert "De Boei" in text_of(client)


def test_a_provider_of_another_region_cannot_be_ticked_off(client, at_desk):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    other = OfferFactory(municipalities=[there]).provider
    assert client.post(f"{LIST}{other.pk}/", {"klopt": "ja"}).status_code == 404
    assert not Call.objects.exists()


# --- merging ---


@pytest.fixture
def double(region):
    provider = OfferFactory(
        provider__name="Stichting De Boei", title="Samen eten", municipalities=[region.leiden]
    ).provider
    LocationFactory(provider=provider)
    return provider


def merge(client, keep, double):
    data = {"keep": keep.pk, "double": double.pk}
    return client.post("/regio/JZ18/samenvoegen/", data, follow=True).content.decode()


def test_everything_moves_and_the_old_address_leads_on(client, at_desk, silent, double):
    old = double.get_absolute_url()
    ClaimFactory(provider=double, region_id="JZ18")
    assert "Stichting De Boei is opgegaan in De Boei." in merge(client, silent, double)
    assert set(Offer.objects.values_list("provider", flat=True)) == {silent.pk}
    assert Location.objects.get().provider == silent
    answer = client.get(old)
    assert (answer.status_code, answer.url) == (301, silent.get_absolute_url())


def test_an_old_address_of_an_old_address_leads_on(at_desk, silent, double, client):
    first = OfferFactory(provider__name="Boei").provider
    old = first.get_absolute_url()
    merge_providers(by=at_desk, keep=double, double=first)
    merge_providers(by=at_desk, keep=silent, double=double)
    assert client.get(old).url == silent.get_absolute_url()


def test_the_history_of_both_is_kept(at_desk, silent, double):
    number = double.pk
    before = AuditEvent.objects.count()
    merge_providers(by=at_desk, keep=silent, double=double)
    assert AuditEvent.objects.count() == before + 2
    assert AuditEvent.objects.filter(subject_type="provider", subject_id=str(number)).exists()


def test_people_of_both_can_do_what_they_could(at_desk, silent, double):
    user = UserFactory()
    MembershipFactory(user=user, provider=silent, role=Role.VIEWER)
    MembershipFactory(user=user, provider=double, role=Role.MANAGER)
    MembershipFactory(provider=double)
    merge_providers(by=at_desk, keep=silent, double=double)
    assert Membership.objects.get(user=user, provider=silent).role == Role.MANAGER
    assert Membership.objects.filter(provider=silent).count() == 2


def test_details_that_were_missing_are_taken_over(at_desk, region):
    keep = ProviderFactory(phone="", website="https://keep.example")
    double = ProviderFactory(
        phone="071 000 00 34", website="https://double.example", source="nza", external_id="9"
    )
    merge_providers(by=at_desk, keep=keep, double=double)
    keep.refresh_from_db()
    assert (keep.website, keep.source, keep.external_id) == ("https://keep.example", "nza", "9")
    assert keep.phone


def test_one_organisation_is_no_double_of_itself(client, at_desk, silent):
    assert "Kies twee verschillende organisaties." in merge(client, silent, silent)


def test_organisations_of_another_region_are_not_in_the_list(client, at_desk, silent):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    other = OfferFactory(municipalities=[there]).provider
    assert "Kies uit de lijst." in merge(client, silent, other)
    assert Provider.objects.filter(pk=other.pk).exists()


# --- a merge taken back ---


def take_back(client):
    event = AuditEvent.objects.get(action="provider.merged")
    page = client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/", follow=True)
    return page.content.decode()


def test_both_are_there_again_each_with_its_own(client, at_desk, silent, double):
    old, number = double.get_absolute_url(), double.pk
    mine = list(double.offers.all())
    member = MembershipFactory(provider=double)
    ClaimFactory(provider=double, region_id="JZ18")
    Call.objects.create(region_id="JZ18", provider=double, by=at_desk)
    merge(client, silent, double)
    assert "is teruggedraaid" in take_back(client)
    again = Provider.objects.get(pk=number)
    assert list(again.offers.all()) == mine
    assert [again.locations.count(), again.claims.count(), again.calls.count()] == [1, 1, 1]
    assert Membership.objects.get(pk=member.pk).provider == again
    assert silent.offers.count() == 1
    assert client.get(old).status_code == 200
    assert OfferIndex.objects.filter(offer__provider=again).count() == 1


def test_what_came_after_the_merge_stays_with_the_one_that_stayed(
    client, at_desk, silent, double, region
):
    merge(client, silent, double)
    later = OfferFactory(provider=silent, municipalities=[region.leiden])
    take_back(client)
    assert Offer.objects.get(pk=later.pk).provider == silent


def test_details_that_were_taken_over_go_back_unless_they_were_changed(
    client, at_desk, silent, double
):
    Provider.objects.filter(pk=silent.pk).update(website="", about="")
    Provider.objects.filter(pk=double.pk).update(website="https://boei.example", about="Oud")
    merge(client, silent, double)
    Provider.objects.filter(pk=silent.pk).update(about="Nieuw")
    take_back(client)
    kept = Provider.objects.get(pk=silent.pk)
    assert (kept.website, kept.about) == ("", "Nieuw")
    assert Provider.objects.get(pk=double.pk).website == "https://boei.example"


def test_the_list_it_came_from_finds_it_again(client, at_desk, silent, double):
    Provider.objects.filter(pk=double.pk).update(source="leiden", external_id="7")
    merge(client, silent, double)
    take_back(client)
    assert Provider.objects.get(source="leiden", external_id="7").pk == double.pk


def test_who_took_part_in_both_has_both_roles_again(client, at_desk, silent, double):
    user = UserFactory()
    MembershipFactory(user=user, provider=silent, role=Role.VIEWER)
    MembershipFactory(user=user, provider=double, role=Role.MANAGER)
    number = double.pk
    merge(client, silent, double)
    take_back(client)
    roles = dict(user.memberships.values_list("provider", "role"))
    assert roles == {silent.pk: Role.VIEWER, number: Role.MANAGER}


def test_who_was_let_go_since_takes_part_in_neither(client, at_desk, silent, double):
    both, one = UserFactory(), UserFactory()
    MembershipFactory(user=both, provider=silent)
    MembershipFactory(user=both, provider=double)
    MembershipFactory(user=one, provider=double)
    merge(client, silent, double)
    Membership.objects.filter(user__in=[both, one]).delete()
    take_back(client)
    assert not Membership.objects.filter(user__in=[both, one]).exists()


def test_an_older_address_leads_to_where_it_led_before(client, at_desk, silent, double):
    first = OfferFactory(provider__name="Boei").provider
    old = first.get_absolute_url()
    merge_providers(by=at_desk, keep=double, double=first)
    number = double.pk
    merge_providers(by=at_desk, keep=silent, double=double)
    event = AuditEvent.objects.filter(action="provider.merged").first()
    client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/")
    assert client.get(old).url == Provider.objects.get(pk=number).get_absolute_url()


def test_a_merge_is_taken_back_once(client, at_desk, silent, double):
    merge(client, silent, double)
    take_back(client)
    assert "is teruggedraaid" not in take_back(client)
    assert AuditEvent.objects.filter(action="provider.merge_undone").count() == 2


def test_a_merge_elsewhere_is_not_taken_back_by_its_number(client, at_desk):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    keep, double = (OfferFactory(municipalities=[there]).provider for _n in range(2))
    merge_providers(by=UserFactory(), keep=keep, double=double)
    event = AuditEvent.objects.get(action="provider.merged")
    assert client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/").status_code == 404
    assert not Provider.objects.filter(pk=event.changes["double"]).exists()
