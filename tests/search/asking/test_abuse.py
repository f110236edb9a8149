"""Every tap as it can be abused, played out: docs/abuse.md has a row for each.

An attacker here has as many browsers as they like. What they lack is networks and patience.
"""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from gaps.missed import missed_help
from providers.models import AuditEvent, Interest, MissingHelpSignal, Report
from providers.networks import Network
from providers.services.confirmations import confirm_offer
from providers.services.signals import forget_networks
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    OfferFactory,
    ReportFactory,
    UserFactory,
    days_ago,
)
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

HOME, OFFICE = "203.0.113.1", "198.51.100.2"
# Noon: what happens within hours happens on one day.
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - dt.timedelta(1)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def browser(address, offer, at):
    """A new browser that opens the page of this offer, and so gets a number of its own."""
    client = StrictClient(REMOTE_ADDR=address)
    with time_machine.travel(at, tick=False):
        client.get(offer.get_absolute_url())
    return client


def report(client, offer, at, what="vol"):
    with time_machine.travel(at, tick=False):
        return client.post(f"/aanbod/{offer.pk}/melden/", {"melding": what}, follow=True)


def says_full(offer):
    return "melden: vol" in StrictClient().get(offer.get_absolute_url()).content.decode()


def two_report(offer, *, one=HOME, other=OFFICE, known=10 * MINUTE, apart=5 * HOUR):
    """Two browsers, `known` before they tap and `apart` hours from each other."""
    for address, at in ((one, NOON - apart), (other, NOON)):
        report(browser(address, offer, at - known), offer, at)


@pytest.fixture
def offer(region):
    day = days_ago(3)
    return OfferFactory(municipalities=[region.leiden], confirmed_on=day)


# --- vol -----------------------------------------------------------------------------------------


def test_two_people_in_two_places_are_believed(offer):
    two_report(offer)
    assert says_full(offer)


@pytest.mark.parametrize(
    "attack",
    [
        {"other": HOME},
        {"known": 0 * MINUTE},
        {"known": 4 * MINUTE},
        {"apart": 0 * HOUR},
        {"apart": 3 * HOUR},
        {"one": "2001:db8:1:2::1", "other": "2001:db8:1:2:ffff::1"},
        {"one": HOME, "other": f"::ffff:{HOME}"},
    ],
    ids=str,
)
def test_one_person_who_plays_two_is_not(offer, attack):
    two_report(offer, **attack)
    assert Report.objects.count() == 2
    assert not says_full(offer)


def test_a_new_day_makes_no_second_person_of_a_network(offer):
    """The hash of a network is another one each day; it is compared by the key of each day."""
    two_report(offer, other=HOME, apart=24 * HOUR)
    assert len(set(Report.objects.values_list("network", flat=True))) == 2
    assert not says_full(offer)


def test_one_browser_that_travels_is_one_person(offer):
    client = browser(HOME, offer, NOON - 30 * HOUR)
    report(client, offer, NOON - 26 * HOUR)
    client.defaults["REMOTE_ADDR"] = OFFICE
    report(client, offer, NOON)
    assert not says_full(offer)


def test_a_colleague_in_the_same_practice_is_thanked_and_adds_no_voice(offer):
    two_report(offer, other=HOME)
    answer = report(browser(HOME, offer, NOON), offer, NOON + HOUR)
    assert "Dank u" in answer.content.decode()
    assert [row.counts for row in Report.objects.order_by("pk")] == [True, False, False]


def test_a_third_from_elsewhere_makes_it_two(offer):
    two_report(offer, other=HOME)
    report(browser(OFFICE, offer, NOON), offer, NOON + HOUR)
    assert says_full(offer)
    offer.refresh_from_db()
    assert offer.full_reports == 2


def test_two_networks_mark_no_more_than_ten_offers_a_day(region):
    offers = OfferFactory.create_batch(12, municipalities=[region.leiden], confirmed_on=days_ago(3))
    for address, at in ((HOME, NOON - 5 * HOUR), (OFFICE, NOON)):
        for offer in offers:
            report(browser(address, offer, at - HOUR), offer, at)
    assert sum(says_full(offer) for offer in offers) == 10


def test_a_number_cannot_be_made_up_or_made_older(offer):
    client = browser(HOME, offer, NOON)
    value = client.cookies["sk_afzender"].value
    client.cookies["sk_afzender"] = re.sub(r"\.(\d{10}):", ".1000000000:", value)
    report(client, offer, NOON)
    assert not Report.objects.get().counts


def test_the_provider_contests_it_with_one_tap(offer):
    two_report(offer)
    confirm_offer(by=UserFactory(), offer=offer)
    assert not says_full(offer)


def test_only_a_hash_of_one_day_is_kept(offer):
    two_report(offer)
    stored = str([*Report.objects.values(), *AuditEvent.objects.values()])
    assert HOME not in stored
    assert OFFICE not in stored
    today, before = timezone.localdate(), days_ago(1)
    assert Network(HOME).on(today) != Network(HOME).on(before)


