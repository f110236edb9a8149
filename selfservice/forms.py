"""Forms of the portal. They check what somebody typed; the services do the writing."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.days import DayField, check_measured
from providers.enums import WaitStatus
from providers.models import GroupRun, Municipality, Offer
from providers.models.waits import MAX_WEEKS
from providers.rules.start import has_ended

# A group or a list longer than this is a typing error.
MOST_PLACES = 999
MOST_WAITING = 99_999


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what a service refused beside the field it is about, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _weeks_field(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        localize=True,
        min_value=0,
        max_value=MAX_WEEKS,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Typ een getal, bijvoorbeeld 6 of 2,5."),
            "min_value": _("Een wachttijd is 0 tot en met 260 weken."),
            "max_value": _("Een wachttijd is 0 tot en met 260 weken."),
        },
    )


class WaitForm(forms.Form):
    """One measurement of the wait, as expected for somebody who is referred today."""

    status = forms.ChoiceField(
        label=_("Wat weet u van de wachttijd?"),
        choices=WaitStatus.choices,
        initial=WaitStatus.KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u weet.")},
    )
    intake_weeks = _weeks_field(
        _("Weken tot de intake"),
        _("Van aanmelding tot het eerste gesprek. Kan iemand meteen komen? Typ 0."),
    )
    treatment_weeks = _weeks_field(
        _("Weken van intake tot start"), _("Van het eerste gesprek tot de start van de hulp.")
    )
    people_waiting = forms.IntegerField(
        label=_("Aantal wachtenden"),
        help_text=_("Hoeveel mensen nu op de lijst staan. Mag leeg blijven."),
        required=False,
        min_value=0,
        max_value=MOST_WAITING,
        error_messages={
            "invalid": _("Typ een heel getal."),
            "min_value": _("Typ 0 of meer."),
            "max_value": _("Typ een getal tot en met 99999."),
        },
    )
    stop_until = DayField(
        label=_("Aanmeldstop tot"),
        help_text=_(
            "De eerste dag waarop u weer mensen aanneemt. Alleen bij een aanmeldstop. "
            "Mag leeg blijven."
        ),
        required=False,
    )
    municipality = forms.ModelChoiceField(
        label=_("Voor welke gemeente?"),
        help_text=_("Kies alleen een gemeente als de wachttijd daar anders is dan elders."),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Alle gemeenten"),
        error_messages={"invalid_choice": _("In deze gemeente geeft u dit aanbod niet.")},
    )
    measured_on = DayField(
        label=_("Gemeten op"),
        initial=timezone.localdate,
        error_messages={"required": _("Vul een datum in.")},
    )

    def __init__(self, data: QueryDict | None = None, *, offer: Offer) -> None:
        super().__init__(data)
        place = self.fields["municipality"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        place.queryset = Municipality.objects.filter(service_areas__offer=offer).distinct()

    def clean_measured_on(self) -> dt.date:
        """A measurement is of today or of the last years."""
        day: dt.date = self.cleaned_data["measured_on"]
        check_measured(day)
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for weeks where the wait is known, and only there."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("status") == WaitStatus.KNOWN:
            self._need_weeks(data)
        elif "status" in data:
            self._refuse_weeks(data)
        self._check_stop(data)
        return data

    def _need_weeks(self, data: dict[str, Any]) -> None:
        typed = {"intake_weeks", "treatment_weeks"} & self.errors.keys()
        if not typed and data["intake_weeks"] is None and data["treatment_weeks"] is None:
            self.add_error(
                "intake_weeks",
                _("Vul weken in, of kies 'Aanmeldstop' of 'Onbekend'."),
            )

    def _refuse_weeks(self, data: dict[str, Any]) -> None:
        for name in ("intake_weeks", "treatment_weeks"):
            if data.get(name) is not None:
                self.add_error(name, _("Weken horen bij 'Bekend'. Maak dit leeg of kies 'Bekend'."))

    def _check_stop(self, data: dict[str, Any]) -> None:
        until = data.get("stop_until")
        if until is None and "stop_until" not in self.errors:
            return
        if data.get("status") != WaitStatus.STOP:
            self.add_error("stop_until", _("Deze datum hoort bij 'Aanmeldstop'."))
        elif has_ended(until, timezone.localdate()):
            self.add_error("stop_until", _("Deze datum is al voorbij."))


class PlacesForm(forms.Form):
    """How many places of one run are left today."""

    places_left = forms.IntegerField(
        label=_("Plekken vrij"),
        help_text=_("Leeg betekent: niet bekend."),
        required=False,
        min_value=0,
        error_messages={
            "invalid": _("Typ een heel getal."),
            "min_value": _("Typ 0 of meer."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, run: GroupRun) -> None:
        super().__init__(data, prefix=f"ronde-{run.pk}", initial={"places_left": run.places_left})
        self.run = run

    def clean_places_left(self) -> int | None:
        """Not more places left than there are."""
        left: int | None = self.cleaned_data["places_left"]
        most = MOST_PLACES if self.run.places is None else self.run.places
        if left is not None and left > most:
            raise ValidationError(
                _("Er zijn %(places)s plekken in deze groep."), params={"places": most}
            )
        return left
