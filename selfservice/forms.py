"""Forms of the portal. They check what somebody typed; the services do the writing."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from providers.days import DayField, check_measured
from providers.enums import WaitStatus
from providers.models import GroupRun, Municipality, Offer
from providers.models.waits import MAX_WEEKS
from providers.rules.start import has_ended
from providers.services.groups import PlacesLeft
from providers.services.offers import EditConflictError

T = TypeVar("T")
# A group or a list longer than this is a typing error.
MOST_PLACES = 999
MOST_WAITING = 99_999
PARTS = ("intake_weeks", "treatment_weeks")
WEEKS = {"start_weeks", *PARTS}


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what a service refused beside the field it is about, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def stored(form: forms.BaseForm, store: Callable[[], T], conflict: str) -> T | None:
    """Return what `store` saved, or None: the form then says what the service refused.

    `conflict` says that somebody else saved in between.
    """
    try:
        return store()
    except EditConflictError:
        form.add_error(None, conflict)
    except ValidationError as error:
        add_errors(form, error)
    return None


def read_moment(text: str) -> dt.datetime | None:
    """Return the moment in a hidden field that says which version was looked at; None when empty.

    What is no moment is one at which nobody saved: whatever stands there now, it is not that.
    """
    if not text:
        return None
    with suppress(ValueError):
        return dt.datetime.fromisoformat(text)
    return dt.datetime.min.replace(tzinfo=dt.UTC)


def weeks_field(label: Any, help_text: Any) -> forms.DecimalField:
    """Return a field for weeks as a wait may have them."""
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
    """One measurement of the wait, as expected for somebody who is referred today.

    One number is enough. Who gives the intake by itself also says what comes after it, so that
    no wait is half known by accident. What does not belong to the chosen status is not read.
    """

    NOTHING_AFTER, NOT_KNOWN = "meteen", "weet-niet"

    status = forms.ChoiceField(
        label=_("Wat weet u van de wachttijd?"),
        choices=WaitStatus.choices,
        initial=WaitStatus.KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u weet.")},
    )
    start_weeks = weeks_field(
        _("Weken tot de hulp begint"),
        _("Van aanmelding tot de start van de hulp. Kan iemand meteen beginnen? Typ 0."),
    )
    intake_weeks = weeks_field(
        _("Weken tot de intake"), _("Van aanmelding tot het eerste gesprek.")
    )
    treatment_weeks = weeks_field(
        _("Weken van intake tot start"),
        _("Van het eerste gesprek tot de start van de hulp."),
    )
    afterwards = forms.ChoiceField(
        label=_("En daarna?"),
        help_text=_("Kies dit als u hierboven geen weken invult."),
        choices=[
            (NOTHING_AFTER, _("Meteen na de intake")),
            (NOT_KNOWN, _("Weet ik niet")),
        ],
        required=False,
        widget=forms.RadioSelect,
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
        """Ask for weeks where the wait is known; elsewhere what was typed there does not count."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("status") == WaitStatus.KNOWN:
            self._complete_weeks(data)
        else:
            self._leave_out_weeks(data)
        self._check_stop(data)
        return data

    def measurement(self) -> dict[str, Any]:
        """Return the values as the service takes them: the total, or its two parts."""
        values = {name: self.cleaned_data[name] for name in self.fields if name != "afterwards"}
        if values["intake_weeks"] is not None or values["treatment_weeks"] is not None:
            values["start_weeks"] = None
        return values

    def _complete_weeks(self, data: dict[str, Any]) -> None:
        """Work out the part that was left open, or ask for it."""
        if WEEKS & self.errors.keys():
            return
        total, intake, after = (data[name] for name in ("start_weeks", *PARTS))
        if after is None and intake is not None:
            after = self._weeks_after(data, total, intake)
        elif intake is None and after is not None:
            intake = self._weeks_before(total, after)
        elif intake is None and total is None:
            self.add_error("start_weeks", _("Vul weken in, of kies 'Aanmeldstop' of 'Onbekend'."))
        elif None not in (total, intake) and intake + after != total:
            self.add_error("start_weeks", _("Intake en daarna zijn samen een ander getal."))
        data.update(intake_weeks=intake, treatment_weeks=after)

    def _weeks_after(
        self, data: dict[str, Any], total: Decimal | None, intake: Decimal
    ) -> Decimal | None:
        if total is not None:
            return self._rest(total, intake, "intake_weeks")
        if data.get("afterwards") == self.NOTHING_AFTER:
            return Decimal(0)
        if not data.get("afterwards"):
            self.add_error("afterwards", _("Vul weken in, of kies 'meteen' of 'weet ik niet'."))
        return None

    def _weeks_before(self, total: Decimal | None, after: Decimal) -> Decimal | None:
        if total is not None:
            return self._rest(total, after, "treatment_weeks")
        self.add_error("intake_weeks", _("Vul ook de weken tot de intake in."))
        return None

    def _rest(self, total: Decimal, part: Decimal, name: str) -> Decimal | None:
        if part <= total:
            return total - part
        self.add_error(name, _("Dit is langer dan de weken tot de hulp begint."))
        return None

    def _leave_out_weeks(self, data: dict[str, Any]) -> None:
        for name in (*WEEKS, "afterwards"):
            data[name] = None
            self.errors.pop(name, None)

    def _check_stop(self, data: dict[str, Any]) -> None:
        until = data.get("stop_until")
        if until is None and "stop_until" not in self.errors:
            return
        if data.get("status") != WaitStatus.STOP:
            self.add_error("stop_until", _("Deze datum hoort bij 'Aanmeldstop'."))
        elif has_ended(until, timezone.localdate()):
            self.add_error("stop_until", _("Deze datum is al voorbij."))


