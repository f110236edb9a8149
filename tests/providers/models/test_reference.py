"""The reference data: whole, consistent, and loaded as often as one likes."""

import json
import math
from itertools import pairwise
from operator import itemgetter

import pytest
from django.core.management import call_command

from providers import enums
from providers.geography.geometry import GridPoint, distance, in_netherlands, to_grid
from providers.geography.places import find_place
from providers.models import (
    CareLevelText,
    HelpQuestion,
    Language,
    Municipality,
    PostalArea,
    SearchWord,
    TargetGroup,
    Theme,
    Town,
    YouthRegion,
)
from providers.reference import (
    SCHEMATIC_OUTLINES,
    load_reference_data,
    loaded_outlines,
    outlines_path,
    reference_rows,
    vocabulary_rows,
)
from providers.vocabulary.words import normalise

COUNTS = {"youth_regions": 42, "municipalities": 342, "postal_areas": 4081, "towns": 2501}
HELP_QUESTIONS = vocabulary_rows("help_questions")


@pytest.fixture
def loaded(db):
    return load_reference_data()


# The files


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_the_files_are_whole(name, count):
    assert len(reference_rows(name)) == count


def test_every_place_lies_in_a_known_municipality_of_a_known_region():
    regions = {row["code"] for row in reference_rows("youth_regions")}
    municipalities = reference_rows("municipalities")
    codes = {row["code"] for row in municipalities}
    assert {row["youth_region"] for row in municipalities} == regions
    assert {row["municipality"] for row in reference_rows("postal_areas")} == codes
    assert {row["municipality"] for row in reference_rows("towns")} <= codes


@pytest.mark.parametrize("name", ["municipalities", "postal_areas", "towns"])
def test_every_point_lies_in_the_netherlands(name):
    outside = [
        row for row in reference_rows(name)
        if not in_netherlands(float(row["lat"]), float(row["lon"]))
    ]  # fmt: skip
    assert outside == []


def test_towns_lie_near_their_postcodes():
    areas = {row["code"]: grid(row) for row in reference_rows("postal_areas")}
    far = [
        (town["name"], code)
        for town in reference_rows("towns")
        for code in town["postal_areas"].split("|")
        if distance(grid(town), areas[code]) > 15_000
    ]
    assert far == []


def test_a_postcode_lies_near_the_one_before_or_after_it():
    """Numbers that the source makes up, such as 1234 in Lemiers, lie anywhere."""
    rows = sorted(reference_rows("postal_areas"), key=itemgetter("code"))
    places = [grid(row) for row in rows]
    near = [distance(one, other) for one, other in pairwise(places)]
    nearest = map(min, [math.inf, *near], [*near, math.inf])
    far = [row["code"] for row, metres in zip(rows, nearest, strict=True) if metres > 40_000]
    assert far == []


def test_people_add_up_to_the_country():
    rows = reference_rows("municipalities")
    assert sum(int(row["inhabitants"]) for row in rows) == 17_942_942
    assert 3_200_000 < sum(int(row["youths"]) for row in rows) < 3_500_000


@pytest.mark.parametrize("name", ["municipalities", "towns"])
def test_other_names_really_differ(name):
    for row in reference_rows(name):
        names = [row["name"], *filter(None, row["alternative_names"].split("|"))]
        assert len({normalise(each) for each in names}) == len(names), row


# The vocabulary


@pytest.mark.parametrize(
    ("name", "key", "choices"),
    [
        ("care_phases", "code", enums.CarePhase),
        ("group_kinds", "code", enums.GroupKind),
        ("care_levels", "level", enums.CareLevel),
    ],
)
def test_fixed_choices_agree_with_the_code(name, key, choices):
    assert [row[key] for row in vocabulary_rows(name)] == [str(value) for value in choices.values]


def test_the_steps_are_called_as_in_the_code():
    assert [row["label"] for row in vocabulary_rows("care_levels")] == enums.CareLevel.labels


# Loading


def test_everything_is_loaded(loaded):
    assert YouthRegion.objects.count() == 42
    assert Municipality.objects.count() == 342
    assert PostalArea.objects.count() == 4081
    assert Town.objects.count() == loaded["plaatsen"] >= 2501
    assert Theme.objects.count() == 11
    assert HelpQuestion.objects.count() == len(HELP_QUESTIONS)
    assert TargetGroup.objects.count() == 17
    assert Language.objects.count() == 21
    assert CareLevelText.objects.count() == 7
    assert SearchWord.objects.count() == loaded["zoekwoorden"]


