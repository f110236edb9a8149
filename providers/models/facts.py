"""Questions about offers that the catalogue and its search index answer alike."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import (
    Exists,
    OuterRef,
)

from providers.enums import VISIBLE_STATUSES
from providers.rules.ages import for_ages
from providers.rules.fit import answers, question_points_of


class FactsQuerySet(models.QuerySet[Any]):
    """Chainable questions about offers: adjectives filter, with_x annotates.

    Works on every table with the columns of an offer and the offer's id as its key.
    """

    def visible(self) -> Self:
        """What everybody may see."""
        return self.filter(status__in=VISIBLE_STATUSES)

    def suitable_for_ages(self, low: int, high: int) -> Self:
        """Offers for at least one of these ages (years, both ends included)."""
        return self.filter(for_ages(low, high))

    def serving(self, municipality: str, *, on: dt.date) -> Self:
        """Offers that serve this municipality (CBS code) on this day."""
        areas = (
            _rows("ServiceArea").current(on).filter(offer=OuterRef("pk"), municipality=municipality)
        )
        return self.filter(Exists(areas))

    def answering(self, codes: Iterable[str]) -> Self:
        """Offers for at least one of these help questions."""
        return self.filter(answers(codes))

    def with_fit(self, codes: Collection[str]) -> Self:
        """Annotate `fit`: the points for these help questions."""
        return self.annotate(fit=question_points_of(codes))


def _rows(model: str) -> Any:
    """Return the rows of a model that is defined in terms of this file."""
    return apps.get_model("providers", model)._default_manager
