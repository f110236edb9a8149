"""Forms of the region's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import Provider, YouthRegion
from selfservice.joining.forms import EMAIL_ERRORS, EmailInput


class InviteProviderForm(forms.Form):
    """An organisation, one that is there already or a new one, and who may keep it."""

    provider = forms.ModelChoiceField(
        label=_("Organisatie op de kaart"),
        queryset=Provider.objects.none(),
        required=False,
        empty_label=_("Staat er nog niet"),
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )
    name = forms.CharField(
        label=_("Naam van een nieuwe organisatie"),
        help_text=_("Alleen als de organisatie er nog niet staat."),
        required=False,
        max_length=150,
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Van wie de organisatie gaat beheren."),
        widget=EmailInput(),
        error_messages=EMAIL_ERRORS,
    )

    def __init__(self, data: Any = None, *, region: YouthRegion, chosen: str = "") -> None:
        super().__init__(data, initial={"provider": chosen})
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = Provider.objects.in_region(region)

    def clean(self) -> dict[str, Any]:
        """Take one organisation: chosen or new, and not one more with the name of another."""
        data: dict[str, Any] = super().clean() or {}
        if "provider" in self.errors:
            return data
        name = " ".join(data.get("name", "").split())
        if bool(name) == bool(data.get("provider")):
            self.add_error("name", _("Kies een organisatie, of typ de naam van een nieuwe."))
        elif name and Provider.objects.named(name).exists():
            self.add_error("name", _("Er is al een organisatie met deze naam. Kies die hierboven."))
        return data | {"name": name}
