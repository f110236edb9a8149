"""The vocabulary as choices, kept in memory: every search reads it and it hardly ever changes.

An edit counts at once in the process that made it, and within a minute in the others.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django_filters import ModelMultipleChoiceFilter
from django_filters.fields import ModelMultipleChoiceField

from providers.models import HelpQuestion, Language, TargetGroup
from providers.text.kept import Kept
from providers.text.watch import depends_on_vocabulary

SECONDS = 60
Rows = dict[str, Any]


def _rows(model: type[Model]) -> Callable[[], Rows]:
    return lambda: {row.pk: row for row in model._default_manager.all()}


def _mark(model: type[Model]) -> Callable[[], Hashable]:
    return lambda: tuple(model._default_manager.values_list())


_KEPT: dict[type[Model], Kept[Rows]] = {
    model: depends_on_vocabulary(
        Kept(
            f"choices.{model._meta.model_name}",
            seconds=SECONDS,
            fingerprint=_mark(model),
            build=_rows(model),
        )
    )
    for model in (HelpQuestion, TargetGroup, Language)
}


def choices(model: type[Model]) -> Rows:
    """Return the rows of a vocabulary by code, in their order; not to be changed."""
    return _KEPT[model].get()


def labels(model: type[Model]) -> list[tuple[str, str]]:
    """Return code and label of a vocabulary, in its order."""
    return [(code, row.label) for code, row in choices(model).items()]


class KeptChoiceField(ModelMultipleChoiceField):
    """Codes of a vocabulary; cleans to a list of its rows, in its order, without a query."""

    def _check_values(self, value: Any) -> Any:
        known = choices(self.queryset.model)
        asked = list(dict.fromkeys(map(str, value)))
        for code in asked:
            if code not in known:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": code},
                )
        return [row for code, row in known.items() if code in asked]


class KeptChoiceFilter(ModelMultipleChoiceFilter):
    """Filter on codes of a vocabulary that is kept in memory."""

    field_class = KeptChoiceField
