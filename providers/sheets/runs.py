"""The starts of a provider's groups as a table: those of today and later."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.enums import OfferStatus
from providers.models import GroupProgramme, GroupRun, Location
from providers.sheets.cells import (
    read_day,
    read_flag,
    read_number,
    read_time,
    write_day,
    write_flag,
    write_number,
    write_time,
)
from providers.sheets.rows import NUMBER, CellError, Field, Line, RowSheet
from providers.vocabulary.csv_file import Cells, MistakeError

OFFER, TITLE, START = "aanbod", "titel", "startdatum"


class RunSheet(RowSheet):
    """A line per start; "gaat niet door" cancels it."""

    kind = "starts"
    keys = (NUMBER, OFFER)
    information = (TITLE,)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """When, where and for how many."""
        return (
            Field(START, "starts_on", self._read_start, write_day, is_day=True),
            Field("tijd", "start_time", read_time, write_time),
            Field("eindtijd", "end_time", read_time, write_time),
            Field("laatste keer", "ends_on", read_day, write_day, is_day=True),
            Field("locatie", "location", self._read_place, self._write_place),
            Field("plekken", "places", read_number, write_number),
            Field("plekken vrij", "places_left", read_number, write_number),
            Field("aanmelden tot en met", "enrol_by", read_day, write_day, is_day=True),
            Field("gaat niet door", "cancelled", read_flag, write_flag, ("ja", "nee")),
        )

    @cached_property
    def programmes(self) -> dict[str, GroupProgramme]:
        """The groups that may have a start, by the number of their offer."""
        rows = GroupProgramme.objects.filter(offer__provider=self.provider)
        living = rows.exclude(offer__status=OfferStatus.ARCHIVED).select_related("offer")
        return {str(one.offer_id): one for one in living.order_by("offer__title", "pk")}

    @cached_property
    def runs(self) -> dict[str, GroupRun]:
        """The starts of today and later, by number."""
        rows = GroupRun.objects.filter(
            programme__in=list(self.programmes.values()), starts_on__gte=timezone.localdate()
        )
        ordered = rows.select_related("programme__offer", "location").order_by(
            "programme__offer__title", "starts_on", "pk"
        )
        return {str(run.pk): run for run in ordered}

    @cached_property
    def _places(self) -> dict[str, Location]:
        return {str(one.pk): one for one in Location.objects.filter(provider=self.provider)}

    def _read_start(self, cell: str) -> Any:
        day = read_day(cell)
        if day is None:
            raise MistakeError(_("Dit is leeg."))
        if day < timezone.localdate():
            raise MistakeError(_("Deze datum is al voorbij."))
        return day

    def _read_place(self, cell: str) -> Location | None:
        number = cell.partition(" ")[0]
        if number and number not in self._places:
            raise MistakeError(_("Dit nummer is niet van een van uw locaties."))
        return self._places[number] if number else None

    def _write_place(self, place: Location | None) -> str:
        return f"{place.pk} {place}" if place else ""

    def lines(self) -> list[Line]:
        """Return the starts as they are."""
        return [self._line(key, run) for key, run in self.runs.items()]

    def _line(self, key: str, run: GroupRun) -> Line:
        offer = run.programme.offer
        return Line(
            key=key,
            label=f"{offer.title}, {run.starts_on:%d-%m-%Y}",
            keys={NUMBER: key, OFFER: str(offer.pk), TITLE: offer.title},
            values={one.name: getattr(run, one.name) for one in self.fields},
            version=run.version,
        )

    def key_of(self, cells: Cells) -> str:
        """Return its number; the offer of a start stays the same."""
        number = cells[NUMBER]
        if number and number not in self.runs:
            raise CellError(NUMBER, _("Dit nummer is niet van een start van u die nog komt."))
        if number and cells[OFFER] != str(self.runs[number].programme.offer_id):
            raise CellError(OFFER, _("Een start hoort bij één aanbod. Maak een nieuwe rij."))
        return number

    def new_label(self, cells: Cells) -> str:
        """Return which group, and when."""
        if cells[OFFER] not in self.programmes:
            raise CellError(OFFER, _("Dit nummer is niet van een groep van u."))
        return f"{self.programmes[cells[OFFER]].offer.title}, {cells.get(START, '')}"

    def mistakes(
        self, key: str, cells: Cells, values: Mapping[str, Any]
    ) -> Iterable[tuple[str, str]]:
        """Yield what the start itself refuses: hours, days in the wrong order, too many places."""
        run = GroupRun(programme=self.programmes[cells[OFFER]], **values)
        try:
            run.full_clean(exclude=["programme", "location"], validate_unique=False)
        except ValidationError as error:
            headings = {one.name: one.heading for one in self.fields}
            for name, texts in error.message_dict.items():
                yield headings.get(name, START), " ".join(texts)
