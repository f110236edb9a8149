"""Forms about groups: what a group is, and when it starts."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.days import FORMAT, PAST, DayInput, to_come
from providers.models import GroupProgramme, GroupRun, Location, Municipality, Offer, ServiceArea
from selfservice.forms import MOST_PLACES

# A start further ahead than this is a typing error.
MOST_DAYS_AHEAD = 2 * 366
WHOLE_NUMBER = _("Typ een heel getal.")


class TimeInput(forms.TimeInput):
    """The time field of the browser."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _number(
    label: Any, most: int, *, least: int = 1, help_text: Any = "", **more: Any
) -> forms.IntegerField:
    bounds = _("Typ een getal van %(least)s tot en met %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=least,
        max_value=most,
        error_messages={"invalid": WHOLE_NUMBER, "min_value": bounds, "max_value": bounds},
        **more,
    )


class ProgrammeForm(forms.ModelForm):
    """What an offer in a group adds."""

    min_size = _number(
        _("Nodig om te starten"), 200, help_text=_("Met hoeveel mensen kan de groep beginnen?")
    )
    max_size = _number(_("Grootte"), 200, help_text=_("Hoeveel mensen kunnen er hoogstens in?"))
    sessions = _number(_("Aantal keren"), 200)
    minutes = _number(_("Minuten per keer"), 1440)

    class Meta:
        model = GroupProgramme
        fields = (
            "kind",
            "audience",
            "min_size",
            "max_size",
            "sessions",
            "minutes",
            "is_open",
            "on_demand",
            "leaders",
            "expert_by_experience",
            "outcome",
            "quote",
            "quote_by",
        )
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "outcome": _("Wat wij zien bij wie meedeed. Alleen wat u kunt laten zien."),
            "quote": _("Alleen met toestemming, en zonder naam."),
            "quote_by": _("Bijvoorbeeld: een deelnemer, of: een moeder. Geen naam."),
        }
        labels = {
            "outcome": _("Wat levert het op?"),
            "quote": _("Wat zegt iemand die meedeed?"),
            "quote_by": _("Wie zegt dat?"),
            "is_open": _("Instromen kan altijd"),
            "on_demand": _("Groep op maat: start als er genoeg mensen zijn"),
            "leaders": _("Wie begeleidt de groep?"),
            "expert_by_experience": _("Ook iemand met eigen ervaring begeleidt"),
        }
        error_messages = {"kind": {"required": _("Kies een soort groep.")}}

    def clean(self) -> dict[str, Any]:
        """Sizes in order; the model says so too, but not beside a field."""
        data: dict[str, Any] = super().clean() or {}
        least, most = data.get("min_size"), data.get("max_size")
        if least is not None and most is not None and least > most:
            self.add_error("min_size", _("Dit is meer dan er in de groep kunnen."))
        if data.get("quote_by") and not data.get("quote"):
            self.add_error("quote", _("Vul ook in wat deze persoon zegt."))
        return data


