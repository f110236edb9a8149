"""Load official municipal boundaries for the map, instead of the schematic ones."""

from __future__ import annotations

import json
import math
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.geography.geometry import Corner, in_netherlands, simplify_rings
from providers.models import Municipality
from providers.reference import loaded_outlines

MAX_BYTES = 100_000_000
# What a browser should have to fetch, before compression.
TARGET_BYTES = 1_000_000
CODE_PROPERTIES = ("gm_code", "statcode", "code", "gemeentecode")
WATER_PROPERTIES = ("h2o", "water")
# Four decimals are about ten metres. Tolerances are in degrees of latitude: 0, 50, 100 ... m.
DECIMALS = 4
TOLERANCES = (0.0, 0.00045, 0.0009, 0.0018, 0.0036)
# How long a degree of longitude is beside a degree of latitude, in the Netherlands.
LON_SCALE = 0.61

# How the system of GeoJSON itself is called, and the European one that is within a metre of it.
WGS84 = re.compile(r"CRS:?84|EPSG:[\d.]*:?(?:4326|4258)\b", re.IGNORECASE)
OTHER_SYSTEM = gettext_lazy(
    "De grenzen staan in een ander coördinatenstelsel, zoals RD (meters). Zet ze eerst om naar "
    "lengte- en breedtegraden (WGS84, EPSG:4326)."
)

Polygon = list[list[Corner]]
Outlines = dict[str, list[Polygon]]


class BoundaryError(ValueError):
    """The file is no set of municipal boundaries; the text says why, in Dutch."""


class OtherSystemError(ValueError):
    """Coordinates that are no degrees."""


