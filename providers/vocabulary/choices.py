"""The vocabulary as choices, cached in memory: every search reads it and it hardly ever changes.

An edit counts at once in the process that made it, and within a minute in the others.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django_filters import ModelChoiceFilter, ModelMultipleChoiceFilter
from django_filters.fields import ModelChoiceField, ModelMultipleChoiceField

from providers.enums import CareLevel
from providers.models import CareLevelText, HelpQuestion, Language, Municipality, TargetGroup, Theme
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.watch import depends_on_vocabulary

SECONDS = 60
Rows = dict[Any, Any]  # by code, or by number of the step


def _rows(model: type[Model]) -> Callable[[], Rows]:
    return lambda: {row.pk: row for row in model._default_manager.all()}


def _mark(model: type[Model]) -> Callable[[], Hashable]:
    return lambda: tuple(model._default_manager.values_list())


_KEPT: dict[type[Model], Cached[Rows]] = {
    model: depends_on_vocabulary(
        Cached(
            f"choices.{model._meta.model_name}",
            seconds=SECONDS,
            fingerprint=_mark(model),
            build=_rows(model),
        )
    )
    for model in (HelpQuestion, Theme, TargetGroup, Language, CareLevelText, Municipality)
}


def choices(model: type[Model]) -> Rows:
    """Return the rows of a vocabulary by code, in their order; not to be changed."""
    return _KEPT[model].get()


def labels(model: type[Model]) -> list[tuple[str, str]]:
    """Return code and label of a vocabulary, in its order."""
    return [(code, row.label) for code, row in choices(model).items()]


def labels_by_theme() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the help questions with code and label under the name of their theme."""
    names = dict(labels(Theme))
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(choices(HelpQuestion).values(), key=lambda row: names[row.theme_id]):
        found.setdefault(names[one.theme_id], []).append((one.pk, one.label))
    return list(found.items())


def level_choices(*, examples: bool = False) -> list[tuple[int, str]]:
    """Return number and name of every step of the ladder, light to heavy.

    With `examples` the name is followed by what the step holds, for who has to choose one.
    """
    named = [(step.value, level_label(step)) for step in CareLevel]
    if not examples:
        return named
    texts = choices(CareLevelText)
    held = {level: text.examples for level, text in texts.items() if text.examples}
    return [(level, f"{name} ({held[level]})" if level in held else name) for level, name in named]


def level_label(level: int) -> str:
    """Return the name of a step of the ladder; as in the code where nobody gave it another."""
    text = choices(CareLevelText).get(level)
    return str(text.label if text else CareLevel(level).label)


class CachedChoiceField(ModelMultipleChoiceField):
    """Codes of a vocabulary; cleans to a list of its rows, in its order, without a query."""

    def _check_values(self, value: Any) -> Any:
        known = choices(self.queryset.model)
        wanted = list(dict.fromkeys(map(str, value)))
        for code in wanted:
            if code not in known:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": code},
                )
        return [row for code, row in known.items() if code in wanted]


class CachedOneField(ModelChoiceField):
    """One code; cleans to its row, without a query."""

    def to_python(self, value: Any) -> Model | None:
        """Return the row with this code; None when nothing was chosen."""
        if value in self.empty_values:
            return None
        found: Model | None = choices(self.queryset.model).get(str(value))
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return found


class CachedOneFilter(ModelChoiceFilter):
    """Filter on one of the rows that are cached in memory."""

    field_class = CachedOneField


class CachedChoiceFilter(ModelMultipleChoiceFilter):
    """Filter on codes of a vocabulary that is cached in memory."""

    field_class = CachedChoiceField
