"""Filters on groups and their starts: one class each, listed in the registry.

They stand beside the filters on the offers that the groups belong to. A filter keeps a run of
which the answer is not known: the page says so.
"""

import datetime as dt
from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import DatedFact, GroupAudience
from providers.filters.base import Parameter
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Clocks, still_counts

# A run without a last day is taken to be under way for this long.
UNDER_WAY_DAYS = 90
MAX_WEEKS = 52
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


class RunFilter(Parameter):
    """One public filter on groups and their starts."""

    # Hidden until one asks for more filters.
    is_hidden: ClassVar[bool] = True

    def condition(self, value: Any, clocks: Clocks) -> Q:
        """Return what has to hold of a run."""
        return Q()


class GroupFilter(RunFilter):
    """A filter on the group itself: it holds for groups without a start too."""

    @abstractmethod
    def lookups(self, value: Any) -> dict[str, Any]:
        """Return what has to hold of a group."""

    def condition(self, value: Any, clocks: Clocks) -> Q:
        return Q(**{f"programme__{name}": wanted for name, wanted in self.lookups(value).items()})


class BoxesFilter(RunFilter):
    """A choice of some values."""

    values: ClassVar[type[models.TextChoices]]

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.values.choices,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class EitherFilter(GroupFilter):
    """A choice of one value, or of none."""

    values: ClassVar[type[models.TextChoices]]

    def make_field(self, **kwargs: Any) -> forms.Field:
        choices = [("", EITHER), *self.values.choices]
        return forms.ChoiceField(choices=choices, **kwargs)


class WithinFilter(RunFilter):
    """Starts within so many weeks."""

    param = "binnen"
    label = _("Start binnen (weken)")
    is_hidden = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.IntegerField(min_value=1, max_value=MAX_WEEKS, **kwargs)

    def condition(self, value: int, clocks: Clocks) -> Q:
        return Q(starts_on__lte=clocks.today + dt.timedelta(weeks=value))


class DayFilter(RunFilter):
    """Starts on one day, as the month links to it."""

    param = "op"
    label = _("Start op")
    is_hidden = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.DateField(**kwargs)

    def condition(self, value: dt.date, clocks: Clocks) -> Q:
        return Q(starts_on=value)


class WeekdayFilter(BoxesFilter):
    """Meets on one of these days of the week."""

    param = "dag"
    label = _("Dag")
    values = Weekday

    def condition(self, value: list[str], clocks: Clocks) -> Q:
        days = [1 + list(Weekday).index(Weekday(day)) for day in value]
        return Q(starts_on__iso_week_day__in=days)


class DayPartFilter(BoxesFilter):
    """Begins in one of these parts of the day."""

    param = "dagdeel"
    label = _("Dagdeel")
    values = DayPart

    def condition(self, value: list[str], clocks: Clocks) -> Q:
        wanted = Q(start_time=None)
        for part in value:
            wanted |= PARTS_OF_DAY[DayPart(part)]
        return wanted


class AudienceFilter(BoxesFilter, GroupFilter):
    """Is for the child, the parents or both."""

    param = "wie"
    label = _("Voor wie")
    values = GroupAudience

    def lookups(self, value: list[str]) -> dict[str, Any]:
        return {"audience__in": value}


class JoiningFilter(EitherFilter):
    """Can be joined at any time, or at the start only."""

    param = "instroom"
    label = _("Instromen")
    values = Joining

    def lookups(self, value: str) -> dict[str, Any]:
        return {"is_open": value == Joining.OPEN}


class LeadersFilter(EitherFilter):
    """Is led by somebody with experience of their own too, or by professionals only."""

    param = "begeleiding"
    label = _("Begeleiding")
    values = Leaders

    def lookups(self, value: str) -> dict[str, Any]:
        return {"expert_by_experience": value == Leaders.EXPERIENCE}


class ClosedFilter(RunFilter):
    """Brings back the runs in which nobody can enrol; see `may_be_shown`."""

    param = "vol"
    label = _("Ook vol, al begonnen en afgezegd")

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(choices=[("ja", _("Ja"))], **kwargs)


def may_be_shown(clocks: Clocks, *, with_closed: bool) -> Q:
    """Return the runs to come with a place, or of which that is not known; or all of them."""
    today = clocks.today
    if with_closed:
        since = today - dt.timedelta(days=UNDER_WAY_DAYS)
        under_way = Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=since)
        return Q(starts_on__gte=today) | under_way
    known_full = Q(places_left=0) & still_counts("places_confirmed_on", DatedFact.PLACES, clocks)
    return CanEnrol(today).condition & ~known_full
