"""The form of one number that a region is called on in a crisis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import CrisisNumber
from providers.models.municipal.crisis_number import DANGERS, dangers_text


class CrisisNumberForm(forms.ModelForm):
    """Whom to call, when, and at which dangers it stands."""

    kinds = forms.MultipleChoiceField(
        label=_("Bij welk gevaar?"),
        help_text=_("Het nummer staat alleen waar iemand zo'n gevaar noemt."),
        choices=DANGERS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één gevaar.")},
    )
    website = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https"
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CrisisNumber
        fields = ["label", "phone", "text", "website", "referrer_phone", "hours"]
        labels = {
            "label": _("Wie neemt op?"),
            "phone": _("Telefoon"),
            "text": _("Wanneer belt iemand dit nummer?"),
            "referrer_phone": _("Telefoon voor verwijzers"),
            "hours": _("Wanneer kunnen verwijzers bellen?"),
        }
        help_texts = {
            "label": _("Bijvoorbeeld: Crisisdienst jeugd Holland Rijnland."),
            "text": _("Eén korte zin voor jongeren en ouders."),
            "referrer_phone": _("Leeg: hetzelfde nummer."),
            "hours": _("Bijvoorbeeld: dag en nacht."),
        }

    field_order = ("label", "phone", "text", "kinds", *Meta.fields[3:])

    def __init__(self, data: Any = None, *, number: CrisisNumber | None = None) -> None:
        initial: dict[str, Any] = {}
        if number:
            initial = {"kinds": number.kinds, "version": number.updated_at.isoformat()}
        super().__init__(data, instance=number, initial=initial)

    def values(self) -> dict[str, Any]:
        """Return what the service writes."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return values | {"dangers": dangers_text(self.cleaned_data["kinds"])}
