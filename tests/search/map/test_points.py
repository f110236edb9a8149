"""What the map asks: the same offers as the list, as points or as clusters."""

import pytest

from providers.enums import OfferStatus
from providers.models import Offer
from providers.rules.clocks import forget_region_clocks
from search.map import places
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    RegionClockFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db

LEIDEN = "52.10,4.40,52.20,4.60"


def on_map(lat=52.16, lon=4.49, **fields):
    offer = OfferFactory(**fields)
    offer.locations.set([LocationFactory(provider=offer.provider, lat=lat, lon=lon)])
    return offer


def ask(client, **params):
    answer = client.get("/kaart/punten", params)
    assert answer.status_code == 200
    return answer.json()


def test_a_point_says_where_what_and_how_soon(client):
    offer = on_map(title="Samen hardlopen")
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=0)
    assert ask(client)["points"] == [[52.16, 4.49, offer.pk, "now", "Samen hardlopen"]]


def test_a_point_goes_by_the_wait_where_a_run_is_not_sure_like_its_card(client):
    offer = on_map()
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=0)
    programme = GroupProgrammeFactory(offer=offer, is_open=True)
    GroupRunFactory(programme=programme, starts_on=days_ago(-3), places_confirmed_on=None)
    assert [point[3] for point in ask(client)["points"]] == ["now"]


def test_a_point_goes_by_the_clock_of_the_region_like_its_card(client, region):
    offer = on_map(municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=0, measured_on=days_ago(11))
    RegionClockFactory(region=region.leiden.region, days=10)
    forget_region_clocks()
    assert [point[3] for point in ask(client)["points"]] == ["now"]
    assert [point[3] for point in ask(client, gemeente="GM0546")["points"]] == ["stale"]


def test_the_map_shows_what_the_list_shows(client):
    here = on_map(help_questions=["somberheid"])
    on_map(help_questions=["angst"])
    found = ask(client, hulpvraag="somberheid")["points"]
    assert [point[2] for point in found] == [here.pk]


def test_what_has_a_number_on_the_page_is_no_nameless_point(client):
    numbered, other = on_map(), on_map()
    found = ask(client, genummerd=f"{numbered.pk},")["points"]
    assert [point[2] for point in found] == [other.pk]


def test_of_what_has_a_number_every_place_is_sent(client):
    offer = on_map()
    offer.locations.add(LocationFactory(provider=offer.provider, lat=52.17, lon=4.49))
    found = ask(client, genummerd=offer.pk)["numbered"]
    assert found == [[52.16, 4.49, offer.pk], [52.17, 4.49, offer.pk]]


def test_places_out_of_view_are_not_sent(client):
    offer = on_map(lat=53.2)
    assert ask(client, genummerd=offer.pk, vak=LEIDEN)["numbered"] == []


def test_a_number_of_an_offer_that_is_no_result_tells_nothing(client):
    draft = on_map(status="concept")
    assert ask(client, genummerd=draft.pk)["numbered"] == []


def test_only_what_is_in_view_is_sent(client):
    on_map(lat=53.2)
    here = on_map()
    assert [point[2] for point in ask(client, vak=LEIDEN)["points"]] == [here.pk]


def test_how_many_are_on_the_map_does_not_depend_on_the_view(client):
    on_map(lat=53.2)
    OfferFactory()
    assert ask(client, vak=LEIDEN)["located"] == 1


def test_an_offer_in_two_places_is_two_points_and_one_offer(client):
    offer = on_map()
    offer.locations.add(LocationFactory(provider=offer.provider, lat=52.17))
    found = ask(client)
    assert (len(found["points"]), found["located"]) == (2, 1)


def test_where_there_are_too_many_they_are_counted(client, monkeypatch):
    monkeypatch.setattr(places, "MAX_POINTS", 2)
    for _ in range(2):
        on_map()
    on_map(lat=53.2, lon=6.5)
    found = ask(client)
    assert found["points"] == []
    assert sorted(cluster[2] for cluster in found["clusters"]) == [1, 2]


def test_zoomed_in_far_enough_they_are_points_again(client, monkeypatch):
    monkeypatch.setattr(places, "MAX_POINTS", 2)
    near = [on_map(), on_map()]
    on_map(lat=53.2, lon=6.5)
    found = ask(client, vak=LEIDEN)
    assert [point[2] for point in found["points"]] == [offer.pk for offer in near]
    assert (found["clusters"], found["located"]) == ([], 3)


def test_drafts_are_not_on_the_map(client):
    on_map(status="concept")
    assert ask(client)["points"] == []


@pytest.mark.parametrize(
    "box",
    [
        "",
        "a,b,c,d",
        "1,2,3",
        "nan,nan,nan,nan",
        "inf,0,0,inf",
        "1e30,1e30,1e30,1e30",
        "1e9,0,1e9,0",
    ],
)
def test_a_box_that_is_none_means_the_whole_country(client, box):
    offer = on_map()
    assert [point[2] for point in ask(client, vak=box)["points"]] == [offer.pk]


def test_outlines_are_sent_once(client):
    first = client.get("/kaart/grenzen")
    again = client.get("/kaart/grenzen", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert len(first.json()["features"]) > 300


def test_an_offer_that_is_gone_is_not_on_the_map_while_the_index_still_has_it(client):
    gone = on_map()
    on_map(title="Samen hardlopen")
    Offer.objects.filter(pk=gone.pk).update(status=OfferStatus.ARCHIVED)
    answer = ask(client)
    assert (answer["located"], [point[4] for point in answer["points"]]) == (1, ["Samen hardlopen"])
