"""How many statements a page takes: named one by one, and the same for three offers as for sixty.

A number that goes up here has to be explained in the list beside it.
"""

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from providers.models import GroupRun, Offer
from providers.services.index import reindex
from search.groups.page import FEW
from search.map import places
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    LanguageFactory,
    LocationFactory,
    OfferFactory,
    TargetGroupFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.loaded import database_copy, undoing_in, working_in
from tests.reference_factories import build_region

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"


def complete(region, level):
    """An offer with something in every place that a page might look."""
    offer = OfferFactory(
        level=level,
        group=True,
        municipalities=[region.leiden],
        help_questions=["somberheid", "angst"],
        target_groups=[TargetGroupFactory(code="ouders-van")],
        languages=[LanguageFactory()],
    )
    offer.locations.set([LocationFactory(provider=offer.provider)])
    GroupRunFactory.create_batch(2, programme=GroupProgrammeFactory(offer=offer, is_open=True))
    for days in (40, 1):
        WaitTimeFactory(offer=offer, measured_on=days_ago(days))
    return offer


def heavy(region):
    """An offer beside which something is shown: nobody can start soon."""
    offer = complete(region, level=4)
    GroupRun.objects.filter(programme__offer=offer).delete()
    return WaitTimeFactory(offer=offer, intake_weeks=20).offer


@pytest.fixture(scope="module", params=[1, 10], ids=["8 offers", "80 offers"])
def stored(request, django_db_setup, django_db_blocker):
    """As many of each step, so that every page has light and heavy help at both sizes.

    In a database of their own, made once: eighty offers take five seconds.
    """
    with (
        django_db_blocker.unblock(),
        database_copy(connections["default"], "counted") as database,
    ):
        with working_in(database):
            region = build_region()
            light = [complete(region, level=n % 3) for n in range(6 * request.param)]
            offers = light + [heavy(region) for _ in range(2 * request.param)]
        yield database, offers


@pytest.fixture
def offers(db, stored):
    database, offers = stored
    with undoing_in(database):
        yield offers


CARDS = "the offers on this page with all that a card says"


def check(client, address, expected):
    """Count the second time: the vocabulary and the place asked for are then in memory."""
    # What was read while the offers were made may be too old by the second time.
    cache.clear()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    found = [query["sql"] for query in queries]
    listing = "\n".join(f"{n}. {sql[:200]}" for n, sql in enumerate(found, 1))
    assert len(found) == len(expected), f"Expected: {expected}. Found:\n{listing}"


def test_the_start_page(client, offers):
    check(
        client,
        "/",
        ["how many offers", "how many start soon", "groups that start", "questions", "themes"],
    )


def test_a_search(client, offers):
    left_out = "how many are left out for being unknown"
    # PostgreSQL counts those with the hits; light help at home is in memory.
    is_apart = connection.vendor == "sqlite"
    check(
        client,
        SEARCH,
        [
            "every hit, ranked" if is_apart else f"every hit, ranked, and {left_out}",
            *([left_out] if is_apart else []),
            CARDS,
            "what can start beside a long wait",
        ],
    )


@pytest.mark.parametrize("signal", ["violence", "psychosis", "acute"])
def test_a_search_that_speaks_of_danger_or_haste(client, offers, signal):
    Offer.objects.filter(pk=offers[0].pk).update(crisis=True)
    reindex([offers[0].pk])
    check(
        client,
        f"{SEARCH}&signaal={signal}",
        [
            "every hit, ranked",
            "how many are left out for being unknown, help in a crisis, and light help at home"
            " where it may be asked about",
            f"{CARDS}, with the crisis service",
            "what can start beside a long wait",
        ],
    )


def test_a_search_that_finds_nothing(client, offers):
    check(
        client,
        "/?hulpvraag=somberheid&leeftijd=27&plaats=leiden&vorm=groep",
        [
            "every hit, ranked",
            "the numbers of the filter on format, how many are left out for being unknown, how many"
            " without each filter and in municipalities nearby, which lighter help there is, and"
            " the local team of the place",
        ],
    )


