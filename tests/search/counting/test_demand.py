"""Demand: what was searched for, counted in memory and written apart from any page."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from providers.enums import DemandOutcome
from providers.models import Demand
from providers.models.policy import Searched
from search.counting import writer
from search.counting.memory import REPEAT_SECONDS, Memory
from search.page_cache import TOKEN
from tests.factories import HelpQuestionFactory, OfferFactory, WaitTimeFactory
from tests.page_rows import PAGES
from tests.strict_client import StrictClient
from tests.test_access_matrix import undone

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SEARCH = "/?hulpvraag=somberheid&plaats=leiden&leeftijd=14"
ELSEWHERE = "198.51.100.2"


@pytest.fixture(autouse=True)
def counting(settings, monkeypatch):
    """Count as a real site does, but for the thread that writes."""
    settings.DEMAND_SECONDS = 60
    monkeypatch.setattr(writer, "memory", Memory())
    monkeypatch.setattr(writer, "start", lambda: None)


@pytest.fixture(autouse=True)
def somber(region):
    return HelpQuestionFactory(code="somberheid", label="Somber")


def look(address=SEARCH, *, network="203.0.113.1", agent=FIREFOX, client=None, **headers):
    client = client or StrictClient()
    return client.get(address, REMOTE_ADDR=network, headers={"user-agent": agent} | headers)


def counted(*names):
    """Return what was counted, written and read back."""
    writer.write()
    return list(
        Demand.objects.order_by("pk").values_list(*(names or ("searches",)), flat=not names)
    )


# --- what is counted -----------------------------------------------------------------------------


def test_a_search_is_codes_a_day_and_how_it_ended(region):
    look(f"{SEARCH}&vorm=groep&trede=1&start=6")
    names = [field.name for field in Demand._meta.fields if field.name not in {"id", "day"}]
    assert counted(*names) == [
        (False, "GM0546", "", "somberheid", "12-15", "groep", "niets", "start,trede", 1)
    ]


def test_a_postcode_counts_for_its_area(region):
    look("/?hulpvraag=somberheid&plaats=2311")
    assert counted("municipality", "postal_area") == [("GM0546", "2311")]


def test_each_help_question_counts():
    HelpQuestionFactory(code="angst", label="Angstig")
    look("/?hulpvraag=somberheid&hulpvraag=angst&gemeente=GM0546")
    assert sorted(counted("help_question")) == [("angst",), ("somberheid",)]


@pytest.mark.parametrize(("offers", "outcome"), [(0, "niets"), (1, "weinig"), (5, "veel")])
def test_how_it_ended_is_a_word_and_no_number(region, offers, outcome):
    OfferFactory.create_batch(offers, municipalities=[region.leiden], help_questions=["somberheid"])
    look("/?hulpvraag=somberheid&plaats=leiden")
    assert counted("outcome") == [(outcome,)]


def test_help_that_is_there_and_starts_too_late_is_late(region):
    offer = OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    WaitTimeFactory(offer=offer, intake_weeks=8, treatment_weeks=12)
    look("/?hulpvraag=somberheid&plaats=leiden&start=6")
    assert counted("outcome") == [(DemandOutcome.LATE.value,)]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?plaats=leiden",
        "/?naam=de-boei&plaats=leiden",
        f"{SEARCH}&pagina=2",
        f"{SEARCH}&deel=groepen",
        f"/kaart/punten{SEARCH[1:]}",
        "/?hulpvraag=bestaat-niet",
    ],
)
def test_what_is_no_search_for_help_counts_for_nothing(address):
    look(address)
    assert counted() == []


def test_a_kept_page_counts_as_the_page_it_is(settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    look()
    with CaptureQueriesContext(connection) as queries:
        look(network=ELSEWHERE)
    assert len(queries) == 1
    assert counted() == [2]
    caches["pages"].clear()


# --- who counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/128.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0)",
    ],
)
def test_programs_do_not_count(agent):
    look(agent=agent)
    assert counted() == []


@pytest.mark.parametrize("header", ["sec-purpose", "purpose", "x-moz"])
def test_a_page_fetched_in_case_somebody_opens_it_does_not_count(header):
    look(**{header: "prefetch"})
    assert counted() == []


def test_who_is_logged_in_looks_at_help_and_not_for_it(client, log_in):
    log_in()
    look(client=client)
    assert counted() == []


def test_only_a_page_that_is_asked_for_counts():
    StrictClient().head(SEARCH, headers={"user-agent": FIREFOX})
    assert counted() == []


def test_the_same_search_again_is_a_repeat():
    for _time in range(5):
        look()
    assert counted() == [1]


def test_paging_back_and_another_order_are_repeats():
    for more in ("", "&volgorde=wachttijd", "&pagina=2", ""):
        look(SEARCH + more)
    assert counted() == [1]


def test_half_an_hour_later_it_is_another_search():
    now = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    for seconds in (0, REPEAT_SECONDS - 1, REPEAT_SECONDS + 1):
        with time_machine.travel(now + dt.timedelta(seconds=seconds), tick=False):
            look()
    assert counted() == [2]


def test_a_flood_from_one_network_stays_below_what_is_shown():
    noon = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
    for number in range(20):
        with time_machine.travel(noon + dt.timedelta(minutes=31 * number), tick=False):
            look(f"{SEARCH}&trede={number % 5}", agent=f"{FIREFOX} {number}")
    assert sum(counted()) == 2


def test_one_network_counts_so_often_a_day(settings):
    settings.TAP_LIMITS = settings.TAP_LIMITS | {"searches_a_day": 3}
    for age in (1, 5, 9, 13, 17):
        look(f"/?hulpvraag=somberheid&plaats=leiden&leeftijd={age}")
    assert sum(counted()) == 3


def test_two_networks_are_two_searches():
    look()
    look(network=ELSEWHERE)
    assert counted() == [2]


def test_memory_holds_no_address_and_nobodys_browser():
    look()
    held = repr(vars(writer.memory))
    assert "203.0.113.1" not in held
    assert "Firefox" not in held


# --- pages stay as they are ----------------------------------------------------------------------


def answer_of(client, address):
    answer = client.get(address, headers={"user-agent": FIREFOX})
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    return answer.status_code, TOKEN.sub(b"", content)


@pytest.mark.slow
def test_no_page_changes_or_writes_by_being_counted(world, settings):
    numbers, _users = world
    paths = [page.path or route for route, page in PAGES.items() if page.method == "get"]
    addresses = [f"/{path}".format(**numbers) for path in paths]
    found = {}
    for seconds in (0, 60):
        settings.DEMAND_SECONDS = seconds
        with undone() as written:
            found[seconds] = [answer_of(Client(), address) for address in addresses]
        assert written == []
    assert found[0] == found[60]


TEXTS = st.sampled_from(["somberheid", "angst", "bestaat-niet", ""])
SEARCHES = st.fixed_dictionaries(
    {
        "hulpvraag": TEXTS,
        "plaats": st.sampled_from(["leiden", "2311", "katwijk", ""]),
        "leeftijd": st.sampled_from(["", "3", "14", "0-27"]),
        "vorm": st.sampled_from(["", "groep", "online"]),
        "start": st.sampled_from(["", "2", "12"]),
    }
)


@given(SEARCHES, st.integers(min_value=0, max_value=3))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_gives_the_same_bytes_counted_or_not(settings, region, query, before):
    if not HelpQuestionFactory._meta.model.objects.filter(pk="angst").exists():
        HelpQuestionFactory(code="angst", label="Angstig")
        OfferFactory(municipalities=[region.leiden], help_questions=["angst"])
    address = f"/?{'&'.join(f'{name}={value}' for name, value in query.items())}"
    settings.DEMAND_SECONDS = 0
    plain = answer_of(Client(), address)
    settings.DEMAND_SECONDS = 60
    for _time in range(before):
        look(address)
    with undone() as written:
        assert answer_of(Client(), address) == plain
    assert written == []
    writer.write()
    assert answer_of(Client(), address) == plain


# --- writing -------------------------------------------------------------------------------------


def test_what_several_workers_count_is_added_up():
    look()
    writer.write()
    writer.memory = Memory()
    look(network=ELSEWHERE)
    assert counted() == [2]


def test_what_was_written_is_not_written_again():
    look()
    writer.write()
    assert counted() == [1]


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_what_could_not_be_written_waits(monkeypatch, caplog, error):
    def refuse(**_anything):
        raise error("busy")

    look()
    with monkeypatch.context() as patch:
        patch.setattr(writer, "add_demand", refuse)
        writer.write()
    assert error.__name__ in caplog.text
    assert counted() == [1]


def test_a_full_memory_counts_no_more(monkeypatch):
    monkeypatch.setattr("search.counting.memory.MOST_COUNTS", 1)
    memory, at = Memory(), dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    for question in ("a", "b", "c"):
        one = Searched("GM0546", "", question, "", "", "niets", "")
        memory.add([one], network="n", visitor="v", at=at)
    assert len(memory.take()) == 1