class RunForm(forms.ModelForm):
    """One edition of a group. `version` tells what the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    places = _number(_("Plekken"), MOST_PLACES, help_text=_("Hoeveel mensen kunnen meedoen?"))
    places_left = _number(
        _("Plekken vrij"),
        MOST_PLACES,
        least=0,
        help_text=_("Leeg betekent: niet bekend."),
        # News about places raises no version: the form itself tells what the person was looking at.
        show_hidden_initial=True,
    )

    class Meta:
        model = GroupRun
        fields = (
            "starts_on",
            "start_time",
            "end_time",
            "ends_on",
            "location",
            "places",
            "places_left",
            "enrol_by",
        )
        labels = {
            "starts_on": _("Eerste keer"),
            "start_time": _("Begint om"),
            "end_time": _("Eindigt om"),
            "ends_on": _("Laatste keer"),
            "location": _("Waar"),
            "enrol_by": _("Aanmelden tot en met"),
        }
        widgets = {
            "starts_on": DayInput,
            "ends_on": DayInput,
            "enrol_by": DayInput,
            "start_time": TimeInput,
            "end_time": TimeInput,
        }
        error_messages = {
            "starts_on": {"required": _("Vul de eerste dag in."), "invalid": FORMAT},
            "ends_on": {"invalid": FORMAT},
            "enrol_by": {"invalid": FORMAT},
            "start_time": {"invalid": _("Typ een tijd, bijvoorbeeld 16:00.")},
            "end_time": {"invalid": _("Typ een tijd, bijvoorbeeld 17:30.")},
        }

    def __init__(self, data: QueryDict | None = None, *, offer: Offer, instance: GroupRun) -> None:
        super().__init__(data, instance=instance, initial={"version": instance.version})
        places = self.fields["location"]
        assert isinstance(places, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        places.queryset = Location.objects.filter(provider=offer.provider_id)
        places.empty_label = str(_("Niet bekend"))
        if instance.pk is None:
            self.fields["places_left"].help_text = _("Leeg betekent: alle plekken zijn nog vrij.")

    def clean_starts_on(self) -> dt.date:
        """A new start is to come; what began may keep its day."""
        day: dt.date = self.cleaned_data["starts_on"]
        today = timezone.localdate()
        if day < today and "starts_on" in self.changed_data:
            raise ValidationError(PAST)
        if day > today + dt.timedelta(days=MOST_DAYS_AHEAD):
            raise ValidationError(_("Kies een datum binnen twee jaar."))
        return day

    def clean_enrol_by(self) -> dt.date | None:
        """Nobody can still enrol by a day that is over."""
        day: dt.date | None = to_come(self, "enrol_by")
        return day

    def clean(self) -> dict[str, Any]:
        """Days, times and places in order, each said beside its field."""
        data: dict[str, Any] = super().clean() or {}
        self._check_days(data)
        self._check_times(data)
        left, places = data.get("places_left"), data.get("places")
        if left is not None and places is not None and left > places:
            self.add_error("places_left", _("Er zijn meer plekken vrij dan er plekken zijn."))
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        first, last, enrol = data.get("starts_on"), data.get("ends_on"), data.get("enrol_by")
        if first and last and last < first:
            self.add_error("ends_on", _("De laatste keer is voor de eerste."))
        if first and enrol and enrol > first:
            self.add_error("enrol_by", _("Aanmelden kan tot en met de eerste keer."))

    def _check_times(self, data: dict[str, Any]) -> None:
        """Ask for the start; whether the end fits, the model says beside its field."""
        start, end = data.get("start_time"), data.get("end_time")
        if end is not None and start is None and "start_time" not in self.errors:
            self.add_error("start_time", _("Vul ook in hoe laat het begint."))

    def changes(self) -> dict[str, Any]:
        """Return only what the person changed: news about places must really be news."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}

    def values(self) -> dict[str, Any]:
        """Return everything that was typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def new_run(self) -> dict[str, Any]:
        """Return everything, for a new run; who does not say what is left has all places left."""
        values = self.values()
        if values["places_left"] is None:
            values["places_left"] = values["places"]
        return values


class DemandAreaForm(forms.Form):
    """Which municipality the page about demand is about."""

    gemeente = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        empty_label=None,
        to_field_name="slug",
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )

    def __init__(self, data: QueryDict | None, *, provider_id: int) -> None:
        super().__init__(data)
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = municipalities_of(provider_id)


def municipalities_of(provider_id: int) -> Any:
    """The municipalities in which a provider works, and those of its locations."""
    served = ServiceArea.objects.filter(offer__provider=provider_id).values("municipality")
    places = Location.objects.filter(provider=provider_id, municipality__isnull=False)
    rows = Municipality.objects.filter(pk__in=served) | Municipality.objects.filter(
        pk__in=places.values("municipality")
    )
    return rows.order_by("name")
