"""Compute schematic municipal outlines from the postcode points, once, for the repository.

Every place belongs to the municipality of the nearest postcode point (Voronoi cells, dissolved
per municipality), within a coast drawn around the points. No boundary file goes in, so the
result is free of one; it is recognisable, and off by a kilometre or two. An installation that
has the official boundaries loads them with ``load_boundaries``.
"""

from __future__ import annotations

import json
import math
from argparse import ArgumentParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from providers.geography.geometry import GridPoint, to_degrees, to_grid
from providers.reference import SCHEMATIC_OUTLINES, Row, reference_rows

# Farmland (lat, lon) in the Flevopolder and by Lochem: too empty for points, land all the same.
EMPTY_LAND = (
    (52.54, 5.63), (52.52, 5.60), (52.49, 5.63), (52.48, 5.56), (52.45, 5.49),
    (52.43, 5.59), (52.42, 5.51), (52.41, 5.40), (52.23, 6.42),
)  # fmt: skip
# Metres. Postcode points further apart than this have water between them, not land.
LONGEST_EDGE = 9000
# How far the land reaches beyond its outermost points.
SHORE = 1300
# The radius of a place that has no other place near.
ISLAND = 2_500
# Rounds off the notches that straight triangle edges leave in the coast.
SMOOTHING = 2500
# Lakes smaller than this (m²) are land on a schematic map.
SMALLEST_LAKE = 60_000_000
# Corners whose triangle is smaller than the square of this are left out; shared by neighbours.
SIMPLIFICATION = 350
DECIMALS = 4


class Command(BaseCommand):
    """Write fixtures/outlines/municipalities.geojson anew."""

    help = _("Berekent de schematische gemeentegrenzen opnieuw uit de postcodepunten.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the result be written elsewhere, to compare it with the committed one."""
        parser.add_argument("--output", type=Path, default=SCHEMATIC_OUTLINES)

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        """Compute, write and say how large the result is."""
        collection = schematic_outlines(
            reference_rows("postal_areas"),
            reference_rows("towns"),
            reference_rows("municipalities"),
        )
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
        output.write_text(text, encoding="utf-8")
        self.stdout.write(
            _("%(count)s gemeenten, %(size)s kB: %(file)s")
            % {
                "count": len(collection["features"]),
                "size": math.ceil(len(text.encode()) / 1000),
                "file": output,
            }
        )


def load_shapely() -> Any:
    """Shapely, which only this command uses. Raises CommandError when it is not installed."""
    try:
        return import_module("shapely")
    except ImportError as error:
        raise CommandError(
            _("Hiervoor is Shapely nodig. Installeer die met: pip install '.[outlines]'")
        ) from error


def schematic_outlines(
    areas: list[Row], towns: list[Row], municipalities: list[Row]
) -> dict[str, Any]:
    """A GeoJSON collection with one outline per municipality that has a postcode point.

    Every point known helps to tell land from water; whose the land is, the postcode points
    alone decide.
    """
    shapely = load_shapely()
    points = {grid_point(row): row["municipality"] for row in areas}
    inhabited = [row for row in areas if int(row["inhabitants"] or 0)]
    dry = {grid_point(row) for row in (*inhabited, *towns, *municipalities)}
    land = land_around(dry | {to_grid(*point) for point in EMPTY_LAND})
    shapes = dissolved_cells(points, land)
    properties = {row["code"]: outline_properties(row) for row in municipalities}
    codes = sorted(shapes)
    simplified = shapely.coverage_simplify([shapes[code] for code in codes], SIMPLIFICATION)
    return {
        "type": "FeatureCollection",
        "schematic": True,
        "description": "Schematic outlines computed from postcode points; not official boundaries",
        "attribution": "CBS, Kadaster (CC BY 4.0); GeoNames (CC BY 4.0)",
        "features": [
            {
                "type": "Feature",
                "properties": properties[code],
                "geometry": {"type": "MultiPolygon", "coordinates": rounded_rings(shape)},
            }
            for code, shape in zip(codes, simplified, strict=True)
        ],
    }


def outline_properties(municipality: Row) -> dict[str, str]:
    """What the map knows about an outline."""
    return {
        "code": municipality["code"],
        "name": municipality["name"],
        "region": municipality["youth_region"],
    }


def grid_point(row: Row) -> GridPoint:
    """Where a row of the reference data lies."""
    return to_grid(float(row["lat"]), float(row["lon"]))


def land_around(points: set[GridPoint]) -> Any:
    """The land: triangles between points that lie close together, with a shore around them.

    Unlike a hull around everything this leaves islands apart and estuaries open.
    """
    shapely = load_shapely()
    cloud = shapely.MultiPoint(sorted(points))
    triangles = [
        triangle
        for triangle in shapely.delaunay_triangles(cloud).geoms
        if longest_edge(triangle) <= LONGEST_EDGE
    ]
    mainland = shapely.union_all(triangles).buffer(SHORE)
    islands = cloud.difference(mainland).buffer(ISLAND)
    land = mainland.union(islands).buffer(SMOOTHING).buffer(-SMOOTHING)
    return shapely.MultiPolygon([without_small_lakes(part) for part in parts_of(land)])


def longest_edge(triangle: Any) -> float:
    """The length of a triangle's longest side."""
    corners = list(triangle.exterior.coords)
    return max(math.dist(a, b) for a, b in pairwise(corners))


def without_small_lakes(part: Any) -> Any:
    """The same land, with only its large lakes left open."""
    shapely = load_shapely()
    lakes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= SMALLEST_LAKE]
    return shapely.Polygon(part.exterior, lakes)


def dissolved_cells(points: dict[GridPoint, str], land: Any) -> dict[str, Any]:
    """The land divided among the municipalities of the nearest point.

    All lines are cut at each other once, in whole metres, and the faces between them handed
    out: so neighbours share the very same border and no gap can open between them.
    """
    shapely = load_shapely()
    cloud = shapely.MultiPoint(list(points))
    cells = shapely.voronoi_polygons(cloud, extend_to=land, only_edges=True)
    lines = shapely.union_all([cells, land.boundary], grid_size=1)
    tree, codes = shapely.STRtree(cloud.geoms), list(points.values())
    faces: dict[str, list[Any]] = {}
    for face in shapely.polygonize(parts_of(lines)).geoms:
        inside = face.representative_point()
        if land.contains(inside):
            faces.setdefault(codes[tree.nearest(inside)], []).append(face)
    return {code: shapely.coverage_union_all(parts) for code, parts in faces.items()}


def rounded_rings(shape: Any) -> list[list[list[list[float]]]]:
    """GeoJSON MultiPolygon coordinates, outer rings counter-clockwise as the standard asks."""
    shapely = load_shapely()
    return [
        [rounded_ring(ring) for ring in (part.exterior, *part.interiors)]
        for part in map(shapely.orient_polygons, parts_of(shape))
    ]


def rounded_ring(ring: Any) -> list[list[float]]:
    """The corners of a ring as [lon, lat]; the same metres always give the same degrees."""
    degrees = (to_degrees(x, y) for x, y in ring.coords)
    return [[round(lon, DECIMALS), round(lat, DECIMALS)] for lat, lon in degrees]


def parts_of(shape: Any) -> list[Any]:
    """The single shapes that a shape or a collection of shapes consists of."""
    return list(getattr(shape, "geoms", [shape]))
