"""How long one waits in a municipality: the layout, who sees it, page and file alike."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gaps.waits.lines import cells
from gaps.waits.report import wait_report
from providers.enums import CareLevel, HelpKind, OfferStatus, Role, WaitMethod
from providers.models import Offer, ServiceArea, WaitTime
from providers.services.waits import record_waits
from providers.statistics import Figures
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    WaitNormFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.providers.rules.rotterdam import ROTTERDAM_2017, waits_like

pytestmark = pytest.mark.django_db

PAGE = "/voor-gemeenten/leiden/wachttijden/"
FILE = "/voor-gemeenten/leiden/wachttijden.csv"
TODAY = dt.date(2017, 12, 20)


# --- the layout of Rotterdam 2017 --------------------------------------------------------------


def save_rotterdam(municipality):
    """Store the made-up set: an offer with one measurement per wait, as of today."""
    provider = ProviderFactory()
    kinds = [published.kind for published in ROTTERDAM_2017 for _ in range(published.n)]
    offers = Offer.objects.bulk_create(
        Offer(
            provider=provider,
            title=f"Hulp {number}",
            level=CareLevel.SPECIALIST,
            status=OfferStatus.PUBLISHED,
            help_kind=kind,
        )
        for number, kind in enumerate(kinds)
    )
    ServiceArea.objects.bulk_create(
        ServiceArea(offer=offer, municipality=municipality) for offer in offers
    )
    waits = [weeks for published in ROTTERDAM_2017 for weeks in waits_like(published)]
    record_waits(by=None, waits=[_wait(*pair) for pair in zip(offers, waits, strict=True)])


def _wait(offer, weeks):
    intake = (weeks / 3).quantize(Decimal("0.01"))
    return WaitTime(
        offer=offer,
        measured_on=timezone.localdate(),
        intake_weeks=intake,
        treatment_weeks=weeks - intake,
        method=WaitMethod.MEAN,
    )


def test_the_layout_of_rotterdam_2017_exactly():
    rotterdam = MunicipalityFactory(code="GM0599", name="Rotterdam")
    with time_machine.travel(TODAY, tick=False):
        save_rotterdam(rotterdam)
        lines = wait_report(rotterdam, today=TODAY).lines
    # n, shortest, mean, longest, SD, under a week.
    names = ("gemeten", "kortste", "gemiddelde", "langste", "sd", "korter_dan_1_week")
    total, *kinds = [(line.label, *map(line.cell, names)) for line in lines]
    assert total == ("Alle soorten specialistische hulp", "1087", "0", "5,4", "47", "8,0", "35%")
    assert [(kind, n, mean, sd, short) for kind, n, _low, mean, _high, sd, short in kinds] == [
        ("Jeugd-ggz", "649", "7,1", "8,7", "12%"),
        ("Jeugd- en opvoedhulp", "431", "2,7", "6,1", "69%"),
        ("Hulp bij een beperking", "7", "11,1", "8,0", "14%"),
    ]


# --- the table ---------------------------------------------------------------------------------


@pytest.fixture
def waits(region):
    """Five offers in Leiden with 2 to 10 weeks of wait."""
    for weeks in (2, 4, 6, 8, 10):
        offer = OfferFactory(municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH)
        WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=0, people_waiting=3)
    return region


def report(region):
    return wait_report(region.leiden, today=timezone.localdate())


def test_the_figures_of_a_municipality(waits):
    total, kind = report(waits).lines
    assert (total.label, kind.label) == ("Alle soorten specialistische hulp", "Jeugd-ggz")
    # aanbod, gemeten, stop, onbekend; the weeks; the shares; people waiting.
    assert kind.cells == (
        *("5", "5", "0", "0"),
        *("2", "6,0", "6,0", "10", "3,2"),
        *("0%", "40%", "geen norm", "15"),
    )


def test_a_norm_of_the_region_counts(waits):
    WaitNormFactory(region=waits.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=6)
    assert report(waits).lines[1].cell("in_de_norm") == "60%"


def test_a_mixed_total_has_no_share_within_a_norm(waits):
    """Each kind has a norm of its own: together they are held against none."""
    WaitNormFactory(region=waits.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=6)
    total = report(waits).lines[0]
    assert (total.is_total, total.cell("in_de_norm"), total.value("in_de_norm")) == (
        True,
        "–",
        None,
    )


def test_few_measurements_give_no_figures():
    few = Figures(4, Decimal(1), Decimal(2), Decimal(2), Decimal(3), Decimal(1), waiting=9)
    assert cells(few) == ("–", "minder dan 5", *["–"] * 11)


def test_measurements_without_weeks_still_say_how_many_wait():
    counted = Figures(0, waiting=9, offers=2, stops=1)
    assert cells(counted) == ("2", "geen", "1", "1", *["–"] * 8, "10")


def test_what_is_older_than_two_years_is_left_out(region):
    offer = OfferFactory(municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, measured_on=days_ago(3 * 366))
    assert report(region).lines == ()


def test_the_report_takes_five_statements(waits, django_assert_num_queries):
    # The norms of the region, the measurements, the offers that there are; both of the region.
    with django_assert_num_queries(5):
        report(waits)


def test_prevention_and_the_local_team_stand_apart(client, member, waits):
    for kind in (HelpKind.LOCAL_TEAM, HelpKind.COMMUNITY):
        for _ in range(5):
            offer = OfferFactory(municipalities=[waits.leiden], help_kind=kind)
            WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0)
    assert [
        (line.label, line.cell("gemeten"), line.cell("gemiddelde"), line.is_apart)
        for line in report(waits).lines
    ] == [
        ("Alle soorten specialistische hulp", "5", "6,0", False),
        ("Jeugd-ggz", "5", "6,0", False),
        ("Basishulp (lokaal team)", "5", "0,0", True),
        ("Sociale basis en preventie", "5", "0,0", True),
    ]
    assert client.get(PAGE).content.decode().count("(apart)") == 2
    assert client.get(FILE).content.decode().count("telt-in-geen-totaal") == 2


# --- page and file -----------------------------------------------------------------------------


@pytest.fixture
def member(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden, role=Role.VIEWER)
    return user


def test_the_bias_of_who_began_stands_beside_their_mean(client, member, waits):
    assert "Wie nog wacht of afhaakte" not in client.get(PAGE).content.decode()
    WaitTimeFactory(offer=Offer.objects.first(), method=WaitMethod.MEAN)
    assert "Wie nog wacht of afhaakte" in client.get(PAGE).content.decode()


def test_a_norm_is_shown_with_its_source(client, member, waits):
    assert "geen norm vastgelegd" in client.get(PAGE).content.decode()
    WaitNormFactory(region=waits.leiden.region, weeks="13.50")
    text = client.get(PAGE).content.decode()
    assert "heeft voor jeugd- en opvoedhulp een norm van 13,5 weken" in text
    assert "Regiovisie 2030, bladzijde 12" in text


def test_without_measurements_the_page_says_so(client, member):
    assert "geen wachttijden bekend" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_who_is_not_logged_in_goes_to_the_log_in_page(client, region, address, method):
    response = getattr(client, method)(address)
    assert response["Location"] == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("rights", [{}, {"is_staff": True}])
def test_strangers_do_not_see_it(client, log_in, region, address, rights):
    MembershipFactory(user=log_in(**rights), provider=None, municipality=region.katwijk)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("method", ["post", "delete"])
def test_nothing_can_be_changed_there(client, member, address, method):
    assert getattr(client, method)(address).status_code == 405
