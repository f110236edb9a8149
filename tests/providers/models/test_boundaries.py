"""Loading official municipal boundaries: checked first, written whole or not at all."""

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from providers.management.commands import load_boundaries, make_outlines
from providers.models import Municipality
from providers.reference import loaded_outlines, outlines_path, reference_rows
from tests.factories import MunicipalityFactory

NATIONAL_FILE = Path(django_settings.BASE_DIR).parent / "shared" / "data" / "gemeenten.geojson"

SQUARE = [[4.45, 52.13], [4.52, 52.13], [4.52, 52.18], [4.45, 52.18], [4.45, 52.13]]
# Beside the square, sharing its eastern border.
NEXT = [[4.52, 52.13], [4.58, 52.13], [4.58, 52.18], [4.52, 52.18], [4.52, 52.13]]


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def municipalities(db):
    leiden = MunicipalityFactory(code="GM0546", name="Leiden", slug="leiden")
    MunicipalityFactory(
        code="GM0547", name="Leiderdorp", slug="leiderdorp", region=leiden.region
    )  # fmt: skip


def feature(code="GM0546", ring=SQUARE, name="gm_code", **properties):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {name: code, **properties}, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def write(tmp_path, content):
    file = tmp_path / "official.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def turned(polygons):
    """The polygons with each ring begun at its lowest corner: where one begins is no matter."""
    return [[turned_ring(ring[:-1]) for ring in polygon] for polygon in polygons]


def turned_ring(corners):
    start = corners.index(min(corners))
    return corners[start:] + corners[:start]


def load(file, *options):
    call_command("load_boundaries", file, *options)


@pytest.mark.parametrize("name", ["gm_code", "statcode", "code", "gemeentecode", "GM_CODE"])
@pytest.mark.parametrize("code", ["GM0546", "0546", "546", 546, " gm0546 "])
def test_the_code_is_found_however_it_is_written(municipalities, tmp_path, name, code):
    load(write(tmp_path, collection(feature(code, name=name))))
    (outline,) = json.loads(outlines_path().read_text())["features"]
    assert outline["properties"]["code"] == "GM0546"
    assert outline["properties"]["name"] == "Leiden"


def test_the_map_uses_what_was_loaded(municipalities, tmp_path, capsys):
    load(write(tmp_path, collection(feature(), feature("GM0547", NEXT))))
    assert outlines_path() == loaded_outlines()
    loaded = json.loads(outlines_path().read_text())
    assert loaded["schematic"] is False
    geometry = loaded["features"][0]["geometry"]
    assert geometry["type"] == "MultiPolygon"
    assert turned(geometry["coordinates"]) == turned([[SQUARE]])
    assert "2 van 2 gemeenten" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(municipalities, tmp_path, capsys):
    load(write(tmp_path, collection(feature())), "--dry-run")
    assert "Niets geschreven" in capsys.readouterr().out
    assert not loaded_outlines().exists()