def test_loading_again_changes_nothing(loaded):
    models = (YouthRegion, Municipality, PostalArea, Town, HelpQuestion, SearchWord)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    assert load_reference_data() == loaded
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_loading_again_leaves_what_a_region_calls_a_step(loaded):
    CareLevelText.objects.filter(level=2).update(label="Buurtteam")
    load_reference_data()
    assert CareLevelText.objects.get(level=2).label == "Buurtteam"


def test_loading_again_mends_what_differs_and_leaves_what_was_added(loaded):
    Municipality.objects.filter(code="GM0546").update(name="Leyden")
    SearchWord.objects.filter(key="geldstress").delete()
    SearchWord.objects.create(
        text="knaken", key="knaken", help_question=HelpQuestion.objects.get(code="geldzorgen")
    )
    load_reference_data()
    assert Municipality.objects.get(code="GM0546").name == "Leiden"
    assert set(SearchWord.objects.filter(key__in=["geldstress", "knaken"]).values_list("key")) == {
        ("geldstress",),
        ("knaken",),
    }


def test_loading_is_all_or_nothing(db, monkeypatch):
    monkeypatch.setattr("providers.reference.SearchWord.objects", None)
    with pytest.raises(AttributeError):
        load_reference_data()
    assert not Municipality.objects.exists()


def test_points_are_kept_in_metres_too(loaded):
    leiden = Municipality.objects.get(code="GM0546")
    assert (leiden.rd_x, leiden.rd_y) == to_grid(leiden.lat, leiden.lon)
    assert distance(GridPoint(leiden.rd_x, leiden.rd_y), GridPoint(93_500, 463_500)) < 3_000


PLACES = {
    "Den Haag": "GM0518",
    "'s-Gravenhage": "GM0518",
    "den bosch": "GM0796",
    "Ljouwert": "GM0080",
    "Bergum": "GM0737",
    "Tietjerksteradeel": "GM0737",
    "Katwijk aan Zee": "GM0537",
    "Kaag en Braassem": "GM1884",
    "Alphen a/d Rijn": "GM0484",
    "Hengelo": "GM0164",
    # Another town has this name, of a size that is not known.
    "Hoorn": "GM0405",
    "2311 AB": "GM0546",
}


def test_places_are_found_by_every_name(loaded):
    found = {typed: find_place(typed) for typed in PLACES}
    assert {typed: place and place.municipality for typed, place in found.items()} == PLACES


def test_towns_with_one_name_have_their_own_address(loaded):
    assert dict(Town.objects.filter(key="noordwijk").values_list("slug", "municipality")) == {
        "noordwijk": "GM0575",
        "noordwijk-westerkwartier": "GM1969",
    }
    assert Town.objects.get(slug="hengelo").municipality_id == "GM0164"


def test_the_command_prints_what_it_loaded(db, capsys):
    call_command("load_reference")
    assert "gemeenten: 342\n" in capsys.readouterr().out


def test_progress_is_told_per_kind(db):
    told = []
    load_reference_data(lambda name, count: told.append((name, count)))
    assert ("postcodegebieden", 4081) in told


# The schematic outlines


def test_the_outlines_are_the_schematic_ones_until_others_are_loaded(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert outlines_path() == SCHEMATIC_OUTLINES
    loaded_outlines().write_text("{}")
    assert outlines_path() == tmp_path / "boundaries.geojson"


def test_the_schematic_outlines_say_so_and_are_small():
    content = SCHEMATIC_OUTLINES.read_bytes()
    assert len(content) <= 300_000
    collection = json.loads(content)
    assert collection["schematic"] is True
    assert [f["properties"]["code"] for f in collection["features"]] == sorted(
        row["code"] for row in reference_rows("municipalities")
    )


def test_the_schematic_outlines_hold_their_own_municipality():
    points = {row["code"]: row for row in reference_rows("municipalities")}
    outlines = json.loads(SCHEMATIC_OUTLINES.read_text())["features"]
    inside = [
        covers(outline["geometry"]["coordinates"], points[outline["properties"]["code"]])
        for outline in outlines
    ]
    # Some long or hollow municipalities have their middle at a neighbour's postcode.
    assert sum(inside) / len(inside) > 0.95


def grid(row):
    return to_grid(float(row["lat"]), float(row["lon"]))


def covers(polygons, row):
    """Whether a ray from the point crosses the rings an odd number of times."""
    lon, lat = float(row["lon"]), float(row["lat"])
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1
