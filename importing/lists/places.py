"""Where a row is, and in which municipalities its help is given."""

import re

from importing.lists.rows import ListRow
from providers.enums import PointPrecision
from providers.geography.geometry import to_degrees
from providers.geography.places import find_place
from providers.models import Location, Municipality, PostalArea, Provider
from providers.vocabulary.words import normalise

APART = re.compile(r"[,;/|&\n]|\ben\b|\+")
WHOLE_REGION = re.compile(r"\b(?:hele|gehele|alle|jeugdregio|regiobreed|regionaal|regio)\b")


class Places:
    """Reads addresses and areas; everything of the reference data is in memory."""

    def __init__(self, region: str, *, serves_region: bool) -> None:
        rows = Municipality.objects.filter(region=region)
        self._in_region = tuple(rows.order_by("code").values_list("code", flat=True))
        self._serves_region = serves_region
        self._areas = {area.code: area for area in PostalArea.objects.all()}

    def municipality_of(self, row: ListRow) -> str:
        """Return the code of the municipality of the address; empty when it is not known."""
        area = self._areas.get(row.postcode_area)
        if area:
            return area.municipality_id
        place = find_place(row.town) if row.town else None
        return place.municipality if place else ""

    def served_by(self, row: ListRow) -> tuple[str, ...]:
        """Return where the help of this row is given: as it says, else as the list does."""
        named = self._named(row.areas)
        if named:
            return named
        if self._serves_region:
            return self._in_region
        own = self.municipality_of(row)
        return (own,) if own else ()

    def _named(self, text: str) -> tuple[str, ...]:
        if not text:
            return ()
        parts = [part.strip() for part in APART.split(text)]
        places = [find_place(part) for part in parts if part]
        codes = tuple(dict.fromkeys(place.municipality for place in places if place))
        if codes:
            return codes
        return self._in_region if WHOLE_REGION.search(normalise(text)) else ()

    def location_of(self, row: ListRow, provider: Provider) -> Location | None:
        """Return the place of this row, not saved; None when it names none."""
        if not (row.street or row.postcode or row.town):
            return None
        location = Location(
            provider=provider,
            street=row.street[:150],
            postcode=row.postcode,
            town=row.town[:80],
            opening_hours=row.hours[:200],
            municipality_id=self.municipality_of(row) or None,
        )
        self._put_point(location, row)
        return location

    def _put_point(self, location: Location, row: ListRow) -> None:
        area = self._areas.get(row.postcode_area)
        if area:
            location.town = location.town or area.town
            location.lat, location.lon = area.lat, area.lon
            location.rd_x, location.rd_y = area.rd_x, area.rd_y
            location.precision = PointPrecision.POSTCODE
            return
        place = find_place(row.town) if row.town else None
        if place:
            location.lat, location.lon = to_degrees(place.x, place.y)
            location.rd_x, location.rd_y = place.x, place.y
            location.precision = PointPrecision.TOWN
