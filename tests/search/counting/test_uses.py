"""The use of offers: counted in memory for whom it is meant, added up per month."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command

from providers.enums import OfferStatus, UseKind
from providers.models import OfferUse
from providers.models.policy import Used
from providers.services.policy.offer_use import add_uses, remove_old_uses
from search.counting import writer
from search.counting.memory import SHOWN, USES, Memory
from tests.factories import OfferFactory, OfferUseFactory
from tests.strict_client import StrictClient
from tests.test_access_matrix import undone

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
OCTOBER, NOVEMBER = dt.date(2026, 10, 31), dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def counting(settings, monkeypatch):
    """Count as a real site does, but for the thread that writes."""
    settings.DEMAND_SECONDS = 60
    monkeypatch.setattr(writer, "uses", Memory(USES))
    monkeypatch.setattr(writer, "shown", Memory(SHOWN))
    monkeypatch.setattr(writer, "start", lambda: None)


@pytest.fixture
def offer(region):
    return OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])


def visit(address, data=None, *, network="203.0.113.1", agent=FIREFOX, client=None):
    client = client or StrictClient()
    send = client.get if data is None else client.post
    return send(address, data, REMOTE_ADDR=network, headers={"user-agent": agent})


def counted():
    """Return what was counted, written and read back: (offer, kind, times)."""
    writer.write()
    return sorted(OfferUse.objects.values_list("offer", "kind", "times"))


def family_of(offer):
    return f"/gezin/?aanbod={offer.pk}&gemeente=leiden"


# --- what counts ---------------------------------------------------------------------------------


def test_an_offer_in_the_results_was_shown(offer):
    visit("/?hulpvraag=somberheid&plaats=leiden")
    assert counted() == [(offer.pk, "getoond", 1)]


def test_an_offer_that_the_page_does_not_show_was_not(offer, region):
    OfferFactory(municipalities=[region.katwijk], help_questions=["somberheid"])
    visit("/?hulpvraag=somberheid&plaats=leiden")
    assert [one for one, _kind, _times in counted()] == [offer.pk]


def test_a_kept_page_shows_its_offers_as_well(offer, settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    for network in ("203.0.113.1", "198.51.100.2"):
        visit("/?hulpvraag=somberheid&plaats=leiden", network=network)
    assert counted() == [(offer.pk, "getoond", 2)]
    caches["pages"].clear()


def test_its_own_page_opens_it(offer):
    visit(offer.get_absolute_url())
    assert counted() == [(offer.pk, "geopend", 1)]


def test_keeping_counts_and_letting_go_does_not(offer):
    client = StrictClient()
    for _tap in range(2):
        visit("/keuzelijst/bewaar/", {"offer": offer.pk}, client=client)
    assert counted() == [(offer.pk, "bewaard", 1)]


def test_the_page_for_the_family_hands_it_out(offer):
    visit(family_of(offer))
    assert counted() == [(offer.pk, "mee", 1)]


def test_a_tap_on_its_telephone_number_counts(offer):
    assert visit(f"/aanbod/{offer.pk}/gebeld/", {}).status_code == 204
    assert counted() == [(offer.pk, "gebeld", 1)]


def test_a_tap_that_another_site_sends_does_not(offer):
    headers = {"user-agent": FIREFOX, "sec-fetch-site": "cross-site"}
    StrictClient().post(f"/aanbod/{offer.pk}/gebeld/", {}, headers=headers)
    assert counted() == []


def test_its_telephone_number_says_where_a_tap_counts(offer):
    text = visit(offer.get_absolute_url()).content.decode()
    assert f'data-called="/aanbod/{offer.pk}/gebeld/"' in text


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_what_nobody_sees_cannot_be_called_about(offer, status):
    offer.status = status
    offer.save()
    assert visit(f"/aanbod/{offer.pk}/gebeld/", {}).status_code == 404
    assert counted() == []


# --- who counts ----------------------------------------------------------------------------------


def test_a_program_does_not_count(offer):
    visit(offer.get_absolute_url(), agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert counted() == []


def test_who_is_logged_in_does_not_count(client, log_in, offer):
    log_in()
    visit(offer.get_absolute_url(), client=client)
    visit(f"/aanbod/{offer.pk}/gebeld/", {}, client=client)
    assert counted() == []


def test_looking_again_is_a_repeat(offer):
    for _time in range(3):
        visit(offer.get_absolute_url())
    assert counted() == [(offer.pk, "geopend", 1)]


def test_one_network_counts_so_often_a_day_for_an_offer(offer, settings):
    settings.TAP_LIMITS = settings.TAP_LIMITS | {"same_use_a_day": 2}
    for number in range(4):
        visit(offer.get_absolute_url(), agent=f"{FIREFOX} {number}")
    assert counted() == [(offer.pk, "geopend", 2)]


def test_searches_leave_room_for_the_use_of_offers(offer, settings):
    """They have limits of their own: a full day of searches hides no call."""
    settings.TAP_LIMITS = settings.TAP_LIMITS | {"searches_a_day": 0, "same_search_a_day": 0}
    visit(f"/aanbod/{offer.pk}/gebeld/", {})
    assert counted() == [(offer.pk, "gebeld", 1)]


@pytest.mark.parametrize(("full", "counts"), [("shown_a_day", "gebeld"), ("uses_a_day", "getoond")])
def test_a_day_full_of_results_hides_no_call_nor_the_other_way_round(offer, settings, full, counts):
    settings.TAP_LIMITS = settings.TAP_LIMITS | {full: 0}
    visit("/?hulpvraag=somberheid&plaats=leiden")
    visit(f"/aanbod/{offer.pk}/gebeld/", {})
    assert counted() == [(offer.pk, counts, 1)]


def test_memory_holds_no_address_and_nobodys_browser(offer):
    visit(offer.get_absolute_url())
    held = repr(vars(writer.uses))
    assert "203.0.113.1" not in held
    assert "Firefox" not in held


# --- no page writes ------------------------------------------------------------------------------


def test_a_page_that_is_counted_writes_nothing(offer):
    pages = ("/?hulpvraag=somberheid&plaats=leiden", offer.get_absolute_url(), family_of(offer))
    with undone() as written:
        for address in pages:
            visit(address)
    assert written == []


# --- writing -------------------------------------------------------------------------------------


@pytest.mark.each_engine
def test_days_add_up_to_their_month(offer):
    opened = Used(offer.pk, UseKind.OPENED)
    add_uses(by=None, counts={(OCTOBER, opened): 3, (NOVEMBER, opened): 4})
    add_uses(by=None, counts={(OCTOBER.replace(day=2), opened): 5})
    found = OfferUse.objects.order_by("month").values_list("month", "times")
    assert list(found) == [(OCTOBER.replace(day=1), 8), (NOVEMBER, 4)]


@pytest.mark.each_engine
def test_an_offer_that_is_gone_holds_up_nothing(offer):
    gone = Used(offer.pk + 1000, UseKind.OPENED)
    add_uses(by=None, counts={(OCTOBER, gone): 3, (OCTOBER, Used(offer.pk, "geopend")): 2})
    assert OfferUse.objects.filter(offer=offer).get().times == 2
    OfferUse.objects.exclude(offer=offer).delete()


def test_after_two_years_a_month_is_removed(offer):
    for month in (dt.date(2024, 9, 1), dt.date(2024, 10, 1), dt.date(2026, 11, 1)):
        OfferUseFactory(offer=offer, month=month)
    assert remove_old_uses(by=None, on=dt.date(2026, 11, 20)) == 1


def test_the_daily_job_removes_them(offer):
    OfferUseFactory(offer=offer, month=dt.date(2024, 1, 1))
    with time_machine.travel(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False):
        call_command("remove_expired")
    assert not OfferUse.objects.exists()
