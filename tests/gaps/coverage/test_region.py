"""The municipalities of a region beside each other, what changed, and what was frozen."""

import datetime as dt
import json

import pytest
import time_machine
from django.utils import timezone

from gaps.coverage.changes import changes_page
from gaps.coverage.region import region_page
from gaps.coverage.report import coverage_of
from gaps.coverage.snapshots import store_coverage
from gaps.models import CoverageSnapshot
from providers.enums import Role
from providers.models import Offer
from tests import pages
from tests.factories import MembershipFactory, OfferFactory

pytestmark = pytest.mark.django_db

REGION = "/voor-gemeenten/leiden/dekking/regio/"
ONE_CELL = "?hulpvraag=somberheid&leeftijd=12-15"
MAP = "/voor-gemeenten/leiden/dekking.geojson"


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page_of(covered, **asked):
    return region_page(covered.leiden, today=timezone.localdate(), **asked)


def test_every_municipality_with_the_part_that_is_covered(covered):
    found = {place.name: (place.cells, place.covered) for place in page_of(covered).places}
    assert found == {"Katwijk": (3, 0), "Leiden": (3, 33), "Leiderdorp": (3, 0)}


def test_one_cell_of_every_municipality(covered):
    page = page_of(covered, question="somberheid", band="12-15")
    assert [place.label for place in page.places] == ["G", "D", "N"]


@pytest.mark.parametrize(("question", "band"), [("x\0", "12-15"), ("somberheid", "0-3"), ("", "")])
def test_a_cell_that_does_not_exist_shows_them_all(client, member, covered, question, band):
    text = text_of(client, f"{REGION}?hulpvraag={question}&leeftijd={band}".replace("\0", "%00"))
    assert "Welk deel van de vakken gedekt is" in text


def test_the_page_waits_for_nothing_of_the_map(client, member, covered):
    page = pages.page_at(client, REGION)
    sheets = [pages.attribute(one, "href") for one in pages.elements(page, "link")]
    scripts = [dict(one.attributes) for one in pages.elements(page, "script")]
    assert not [address for address in sheets if "leaflet" in address]
    assert [one for one in scripts if "map_load" in one["src"]]
    assert all("defer" in one for one in scripts)


def test_the_drawing_says_the_same_as_the_table(client, member, covered):
    page = pages.page_at(client, f"{REGION}{ONE_CELL}")
    titles = [pages.text_of(pages.element(one, "title")) for one in areas_of(page)]
    drawn = dict(title.split(": ") for title in titles)
    table = pages.element(pages.element(page, "table"), "tbody")
    in_table = {
        pages.text_of(pages.element(row, "th")): pages.text_of(pages.element(row, class_="sk-kind"))
        for row in pages.elements(table, "tr")
    }
    assert drawn == in_table == {"Katwijk": "G", "Leiden": "D", "Leiderdorp": "N"}


def areas_of(page):
    return pages.elements(page, "g", class_="sk-area")


@pytest.mark.parametrize("asked", ["", ONE_CELL])
def test_the_geojson_says_the_same_as_the_table(client, member, covered, asked):
    response = client.get(f"{MAP}{asked}")
    collection = json.loads(response.content)
    assert response["Content-Type"] == "application/geo+json"
    found = {one["properties"]["name"]: one["properties"] for one in collection["features"]}
    for place in page_of(
        covered, **({"question": "somberheid", "band": "12-15"} if asked else {})
    ).places:
        numbers = {words.code: count for words, count in place.counts}
        assert numbers.items() <= found[place.name].items()
        assert (found[place.name]["label"], found[place.name]["look"]) == (place.label, place.look)


def test_the_geojson_is_as_the_standard_has_it(client, member, covered):
    collection = json.loads(client.get(MAP).content)
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
        polygons = feature["geometry"]["coordinates"]
        for polygon in [polygons] if feature["geometry"]["type"] == "Polygon" else polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert all(3 < lon < 8 and 50 < lat < 54 for lon, lat in ring)


# --- what changed ------------------------------------------------------------------------------


