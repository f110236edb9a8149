"""No help for a danger, or for afterwards, that nobody spoke of: every surface, every question."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict

from providers.enums import CarePhase
from providers.models import Offer
from providers.reference import vocabulary_rows
from search.results.page import SearchPage

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ROWS = {row["code"]: row for row in vocabulary_rows("help_questions")}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo on a fixed Monday: per offer the questions it is for, the main one first."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY, tick=False),
        transaction.atomic(),
    ):
        cache.clear()
        call_command("load_reference", verbosity=0)
        call_command("load_demo", verbosity=0)
        offers = Offer.objects.visible().prefetch_related("question_links")
        yield {
            one.pk: [link.help_question_id for link in one.question_links.all()] for one in offers
        }
        transaction.set_rollback(True)
    cache.clear()


def wrong(codes, asked):
    """Whether help for these questions is for something that was not asked about."""
    main = ROWS[codes[0]]
    if main["after"]:
        return codes[0] not in asked
    dangers = [code for code in codes if ROWS[code]["signal"]]
    return bool(main["signal"]) and not set(dangers) & set(asked)


def only_after_care():
    """The offers that help in no other phase."""
    return {one.pk for one in Offer.objects.visible() if one.phases == [CarePhase.AFTER]}


def offers_linked(html):
    return {int(number) for number in re.findall(r'href="/aanbod/(\d+)-', html)}


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def results(client, demo, asked):
    html = text(client, f"/?hulpvraag={asked}&plaats=leiden")
    return offers_linked(html.partition('id="resultaat"')[2])


def of_offers(client, demo, asked):
    """What stands beside the offers for this question, on their own pages."""
    shown = set()
    for offer in first_of(demo, asked):
        address = f"{Offer.objects.get(pk=offer).get_absolute_url()}?gemeente=GM0546"
        shown |= offers_linked(text(client, f"{address}&terug=hulpvraag%3D{asked}")) - {offer}
    return shown


def on_family_page(client, demo, asked):
    chosen = first_of(demo, asked)
    query = "&".join(f"aanbod={offer}" for offer in chosen)
    html = text(client, f"/gezin/?{query}&gemeente=leiden&hulpvraag={asked}")
    titles = set(re.findall(r"<li><b>([^<]*)</b>", html))
    named = Offer.objects.filter(title__in=[one.replace("&#x27;", "'") for one in titles])
    return set(named.values_list("pk", flat=True))


def on_shortlist(client, demo, asked):
    chosen = first_of(demo, asked)
    query = "&".join(f"aanbod={offer}" for offer in chosen)
    html = text(client, f"/keuzelijst/?{query}&gemeente=leiden")
    return offers_linked(html) - set(chosen)


def in_the_api(client, demo, asked):
    found = client.get(f"/api/v1/offers?hulpvraag={asked}&gemeente=GM0546&page_size=100").json()
    points = client.get(f"/api/v1/offers.geojson?hulpvraag={asked}&gemeente=GM0546").json()
    return {one["id"] for one in found["results"]} | {
        one["properties"]["id"] for one in points["features"]
    }


def on_map_and_calendar(client, demo, asked):
    filterset = SearchPage(QueryDict(f"hulpvraag={asked}&plaats=leiden")).filterset
    on_map = set(filterset.qs.values_list("pk", flat=True))
    return on_map | offers_linked(text(client, f"/groepen/?hulpvraag={asked}&plaats=leiden"))


def first_of(demo, asked):
    """The first offers that are most of all for this question."""
    return [offer for offer, codes in demo.items() if codes[0] == asked][:2]


SURFACES = [
    results,
    of_offers,
    on_family_page,
    on_shortlist,
    in_the_api,
    on_map_and_calendar,
]


@pytest.mark.parametrize("surface", SURFACES, ids=[one.__name__ for one in SURFACES])
def test_nothing_is_shown_for_a_danger_or_afterwards_that_was_not_asked_about(
    client, demo, surface
):
    found, seen = {}, 0
    with time_machine.travel(MONDAY, tick=False):
        for asked in ROWS:
            shown = surface(client, demo, asked)
            seen += len(shown)
            too_early = set() if asked == "stoppen-met-hulp" else shown & only_after_care()
            bad = {offer for offer in shown if wrong(demo[offer], [asked])} | too_early
            if bad:
                found[asked] = sorted(bad)
    assert seen
    assert found == {}
