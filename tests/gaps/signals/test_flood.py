"""A flood from one address, or one browser, moves no figure that a municipality sees."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from gaps.signals.figures import signals_page
from providers.figures.demand import asked_in
from search.counting import writer
from search.counting.memory import Memory
from tests.factories import HelpQuestionFactory, OfferFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - dt.timedelta(1)
HOME = "203.0.113.1"
TIMES = 12
MISSING = {"andere": "somberheid", "gemeente": "GM0546", "leeftijd": "12-15", "reden": "niets"}
REFUSED = {
    "melding": "past-niet:geweigerd",
    "gemeente": "GM0546",
    "hulpvraag": "somberheid",
    "leeftijd": "12-15",
}


@pytest.fixture(autouse=True)
def counting(settings, monkeypatch, region):
    settings.DEMAND_SECONDS = 60
    monkeypatch.setattr(writer, "memory", Memory())
    monkeypatch.setattr(writer, "start", lambda: None)
    HelpQuestionFactory(code="somberheid", label="Somber")


def flood(send, *, one_browser):
    """Send it again and again from one address, five minutes apart."""
    client = StrictClient(REMOTE_ADDR=HOME)
    for number in range(TIMES):
        with time_machine.travel(NOON + dt.timedelta(minutes=5 * number), tick=False):
            send(client if one_browser else StrictClient(REMOTE_ADDR=HOME), number)
    writer.write()


def cell(region):
    found = asked_in([region.leiden.pk], until=timezone.localdate())
    ((_key, figures),) = found.figures().items()
    return figures


@pytest.mark.parametrize("one_browser", [True, False])
def test_searching(region, one_browser):
    def search(client, number):
        filters = f"&trede={number % 7}&start={number}"
        address = f"/?hulpvraag=somberheid&plaats=leiden&leeftijd=14{filters}"
        client.get(address, headers={"user-agent": f"{FIREFOX} {number}"})

    flood(search, one_browser=one_browser)
    assert cell(region).searches == 2


@pytest.mark.parametrize("one_browser", [True, False])
def test_missing_help(region, one_browser):
    reasons = ["niets", "te-ver", "te-laat", "geen-groep", "te-zwaar", "taal", "kosten"]

    def report(client, number):
        client.post("/meld-ontbrekend-aanbod/", MISSING | {"reden": reasons[number % 7]})

    flood(report, one_browser=one_browser)
    assert cell(region).signals == 1
    (shown,) = signals_page(region.leiden, today=timezone.localdate()).questions
    assert (shown.signals, shown.parts) == ("minder dan 5", ())


@pytest.mark.parametrize("one_browser", [True, False])
def test_refusals(region, one_browser):
    offers = OfferFactory.create_batch(TIMES, municipalities=[region.leiden])

    def refused(client, number):
        client.post(f"/aanbod/{offers[number].pk}/melden/", REFUSED)

    flood(refused, one_browser=one_browser)
    assert cell(region).refusals == 1
