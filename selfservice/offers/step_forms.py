"""The forms of the steps in which an offer is made and changed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from providers.enums import CarePhase, OfferFormat, OfferStatus
from providers.models import HelpQuestion, Language, Location, Offer, TargetGroup
from providers.models.base import MAX_AGE
from providers.vocabulary.choices import level_choices

AGE_RANGE = _("Een leeftijd is 0 tot en met 27 jaar.")


def _age_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MAX_AGE,
        help_text=_("In jaren. Leeg betekent: niet bekend."),
        error_messages={
            "invalid": _("Typ een heel getal, bijvoorbeeld 12."),
            "min_value": AGE_RANGE,
            "max_value": AGE_RANGE,
        },
    )


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows to choose from, of which SQLite cannot hold every number that can be typed."""

    def clean(self, value: Any) -> Any:
        """Return the rows; a number that no row can have is refused like one that none has."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise ValidationError(
                self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": "…"}
            ) from error


def _many(model: Any, label: Any, help_text: Any = "") -> Any:
    return RowsField(
        label=label,
        help_text=help_text,
        queryset=model.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """A part of what a provider says of an offer; each can be saved by itself, in any order.

    `version` tells what the person was looking at: when somebody else saved in between, the
    service refuses. `changes()` gives the values as the services take them.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: QueryDict | None = None, *, instance: Offer) -> None:
        super().__init__(data, instance=instance, initial=self.initial_values(instance))
        if instance.pk is None:
            del self.fields["version"]

    def initial_values(self, offer: Offer) -> dict[str, Any]:
        """Return what the form shows of this offer beyond its plain fields."""
        return {"version": offer.version}

    def changes(self) -> dict[str, Any]:
        """Return the values for services.offers."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WhatForm(StepForm):
    """What it is: enough to begin an offer with."""

    class Meta:
        model = Offer
        fields = ("title", "summary", "description", "level", "help_kind", "crisis")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 8}),
        }
        labels = {"level": _("Hoe licht of zwaar is de hulp?")}
        error_messages = {
            "title": {"required": _("Geef het aanbod een titel.")},
            "level": {"required": _("Kies hoe licht of zwaar de hulp is.")},
        }
        help_texts = {
            "summary": _("Eén of twee korte zinnen, in gewone woorden."),
            "help_kind": _("Zoals gemeenten het inkopen. Zo tellen we wachttijden bij elkaar op."),
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Offer) -> None:
        super().__init__(data, instance=instance)
        self.fields["level"].widget.choices = [("", "---------"), *level_choices(examples=True)]


class WhomForm(StepForm):
    """For whom it is."""

    main_question = forms.ModelChoiceField(
        label=_("Belangrijkste hulpvraag"),
        queryset=HelpQuestion.objects.all(),
        help_text=_("Hierop wordt uw aanbod het eerst gevonden."),
        error_messages={"required": _("Kies de belangrijkste hulpvraag.")},
    )
    other_questions = _many(HelpQuestion, _("Ook voor deze hulpvragen"))
    age_min = _age_field(_("Leeftijd vanaf"))
    age_max = _age_field(_("Leeftijd tot en met"))
    target_groups = _many(TargetGroup, _("Doelgroepen"))
    languages = _many(Language, _("Talen"))
    phases = forms.MultipleChoiceField(
        label=_("Wanneer"),
        choices=CarePhase.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Offer
        fields = ("not_for", "age_min", "age_max", "target_groups", "languages")
        widgets = {"not_for": forms.Textarea(attrs={"rows": 2})}

    field_order = (
        *("main_question", "other_questions", "age_min", "age_max", "not_for"),
        *("target_groups", "phases", "languages", "version"),
    )

    def __init__(self, data: QueryDict | None = None, *, instance: Offer) -> None:
        super().__init__(data, instance=instance)
        # A draft may be saved before anybody has chosen; what everybody sees is for something.
        self.fields["main_question"].required = instance.status == OfferStatus.PUBLISHED
        self.fields["main_question"].widget.choices = questions_by_theme()

    def initial_values(self, offer: Offer) -> dict[str, Any]:
        questions = [link.help_question_id for link in offer.question_links.all()]
        return super().initial_values(offer) | {
            "main_question": questions[0] if questions else None,
            "other_questions": questions[1:],
            "phases": offer.phases,
        }

    def clean(self) -> dict[str, Any]:
        """Ages in order; the model says so too, but not beside a field."""
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("age_min"), data.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("'Tot en met' is lager dan 'vanaf'. Draai ze om."))
        if data.get("other_questions") and not data.get("main_question"):
            self.add_error("main_question", _("Kies de belangrijkste hulpvraag."))
        return data

    @property
    def other_questions_shown(self) -> str:
        """The other help questions in words, for the closed list."""
        return shown(self["other_questions"])

    @property
    def languages_shown(self) -> str:
        """The languages in words, for the closed list."""
        return shown(self["languages"])

    def changes(self) -> dict[str, Any]:
        """Return the values for services.offers.update_offer, help questions main one first."""
        values = super().changes()
        main, others = values.pop("main_question"), values.pop("other_questions")
        return values | {"help_questions": self._questions(main, others)}

    def _questions(self, main: HelpQuestion | None, others: Iterable[HelpQuestion]) -> list[str]:
        if main is None:
            return []
        chosen = {question.pk for question in others} - {main.pk}
        # Boxes to tick have no order of their own: keep the order there was.
        before = [link.help_question_id for link in self.instance.question_links.all()]
        kept = [code for code in before if code in chosen]
        return [main.pk, *kept, *sorted(chosen - set(kept))]


class WhereForm(StepForm):
    """How and where the help is given."""

    formats = forms.MultipleChoiceField(
        label=_("Hoe en waar"),
        choices=OfferFormat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    locations = _many(Location, _("Locaties"))

    class Meta:
        model = Offer
        fields = ("locations",)

    field_order = ("formats", "locations", "version")

    def __init__(self, data: QueryDict | None = None, *, instance: Offer) -> None:
        super().__init__(data, instance=instance)
        places = self.fields["locations"]
        assert isinstance(places, forms.ModelMultipleChoiceField)  # noqa: S101 - narrows the type
        places.queryset = Location.objects.filter(provider=instance.provider).select_related(
            "provider"
        )
        if not places.queryset:
            del self.fields["locations"]

    def initial_values(self, offer: Offer) -> dict[str, Any]:
        return super().initial_values(offer) | {"formats": offer.formats}


class StartForm(StepForm):
    """How the help begins, and what it costs."""

    class Meta:
        model = Offer
        fields = ("how_to_start", "cost")
        widgets = {"how_to_start": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "how_to_start": _("Wat doet iemand als eerste?"),
            "cost": _("Voor het gezin. Kost het niets? Typ 'Gratis'."),
        }


def shown(bound: forms.BoundField) -> str:
    """Return the value of a field in words."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return gettext("ja") if value else gettext("nee")
    if isinstance(bound.field, forms.ChoiceField):
        chosen = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
        choices: Any = bound.field.choices
        names = [str(label) for key, label in choices if str(key) in chosen and key != ""]
        return ", ".join(names) or gettext("(leeg)")
    return str(value).strip() if value not in (None, "") else gettext("(leeg)")


def questions_by_theme() -> list[tuple[str, Any]]:
    """Return the help questions under their themes, for one list to choose from."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for question in HelpQuestion.objects.select_related("theme").order_by(
        "theme__position", "position", "code"
    ):
        themes.setdefault(question.theme.label, []).append((question.pk, question.label))
    return [("", _("Kies een hulpvraag")), *themes.items()]
