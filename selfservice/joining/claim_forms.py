"""Forms of organisations that come in by themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import Municipality
from selfservice.joining.forms import EMAIL_ERRORS


class ClaimForm(forms.Form):
    """Who says that an organisation is theirs."""

    person = forms.CharField(
        label=_("Uw naam"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul uw naam in.")},
    )
    email = forms.EmailField(
        label=_("Uw e-mailadres op het werk"),
        help_text=_("Liefst een adres van de organisatie zelf: dan gaat het vanzelf."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=EMAIL_ERRORS,
    )


class NewOrganisationForm(ClaimForm):
    """An organisation that is not on the map."""

    name = forms.CharField(
        label=_("Naam van de organisatie"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Vul de naam van de organisatie in.")},
    )
    about = forms.CharField(
        label=_("Wat doet de organisatie?"),
        help_text=_("In een of twee zinnen."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf in een of twee zinnen wat de organisatie doet.")},
    )
    municipality = forms.ModelChoiceField(
        label=_("In welke gemeente?"),
        help_text=_("In meer gemeenten? Kies er één: de rest vult u later in."),
        queryset=Municipality.objects.order_by("name"),
        empty_label=_("Kies een gemeente"),
        error_messages={
            "required": _("Kies een gemeente."),
            "invalid_choice": _("Kies uit de lijst."),
        },
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Vul een adres in, zoals www.organisatie.nl.")},
    )
    kvk_number = forms.RegexField(
        r"^\d{8}$",
        label=_("KvK-nummer"),
        required=False,
        error_messages={"invalid": _("Een KvK-nummer heeft acht cijfers.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ("name", "about", "municipality", "website", "kvk_number", "person", "email")

    def clean_name(self) -> str:
        """Take the name on one line."""
        name: Any = self.cleaned_data["name"]
        return " ".join(name.split())
