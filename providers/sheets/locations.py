"""The places of a provider as a table."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from providers.enums import Ternary
from providers.models import Location
from providers.models.fields import read_postcode
from providers.sheets.cells import filled, one_of, text_of
from providers.sheets.rows import NUMBER, CellError, Field, Line, RowSheet
from providers.vocabulary.csv_file import Cells

ADDRESS = ("street", "postcode", "town")


def _text(heading: str, name: str, read: Callable[[str], str] | None = None) -> Field:
    read = read or text_of(Location, name)
    return Field(heading, name, filled(read) if name in ADDRESS else read, str)


class LocationSheet(RowSheet):
    """A line per place; a place cannot be taken away here."""

    kind = "locaties"
    keys = (NUMBER,)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What one has to know before going there."""
        read, write, names = one_of(Ternary, Ternary.UNKNOWN)
        return (
            _text("naam van de plek", "name"),
            _text("straat en huisnummer", "street"),
            _text("postcode", "postcode", read_postcode),
            _text("plaats", "town"),
            Field("rolstoeltoegankelijk", "wheelchair", read, write, names),
            _text("openingstijden", "opening_hours"),
        )

    @cached_property
    def _places(self) -> dict[str, Location]:
        rows = Location.objects.filter(provider=self.provider).order_by("town", "street", "pk")
        return {str(place.pk): place for place in rows}

    def lines(self) -> list[Line]:
        """Return the places as they are."""
        names = [one.name for one in self.fields]
        return [
            Line(key, str(place), {NUMBER: key}, {name: getattr(place, name) for name in names})
            for key, place in self._places.items()
        ]

    def key_of(self, cells: Cells) -> str:
        """Return its number."""
        if cells[NUMBER] and cells[NUMBER] not in self._places:
            raise CellError(NUMBER, _("Dit nummer is niet van een van uw locaties."))
        return cells[NUMBER]

    def new_label(self, cells: Cells) -> str:
        """Return its address."""
        return ", ".join(
            filter(None, (cells.get("straat en huisnummer"), cells.get("plaats")))
        ) or _("Nieuwe locatie")

    def mistakes(
        self, key: str, cells: Cells, values: Mapping[str, Any]
    ) -> Iterable[tuple[str, str]]:
        """Yield what the place itself refuses."""
        place = Location(provider=self.provider, **values)
        try:
            place.full_clean(exclude=["provider"], validate_unique=False)
        except ValidationError as error:
            headings = {one.name: one.heading for one in self.fields}
            for name, texts in error.message_dict.items():
                yield headings.get(name, NUMBER), " ".join(texts)