def test_what_tells_networks_apart_is_wiped(offer):
    old = ReportFactory(offer=offer, network="x", created_on=days_ago(61))
    new = ReportFactory(offer=offer, network="y", created_on=days_ago(60))
    forget_networks(on=timezone.localdate())
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.network, new.network) == ("", "y")


# --- klopt niet ----------------------------------------------------------------------------------


def test_a_crowd_from_one_network_says_once_that_something_is_wrong(offer):
    for _ in range(5):
        report(browser(HOME, offer, NOON - HOUR), offer, NOON, "klopt-niet:contact")
    assert [row.counts for row in Report.objects.order_by("pk")] == [True] + [False] * 4


# --- interest ------------------------------------------------------------------------------------


@pytest.fixture
def run(region):
    places = [region.leiden, region.katwijk, region.leiderdorp]
    return GroupRunFactory(programme=GroupProgrammeFactory(offer__municipalities=places))


def express(client, run, **said):
    said = {"count": "20", "age_band": "8-11", "municipality": "GM0546"} | said
    return client.post(f"/groepen/start/{run.pk}/belangstelling/", said)


EVERYTHING = [
    {"age_band": band, "municipality": place}
    for band in ("0-3", "4-7", "8-11", "12-15", "16-18", "19-27", "ouder")
    for place in ("GM0546", "GM0547", "GM0537")
]


def people():
    return sum(Interest.objects.values_list("count", flat=True))


def test_one_browser_does_not_fill_a_group_with_people_of_every_age(client, run):
    answers = [express(client, run, **said) for said in EVERYTHING]
    assert people() == 20
    assert answers[-1].status_code == 422
    assert "ten hoogste 20 mensen" in answers[-1].content.decode()


def test_nor_do_many_browsers_of_one_network(run):
    for said in EVERYTHING:
        express(StrictClient(), run, **said)
    assert people() == 20


def test_nor_day_after_day(run):
    for day in range(3):
        with time_machine.travel(NOON + dt.timedelta(days=day), tick=False):
            express(StrictClient(), run, age_band=EVERYTHING[day * 3]["age_band"])
    assert people() == 20


def test_nor_over_many_groups(region):
    runs = [
        GroupRunFactory(programme__offer__municipalities=[region.leiden]) for _number in range(4)
    ]
    for run in runs:
        express(StrictClient(), run)
    assert people() == 40


def test_another_place_may_have_people_too(run):
    express(StrictClient(REMOTE_ADDR=HOME), run)
    express(StrictClient(REMOTE_ADDR=OFFICE), run)
    assert people() == 40


def test_a_number_may_be_mended(client, run):
    express(client, run, count="20")
    assert express(client, run, count="15").status_code == 302
    assert people() == 15


def test_nobody_takes_back_what_another_browser_said(client, run):
    express(client, run)
    row = Interest.objects.get()
    stranger = StrictClient()
    stranger.get(f"/groepen/start/{run.pk}/belangstelling/")
    answer = stranger.post(f"/groepen/belangstelling/{row.pk}/weg/")
    assert (answer.status_code, Interest.objects.count()) == (404, 1)


# --- missing help --------------------------------------------------------------------------------


def miss(client, at=NOON, **said):
    said = {"andere": "somberheid", "gemeente": "GM0546", "leeftijd": "", "reden": "niets"} | said
    with time_machine.travel(at, tick=False):
        return client.post("/meld-ontbrekend-aanbod/", said)


def figures(region):
    found = missed_help(region.leiden, today=timezone.localdate())
    return {one.label: one.times for one in found}


@pytest.fixture
def question(region):
    return HelpQuestionFactory(code="somberheid", label="Somber")


def test_a_flood_of_browsers_from_one_network_counts_once(region, question):
    for number in range(30):
        miss(StrictClient(), leeftijd=["", "0-3", "4-7", "8-11"][number % 4])
    assert MissingHelpSignal.objects.count() == 30
    assert figures(region) == {"Somber": 1}


def test_one_browser_counts_once_in_a_week(region, question):
    client = StrictClient()
    for day in range(-6, 1):
        miss(client, NOON + dt.timedelta(days=day))
    assert figures(region) == {"Somber": 1}


def test_two_networks_count_as_two(region, question):
    for address in (HOME, OFFICE):
        miss(StrictClient(REMOTE_ADDR=address))
    assert figures(region) == {"Somber": 2}


def test_one_network_does_not_miss_everything_on_one_day(region):
    codes = [f"vraag-{number}" for number in range(13)]
    for code in codes:
        HelpQuestionFactory(code=code, label=code)
        miss(StrictClient(), andere=code)
    assert sum(figures(region).values()) == 10


# --- the shortlist and the fields that suggest ---------------------------------------------------


def test_keeping_and_suggesting_write_nothing_down(client, region, offer):
    before = AuditEvent.objects.count()
    client.post("/keuzelijst/bewaar/", {"offer": offer.pk})
    client.post("/suggesties", {"vraag": "somber"})
    client.post("/plaatsen", {"plaats": "lei"})
    assert AuditEvent.objects.count() == before
