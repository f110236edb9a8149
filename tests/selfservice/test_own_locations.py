"""A provider keeps its own places: address, point, step-free access and hours."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from providers.enums import PointPrecision, Ternary
from providers.geography.addresses import find_address
from providers.models import AuditEvent, Location, OfferIndex
from tests.factories import LocationFactory, PostalAreaFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "street": "Waterstraat 12a",
    "postcode": "2311cs",
    "town": "Leiden",
    "name": "",
    "wheelchair": "ja",
    "opening_hours": "Dinsdag van 14.00 tot 17.00 uur",
}
FOUND = {
    "postcode": "2311CS",
    "huisnummer": 12,
    "gemeentecode": "0546",
    "centroide_ll": "POINT(4.4921 52.1601)",
}


class Register:
    """A server of one's own that answers like PDOK's, and remembers what it was asked."""

    def __init__(self):
        self.docs, self.status, self.asked = [FOUND], 200, []
        register = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                register.asked.append(parse_qs(urlsplit(self.path).query))
                self.send_response(register.status)
                self.end_headers()
                self.wfile.write(json.dumps({"response": {"docs": register.docs}}).encode())

            def log_message(self, *args):
                """Keep quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def register(settings):
    register = Register()
    settings.PDOK_URL = register.url
    yield register
    register.server.shutdown()
    register.server.server_close()


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


@pytest.fixture
def area(region):
    return PostalAreaFactory(code="2311", municipality=region.leiden)


def add(client, offer, **more):
    address = reverse("selfservice:add_location", args=[offer.pk])
    return client.post(address, TYPED | more, follow=True)


def test_saving_the_step_leads_to_a_new_location(client, owner, offer, typed_where):
    answer = client.post(
        reverse("selfservice:edit_where", args=[offer.pk]), typed_where | {"locatie": "ja"}
    )
    assert answer["Location"] == reverse("selfservice:add_location", args=[offer.pk])


def test_an_address_gets_its_own_point(client, owner, offer, area, register, region):
    page = add(client, offer).content.decode()
    place = Location.objects.get(street="Waterstraat 12a")
    assert (place.lat, place.lon, place.precision) == (52.1601, 4.4921, PointPrecision.ADDRESS)
    assert (place.postcode, place.municipality) == ("2311 CS", region.leiden)
    assert "Op de kaart: op het adres." in page
    assert place in offer.locations.all()
    assert AuditEvent.objects.get(action="location.added").by == owner


def test_nothing_but_the_address_is_sent(client, owner, offer, area, register):
    add(client, offer, name="Geheim", opening_hours="Alleen na afspraak")
    (asked,) = register.asked
    assert asked["q"] == ["2311CS 12"]
    assert "Geheim" not in str(asked)


def test_the_same_address_is_asked_once(register):
    for _ in range(3):
        assert find_address("Waterstraat 12", "2311 CS").lat == 52.1601
    assert len(register.asked) == 1


@pytest.mark.parametrize(
    ("docs", "status"),
    [
        ([], 200),
        ([FOUND | {"postcode": "9999XX"}], 200),
        ([FOUND | {"centroide_ll": "POINT(0 0)"}], 200),
        ([FOUND | {"centroide_ll": "onzin"}], 200),
        ([{}], 200),
        ("onzin", 200),
        ([FOUND], 500),
    ],
)
def test_without_an_answer_the_postcode_stands_for_it_and_the_page_says_so(
    client, owner, offer, area, register, docs, status
):
    register.docs, register.status = docs, status
    page = add(client, offer).content.decode()
    place = Location.objects.get(street="Waterstraat 12a")
    assert place.precision == PointPrecision.POSTCODE
    assert "Op de kaart: ongeveer: midden van het postcodegebied." in page


def test_a_register_that_is_away_is_not_asked_again_at_once(register):
    register.status = 503
    assert find_address("Waterstraat 12", "2311 CS") is None
    register.status = 200
    assert find_address("Waterstraat 13", "2311 CS") is None
    assert len(register.asked) == 1


@pytest.mark.parametrize(
    ("street", "postcode"), [("Waterstraat", "2311 CS"), ("Waterstraat 12", "2311"), ("", "")]
)
def test_half_an_address_is_not_looked_up(register, street, postcode):
    assert find_address(street, postcode) is None
    assert register.asked == []


def test_without_the_setting_nothing_is_asked(client, owner, offer, area):
    assert "midden van het postcodegebied" in add(client, offer).content.decode()


def test_a_second_tap_adds_no_second_location(client, owner, offer, area):
    add(client, offer)
    add(client, offer)
    assert Location.objects.filter(street="Waterstraat 12a").count() == 1


@pytest.mark.parametrize("field", ["street", "postcode", "town"])
def test_an_address_is_whole(client, owner, offer, field):
    answer = add(client, offer, **{field: ""})
    assert field in answer.context["form"].errors
    assert "Dinsdag van 14.00" in answer.content.decode()


# --- changing one --------------------------------------------------------------------------------


@pytest.fixture
def place(offer):
    place = offer.locations.get()
    place.refresh_from_db()
    return place


@pytest.fixture
def address(offer, place):
    return reverse("selfservice:edit_location", args=[offer.pk, place.pk])


def opened(place):
    """What the browser sends of the form of this place, nothing changed."""
    fields = ("street", "postcode", "town", "name", "wheelchair", "opening_hours")
    values = {name: getattr(place, name) for name in fields}
    return values | {f"initial-{name}": value for name, value in values.items()}


def test_step_free_access_counts_in_the_search_at_once(client, owner, offer, place, address):
    client.post(address, opened(place) | {"wheelchair": "ja"})
    place.refresh_from_db()
    assert place.wheelchair == Ternary.YES
    assert OfferIndex.objects.get(offer=offer).wheelchair is True


def test_another_address_moves_the_point(client, owner, place, address, area, register):
    client.post(address, opened(place) | {"street": "Waterstraat 12", "postcode": "2311 CS"})
    place.refresh_from_db()
    assert (place.lat, place.lon) == (52.1601, 4.4921)


def test_other_hours_leave_the_point_where_it_is(client, owner, place, address, register):
    before = (place.lat, place.lon)
    client.post(address, opened(place) | {"opening_hours": "Elke dag"})
    place.refresh_from_db()
    assert ((place.lat, place.lon), place.opening_hours) == (before, "Elke dag")


def test_a_colleagues_change_is_seen_before_it_is_overwritten(client, owner, place, address):
    mine = opened(place) | {"opening_hours": "Elke dag"}
    Location.objects.filter(pk=place.pk).update(opening_hours="Op maandag")
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert "Op maandag" in answer.content.decode()
    assert "Elke dag" in answer.content.decode()
    again = mine | {"initial-opening_hours": "Op maandag"}
    assert client.post(address, again).status_code == 302
    place.refresh_from_db()
    assert place.opening_hours == "Elke dag"


def test_a_place_of_somebody_else_is_not_there(client, owner, offer):
    other = LocationFactory()
    address = reverse("selfservice:edit_location", args=[offer.pk, other.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, opened(other)).status_code == 404
