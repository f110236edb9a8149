"""The municipalities of a region beside each other: a map, and a table that says the same."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gaps.cells.cell import BANDS, CellClass
from gaps.coverage.outlines import Drawing, drawing_of, features_of
from gaps.coverage.report import Coverage, coverage_in_region
from gaps.coverage.words import KindWords, band_label, kind_words, legend, weeks_words
from providers.figures.demand import CellKey
from providers.models import HelpQuestion, Municipality
from providers.vocabulary.choices import choices, labels

# Without a question the map shows which part of the cells is covered, in as many shades.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality: how many cells of each class, and the one cell that was asked for."""

    code: str
    name: str
    slug: str
    is_own: bool
    cells: int
    counts: tuple[tuple[KindWords, int], ...]
    covered: int
    chosen: KindWords | None
    offers: int | None
    best: str

    @property
    def look(self) -> str:
        """How the map shows it: by the class that was asked for, or by the part covered."""
        return self.chosen.code if self.chosen else f"deel-{self.shade}"

    @property
    def label(self) -> str:
        """What the map writes in it."""
        return self.chosen.letter if self.chosen else f"{self.covered}%"

    @property
    def shade(self) -> int:
        """1, the darkest, for the smallest part covered."""
        return min(SHADES, 1 + self.covered * SHADES // 100)


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality on the map."""

    place: Place
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RegionPage:
    """Everything the page of the region prints."""

    municipality: Municipality
    region: str
    on: dt.date
    question: str
    band: str
    title: str
    questions: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, str], ...]
    legend: tuple[KindWords, ...]
    places: tuple[Place, ...]
    drawing: Drawing
    areas: tuple[Area, ...]

    @property
    def query(self) -> str:
        """What follows the address of the same map in another form."""
        if not self.question:
            return ""
        return f"?{urlencode({'hulpvraag': self.question, 'leeftijd': self.band})}"


def region_page(
    municipality: Municipality, *, today: dt.date, question: str = "", band: str = ""
) -> RegionPage:
    """Return the municipalities of the region of this one, by name.

    With a question and a band it shows that cell of each; a cell that does not exist is not shown.
    """
    region = coverage_in_region(municipality, today=today)
    key = CellKey(municipality.pk, question, band)
    chosen = key if any(key in one.by_key for one in region) else None
    places = tuple(_place(one, municipality, chosen) for one in region)
    drawing = drawing_of({place.code for place in places})
    by_code = {place.code: place for place in places}
    label = choices(HelpQuestion)[question].label if chosen else ""
    return RegionPage(
        municipality=municipality,
        region=municipality.region.name,
        on=today,
        question=question if chosen else "",
        band=band if chosen else "",
        title=f"{label}, {band_label(band)}" if chosen else "",
        questions=tuple(labels(HelpQuestion)),
        bands=tuple((one.value, band_label(one)) for one in BANDS),
        legend=tuple(legend(region[0].thresholds)),
        places=places,
        drawing=drawing,
        areas=tuple(Area(by_code[one.code], one.path, one.x, one.y) for one in drawing.shapes),
    )


def _place(coverage: Coverage, own: Municipality, chosen: CellKey | None) -> Place:
    here = coverage.municipality
    total = len(coverage.cells)
    cell = coverage.by_key.get(chosen._replace(municipality=here.pk)) if chosen else None
    return Place(
        code=here.pk,
        name=here.name,
        slug=here.slug,
        is_own=here.pk == own.pk,
        cells=total,
        counts=tuple((words, coverage.counts[words.kind]) for words in legend(coverage.thresholds)),
        covered=round(100 * coverage.counts[CellClass.COVERED] / total) if total else 0,
        chosen=kind_words(cell.kind, coverage.thresholds) if cell else None,
        offers=cell.supply.offers if cell else None,
        best=weeks_words(cell.supply.best_weeks) if cell else "",
    )


def region_geojson(page: RegionPage) -> dict[str, Any]:
    """Return the map as GeoJSON: each outline with the numbers of the table."""
    places = {place.code: place for place in page.places}
    return {
        "type": "FeatureCollection",
        "date": page.on.isoformat(),
        "features": [
            {
                "type": "Feature",
                "id": one["properties"]["code"],
                "properties": properties_of(places[one["properties"]["code"]], page),
                "geometry": one["geometry"],
            }
            for one in features_of(places)
        ],
    }


def properties_of(place: Place, page: RegionPage) -> dict[str, Any]:
    """Return the numbers of one municipality by name, without what is not known."""
    numbers = {words.code: count for words, count in place.counts}
    found = {"code": place.code, "name": place.name, "cells": place.cells, **numbers}
    found |= {"covered_percentage": place.covered, "label": place.label, "look": place.look}
    if place.chosen:
        found |= {
            "question": page.question,
            "age_band": page.band,
            "class": place.chosen.code,
            "offers": place.offers,
        }
    return found
