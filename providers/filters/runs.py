"""RunFilterSet: the filters of the registry on groups and their starts, read from an address."""

import functools
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import cached_property

from providers.filters.groups import ClosedFilter, GroupFilter, RunFilter, may_be_shown
from providers.filters.offers import together
from providers.filters.registry import RUN_FILTERS
from providers.models import GroupProgramme, GroupRun
from providers.rules.freshness import Moment, clocks_on

# Of one day what has no hour yet comes last, on both engines.
BY_HOUR = F("start_time").asc(nulls_last=True)


class RunFilterSet(filters.FilterSet):
    """The public filters on runs; those on the group itself also filter groups without runs."""

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

    @classmethod
    def get_filters(cls) -> dict[str, filters.Filter]:
        """Return the filters by name."""
        return {one.param: filters.Filter(label=one.label, method=together) for one in RUN_FILTERS}

    @classmethod
    @functools.cache
    def _form_class(cls) -> type[forms.Form]:
        return type("RunFilterForm", (forms.Form,), {one.param: one.field for one in RUN_FILTERS})

    def get_form_class(self) -> type[forms.Form]:
        """Return the form of the parameters."""
        return self._form_class()

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
        return ClosedFilter.param in self.criteria

    @property
    def has_hidden(self) -> bool:
        """Whether a filter is in use that is hidden until one asks for it."""
        return any(one.is_hidden for one in self._in_use)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the runs asked for, those to come before those under way, soonest first."""
        for one in self._in_use:
            queryset = queryset.filter(one.condition(self.criteria[one.param], self.clocks))
        shown = may_be_shown(self.clocks, with_closed=self.with_closed) | self.also_shown
        started = Case(
            When(starts_on__lt=self.today, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        return queryset.filter(shown).order_by(started, "starts_on", BY_HOUR, "id")

    def groups(self) -> QuerySet[GroupProgramme]:
        """Return the groups asked for that have no run to come: open ones, and those on demand."""
        runs = GroupRun.objects.upcoming(self.today).filter(programme=OuterRef("pk"))
        groups = GroupProgramme.objects.visible().filter(~Exists(runs))
        for one in self._in_use:
            if isinstance(one, GroupFilter):
                groups = groups.filter(**one.lookups(self.criteria[one.param]))
        return groups

    @property
    def _in_use(self) -> list[RunFilter]:
        return [one for one in RUN_FILTERS if one.param in self.criteria]
