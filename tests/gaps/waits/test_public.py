"""The waits that everybody may see: per kind of help and region, from five measurements on."""

import pytest
import time_machine
from django.utils import timezone

from providers.enums import HelpKind, OfferStatus, WaitMethod
from tests.factories import OfferFactory, WaitNormFactory, WaitTimeFactory, YouthRegionFactory
from tests.pages import elements, text_of

pytestmark = pytest.mark.django_db

REGION, KIND = "/wachttijden/JZ18/", "/wachttijden/JZ18/ggz/"


def measure(region, number, kind=HelpKind.MENTAL_HEALTH, weeks=6, **wait):
    for _ in range(number):
        offer = OfferFactory(municipalities=[region.leiden], help_kind=kind)
        WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=0, **wait)


def cells(page, heading):
    return [text_of(one) for one in elements(page, "td", data_label=heading)]


def get(client, address):
    return client.get(address).content.decode()


def test_five_measurements_are_shown_to_everybody(client, region):
    measure(region, 5)
    assert cells(get(client, KIND), "Gemiddelde") == ["6,0"]


def test_four_are_not(client, region):
    measure(region, 4)
    page = get(client, KIND)
    assert (cells(page, "Gemeten"), cells(page, "Gemiddelde")) == (["minder dan 5"], ["–"])


def test_numbers_of_offers_are_to_the_nearest_five(client, region):
    """An exact number of the region less that of Leiden would tell of the few offers elsewhere."""
    measure(region, 7)
    OfferFactory(municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH)
    for address in (REGION, KIND):
        page = get(client, address)
        numbers = [cells(page, heading) for heading in ("Aanbod", "Gemeten", "Onbekend")]
        assert numbers == [["10"], ["5"], ["minder dan 5"]]


def test_no_page_has_a_total_to_subtract_from(client, region):
    measure(region, 6)
    measure(region, 3, kind=HelpKind.DYSLEXIA)
    page = get(client, REGION)
    assert "Alle soorten" not in page
    assert "3" not in cells(page, "Gemeten")


def test_the_last_quarter_that_ended_is_shown(client, region):
    with time_machine.travel("2026-10-20 12:00"):
        measure(region, 5, weeks=2, measured_on=timezone.localdate())
        measure(region, 5, weeks=9, measured_on=timezone.datetime(2026, 9, 1).date())
        page = get(client, REGION)
    assert cells(page, "Gemiddelde") == ["9,0"]
    assert "3e kwartaal 2026" in page


def test_the_running_quarter_of_a_kind_is_marked(client, region):
    measure(region, 5)
    assert "(loopt nog)" in get(client, KIND)


def test_a_norm_of_the_region_stands_with_its_source(client, region):
    measure(region, 5)
    WaitNormFactory(region=region.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=14)
    page = get(client, KIND)
    assert "norm van 14 weken" in page
    assert "Regiovisie 2030, bladzijde 12" in page


def test_a_mean_of_who_began_says_whom_it_leaves_out(client, region):
    measure(region, 5, method=WaitMethod.MEAN)
    assert "Wie nog wacht of afhaakte" in get(client, KIND)


def test_what_is_not_public_does_not_count(client, region):
    measure(region, 5)
    OfferFactory(
        municipalities=[region.leiden],
        help_kind=HelpKind.MENTAL_HEALTH,
        status=OfferStatus.DRAFT,
    )
    assert cells(get(client, KIND), "Aanbod") == ["5"]


def test_no_provider_is_named(client, region):
    offer = OfferFactory(provider__name="De Boei", municipalities=[region.leiden])
    WaitTimeFactory(offer=offer)
    assert "De Boei" not in get(client, REGION) + get(client, KIND)


def test_regions_without_help_are_not_listed(client, region):
    measure(region, 1)
    YouthRegionFactory(name="Elders")
    page = get(client, "/wachttijden/")
    assert (region.leiden.region.name in page, "Elders" in page) == (True, False)


@pytest.mark.parametrize("address", ["/wachttijden/JZ99/", "/wachttijden/JZ18/onbekend/"])
def test_what_there_is_not(client, region, address):
    assert client.get(address).status_code == 404


def test_without_measurements_it_says_so(client, region):
    for address in (REGION, KIND):
        assert "geen wachttijden bekend" in get(client, address)


def test_the_page_about_waits_leads_there(client, db):
    assert 'href="/wachttijden/"' in get(client, "/over-wachttijden/")


@pytest.mark.parametrize("address", [REGION, KIND])
def test_the_statements_of_a_page(client, region, address, django_assert_num_queries):
    measure(region, 7)
    client.get(address)
    # The region, its norms, the measurements, the offers there are.
    with django_assert_num_queries(4):
        client.get(address)
