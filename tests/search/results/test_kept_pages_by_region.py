"""A cached page survives what is written elsewhere, and is never older than what it shows."""

import pytest
from django.core.cache import cache, caches
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import AccessRoute, OfferStatus
from providers.models import Offer, Provider
from providers.services.groups import update_places
from providers.services.offers import (
    archive_offer,
    publish_offer,
    set_service_area,
    update_offer,
)
from providers.services.providers import update_provider
from providers.services.waits import record_wait
from search import page_cache as kept_pages
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    MunicipalityFactory,
    OfferFactory,
    TownFactory,
    UserFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db

HERE, THERE = "hulpvraag=somberheid&plaats=leiden", "hulpvraag=somberheid&plaats=utrecht"
HOME = "/"


@pytest.fixture(autouse=True)
def caching(settings):
    """Cache pages, as a real site does."""
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def utrecht():
    place = MunicipalityFactory(
        code="GM0344",
        name="Utrecht",
        lat=52.09,
        lon=5.12,
        region=YouthRegionFactory(code="JZ25", name="Utrecht West"),
    )
    TownFactory(name="Utrecht", municipality=place, lat=52.09, lon=5.12)
    return place


@pytest.fixture
def many(region, utrecht):
    """So many offers in each region that no page looks further than its own."""
    for n in range(5):
        OfferFactory(title=f"Hier {n}", municipalities=[region.leiden])
        OfferFactory(title=f"Daar {n}", municipalities=[utrecht])
    return region


def rename(offer):
    update_offer(by=UserFactory(), offer=offer, title="Heet nu anders")


def is_cached(address, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as queries:
        Client().get(address)
    return len(queries) == 1


PAGES = [f"/?{HERE}", f"/kaart/punten?{HERE}", "/?hulpvraag=somberheid&gemeente=GM0546"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_survives_a_write_in_another_region(address, many, django_assert_max_num_queries):
    Client().get(address)
    rename(Offer.objects.get(title="Daar 0"))
    assert is_cached(address, django_assert_max_num_queries)


@pytest.mark.parametrize("address", [*PAGES, HOME, "/?hulpvraag=somberheid"])
def test_a_page_is_made_anew_after_a_write_in_its_region(
    address, many, django_assert_max_num_queries
):
    Client().get(address)
    rename(Offer.objects.get(title="Hier 0"))
    assert not is_cached(address, django_assert_max_num_queries)


@pytest.mark.parametrize(
    "address",
    [
        HOME,
        "/?hulpvraag=somberheid",
        "/kaart/punten?hulpvraag=somberheid",
        # With few results it says what there is elsewhere.
        f"/?{HERE}&leeftijd=3",
    ],
)
def test_a_page_about_the_whole_country_is_made_anew_after_any_write(
    address, many, django_assert_max_num_queries
):
    Client().get(address)
    rename(Offer.objects.get(title="Daar 0"))
    assert not is_cached(address, django_assert_max_num_queries)


# --- never older than the last write that it shows ------------------------------------------------

ADDRESSES = [
    f"/?{query}{more}"
    for query in (
        HERE,
        THERE,
        "hulpvraag=somberheid&gemeente=GM0546",
        "hulpvraag=somberheid",
        f"{HERE}&gemeente=GM0344",
    )
    for more in ("", "&onbekend=ja", "&start=4", "&leeftijd=13", "&signaal=spoed", "&woord=praten")
] + [HOME, f"/kaart/punten?{HERE}", f"/kaart/punten?{THERE}&onbekend=ja"]


def _area(offer, place):
    set_service_area(by=None, offer=offer, municipality=place, routes=[AccessRoute.WALK_IN])


def _places(offer):
    run = offer.programme.runs.get()
    update_places(by=None, run=run, places_left=(run.places_left + 1) % 5)


def _publish(offer):
    if offer.question_links.exists() and offer.service_areas.exists():
        publish_offer(by=None, offer=offer)


WRITES = {
    "title": lambda offer: update_offer(by=None, offer=offer, title=f"{offer.title[:20]} anders"),
    "ages": lambda offer: update_offer(by=None, offer=offer, age_min=12 + offer.age_min % 2),
    "crisis": lambda offer: update_offer(by=None, offer=offer, crisis=not offer.crisis),
    "archive": lambda offer: archive_offer(by=None, offer=offer),
    "publish": _publish,
    "here": lambda offer: _area(offer, "GM0546"),
    "there": lambda offer: _area(offer, "GM0344"),
    "wait": lambda offer: record_wait(
        by=None, offer=offer, intake_weeks=offer.version % 4, treatment_weeks=1
    ),
    "places": _places,
    "name": lambda offer: update_provider(
        by=None,
        provider=Provider.objects.get(pk=offer.provider_id),
        name=f"{offer.provider.name[:20]} anders",
    ),
}


@pytest.fixture
def offers(region, utrecht):
    HelpQuestionFactory(code="somberheid")
    one = [
        OfferFactory(title="Hier", municipalities=[region.leiden], crisis=True),
        OfferFactory(title="Overal", municipalities=[region.leiden, utrecht]),
        OfferFactory(title="Ergens", municipalities=[], status=OfferStatus.LISTED),
        OfferFactory(title="Later", municipalities=[utrecht], status=OfferStatus.DRAFT),
        *(OfferFactory(title=f"Daar {n}", municipalities=[utrecht]) for n in range(4)),
        *(OfferFactory(title=f"Ook hier {n}", municipalities=[region.leiden]) for n in range(4)),
    ]
    for offer in one:
        GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    return one


def page(address):
    return kept_pages.TOKEN.sub(b"", Client().get(address).content)


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(WRITES)), st.integers(0, 11), st.sampled_from(ADDRESSES)),
        min_size=1,
        max_size=4,
    )
)
def test_a_cached_page_is_as_if_made_now_after_any_write(offers, settings, steps):
    for write, at, address in steps:
        page(address)
        WRITES[write](Offer.objects.get(pk=offers[at].pk))
        shown = page(address)
        settings.PAGE_CACHE_SECONDS = 0
        cache.clear()
        made = page(address)
        settings.PAGE_CACHE_SECONDS = 60
        assert shown == made, (write, address)
