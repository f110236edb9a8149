"""The form of what a region agreed on: a number of days per fact, a norm per kind of help."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import DatedFact, HelpKind
from providers.services.municipal.agreements import CLOCK, KINDS, NORM, Agreements, NormTerms
from selfservice.forms import weeks_field

MOST_DAYS = 730


class AgreementsForm(forms.Form):
    """All clocks and norms of a region; what is left empty is as it is everywhere."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, agreements: Agreements) -> None:
        super().__init__(data, initial={"version": version_of(agreements)})
        for fact in DatedFact:
            days = settings.FRESHNESS_DAYS[fact.value]
            self.fields[f"clock_{fact}"] = forms.IntegerField(
                label=fact.label,
                help_text=_("Dagen. Leeg betekent %(days)s, zoals overal.") % {"days": days},
                required=False,
                min_value=1,
                max_value=MOST_DAYS,
                initial=agreements.get(CLOCK + fact),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": _("Typ een heel getal."),
                    "min_value": _("Een termijn is 1 tot en met 730 dagen."),
                    "max_value": _("Een termijn is 1 tot en met 730 dagen."),
                },
            )
        for kind in KINDS:
            self._add_norm(kind, agreements.get(NORM + kind) or {})

    def _add_norm(self, kind: HelpKind, terms: dict[str, Any]) -> None:
        weeks = weeks_field(
            gettext_lazy("Weken tot de hulp begint"), gettext_lazy("Leeg betekent: geen norm.")
        )
        weeks.initial = Decimal(terms["weeks"]) if terms else None
        self.fields[f"weeks_{kind}"] = weeks
        self.fields[f"source_{kind}"] = forms.CharField(
            label=_("Waar dat staat"),
            required=False,
            max_length=200,
            initial=terms.get("source", ""),
        )
        self.fields[f"url_{kind}"] = forms.URLField(
            label=_("Adres van die bron"),
            required=False,
            max_length=200,
            initial=terms.get("source_url", ""),
            assume_scheme="https",
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the source of a norm: without one it is shown to nobody."""
        data: dict[str, Any] = super().clean() or {}
        for kind in KINDS:
            has_weeks, source = data.get(f"weeks_{kind}") is not None, f"source_{kind}"
            if has_weeks and not data.get(source) and source not in self.errors:
                self.add_error(source, _("Zeg waar deze norm staat."))
        return data

    @property
    def clocks(self) -> dict[DatedFact, int | None]:
        """What was filled in of each fact."""
        return {fact: self.cleaned_data[f"clock_{fact}"] for fact in DatedFact}

    @property
    def norms(self) -> dict[HelpKind, NormTerms | None]:
        """What was filled in of each kind of help."""
        return {kind: self._norm(kind) for kind in KINDS}

    def _norm(self, kind: HelpKind) -> NormTerms | None:
        weeks = self.cleaned_data[f"weeks_{kind}"]
        if weeks is None:
            return None
        return NormTerms(
            weeks, self.cleaned_data[f"source_{kind}"], self.cleaned_data[f"url_{kind}"]
        )

    @property
    def clock_fields(self) -> list[forms.BoundField]:
        """The fields of the clocks, for the page."""
        return [self[f"clock_{fact}"] for fact in DatedFact]

    @property
    def norm_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the norms, by the name of the kind of help."""
        parts = ("weeks", "source", "url")
        return [(str(kind.label), [self[f"{part}_{kind}"] for part in parts]) for kind in KINDS]


def version_of(agreements: Agreements) -> str:
    """Return what tells one state of the agreements from another."""
    text = json.dumps(agreements, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
