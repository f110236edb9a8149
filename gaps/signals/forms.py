"""The forms in which a municipality answers, and names its mailbox."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.enums import AgeBand, SignalStatus
from providers.models import HelpQuestion, Municipality, Offer
from providers.models.policy.answers import LONGEST_REASON


class AnswerForm(forms.Form):
    """What the municipality does about help that is missing."""

    status = forms.ChoiceField(
        label=_("Wat doet de gemeente?"),
        choices=SignalStatus.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat de gemeente doet."),
            "invalid_choice": _("Kies uit de lijst."),
        },
    )
    reason = forms.CharField(
        label=_("Omdat …"),
        help_text=_(
            "Bij “Kan niet” is dit nodig. Iedereen kan dit lezen: schrijf in gewone taal,"
            " en niets over een kind."
        ),
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("Dit is te lang. Schrijf hoogstens 300 tekens.")},
    )
    age_band = forms.ChoiceField(
        label=_("Voor welke leeftijd?"),
        required=False,
        choices=[("", _("Alle leeftijden")), *AgeBand.choices],
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )
    offer = forms.ModelChoiceField(
        label=_("Welk aanbod kwam ervan?"),
        required=False,
        queryset=Offer.objects.none(),
        empty_label=_("Nog geen"),
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        municipality: Municipality,
        help_question: HelpQuestion,
        today: dt.date,
    ) -> None:
        super().__init__(data)
        field = self.fields["offer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        serving = Offer.objects.visible().serving(municipality.pk, on=today)
        field.queryset = serving.filter(help_questions=help_question).order_by("title", "pk")

    def clean(self) -> dict[str, Any]:
        """Ask why something cannot be done."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("status") == SignalStatus.CANNOT and not data.get("reason"):
            self.add_error("reason", _("Zeg waarom het niet kan."))
        return data

    def cleaned(self) -> dict[str, Any]:
        """Return the values for services.policy.answers.answer_signals."""
        return self.cleaned_data | {"status": SignalStatus(self.cleaned_data["status"])}


class MailboxForm(forms.Form):
    """The mailbox that stands below each answer."""

    name = forms.CharField(
        label=_("Naam van de mailbox"),
        help_text=_("Bijvoorbeeld: Beleid jeugd, gemeente Leiden. Niet de naam van een persoon."),
        max_length=80,
        error_messages={"required": _("Vul een naam in.")},
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        error_messages={
            "required": _("Vul een e-mailadres in."),
            "invalid": _("Vul een e-mailadres in, bijvoorbeeld jeugd@gemeente.nl."),
        },
    )
