"""RunFilterSet: the one place that names the public filters on groups and their runs.

Beside OfferFilterSet, which filters the offers that the runs belong to. A filter keeps a run of
which the answer is not known: the page says so.
"""

import datetime as dt
from typing import Any

import django_filters as filters
from django import forms
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from providers.enums import DatedFact, GroupAudience
from providers.models import GroupProgramme, GroupRun
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Moment, clocks_on, still_counts

# A run without a last day is taken to be under way for this long.
UNDER_WAY_DAYS = 90
MAX_WEEKS = 52
BOXES = forms.CheckboxSelectMultiple
EITHER = _("Maakt niet uit")


class Weekday(models.TextChoices):
    """The day on which a group meets."""

    MONDAY = "maandag", _("maandag")
    TUESDAY = "dinsdag", _("dinsdag")
    WEDNESDAY = "woensdag", _("woensdag")
    THURSDAY = "donderdag", _("donderdag")
    FRIDAY = "vrijdag", _("vrijdag")
    SATURDAY = "zaterdag", _("zaterdag")
    SUNDAY = "zondag", _("zondag")


class DayPart(models.TextChoices):
    """The part of the day in which a group begins."""

    MORNING = "ochtend", _("ochtend (tot 12 uur)")
    AFTERNOON = "middag", _("middag (12 tot 17 uur)")
    EVENING = "avond", _("avond (vanaf 17 uur)")


class Joining(models.TextChoices):
    """Whether one can join a group at any time."""

    OPEN = "altijd", _("kan altijd")
    CLOSED = "bij-start", _("alleen bij de start")


class Leaders(models.TextChoices):
    """Who leads a group."""

    EXPERIENCE = "ervaring", _("ook iemand met eigen ervaring")
    PROFESSIONALS = "professionals", _("alleen professionals")


PARTS_OF_DAY = {
    DayPart.MORNING: Q(start_time__lt=dt.time(12)),
    DayPart.AFTERNOON: Q(start_time__gte=dt.time(12), start_time__lt=dt.time(17)),
    DayPart.EVENING: Q(start_time__gte=dt.time(17)),
}


# Of one day what has no hour yet comes last, on both engines.
BY_HOUR = F("start_time").asc(nulls_last=True)


class WeeksFilter(filters.Filter):
    """A number of weeks."""

    field_class = forms.IntegerField


class RunFilterSet(filters.FilterSet):
    """The public filters on runs; those on the group itself also filter groups without runs."""

    binnen = WeeksFilter(
        label=_("Start binnen (weken)"), method="starting_within", min_value=1, max_value=MAX_WEEKS
    )
    op = filters.DateFilter(label=_("Start op"), field_name="starts_on")
    dag = filters.MultipleChoiceFilter(
        label=_("Dag"), choices=Weekday.choices, method="on_weekday", widget=BOXES
    )
    dagdeel = filters.MultipleChoiceFilter(
        label=_("Dagdeel"), choices=DayPart.choices, method="in_part_of_day", widget=BOXES
    )
    wie = filters.MultipleChoiceFilter(
        label=_("Voor wie"), choices=GroupAudience.choices, method="keep", widget=BOXES
    )
    instroom = filters.ChoiceFilter(
        label=_("Instromen"), choices=Joining.choices, method="keep", empty_label=EITHER
    )
    begeleiding = filters.ChoiceFilter(
        label=_("Begeleiding"), choices=Leaders.choices, method="keep", empty_label=EITHER
    )
    vol = filters.ChoiceFilter(
        label=_("Ook vol, al begonnen en afgezegd"), choices=[("ja", _("Ja"))], method="keep"
    )

    class Meta:
        model = GroupRun
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        today: Moment | None = None,
        also_shown: Q | None = None,
        **kwargs: Any,
    ) -> None:
        """`also_shown`: runs to show although nobody can enrol, such as what was cancelled."""
        kwargs.setdefault("queryset", GroupRun.objects.visible())
        super().__init__(*args, **kwargs)
        self.clocks = clocks_on(today or timezone.localdate())
        self.today = self.clocks.today
        self.also_shown = also_shown if also_shown is not None else Q(pk__in=[])

    @cached_property
    def criteria(self) -> dict[str, Any]:
        """The values that could be read; a parameter with an error is left out."""
        if not self.is_bound:
            return {}
        self.form.errors  # noqa: B018 - fills cleaned_data
        values = self.form.cleaned_data
        return {name: value for name, value in values.items() if value not in (None, "", [])}

    @property
    def with_closed(self) -> bool:
        """Whether runs that nobody can enrol in are wanted too."""
        return "vol" in self.criteria

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the runs asked for, those to come before those under way, soonest first."""
        for name, value in self.criteria.items():
            queryset = self.filters[name].filter(queryset, value)
        started = Case(
            When(starts_on__lt=self.today, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        queryset = queryset.filter(
            self._of_group("programme__"), self._may_enrol() | self.also_shown
        )
        return queryset.order_by(started, "starts_on", BY_HOUR, "id")

    def _may_enrol(self) -> Q:
        """Runs to come with a place, or of which that is not known; with `vol` all of them."""
        if self.with_closed:
            since = self.today - dt.timedelta(days=UNDER_WAY_DAYS)
            under_way = Q(ends_on__gte=self.today) | Q(ends_on=None, starts_on__gte=since)
            return Q(starts_on__gte=self.today) | under_way
        recent = still_counts("places_confirmed_on", DatedFact.PLACES, self.clocks)
        known_full = Q(places_left=0) & recent
        return CanEnrol(self.today).condition & ~known_full

    def groups(self) -> QuerySet[GroupProgramme]:
        """Return the groups asked for that have no run to come: open ones, and those on demand."""
        runs = GroupRun.objects.upcoming(self.today).filter(programme=OuterRef("pk"))
        return GroupProgramme.objects.visible().filter(self._of_group(""), ~Exists(runs))

    def _of_group(self, prefix: str) -> Q:
        """Return what was asked of the group itself."""
        wanted = {}
        if "wie" in self.criteria:
            wanted["audience__in"] = self.criteria["wie"]
        if "instroom" in self.criteria:
            wanted["is_open"] = self.criteria["instroom"] == Joining.OPEN
        if "begeleiding" in self.criteria:
            wanted["expert_by_experience"] = self.criteria["begeleiding"] == Leaders.EXPERIENCE
        return Q(**{f"{prefix}{name}": value for name, value in wanted.items()})

    def keep(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave the rows alone: this parameter is handled together with others."""
        return queryset

    def starting_within(self, queryset: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        return queryset.filter(starts_on__lte=self.today + dt.timedelta(weeks=value))

    def on_weekday(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        days = [1 + list(Weekday).index(Weekday(day)) for day in value]
        return queryset.filter(starts_on__iso_week_day__in=days)

    def in_part_of_day(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        wanted = Q(start_time=None)
        for part in value:
            wanted |= PARTS_OF_DAY[DayPart(part)]
        return queryset.filter(wanted)