def test_several_parts_and_holes_are_kept(municipalities, tmp_path):
    hole = [[4.47, 52.15], [4.48, 52.15], [4.48, 52.16], [4.47, 52.15]]
    parts = feature()
    parts["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [NEXT]]}
    load(write(tmp_path, collection(parts)))
    (outline,) = json.loads(outlines_path().read_text())["features"]
    assert [len(polygon) for polygon in outline["geometry"]["coordinates"]] == [2, 1]


def test_water_is_left_out(municipalities, tmp_path):
    load(write(tmp_path, collection(feature(), feature(ring=NEXT, H2O="JA"))))
    (outline,) = json.loads(outlines_path().read_text())["features"]
    assert turned(outline["geometry"]["coordinates"]) == turned([[SQUARE]])


def moved(ring, by):
    return [[lon + by, lat] for lon, lat in ring]


FAULTS = {
    "not json": ("{", "geen geldige JSON"),
    "too deep": ("[" * 100_000, "geen geldige JSON"),
    "not text": ("\x00", "geen geldige JSON"),
    "a list": ([], "geen GeoJSON-verzameling"),
    "topojson": ({"type": "Topology"}, "geen GeoJSON-verzameling"),
    "empty": (collection(), "geen gebieden"),
    "only water": (collection(feature(water="JA")), "geen gemeenten"),
    "no object": (collection("GM0546"), "Gebied 1 heeft geen eigenschappen"),
    "no code": (collection(feature(name="naam")), "Gebied 1 heeft geen gemeentecode"),
    "odd code": (collection(feature("GM-546")), "Gebied 1 heeft geen gemeentecode"),
    "unknown": (collection(feature("GM9999")), "GM9999 is onbekend"),
    "twice": (collection(feature(), feature("0546")), "GM0546 staat er twee keer in"),
    "no geometry": (
        collection({"properties": {"code": "0546"}, "geometry": None}), "GM0546 heeft geen vlak",
    ),
    "a point": (
        collection({"properties": {"code": "0546"}, "geometry": {"type": "Point"}}),
        "GM0546 heeft geen vlak",
    ),
    "metres": (collection(feature(ring=[[93000, 463000]] * 4)), "lengte- en breedtegraden"),
    "web mercator": (collection(feature(ring=[[500000, 6830000]] * 4)), "ander coördinatenstelsel"),
    "the national grid": (
        collection(feature(ring=[[93000.5, 463000.1]] * 4)), "ander coördinatenstelsel, zoals RD",
    ),
    "another system by name": (
        collection(feature()) | {
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
        },
        "ander coördinatenstelsel",
    ),
    "abroad": (collection(feature(ring=moved(SQUARE, 10))), "lengte- en breedtegraden"),
    "text": (collection(feature(ring=[["a", "b"]] * 4)), "lengte- en breedtegraden"),
    "flat": (collection(feature(ring=[4.45, 52.13])), "lengte- en breedtegraden"),
    "nothing": (collection(feature(ring=None)), "lengte- en breedtegraden"),
    "not a number": (collection(feature(ring=[[float("nan"), 52.1]] * 4)), "breedtegraden"),
    "a line": (collection(feature(ring=SQUARE[:2])), "GM0546 heeft geen vlak"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_one_sentence_and_nothing_changes(municipalities, tmp_path, content, sentence):
    load(write(tmp_path, collection(feature())))
    before = loaded_outlines().read_bytes()
    with pytest.raises(CommandError) as refused:
        load(write(tmp_path, content))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert loaded_outlines().read_bytes() == before
    assert list(loaded_outlines().parent.iterdir()) == [loaded_outlines()]


def test_a_disk_that_is_full_leaves_what_was_there(municipalities, tmp_path, monkeypatch):
    load(write(tmp_path, collection(feature())))
    before = loaded_outlines().read_bytes()

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CommandError, match="niet te schrijven"):
        load(write(tmp_path, collection(feature(ring=NEXT))))
    assert loaded_outlines().read_bytes() == before
    assert list(loaded_outlines().parent.iterdir()) == [loaded_outlines()]


def test_a_file_that_is_not_there_is_said(municipalities, tmp_path):
    with pytest.raises(CommandError, match="bestaat niet"):
        load(tmp_path / "nowhere.geojson")


def test_a_file_too_large_is_not_read(municipalities, tmp_path, monkeypatch):
    monkeypatch.setattr(load_boundaries, "MAX_BYTES", 10)
    with pytest.raises(CommandError, match="groter dan 100 MB"):
        load(write(tmp_path, collection(feature())))


def test_without_municipalities_one_hears_what_to_do_first(db, tmp_path):
    with pytest.raises(CommandError, match="load_reference"):
        load(write(tmp_path, collection(feature())))


def test_a_detailed_file_is_simplified_and_borders_stay_shared(
    municipalities, tmp_path, monkeypatch
):
    wavy = [[4.52 + (i % 2) / 2500, 52.13 + i / 10_000] for i in range(500)] + [[4.52, 52.18]]
    left = [[4.45, 52.13], *wavy, [4.45, 52.18], [4.45, 52.13]]
    right = [[4.58, 52.13], [4.58, 52.18], *wavy[::-1], [4.58, 52.13]]
    monkeypatch.setattr(load_boundaries, "TARGET_BYTES", 2_000)
    load(write(tmp_path, collection(feature(ring=left), feature("0547", right))))
    assert loaded_outlines().stat().st_size <= 2_000
    first, second = (
        {tuple(corner) for corner in outline["geometry"]["coordinates"][0][0]}
        for outline in json.loads(outlines_path().read_text())["features"]
    )
    assert (4.52, 52.13) in first & second
    assert len(first & second) >= 2


@pytest.mark.real_files
@pytest.mark.skipif(not NATIONAL_FILE.exists(), reason="the national file is not beside this")
def test_the_national_file_loads(db, capsys):
    call_command("load_reference")
    load(NATIONAL_FILE)
    assert "342 van 342 gemeenten" in capsys.readouterr().out
    assert loaded_outlines().stat().st_size < 400_000


def test_the_schematic_outlines_are_what_the_command_computes():
    pytest.importorskip("shapely")
    names = ("postal_areas", "towns", "municipalities")
    computed = make_outlines.schematic_outlines(*(reference_rows(name) for name in names))
    committed = json.loads(outlines_path().read_text())
    corners = [
        sum(len(ring) for polygon in f["geometry"]["coordinates"] for ring in polygon)
        for collection_ in (computed, committed)
        for f in collection_["features"]
    ]
    # Versions of the geometry library may differ in a corner here and there.
    half = len(corners) // 2
    assert half == 342
    assert abs(sum(corners[:half]) - sum(corners[half:])) < 0.02 * sum(corners)


def test_without_shapely_one_hears_how_to_get_it(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(make_outlines, "import_module", missing)
    with pytest.raises(CommandError, match="Shapely"):
        call_command("make_outlines")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_a_file_that_names_the_system_of_geojson_loads(municipalities, tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    load(write(tmp_path, collection(feature()) | {"crs": crs}))
    assert loaded_outlines().is_file()


def test_boundaries_of_other_regions_alone_are_refused(municipalities, tmp_path, settings):
    settings.REGION_CODE = Municipality.objects.get(code="GM0546").region_id
    MunicipalityFactory(code="GM0363", name="Amsterdam", slug="amsterdam", region__code="JZ99")
    with pytest.raises(CommandError, match="Geen gemeente van deze regio staat in het bestand"):
        load(write(tmp_path, collection(feature("GM0363"))))
    assert not loaded_outlines().exists()
    load(write(tmp_path, collection(feature("GM0363"), feature("GM0546", NEXT))))
    assert loaded_outlines().is_file()