class PlacesForm(forms.Form):
    """How many places are left today in each of these runs, saved together."""

    def __init__(self, data: QueryDict | None = None, *, runs: Iterable[GroupRun]) -> None:
        super().__init__(data)
        self._runs = {f"ronde-{run.pk}-places_left": run for run in runs}
        for name, run in self._runs.items():
            self.fields[name] = places_field(run, _start_label(run))

    @property
    def rows(self) -> list[tuple[GroupRun, forms.BoundField]]:
        """Each run with its field."""
        return [(run, self[name]) for name, run in self._runs.items()]

    def given(self) -> list[PlacesLeft]:
        """Return what was said of the runs that were on the page; of one left empty nothing was."""
        found = [
            PlacesLeft(run, self.cleaned_data[name], shown=self._shown(name))
            for name, run in self._runs.items()
            if name in self.data
        ]
        return [one for one in found if one.left is not None or one.run.places_left is not None]

    def _shown(self, name: str) -> int | None:
        """Return the number that stood there when the page was opened."""
        try:
            shown: int | None = self.fields[name].to_python(
                self.data.get(self[name].html_initial_name)
            )
        except ValidationError:
            return None
        return shown

    def again(self, conflicts: Iterable[GroupRun]) -> "PlacesForm":
        """Return the form with what was typed, and beside these runs what stands there now."""
        now = {run.pk: run for run in conflicts}
        typed = cast(QueryDict, self.data).copy()
        for name, run in self._runs.items():
            if run.pk in now:
                left = now[run.pk].places_left
                typed[self[name].html_initial_name] = "" if left is None else str(left)
        form = PlacesForm(typed, runs=[now.get(run.pk, run) for run in self._runs.values()])
        for name, run in form._runs.items():
            if run.pk in now:
                form.add_error(name, _changed_meanwhile(run))
        return form


def _changed_meanwhile(run: GroupRun) -> str:
    left = gettext("niet bekend") if run.places_left is None else str(run.places_left)
    return gettext(
        "Een collega heeft dit net gewijzigd: nu staat er %(left)s. Sla nog eens op als uw getal "
        "moet blijven."
    ) % {"left": left}


def _start_label(run: GroupRun) -> str:
    day = formats.date_format(run.starts_on, "j F Y")
    return gettext("Plekken vrij, start %(day)s") % {"day": day}


def places_field(run: GroupRun, label: Any) -> forms.IntegerField:
    """Return a field for the places left of a run."""
    most = MOST_PLACES if run.places is None else run.places
    return forms.IntegerField(
        label=label,
        help_text=_("Leeg betekent: niet bekend."),
        required=False,
        min_value=0,
        max_value=most,
        initial=run.places_left,
        # News about places raises no version: the form itself tells what the person looked at.
        show_hidden_initial=True,
        error_messages={
            "invalid": _("Typ een heel getal."),
            "min_value": _("Typ 0 of meer."),
            "max_value": _("Er zijn %(places)s plekken in deze groep.") % {"places": most},
        },
    )
