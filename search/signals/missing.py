"""'Meld dat dit ontbreekt': the form. Codes only: there is no field for words."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import AgeBand, MissingReason, ReferrerKind
from providers.filters.offers import OfferFilterSet
from providers.models import HelpQuestion, Municipality
from providers.rules.ages import band_of
from providers.services.signals import MOST_QUESTIONS
from providers.vocabulary.choices import choices, labels, labels_by_theme

# What a search may bring along to fill the form in with.
CARRIED = ("hulpvraag", "ook", "plaats", "gemeente", "leeftijd")


class MissingHelpForm(forms.Form):
    """Which help question, what age, where, and what is missing."""

    hulpvraag = forms.MultipleChoiceField(
        label=gettext_lazy("Hulpvragen uit uw zoekopdracht"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Kies een hulpvraag uit de lijst.")},
    )
    andere = forms.ChoiceField(
        label=gettext_lazy("Hulpvraag"),
        required=False,
        error_messages={
            "required": gettext_lazy("Kies een hulpvraag."),
            "invalid_choice": gettext_lazy("Kies een hulpvraag uit de lijst."),
        },
    )
    leeftijd = forms.ChoiceField(
        label=gettext_lazy("Hoe oud ongeveer?"),
        required=False,
        choices=[("", gettext_lazy("Alle leeftijden")), *AgeBand.choices],
        error_messages={"invalid_choice": gettext_lazy("Kies een leeftijd uit de lijst.")},
    )
    gemeente = forms.ChoiceField(
        label=gettext_lazy("In welke gemeente?"),
        error_messages={
            "required": gettext_lazy("Kies een gemeente."),
            "invalid_choice": gettext_lazy("Kies een gemeente uit de lijst."),
        },
    )
    reden = forms.ChoiceField(
        label=gettext_lazy("Wat ontbreekt er?"),
        choices=MissingReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wat er ontbreekt."),
            "invalid_choice": gettext_lazy("Kies uit de lijst."),
        },
    )

    werk = forms.ChoiceField(
        label=gettext_lazy("Vanuit welk werk meldt u dit?"),
        required=False,
        choices=[("", gettext_lazy("Zeg ik liever niet")), *ReferrerKind.choices],
        error_messages={"invalid_choice": gettext_lazy("Kies uit de lijst.")},
    )

    def __init__(self, data: QueryDict | None = None, *, criteria: QueryDict) -> None:
        search = OfferFilterSet(criteria)
        codes = _known([*search.question_codes, *_codes(search.criteria.get("ook", []))])
        super().__init__(data, initial=_initial(search, codes))
        posted = _known(data.getlist("hulpvraag")) if data is not None else []
        self._offer(codes or posted)
        self._choices("andere", [("", _("Kies een hulpvraag")), *labels_by_theme()])
        self._choices("gemeente", [("", _("Kies een gemeente")), *_by_region()])

    def _offer(self, codes: Collection[str]) -> None:
        """Show the questions of the search as boxes; without any, the list has to be used."""
        if not codes:
            del self.fields["hulpvraag"]
            self.fields["andere"].required = True
            return
        names = dict(labels(HelpQuestion))
        self._choices("hulpvraag", [(code, names[code]) for code in codes])
        self.fields["andere"].label = _("Nog een andere hulpvraag")

    def _choices(self, name: str, options: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = options

    def clean(self) -> dict[str, Any]:
        """Ask for at least one help question."""
        data: dict[str, Any] = super().clean() or {}
        if not self.questions and not {"hulpvraag", "andere"} & self.errors.keys():
            self.add_error("andere", _("Kies een hulpvraag."))
        return data

    @property
    def questions(self) -> list[str]:
        """Return the codes chosen, each once."""
        data = self.cleaned_data
        return list(dict.fromkeys(filter(None, [*data.get("hulpvraag", []), data.get("andere")])))

    def cleaned(self) -> dict[str, Any]:
        """Return the values for services.signals.report_missing_help."""
        data = self.cleaned_data
        return {
            "help_questions": self.questions,
            "municipality": data["gemeente"],
            "age_band": data["leeftijd"],
            "reason": data["reden"],
            "referrer": data["werk"],
        }


def _codes(rows: Collection[Any]) -> list[str]:
    return [str(row.pk) for row in rows]


def _known(codes: Collection[str]) -> list[str]:
    """Return the codes that exist, so few that nobody is asked to read a page of them."""
    known = choices(HelpQuestion)
    return [code for code in dict.fromkeys(codes) if code in known][: MOST_QUESTIONS - 1]


def _initial(search: OfferFilterSet, codes: list[str]) -> dict[str, Any]:
    return {
        "hulpvraag": codes,
        "gemeente": search.municipality or "",
        "leeftijd": band_of(search.criteria.get("leeftijd")),
    }


def _by_region() -> list[Any]:
    here: list[tuple[str, str]] = []
    elsewhere: list[tuple[str, str]] = []
    for code, name, region in Municipality.objects.values_list("code", "name", "region"):
        (here if region == settings.REGION_CODE else elsewhere).append((code, name))
    groups = [(_("Deze regio"), here), (_("Andere gemeenten"), elsewhere)]
    return [(name, found) for name, found in groups if found]
