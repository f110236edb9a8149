"""OfferFilterSet: the filters of the registry, read from the parameters of an address.

Search page, map, groups, API and exports all read the same parameters through it.
"""

import copy
import datetime as dt
import functools
from collections import OrderedDict
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from providers.filters.base import Filter
from providers.filters.conditions import Conditions
from providers.filters.fields import MAX_WORDS
from providers.filters.registry import FILTERS
from providers.filters.search import Search
from providers.models import Offer

__all__ = ["MAX_WORDS", "OfferFilterSet"]


def together(queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
    """Leave the rows alone: `OfferFilterSet` filters them by all parameters at once."""
    return queryset


class ReadFilter(filters.Filter):
    """A filter of the registry, as the library of filter sets takes it."""

    def __init__(self, one: Filter) -> None:
        super().__init__(label=one.label, method=together)
        self._read = one

    @property
    def field(self) -> forms.Field:
        """Return the form field that reads the parameter."""
        return self._read.field


class SharedFilters(OrderedDict[str, filters.Filter]):
    """The filters of a class, of which each filter set takes copies that share their settings.

    Copied to the bottom, choices and querysets with them, they would take as long as a statement.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedFilters":
        return SharedFilters((name, copy.copy(one)) for name, one in self.items())


class SharedFields(dict[str, forms.Field]):
    """The fields of a form that only reads: it changes none, so each form may have these."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedFields":
        return self


class OfferFilterSet(Search, filters.FilterSet):
    """The public filters on offers, or on rows of the search index."""

    class Meta:
        model = Offer
        fields: list[str] = []

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today or timezone.localdate()

    @classmethod
    def get_filters(cls) -> SharedFilters:
        """Return the filters by name."""
        return SharedFilters((one.param, ReadFilter(one)) for one in FILTERS)

    @classmethod
    @functools.cache
    def _form_class(cls) -> type[forms.Form]:
        form = type("OfferFilterForm", (forms.Form,), {one.param: one.field for one in FILTERS})
        form.base_fields = SharedFields(form.base_fields)  # type: ignore[attr-defined]
        return form

    def get_form_class(self) -> type[forms.Form]:
        """Return the form of the parameters, made once: that takes longer than to read one."""
        return self._form_class()

    @cached_property
    def criteria(self) -> dict[str, Any]:  # type: ignore[override]
        """The values that could be read; a parameter with an error is left out."""
        if not self.is_bound:
            return {}
        self.form.errors  # noqa: B018 - fills cleaned_data
        return {name: value for name, value in self.form.cleaned_data.items() if _given(value)}

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what does not fit."""
        return Conditions(self).among(queryset)


def _given(value: Any) -> bool:
    # Of rows to choose from, none chosen is an empty queryset.
    return not isinstance(value, QuerySet) and value not in (None, "", [])
