"""The table of municipalities of an offer: here or not, ways in, who pays, until when."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from providers.days import DayField
from providers.enums import AccessRoute, ContractStatus
from providers.models import Municipality, Offer, ServiceArea, YouthRegion
from providers.rules.publishing.completeness import NO_WAY_IN
from providers.services.publishing.areas import AreaTerms
from selfservice.offers.areas.contractors import Contractors

WHOLE, MORE = "regio", "erbij"
# The name of the button that fills in the whole region.
WHOLE_REGION = "hele_regio"
# The list of names to choose a main contractor from, by its id on the page.
CONTRACTORS = "hoofdaannemers"
LEFT_BEHIND = _(
    "Dit geldt pas met de knop 'Zet dit in de hele regio'. Kies die, of maak dit weer leeg."
)


class AreaForm(forms.Form):
    """One municipality."""

    here = forms.BooleanField(label=_("Hier geven wij dit"), required=False)
    routes = forms.MultipleChoiceField(
        label=_("Hoe komt iemand binnen?"),
        choices=AccessRoute.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contract = forms.ChoiceField(
        label=_("Contract"),
        choices=ContractStatus.choices,
        initial=ContractStatus.UNKNOWN,
        required=False,
    )
    main_contractor = forms.CharField(
        label=_("Welke hoofdaannemer?"),
        max_length=150,
        required=False,
        widget=forms.TextInput(
            attrs={"list": CONTRACTORS, "autocomplete": "off", "placeholder": _("Hoofdaannemer")}
        ),
    )
    ends_on = DayField(label=_("Tot en met"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        municipality: Municipality,
        area: ServiceArea | None,
        contractors: Contractors,
    ) -> None:
        initial = _initial(area) if area else {}
        super().__init__(data, prefix=municipality.pk, initial=initial)
        self.municipality, self.contractors = municipality, contractors

    def clean_main_contractor(self) -> int | None:
        """Return the number of who was named; of another contract nobody is."""
        name = self.cleaned_data["main_contractor"]
        if self.cleaned_data.get("contract") != ContractStatus.SUBCONTRACTOR or not name:
            return None
        return self.contractors.number_of(name)

    def terms(self) -> AreaTerms | None:
        """Return what was filled in; None where the offer is not given.

        Who says how one gets in where it was not given before, gives it there.
        """
        is_new = not self.initial and self.is_filled
        if not self.cleaned_data["here"] and not is_new:
            return None
        return terms_of(self.municipality.pk, self.cleaned_data)

    @property
    def is_filled(self) -> bool:
        """Whether it says anything of a way in, of who pays or until when."""
        data = self.cleaned_data
        contract = data.get("contract") or ContractStatus.UNKNOWN
        known = contract != ContractStatus.UNKNOWN
        return bool(known or data.get("routes") or data.get("ends_on"))


class WholeRegionForm(AreaForm):
    """What holds in every municipality of the region."""

    def __init__(self, data: QueryDict | None, contractors: Contractors) -> None:
        forms.Form.__init__(self, data, prefix=WHOLE)
        self.contractors = contractors
        del self.fields["here"]

    def refuse_if_left_behind(self) -> bool:
        """Refuse what was filled in here when another button was pressed; whether it was."""
        is_filled = self.is_filled
        if is_filled:
            self.add_error("routes", LEFT_BEHIND)
        return is_filled

    def refuse_without_way_in(self) -> bool:
        """Refuse a region without a way in; whether it was."""
        is_empty = not self.cleaned_data["routes"]
        if is_empty:
            self.add_error("routes", NO_WAY_IN)
        return is_empty


class MoreForm(WholeRegionForm):
    """A municipality that is not in the table."""

    place = forms.ModelChoiceField(
        label=_("Andere gemeente"),
        queryset=Municipality.objects.all(),
        required=False,
        empty_label=_("Kies een gemeente"),
    )
    field_order = ("place", "routes", "contract", "main_contractor", "ends_on")

    def clean(self) -> dict[str, Any]:
        """Ask for the municipality of what was filled in beside it."""
        data: dict[str, Any] = super().clean() or {}
        if self.is_filled and not data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Kies de gemeente waarvoor dit geldt."))
        return data

    def __init__(self, data: QueryDict | None, contractors: Contractors) -> None:
        super().__init__(data, contractors)
        self.prefix = MORE

    def terms(self) -> AreaTerms | None:
        """Return what was filled in; None when no municipality was chosen."""
        place = self.cleaned_data["place"]
        return terms_of(place.pk, self.cleaned_data) if place else None


def _initial(area: ServiceArea) -> dict[str, Any]:
    return {
        "here": True,
        "routes": area.routes,
        "contract": area.contract,
        "main_contractor": area.main_contractor.name if area.main_contractor else "",
        "ends_on": area.ends_on,
    }


def terms_of(municipality: str, data: dict[str, Any]) -> AreaTerms:
    """Return the terms that a form of one municipality holds."""
    return AreaTerms(
        municipality,
        tuple(route for route in AccessRoute if route in data["routes"]),
        ContractStatus(data["contract"] or ContractStatus.UNKNOWN),
        data["ends_on"],
        data["main_contractor"],
    )


class VersionForm(forms.Form):
    """Which version of the offer the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AreaTable:
    """The municipalities of a region and those where the offer is given already, in one form."""

    def __init__(self, data: QueryDict | None = None, *, offer: Offer) -> None:
        self.data, self.offer = data, offer
        self.version = VersionForm(data, initial={"version": offer.version})
        self.contractors = Contractors.of(offer, self.region, self.stored.values())
        self.whole = WholeRegionForm(data, self.contractors)
        self.more = MoreForm(data, self.contractors)

    @cached_property
    def region(self) -> YouthRegion | None:
        """The region whose municipalities are in the table: where the provider works."""
        home = self.offer.provider.locations.filter(municipality__isnull=False).first()
        code = home.municipality.region_id if home and home.municipality else settings.REGION_CODE
        return YouthRegion.objects.filter(pk=code).first()

    @cached_property
    def stored(self) -> dict[str, ServiceArea]:
        """Where the offer is given now."""
        rows = self.offer.service_areas.select_related("municipality", "main_contractor")
        return {area.municipality_id: area for area in rows}

    @cached_property
    def region_municipalities(self) -> list[Municipality]:
        """The municipalities of the region."""
        return list(self.region.municipalities.all()) if self.region else []

    @cached_property
    def rows(self) -> list[AreaForm]:
        """A row for each municipality of the region, and for each other one it is given in."""
        places = {place.pk: place for place in self.region_municipalities}
        places |= {code: area.municipality for code, area in self.stored.items()}
        return [
            AreaForm(
                self.data,
                municipality=place,
                area=self.stored.get(code),
                contractors=self.contractors,
            )
            for code, place in sorted(places.items(), key=lambda item: item[1].name)
        ]

    @property
    def forms(self) -> Iterable[forms.Form]:
        """Every form in the table, top to bottom."""
        return [self.version, self.whole, *self.rows, self.more]

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        # Each is looked at, so that every error is shown at once.
        if [form for form in self.forms if not form.is_valid()]:
            return False
        if self.is_for_whole_region:
            return not self.whole.refuse_without_way_in()
        return not self.whole.refuse_if_left_behind()

    @property
    def is_for_whole_region(self) -> bool:
        """Whether the button of the whole region was pressed."""
        return self.data is not None and WHOLE_REGION in self.data

    def terms(self) -> list[AreaTerms]:
        """Return how the offer is given from now on, in each municipality."""
        return self._of_whole_region() if self.is_for_whole_region else self._of_rows()

    def _of_rows(self) -> list[AreaTerms]:
        """Return what each row says, with the municipality that was added."""
        found = [form.terms() for form in (*self.rows, self.more)]
        return list({one.municipality: one for one in found if one}.values())

    def _of_whole_region(self) -> list[AreaTerms]:
        """Return what the first row says of the whole region, and what others say elsewhere."""
        ours = {place.pk for place in self.region_municipalities}
        elsewhere = [one for one in self._of_rows() if one.municipality not in ours]
        whole = [terms_of(code, self.whole.cleaned_data) for code in sorted(ours)]
        return whole + elsewhere