class Command(BaseCommand):
    """Check a GeoJSON file of municipal boundaries and keep it for the map."""

    help = _("Laadt officiële gemeentegrenzen (GeoJSON, WGS84) voor de kaart.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether to only check it."""
        parser.add_argument("file", type=Path, help=_("GeoJSON-bestand met een vlak per gemeente"))
        parser.add_argument("--dry-run", action="store_true", help=_("alleen controleren"))

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        """Write the boundaries whole, or say in one sentence why not and write nothing."""
        municipalities = Municipality.objects.in_bulk()
        try:
            outlines = read_outlines(read_collection(file), set(municipalities))
            check_own_region(outlines, municipalities)
            text, tolerance = compact(outlines, municipalities)
            if not dry_run:
                write_whole(loaded_outlines(), text)
        except BoundaryError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(summary(outlines, municipalities, text, tolerance, dry_run=dry_run))


def read_collection(file: Path) -> list[Any]:
    """The features of a GeoJSON file. Raises BoundaryError when it is no such file."""
    if not file.is_file():
        raise BoundaryError(_("Het bestand %(file)s bestaat niet.") % {"file": file})
    if file.stat().st_size > MAX_BYTES:
        raise BoundaryError(_("Het bestand is groter dan 100 MB."))
    try:
        content = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BoundaryError(_("Het bestand is geen geldige JSON.")) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise BoundaryError(_("Het bestand is geen GeoJSON-verzameling (FeatureCollection)."))
    _check_system(content.get("crs"))
    features = content.get("features")
    if not isinstance(features, list) or not features:
        raise BoundaryError(_("Er staan geen gebieden in het bestand."))
    return features


def _check_system(crs: Any) -> None:
    """Refuse a file that says it is in another coordinate system than GeoJSON is."""
    if crs is not None and not WGS84.search(json.dumps(crs)):
        raise BoundaryError(OTHER_SYSTEM)


def read_outlines(features: list[Any], known: set[str]) -> Outlines:
    """The polygons per municipality code. Raises BoundaryError at the first thing amiss."""
    if not known:
        raise BoundaryError(_("Er zijn nog geen gemeenten. Draai eerst load_reference."))
    outlines: Outlines = {}
    for number, feature in enumerate(features, start=1):
        properties = lower_properties(feature, number)
        if any(str(properties.get(name, "")).upper() == "JA" for name in WATER_PROPERTIES):
            continue
        code = municipality_code(properties, number)
        if code not in known:
            raise BoundaryError(_("Gemeentecode %(code)s is onbekend.") % {"code": code})
        if code in outlines:
            raise BoundaryError(_("Gemeentecode %(code)s staat er twee keer in.") % {"code": code})
        outlines[code] = read_polygons(feature.get("geometry"), code)
    if not outlines:
        raise BoundaryError(_("Er staan geen gemeenten in het bestand."))
    return outlines


def check_own_region(outlines: Outlines, municipalities: dict[str, Municipality]) -> None:
    """Refuse boundaries without those of the region that this map is for."""
    own = [one for one in municipalities.values() if one.region_id == settings.REGION_CODE]
    if own and not any(one.code in outlines for one in own):
        raise BoundaryError(
            _("Geen gemeente van deze regio staat in het bestand, zoals %(names)s.")
            % {"names": ", ".join(sorted(one.name for one in own)[:3])}
        )


def lower_properties(feature: Any, number: int) -> dict[str, Any]:
    """The properties of a feature, with lower-case names. Raises BoundaryError."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise BoundaryError(_("Gebied %(number)s heeft geen eigenschappen.") % {"number": number})
    return {str(name).lower(): value for name, value in properties.items()}


def municipality_code(properties: dict[str, Any], number: int) -> str:
    """The CBS code, written GMdddd, from the first property known to hold one."""
    for name in CODE_PROPERTIES:
        text = str(properties.get(name) or "").strip().upper().removeprefix("GM")
        if text.isascii() and text.isdigit() and len(text) <= 4:
            return f"GM{text:0>4}"
    raise BoundaryError(
        _("Gebied %(number)s heeft geen gemeentecode in gm_code, statcode, code of gemeentecode.")
        % {"number": number}
    )


def read_polygons(geometry: Any, code: str) -> list[Polygon]:
    """The polygons of a GeoJSON geometry, corners rounded. Raises BoundaryError."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError(_("Gemeente %(code)s heeft geen vlak.") % {"code": code})
    coordinates = geometry.get("coordinates")
    try:
        parts = [coordinates] if kind == "Polygon" else list(coordinates)
        polygons = [[read_ring(ring) for ring in part] for part in parts]
    except OtherSystemError as error:
        raise BoundaryError(OTHER_SYSTEM) from error
    except (TypeError, ValueError, IndexError) as error:
        raise BoundaryError(
            _("De grens van %(code)s klopt niet: er horen lengte- en breedtegraden (WGS84).")
            % {"code": code}
        ) from error
    large = without_specks(polygons)
    if not large:
        raise BoundaryError(_("Gemeente %(code)s heeft geen vlak.") % {"code": code})
    return large


def without_specks(polygons: list[Polygon]) -> list[Polygon]:
    """The polygons with only rings that still enclose something; the first ring is the outer."""
    return [
        [ring for ring in polygon if len(ring) > 3]
        for polygon in polygons
        if polygon and len(polygon[0]) > 3
    ]


def read_ring(ring: Any) -> list[Corner]:
    """A closed ring, corners rounded. Raises TypeError, ValueError or IndexError."""
    corners: list[Corner] = []
    for position in ring:
        lon, lat = round(float(position[0]), DECIMALS), round(float(position[1]), DECIMALS)
        if not in_netherlands(lat, lon):
            # Metres, of the national grid or of the maps of the web: no degrees go that far.
            raise OtherSystemError if max(abs(lon), abs(lat)) > 180 else ValueError(position)
        if not corners or corners[-1] != (lon, lat):
            corners.append((lon, lat))
    if corners and corners[0] != corners[-1]:
        corners.append(corners[0])
    return corners


def compact(outlines: Outlines, municipalities: dict[str, Municipality]) -> tuple[str, float]:
    """The boundaries as text, simplified no more than the target size asks, and how much."""
    text, tolerance = "", 0.0
    for tolerance in TOLERANCES:
        text = as_geojson(simplified(outlines, tolerance), municipalities)
        if len(text) <= TARGET_BYTES:
            break
    return text, tolerance


def simplified(outlines: Outlines, tolerance: float) -> Outlines:
    """The outlines with fewer corners; a municipality that would vanish stays as it was."""
    rings = [ring for polygons in outlines.values() for polygon in polygons for ring in polygon]
    fewer = iter(simplify_rings(rings, tolerance, x_scale=LON_SCALE))
    return {
        code: without_specks([[next(fewer) for _ring in polygon] for polygon in polygons])
        or polygons
        for code, polygons in outlines.items()
    }


def as_geojson(outlines: Outlines, municipalities: dict[str, Municipality]) -> str:
    """The collection that the map reads, in the form of the schematic one."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": code,
                "name": municipalities[code].name,
                "region": municipalities[code].region_id,
            },
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for code, polygons in sorted(outlines.items())
    ]
    collection = {"type": "FeatureCollection", "schematic": False, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_whole(path: Path, text: str) -> None:
    """Put the text in place at once: a reader sees the old file or the new, never half.

    Raises BoundaryError when it cannot be written; then nothing is left behind.
    """
    draft = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BoundaryError(
            _("%(file)s is niet te schrijven: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error


def summary(
    outlines: Outlines,
    municipalities: dict[str, Municipality],
    text: str,
    tolerance: float,
    *,
    dry_run: bool,
) -> str:
    """What was loaded, in one line."""
    line = _("%(count)s van %(known)s gemeenten, %(size)s kB, vereenvoudigd tot op %(metres)s m.")
    figures = {
        "count": len(outlines),
        "known": len(municipalities),
        "size": math.ceil(len(text.encode()) / 1000),
        "metres": max(10, round(tolerance * 111_000, -1)),
    }
    end = _("Niets geschreven.") if dry_run else _("De kaart gebruikt ze vanaf nu.")
    return f"{line % figures} {end}"