def test_a_search_that_finds_little(client, offers):
    # One heavy offer: lighter help is shown beside it, and what can start meanwhile.
    Offer.objects.filter(pk=offers[-1].pk).update(level=6)
    reindex([offers[-1].pk])
    check(
        client,
        f"{SEARCH}&trede=6",
        [
            "every hit, ranked",
            "the numbers of the filter on steps, how many are left out for being unknown, how many"
            " without each filter and in municipalities nearby, which lighter help there is, and"
            " the local team of the place",
            f"{CARDS}, and the lighter help",
            "what can start beside a long wait",
        ],
    )


def test_a_search_in_a_municipality(client, offers):
    check(
        client,
        "/?hulpvraag=somberheid&gemeente=GM0546",
        [
            "every hit, ranked",
            "how many are left out, and the numbers of each municipality of the region",
            CARDS,
            "what can start beside a long wait",
        ],
    )


def test_a_search_with_every_filter(client, offers):
    check(
        client,
        f"{SEARCH}&start=6&wachttijd=12&toegang=vrij&vorm=groep&trede=0&trede=1&trede=2&volgorde=licht"
        "&gemeente=GM0546&doelgroep=ouders-van&taal=nl",
        [
            "every hit, ranked",
            "the numbers of every filter, each without itself, and how many are left out",
            CARDS,
        ],
    )


def test_the_map(client, offers):
    check(
        client,
        "/kaart/punten?hulpvraag=somberheid&plaats=leiden&vak=52.0,4.3,52.3,4.7",
        [
            "how many offers and points, and which offer lies where",
            "those offers with their groups",
            "the runs of those groups",
        ],
    )


def test_the_map_with_clusters(client, offers, monkeypatch):
    monkeypatch.setattr(places, "MAX_POINTS", 2)
    check(
        client,
        "/kaart/punten?hulpvraag=somberheid&plaats=leiden",
        ["how many offers and points, and the clusters"],
    )


def test_an_offer(client, offers):
    check(
        client,
        offers[0].get_absolute_url(),
        [
            "the offer with provider, wait and group",
            "its questions",
            "its target groups",
            "its languages",
            "its locations",
            "its service areas",
            "its runs",
            "whom else it takes",
            "its measurements of a year",
        ],
    )


def test_an_offer_with_a_long_wait(client, offers):
    check(
        client,
        offers[-1].get_absolute_url(),
        [
            "the offer with provider, wait and group",
            "its questions",
            "its target groups",
            "its languages",
            "its locations",
            "its service areas",
            "its runs",
            "whom else it takes",
            "its measurements of a year",
            "what can start meanwhile and what is lighter",
            "the runs of those",
            "the locations of those",
            "what is lighter for afterwards",
        ],
    )


def test_a_provider(client, offers):
    check(
        client,
        offers[0].provider.get_absolute_url(),
        ["the provider", "its locations", "which offers are its own", CARDS],
    )


def test_a_shared_list(client, offers):
    numbers = "&".join(f"aanbod={offer.pk}" for offer in offers[:3])
    check(
        client,
        f"/keuzelijst/?{numbers}&gemeente=leiden",
        ["the municipality in view", CARDS, "the municipalities to choose from"],
    )


def test_the_groups(client, offers):
    check(
        client,
        "/groepen/?plaats=leiden",
        [
            "how many runs",
            "the runs on this page with their offers",
            "the groups one can always join",
            "their locations",
            *(["how many those are"] if len(offers) // 4 > FEW else []),
            "the groups on demand",
        ],
    )


def test_places_to_choose_from(client, offers, django_assert_num_queries):
    client.post("/plaatsen", {"plaats": "lei"})
    with django_assert_num_queries(0):  # they are in memory
        assert "Leiden" in client.post("/plaatsen", {"plaats": "lei"}).content.decode()
