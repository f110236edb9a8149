"""The table of waits cannot be misread: a test per way in which it once was."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from gaps.waits.report import wait_report
from providers.enums import SAFETY_KINDS, CareLevel, HelpKind, Role, WaitMethod, WaitStatus
from tests.factories import (
    MembershipFactory,
    OfferFactory,
    WaitNormFactory,
    WaitTimeFactory,
)
from tests.pages import elements, text_of

pytestmark = pytest.mark.django_db

PAGE = "/voor-gemeenten/leiden/wachttijden/"


def offers(region, number, kind=HelpKind.MENTAL_HEALTH, weeks=6, **wait):
    """Make so many offers in Leiden, each with one measurement of today."""
    made = []
    for _ in range(number):
        offer = OfferFactory(municipalities=[region.leiden], help_kind=kind)
        WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=0, **wait)
        made.append(offer)
    return made


def line_of(region, kind=HelpKind.MENTAL_HEALTH, method=WaitMethod.FORECAST):
    lines = wait_report(region.leiden, today=timezone.localdate()).lines
    return next(line for line in lines if line.kind == kind and line.method == method)


def counts(line):
    return tuple(line.value(name) for name in ("aanbod", "gemeten", "stop", "onbekend"))


@pytest.fixture
def member(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden, role=Role.VIEWER)
    return user


# --- what the region shows, less what a municipality shows --------------------------------------


@pytest.mark.parametrize(("elsewhere", "shown"), [(0, 60), (3, 65), (4, 65), (8, 70)])
def test_few_who_wait_elsewhere_in_the_region_do_not_follow(region, elsewhere, shown):
    """Both are rounded: 60 and 65 leave one to nine elsewhere."""
    offers(region, 6, people_waiting=10)
    for waiting in (elsewhere, *[0] * 4):
        other = OfferFactory(municipalities=[region.katwijk], help_kind=HelpKind.MENTAL_HEALTH)
        WaitTimeFactory(offer=other, intake_weeks=6, treatment_weeks=0, people_waiting=waiting)
    assert line_of(region).value("wachtenden") == 60
    around = wait_report(region.leiden.region, today=timezone.localdate()).lines
    assert next(line for line in around if line.kind).value("wachtenden") == shown


def test_few_measurements_elsewhere_do_not_follow(region):
    """Of the six in Leiden and the seven of the region the hidden one of Katwijk would be left."""
    offers(region, 6, people_waiting=10)
    other = OfferFactory(
        municipalities=[region.katwijk],
        help_kind=HelpKind.MENTAL_HEALTH,
        level=CareLevel.RESIDENTIAL,
    )
    WaitTimeFactory(offer=other, intake_weeks=6, treatment_weeks=0, people_waiting=3)
    report = wait_report(region.leiden, today=timezone.localdate())
    assert {line.cell("gemeten") for line in report.lines} == {"niet getoond"}
    assert {value for line in (*report.lines, *report.steps) for value in line.values} == {None}


# --- a stop or an unknown wait betters no mean unseen ------------------------------------------


def test_offers_stops_and_unknown_waits_stand_beside_what_is_measured(region):
    offers(region, 5)
    WaitTimeFactory(offer=offers(region, 1)[0], status=WaitStatus.STOP)
    WaitTimeFactory(
        offer=OfferFactory(municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH),
        status=WaitStatus.UNKNOWN,
    )
    # Of this one nothing was ever given.
    OfferFactory(municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH)
    assert counts(line_of(region)) == (8, 5, 1, 2)


def test_an_offer_that_closes_its_list_leaves_the_mean_as_a_stop(region):
    slow = offers(region, 1, weeks=40)[0]
    offers(region, 5, weeks=4)
    WaitTimeFactory(offer=slow, status=WaitStatus.STOP)
    line = line_of(region)
    assert (line.cell("gemiddelde"), line.value("stop")) == ("4,0", 1)


def test_an_offer_that_closed_its_list_is_a_stop_by_every_method(region):
    made = offers(region, 6, method=WaitMethod.MEAN)
    WaitTimeFactory(offer=made[0], status=WaitStatus.STOP)
    assert counts(line_of(region, method=WaitMethod.MEAN)) == (6, 5, 1, 0)


def test_an_offer_without_a_kind_of_measurement_is_unknown_by_that_method(region):
    offers(region, 5)
    offers(region, 5, method=WaitMethod.MEDIAN)
    assert counts(line_of(region)) == (10, 5, 0, 5)


# --- a share is of offers ----------------------------------------------------------------------


def test_every_share_says_that_it_is_of_offers(client, member, region):
    offers(region, 5)
    page = client.get(PAGE).content.decode()
    headings = {text_of(one) for one in elements(page, "th")}
    shares = {one for one in headings if any(word in one for word in ("week", "weken", "norm"))}
    assert shares == {
        "< 1 week, van het aanbod",
        "Binnen 4 weken, van het aanbod",
        "In de norm, van het aanbod",
    }
    assert "Het is geen deel van de kinderen." in page


# --- people waiting ----------------------------------------------------------------------------


def test_people_wait_on_lists_that_serve_others_too(client, member, region):
    offers(region, 5, people_waiting=9)
    assert "op lijsten die ook Leiden bedienen" in client.get(PAGE).content.decode()


def test_people_waiting_count_once_in_a_region(region):
    for _ in range(5):
        offer = OfferFactory(
            municipalities=[region.leiden, region.katwijk], help_kind=HelpKind.DISABILITY
        )
        WaitTimeFactory(offer=offer, people_waiting=20)
    today = timezone.localdate()
    found = [
        wait_report(place, today=today).lines[0].value("wachtenden")
        for place in (region.leiden, region.katwijk, region.leiden.region)
    ]
    assert found == [100, 100, 100]


# --- the quarter that runs ---------------------------------------------------------------------


def test_the_running_quarter_is_marked_and_an_ended_one_is_not(client, member, region):
    with time_machine.travel("2026-11-18 12:00"):
        for offer in offers(region, 5):
            WaitTimeFactory(offer=offer, measured_on=dt.date(2026, 9, 30))
        titles = [text_of(one) for one in elements(client.get(PAGE).content.decode(), "h2")]
    assert titles[0] == "4e kwartaal 2026 (loopt nog)"
    assert "3e kwartaal 2026" in titles


# --- norms -------------------------------------------------------------------------------------


def test_a_total_of_kinds_with_a_norm_each_shows_no_share_within_it(region):
    for kind, weeks in ((HelpKind.MENTAL_HEALTH, 14), (HelpKind.PARENTING, 13)):
        WaitNormFactory(region=region.leiden.region, kind=kind, weeks=weeks)
        offers(region, 5, kind=kind)
    total, *kinds = wait_report(region.leiden, today=timezone.localdate()).lines
    assert total.is_total
    assert [line.cell("in_de_norm") for line in (total, *kinds)] == ["–", "100%", "100%"]


# --- kinds of their own ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [HelpKind.LOCAL_TEAM, *SAFETY_KINDS])
def test_the_local_team_and_the_chain_of_safety_stand_apart(region, kind):
    offers(region, 5, weeks=10)
    offers(region, 5, kind=kind, weeks=0)
    total = wait_report(region.leiden, today=timezone.localdate()).lines[0]
    assert total.cell("gemiddelde") == "10,0"
    assert line_of(region, kind).is_apart


# --- units and methods -------------------------------------------------------------------------


def test_a_long_wait_is_in_weeks_and_not_in_months(client, member, region):
    offers(region, 5, weeks=40)
    page = client.get(PAGE).content.decode()
    cells = [text_of(one) for one in elements(page, "td")]
    assert "40,0" in cells
    assert not any("maand" in cell for cell in cells)


def test_methods_are_in_tables_of_their_own(client, member, region):
    offers(region, 5, weeks=2)
    offers(region, 5, weeks=30, method=WaitMethod.MEAN)
    captions = [text_of(one) for one in elements(client.get(PAGE).content.decode(), "caption")]
    assert sum(text.startswith("Verwachting") for text in captions) == 2
    assert sum(text.startswith("Gemiddelde van wie begonnen is") for text in captions) == 2


# --- steps -------------------------------------------------------------------------------------


def test_specialist_help_per_step_has_the_total_of_the_kinds(region):
    for level in (CareLevel.SPECIALIST, CareLevel.RESIDENTIAL):
        for offer in offers(region, 5):
            offer.level = level
            offer.save()
    report = wait_report(region.leiden, today=timezone.localdate())
    total, *steps = report.steps
    assert total.cells == report.lines[0].cells
    assert [line.label for line in steps] == [
        "Trede 3: Specialistische hulp zonder verblijf",
        "Trede 6: Verblijf in een instelling",
    ]
