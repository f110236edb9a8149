"""Forms of the local teams and of who supports clients."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.days import DayField
from providers.models import (
    ClientSupport,
    LocalTeam,
    Municipality,
    PostalArea,
    Provider,
    YouthRegion,
)
from providers.phones import PhoneField
from selfservice.forms import weeks_field

POSTCODE = re.compile(r"([1-9]\d{3})(?:\s*(?:-|–|t/m)\s*([1-9]\d{3}))?")
UNKNOWN_WHEN_EMPTY = gettext_lazy("In weken. Leeg betekent: niet bekend.")


class LocalTeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """One team, with the postcodes that it serves in this region."""

    postcodes = forms.CharField(
        label=gettext_lazy("Postcodes"),
        help_text=gettext_lazy("Vier cijfers, met komma's. Een reeks mag: 2311-2318, 2333."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wait_weeks = weeks_field(
        gettext_lazy("Hoe lang duurt het tot het eerste gesprek?"), UNKNOWN_WHEN_EMPTY
    )
    decision_weeks = weeks_field(
        gettext_lazy("Hoe lang duurt daarna het besluit?"), UNKNOWN_WHEN_EMPTY
    )
    measured_on = DayField(
        label=gettext_lazy("Gemeten op"),
        help_text=gettext_lazy("De dag waarop deze getallen klopten."),
        required=False,
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = LocalTeam
        fields = [
            "provider", "name", "phone", "consultation_hours", "postcodes",
            "wait_weeks", "people_waiting", "decision_weeks", "measured_on",
        ]  # fmt: skip

    field_order = Meta.fields

    def __init__(
        self, data: Any = None, *, region: YouthRegion, team: LocalTeam | None = None
    ) -> None:
        known = team.postal_areas.filter(municipality__region=region) if team else []
        initial = {"postcodes": ", ".join(area.pk for area in known)}
        if team:
            initial["version"] = team.updated_at.isoformat()
        super().__init__(data, instance=team, initial=initial)
        self.region = region
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        mine = Provider.objects.in_region(region)
        field.queryset = mine | Provider.objects.filter(pk=team.provider_id) if team else mine
        field.empty_label = _("Kies een organisatie")

    def clean_postcodes(self) -> list[PostalArea]:
        """Return the areas of this region that were named, one by one or in a range."""
        rows = PostalArea.objects.filter(municipality__region=self.region)
        areas = {area.pk: area for area in rows.select_related("municipality")}
        found: dict[str, PostalArea] = {}
        for text in filter(
            None, map(str.strip, re.split(r"[,;\n]", self.cleaned_data["postcodes"]))
        ):
            match = POSTCODE.fullmatch(text)
            named = _between(match.group(1), match.group(2), areas) if match else []
            if not named:
                raise ValidationError(
                    _("“%(text)s” is geen postcode in deze regio."), params={"text": text[:40]}
                )
            found |= {code: areas[code] for code in named}
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        """Ask on which day the figures were measured."""
        data: dict[str, Any] = super().clean() or {}
        figures = (data.get(name) for name in ("wait_weeks", "people_waiting", "decision_weeks"))
        has_figures = any(figure is not None for figure in figures)
        if has_figures and data.get("measured_on") is None and "measured_on" not in self.errors:
            self.add_error("measured_on", _("Vul in op welke dag dit gemeten is."))
        return data

    def fields_of_team(self) -> dict[str, Any]:
        """Return what the service writes, besides the postcodes."""
        return {
            name: self.cleaned_data[name] for name in self._meta.fields or () if name != "postcodes"
        }


def _between(first: str, last: str | None, areas: Iterable[str]) -> list[str]:
    return [code for code in areas if first <= code <= (last or first)]


class ClientSupportForm(forms.Form):
    """Who supports clients in one municipality; without a name: not known."""

    name = forms.CharField(
        label=gettext_lazy("Organisatie"),
        help_text=gettext_lazy("Leeg betekent: niet bekend."),
        required=False,
        max_length=150,
    )
    phone = PhoneField().formfield(label=gettext_lazy("Telefoon"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=300, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        stored = ClientSupport.objects.filter(municipality=municipality).first()
        names = ("name", "phone", "website")
        initial = {name: getattr(stored, name) for name in names} if stored else None
        super().__init__(data, initial=initial)
