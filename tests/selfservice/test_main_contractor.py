"""Through whom a subcontractor is paid, per municipality, as the provider itself writes it."""

import pytest

from providers.enums import ContractStatus, OfferStatus
from providers.models import AuditEvent
from providers.services.desk.undo import undo_change
from tests.factories import MembershipFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db
VIA = ContractStatus.SUBCONTRACTOR


@pytest.fixture
def offer(region):
    return OfferFactory(municipalities=[region.leiden])


@pytest.fixture
def main(region):
    return OfferFactory(
        provider__name="De Grote Aanbieder", municipalities=[region.leiden]
    ).provider


@pytest.fixture
def save(client, log_in, offer, main):
    MembershipFactory(user=log_in(), provider=offer.provider)

    def _save(**row):
        data = {"version": offer.version, "GM0546-here": "on", "GM0546-routes": "huisarts"}
        data |= {f"GM0546-{name}": value for name, value in row.items()}
        return client.post(f"/voor-aanbieders/aanbod/{offer.pk}/gemeenten/", data)

    return _save


def test_a_provider_says_through_whom_it_is_paid(client, save, offer, main):
    assert save(contract=VIA, main_contractor="de grote aanbieder").status_code == 302
    assert offer.service_areas.get().main_contractor == main
    assert "Via De Grote Aanbieder" in client.get(offer.get_absolute_url()).content.decode()


def test_the_name_stands_there_the_next_time(client, save, offer, main):
    save(contract=VIA, main_contractor=main.name)
    page = client.get(f"/voor-aanbieders/aanbod/{offer.pk}/gemeenten/").content.decode()
    assert 'name="GM0546-main_contractor" value="De Grote Aanbieder"' in page


def test_with_another_contract_there_is_no_main_contractor(save, offer, main):
    save(contract=ContractStatus.CONTRACTED, main_contractor=main.name)
    assert offer.service_areas.get().main_contractor is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Niemand", "Deze organisatie staat hier niet op de kaart."),
        ("Twee Keer", "Zo heten er twee op de kaart."),
    ],
)
def test_a_name_that_is_nobody_or_two_is_refused_beside_the_field(
    save, offer, region, name, sentence
):
    for _ in range(2):
        OfferFactory(provider__name="Twee Keer", municipalities=[region.leiden])
    answer = save(contract=VIA, main_contractor=name)
    assert sentence in answer.content.decode()
    assert offer.service_areas.get().contract != VIA


def test_oneself_is_no_main_contractor(save, offer):
    answer = save(contract=VIA, main_contractor=offer.provider.name)
    assert "Deze organisatie staat hier niet op de kaart." in answer.content.decode()


def test_one_that_nobody_sees_yet_is_not_named_to_others(client, save, offer, region):
    hidden = OfferFactory(
        provider__name="Nog Geheim", status=OfferStatus.DRAFT, municipalities=[region.leiden]
    ).provider
    page = client.get(f"/voor-aanbieders/aanbod/{offer.pk}/gemeenten/").content.decode()
    assert hidden.name not in page
    answer = save(contract=VIA, main_contractor=hidden.name)
    assert "Deze organisatie staat hier niet op de kaart." in answer.content.decode()


def test_the_whole_region_takes_one_in_one_go(client, save, offer, main):
    data = {"version": offer.version, "regio-routes": "huisarts", "regio-contract": VIA}
    data |= {"regio-main_contractor": main.name, "hele_regio": "ja"}
    client.post(f"/voor-aanbieders/aanbod/{offer.pk}/gemeenten/", data)
    assert set(offer.service_areas.values_list("main_contractor", flat=True)) == {main.pk}


def test_the_desk_takes_it_back(save, offer, main):
    save(contract=VIA, main_contractor=main.name)
    undo_change(by=UserFactory(), event=AuditEvent.objects.filter(action="offer.areas_set").first())
    assert offer.service_areas.get().main_contractor is None
