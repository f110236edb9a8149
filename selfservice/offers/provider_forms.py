"""The form about a provider itself: how one reaches it, and what it is."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.models import Provider


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a provider is reached; holds for each of its offers.

    `seen` is the moment of the last change that the person was looking at: when somebody else
    saved in between, the service refuses.
    """

    seen = forms.DateTimeField(widget=forms.HiddenInput)
    website = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https"
    )

    class Meta:
        model = Provider
        fields = ("phone", "referrer_phone", "referrer_hours", "email", "website", "about")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "phone": _("Telefoon voor gezinnen"),
            "about": _("Over uw organisatie"),
        }
        help_texts = {
            "referrer_hours": _("Bijvoorbeeld: maandag tot en met donderdag, 9 tot 12 uur."),
            "email": _("Een algemeen adres, niet van één persoon."),
        }

    field_order = (
        *("phone", "referrer_phone", "referrer_hours", "email", "website", "about", "seen"),
    )

    def __init__(self, data: QueryDict | None = None, *, instance: Provider) -> None:
        # In full: a browser has to send back the moment to the microsecond.
        seen = instance.updated_at.isoformat()
        super().__init__(data, instance=instance, initial={"seen": seen})

    def changes(self) -> dict[str, Any]:
        """Return the values for services.providers.update_provider."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
