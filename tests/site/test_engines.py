"""What search engines find: offers and providers, never what somebody looked for."""

import json
from xml.etree import ElementTree

import pytest

from socialekaart.site.engines import OfferPages
from tests.factories import GroupProgrammeFactory, GroupRunFactory, OfferFactory
from tests.pages import elements, page_at

pytestmark = pytest.mark.django_db


def addresses(client, path):
    tree = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - a page of our own
    return [found.text for found in tree.iter() if found.tag.endswith("loc")]


@pytest.fixture
def offer(settings, region):
    settings.SITE_URL = "https://kaart.example"
    return OfferFactory(
        title="Samen <koken> & eten",
        summary="Voor wie graag kookt.",
        age_min=12,
        age_max=18,
        group=True,
        municipalities=[region.leiden],
    )


def test_the_list_of_pages_has_each_offer_and_provider_that_shows(client, offer):
    hidden = OfferFactory(status="draft")
    sections = addresses(client, "/sitemap.xml")
    found = [one for section in sections for one in addresses(client, section)]
    paths = {one.removeprefix("http://testserver") for one in found}
    assert {"/", offer.get_absolute_url(), offer.provider.get_absolute_url()} <= paths
    assert hidden.get_absolute_url() not in paths


def test_a_long_list_of_pages_comes_in_parts(client, region, monkeypatch):
    monkeypatch.setattr(OfferPages, "limit", 2)
    offers = [OfferFactory(title="Samen koken") for _ in range(3)]
    parts = [one for one in addresses(client, "/sitemap.xml") if "sitemap-aanbod" in one]
    found = [addresses(client, part) for part in parts]
    assert [len(part) for part in found] == [2, 1]
    paths = [one.removeprefix("http://testserver") for part in found for one in part]
    assert paths == [offer.get_absolute_url() for offer in offers]


def test_a_list_of_pages_takes_a_fixed_number_of_queries(client, region, django_assert_num_queries):
    for _ in range(3):
        OfferFactory(title="Samen koken")
    for section in ("aanbod", "aanbieders"):
        # How many there are, and their names.
        with django_assert_num_queries(2):
            assert len(addresses(client, f"/sitemap-{section}.xml")) == 3


def test_robots_leave_results_alone(client, offer):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /?\n" in text
    assert "Disallow: /zoek\n" in text
    assert "Sitemap: https://kaart.example/sitemap.xml" in text
    (meta,) = elements(page_at(client, "/?leeftijd=14"), "meta", name="robots")
    assert dict(meta.attributes)["content"] == "noindex"


def test_an_offer_is_a_service_and_its_starts_are_events(client, offer):
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    html = client.get(offer.get_absolute_url()).content.decode()
    text = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in text
    service, event = json.loads(text)["@graph"]
    assert (service["@type"], service["name"]) == ("Service", "Samen <koken> & eten")
    assert service["areaServed"] == [{"@type": "AdministrativeArea", "name": "Leiden"}]
    assert service["audience"]["suggestedMinAge"] == 12
    assert service["url"].startswith("https://kaart.example/aanbod/")
    assert event["@type"] == "Event"


def test_a_shared_link_shows_what_it_is(client, offer):
    page = page_at(client, offer.get_absolute_url())
    (title,) = elements(page, "meta", property="og:title")
    assert dict(title.attributes)["content"] == "Samen <koken> & eten"