def stored_last_quarter(covered):
    """Store how it stands today as if it were the last day of the last quarter."""
    today = timezone.localdate()
    store_coverage(by=None, today=today)
    began = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    CoverageSnapshot.objects.update(taken_on=began - dt.timedelta(days=1))


def test_nothing_to_compare_with(client, member, covered):
    assert "nog niets om mee te vergelijken" in text_of(
        client, "/voor-gemeenten/leiden/dekking/veranderd/"
    )


def test_what_got_worse_since_the_last_quarter(client, member, covered):
    stored_last_quarter(covered)
    Offer.objects.filter(group=True).delete()
    page = changes_page(covered.leiden, today=timezone.localdate())
    assert [(one.label, one.before.label, one.now.label) for one in page.worse] == [
        ("Somber", "gedekt", "geen groep")
    ]
    assert page.better == ()
    assert "Vakken die slechter werden" in text_of(
        client, "/voor-gemeenten/leiden/dekking/veranderd/"
    )


def test_what_got_better_since_the_last_quarter(covered):
    stored_last_quarter(covered)
    OfferFactory(help_questions=["tics"], municipalities=[covered.leiden], age_min=8, age_max=11)
    page = changes_page(covered.leiden, today=timezone.localdate())
    assert [(one.label, one.offers_before, one.offers_now) for one in page.better] == [
        ("Tics", 0, 1)
    ]
    assert page.worse == ()


# --- frozen ------------------------------------------------------------------------------------


@pytest.fixture
def policy_maker(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden, role=Role.EDITOR)
    return user


def test_a_frozen_stand_can_be_read_when_all_has_changed(client, policy_maker, covered):
    response = client.post("/voor-gemeenten/leiden/dekking/vastzetten/")
    day = timezone.localdate()
    assert response["Location"] == f"/voor-gemeenten/leiden/stand/{day}/"
    Offer.objects.all().delete()
    with time_machine.travel(timezone.now() + dt.timedelta(days=900)):
        client.force_login(policy_maker, backend="django.contrib.auth.backends.ModelBackend")
        page = pages.page_at(client, response["Location"])
    assert "Deze cijfers veranderen niet meer" in pages.text_of(page)
    table = pages.element(page, "table", class_="sk-matrix")
    assert pages.text_of(pages.element(table, class_="sk-kind--gedekt")) == "D gedekt"


def test_freezing_writes_nothing_with_a_get(client, policy_maker, covered):
    assert client.get("/voor-gemeenten/leiden/dekking/vastzetten/").status_code == 405
    assert not CoverageSnapshot.objects.exists()


def test_who_only_reads_along_freezes_nothing(client, member, covered):
    assert client.post("/voor-gemeenten/leiden/dekking/vastzetten/").status_code == 403
    assert not CoverageSnapshot.objects.exists()


def test_only_who_may_freeze_gets_the_button(client, log_in, covered):
    offered = {}
    for role in Role:
        member = {"municipality": covered.leiden, "role": role}
        MembershipFactory(user=log_in(), provider=None, **member)
        offered[role] = "vastzetten" in text_of(client, "/voor-gemeenten/leiden/dekking/")
    assert offered == {Role.VIEWER: False, Role.EDITOR: True, Role.MANAGER: True}


def test_the_desk_of_the_region_freezes(client, log_in, covered):
    MembershipFactory(user=log_in(), provider=None, region=covered.leiden.region, role=Role.VIEWER)
    assert client.post("/voor-gemeenten/leiden/dekking/vastzetten/").status_code == 302


@pytest.mark.parametrize("day", ["2020-02-30", "gisteren", "2020-01-01"])
def test_a_day_that_was_not_stored(client, member, covered, day):
    assert client.get(f"/voor-gemeenten/leiden/stand/{day}/").status_code == 404


def test_the_region_takes_a_fixed_number_of_statements(
    client, member, covered, django_assert_num_queries
):
    client.get(REGION)
    # Session, user, municipality, membership, municipalities of the region, what was stored,
    # searches, signals, refusals, the seven of an area, the name of the region.
    with django_assert_num_queries(17):
        client.get(REGION)


def test_coverage_today_is_that_of_today(covered):
    assert coverage_of(covered.leiden, today=timezone.localdate()).on == timezone.localdate()
