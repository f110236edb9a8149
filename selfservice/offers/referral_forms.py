"""The form with what decides a referral."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.days import DayField
from providers.enums import AlsoTakes, Ternary
from providers.models import Offer, ReferralFacts
from providers.services.publishing.referral import also_takes_of
from selfservice.offers.step_forms import StepForm

DETAILS = ("consult_who", "consult_when", "consult_about")
PLAIN = ("continues_after_18", "consult", *DETAILS, "funding_ends", "funded_until")


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Ternary.choices,
        initial=Ternary.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )


class ReferralForm(StepForm):
    """Who else is taken, for how long, and with whom one can talk first."""

    continues_after_18 = _answer(_("Loopt de hulp door na de 18e verjaardag?"))
    consult = _answer(_("Kan een verwijzer overleggen zonder iemand aan te melden?"))
    consult_who = forms.CharField(label=_("Met wie?"), required=False, max_length=120)
    consult_when = forms.CharField(
        label=_("Wanneer?"),
        required=False,
        max_length=120,
        help_text=_("Bijvoorbeeld: op werkdagen van 12.30 tot 13.00 uur."),
    )
    consult_about = forms.CharField(label=_("Waarover?"), required=False, max_length=200)
    funding_ends = _answer(_("Is er geld tot een bepaalde dag?"))
    funded_until = DayField(label=_("Gefinancierd tot en met"), required=False)

    class Meta:
        model = Offer
        fields = ()

    def __init__(self, data: QueryDict | None = None, *, instance: Offer) -> None:
        super().__init__(data, instance=instance)
        for condition in AlsoTakes:
            self.fields[condition.value] = _answer(condition.label)

    def initial_values(self, offer: Offer) -> dict[str, Any]:
        stored = ReferralFacts.objects.filter(offer=offer).first() or ReferralFacts()
        taken = {one.value: answer for one, answer in also_takes_of(offer).items()}
        plain = {name: getattr(stored, name) for name in PLAIN}
        return super().initial_values(offer) | taken | plain

    def conditions(self) -> list[forms.BoundField]:
        """The questions about who is taken too."""
        return [self[one.value] for one in AlsoTakes]

    def clean(self) -> dict[str, Any]:
        """What belongs to an answer of yes is typed with that answer only."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("consult") != Ternary.YES:
            for name in filter(data.get, DETAILS):
                self.add_error(name, _("Kies hierboven 'Ja', of maak dit leeg."))
        if data.get("funded_until") and data.get("funding_ends") != Ternary.YES:
            self.add_error("funded_until", _("Kies hierboven 'Ja', of maak dit leeg."))
        if data.get("funding_ends") == Ternary.YES and not data.get("funded_until"):
            self.add_error("funded_until", _("Vul de laatste dag in."))
        return data

    def changes(self) -> dict[str, Any]:
        """Return the values for services.publishing.referral."""
        answers = {one: self._said(one.value) for one in AlsoTakes}
        plain = {name: self.cleaned_data[name] for name in (*DETAILS, "funded_until")}
        known = {name: self._said(name) for name in ("continues_after_18", "consult")}
        ends = {"funding_ends": self._said("funding_ends")}
        return {"also_takes": answers, **known, **ends, **plain}

    def _said(self, name: str) -> Ternary:
        return Ternary(self.cleaned_data[name] or Ternary.UNKNOWN)
