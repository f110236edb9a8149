"""The map as a still picture, and the postcodes with which a browser names a point."""

import pytest

from providers.enums import OfferStatus
from search.map.still import HEIGHT, WIDTH, Pin, still_of
from tests.factories import LocationFactory, OfferFactory

pytestmark = pytest.mark.django_db


def placed(lat, lon, **fields):
    offer = OfferFactory(**fields)
    offer.locations.set([LocationFactory(provider=offer.provider, lat=lat, lon=lon)])
    return offer.pk


def numbers_of(offers, first=1):
    picture = still_of(offers, first=first, municipality="")
    return {pin.label for pin in picture.pins}


def test_every_result_with_a_place_has_its_number(region):
    offers = [placed(52.16, 4.49), placed(52.20, 4.41)]
    assert numbers_of(offers) == {"1", "2"}


def test_a_second_page_goes_on_counting(region):
    assert numbers_of([placed(52.16, 4.49)], first=21) == {"21"}


def test_what_shares_a_point_shares_a_pin(region):
    offers = [placed(52.16, 4.49), placed(52.20, 4.41), placed(52.16, 4.49)]
    assert numbers_of(offers) == {"1 · 3", "2"}


def test_what_is_not_published_is_not_drawn(region):
    assert numbers_of([placed(52.16, 4.49, status=OfferStatus.DRAFT)]) == set()


def test_all_pins_lie_in_the_picture(region):
    offers = [placed(52.16, 4.49), placed(52.9, 4.8), placed(51.4, 6.0)]
    for pin in still_of(offers, first=1, municipality="").pins:
        assert 0 < pin.x < WIDTH
        assert 0 < pin.y < HEIGHT


def test_no_pin_lies_over_another(region):
    offers = [placed(52.16 + n / 900, 4.49 + n / 700) for n in range(9)]
    pins = still_of(offers, first=1, municipality="").pins
    assert not [one for one in pins for other in pins if one is not other and one.meets(other)]
    assert sum(len(pin.numbers) for pin in pins) == len(offers)


def test_the_picture_is_an_image_with_the_own_municipality_apart(client, region):
    offer = placed(52.16, 4.49)
    answer = client.get(f"/kaart/beeld.svg?aanbod={offer}&gemeente=GM0546")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert ">1</text>" in answer.content.decode()


def test_nonsense_gives_an_empty_picture(client):
    answer = client.get("/kaart/beeld.svg?aanbod=x&aanbod=-1&eerste=een&gemeente=%3Csvg%3E")
    assert answer.status_code == 200
    assert "<text" not in answer.content.decode()


def test_the_postcodes_are_those_of_the_region(client, region):
    rows = client.get("/kaart/postcodes").json()
    assert {"2311"} <= {code for code, _town, _lat, _lon in rows}
    assert all(51 < lat < 53 and 4 < lon < 5 for _code, _town, lat, lon in rows)


def test_a_pin_is_as_wide_as_its_numbers():
    assert Pin(0, 0, (1, 2)).width > Pin(0, 0, (1,)).width


def test_a_pin_at_the_edge_shows_all_of_its_numbers(region):
    at_the_edge = [placed(52.16, 4.49) for _number in range(8)]
    offers = [*at_the_edge[:1], placed(52.20, 4.90), *at_the_edge[1:]]
    (pin, _other) = sorted(still_of(offers, first=1, municipality="").pins, key=lambda one: one.x)
    assert pin.label == "1 · 3-9"
    assert pin.left > 0


def test_many_numbers_lie_in_the_picture():
    pin = Pin.within(0, 50, tuple(range(1, 20, 2)))
    assert 0 < pin.left < pin.left + pin.width < WIDTH


def codes(client, address):
    return {one["properties"]["code"] for one in client.get(address).json()["features"]}


def test_a_map_of_the_region_takes_its_outlines_and_those_around_it(client, region):
    near, every = codes(client, "/kaart/grenzen?rond=regio"), codes(client, "/kaart/grenzen")
    assert {"GM0546", "GM0537"} <= near < every
    assert len(near) < len(every) / 3


def test_without_a_region_of_its_own_a_map_takes_all(client, settings):
    settings.REGION_CODE = "JR99"
    assert codes(client, "/kaart/grenzen?rond=regio") == codes(client, "/kaart/grenzen")
