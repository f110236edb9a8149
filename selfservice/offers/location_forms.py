"""The form about a place of a provider."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.enums import Ternary
from providers.models import Location

FIELDS = ("street", "postcode", "town", "name", "wheelchair", "opening_hours")


class LocationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An address with what one has to know before going there.

    What stood there when the page was opened goes along, so that a colleague's change in between
    is seen.
    """

    class Meta:
        model = Location
        fields = FIELDS
        labels = {
            "name": _("Naam van de plek"),
            "wheelchair": _("Kunt u er zonder drempel of trap naar binnen?"),
            "opening_hours": _("Wanneer is het open?"),
        }
        help_texts = {
            "street": _("Bijvoorbeeld: Waterstraat 12."),
            "name": _("Als de plek anders heet dan uw organisatie. Mag leeg blijven."),
            "opening_hours": _("Bijvoorbeeld: dinsdag en donderdag van 14.00 tot 17.00 uur."),
        }
        widgets = {"wheelchair": forms.RadioSelect}

    def __init__(self, data: QueryDict | None = None, *, instance: Location) -> None:
        super().__init__(data, instance=instance)
        for name in ("street", "postcode", "town"):
            self.fields[name].required = True
        for name in FIELDS:
            self.fields[name].show_hidden_initial = instance.pk is not None
        self.fields["wheelchair"].initial = Ternary.UNKNOWN

    def shown(self) -> dict[str, Any]:
        """Return what stood in the form when the page was opened."""
        return {
            name: self.fields[name].to_python(self.data.get(self[name].html_initial_name, ""))
            for name in FIELDS
        }
