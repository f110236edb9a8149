"""Offers on the map."""

import orjson
import pytest

from providers.enums import PointPrecision, WaitStatus
from tests.factories import LocationFactory, OfferFactory, WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


def test_one_feature_per_offer_and_location(client):
    first = LocationFactory(lat=52.1600004, lon=4.4899996)
    second = LocationFactory(
        provider=first.provider, lat=52.2, lon=4.42, precision=PointPrecision.TOWN
    )
    offer = OfferFactory(provider=first.provider, locations=[first, second], title="Samen koken")
    WaitTimeFactory(offer=offer, measured_on=days_ago(40))
    OfferFactory(title="Alleen online")

    response = client.get("/api/v1/offer-points")

    assert response["Content-Type"] == "application/geo+json"
    found = response.json()
    assert found["type"] == "FeatureCollection"
    assert [row["geometry"]["coordinates"] for row in found["features"]] == [
        [4.49, 52.16],
        [4.42, 52.2],
    ]
    assert found["features"][1]["properties"] == {
        "id": offer.pk,
        "title": "Samen koken",
        "provider": first.provider.name,
        "level": 1,
        "precision": "plaats",
        "wait_status": "bekend",
        "total_weeks": 6.0,
        "stop_until": None,
        "measured_on": days_ago(40).isoformat(),
        "fresh": False,
        "state": "stale",
        "details": f"http://testserver/api/v1/offers/{offer.pk}",
    }


def test_a_short_answer_holds_what_a_map_needs(get):
    place = LocationFactory()
    stopped = OfferFactory(provider=place.provider, locations=[place], title="Samen koken")
    until = days_ago(-30)
    WaitTimeFactory(offer=stopped, status=WaitStatus.STOP, stop_until=until)

    (feature,) = get("offer-points", kort="ja")["features"]

    assert feature["properties"] == {
        "id": stopped.pk,
        "title": "Samen koken",
        "level": 1,
        "wait_status": "stop",
        "total_weeks": None,
        "stop_until": until.isoformat(),
        "state": "fresh",
    }


def test_short_is_yes_or_left_out(get):
    problem = get("offer-points", 400, kort="nee")
    assert [error["name"] for error in problem["errors"]] == ["kort"]


def test_the_filters_count_here_too(get, region):
    place = LocationFactory()
    for municipality in (region.leiden, region.katwijk):
        OfferFactory(
            provider=place.provider,
            locations=[place],
            municipalities=[municipality],
            title=municipality.name,
        )
    found = get("offer-points", gemeente="GM0537")
    assert [row["properties"]["title"] for row in found["features"]] == ["Katwijk"]


def test_the_map_takes_a_fixed_number_of_queries(client, django_assert_num_queries):
    for _ in range(3):
        place = LocationFactory()
        OfferFactory(provider=place.provider, locations=[place])
    # The points, the newest change.
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/offer-points").json()["features"]) == 3


def test_plain_json_for_who_asks_that(client):
    place = LocationFactory()
    OfferFactory(provider=place.provider, locations=[place])
    response = client.get("/api/v1/offer-points", headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/json"
    assert response.content == client.get("/api/v1/offer-points").content


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_points_are_written_as_compactly_as_any_other_answer(client, number):
    place = LocationFactory()
    for _ in range(number):
        OfferFactory(provider=place.provider, locations=[place], title='Wat "nu"? Één\n dag')
    content = client.get("/api/v1/offer-points").content
    assert content == orjson.dumps(orjson.loads(content))
    assert len(orjson.loads(content)["features"]) == number


def test_a_rectangle_keeps_the_points_in_it(get):
    inside = LocationFactory(lat=52.16, lon=4.49)
    outside = LocationFactory(provider=inside.provider, lat=52.20, lon=4.42)
    OfferFactory(provider=inside.provider, locations=[inside, outside])
    found = get("offer-points", bbox="4.45,52.1,4.5,52.2")["features"]
    assert [row["geometry"]["coordinates"] for row in found] == [[4.49, 52.16]]


@pytest.mark.parametrize(
    "bbox",
    ["", "1,2,3", "1,2,3,4,5", "4.5,52.1,4.4,52.2", "4,91,5,92", "nan,52,5,53", "vier,52,5,53"],
)
def test_a_rectangle_that_is_none_is_named(get, bbox):
    problem = get("offer-points", 400, bbox=bbox)
    assert [error["name"] for error in problem["errors"]] == ["bbox"]


@pytest.mark.parametrize("name", ["crs", "bboxCrs"])
def test_another_coordinate_system_is_refused(get, name):
    rd = "http://www.opengis.net/def/crs/EPSG/0/28992"
    problem = get("offer-points", 400, **{name: rd})
    assert [error["name"] for error in problem["errors"]] == [name]


def test_the_answer_names_its_coordinate_system(client):
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    response = client.get("/api/v1/offer-points", {"crs": crs84, "bboxCrs": crs84})
    assert response["Content-Crs"] == f"<{crs84}>"
