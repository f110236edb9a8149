"""Small fields that write what is not known as null."""

import datetime as dt
from typing import Any

from django.db.models import Choices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from providers.languages import cached_per_language
from providers.phones import phone_link, phone_text
from providers.rules.small_numbers import rounded
from providers.vocabulary.choices import level_label


class KnownTextField(serializers.CharField):
    """Text; null when nobody filled it in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]
        return value or None


class PhoneTextField(KnownTextField):
    """A telephone number as people write it; null when nobody filled it in."""

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]
        return phone_text(value) or None


class PhoneLinkField(KnownTextField):
    """The link that dials a telephone number; null when there is none."""

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]
        return phone_link(value) or None


class UtcTimeField(serializers.DateTimeField):
    """A moment, in UTC whatever the time zone of the site is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, default_timezone=dt.UTC, **kwargs)


@extend_schema_field({"type": "string", "format": "time-local"})
class LocalTimeField(serializers.TimeField):
    """A time of the day on the clock of the Netherlands, so without a time zone."""


class WeeksField(serializers.FloatField):
    """A number of weeks; null when not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)


class PeopleField(serializers.IntegerField):
    """A number of people to the nearest five; null when small or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: int) -> int | None:  # type: ignore[override]
        return rounded(value)


class CodeSerializer(serializers.Serializer):
    """A code of our vocabulary with its Dutch name."""

    code = serializers.CharField(help_text="Vaste code.")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="Naam in gewoon Nederlands."
    )


class StepSerializer(serializers.Serializer):
    """A step of the ladder from light to heavy."""

    code = serializers.IntegerField(help_text="0 is het lichtst, 6 het zwaarst.")
    label = serializers.CharField(help_text="Naam van de trede.")  # type: ignore[assignment]


@cached_per_language(1000)
def code_and_label(choices: type[Choices], value: Any) -> dict[str, Any]:
    """Return a choice as the API writes it; kept, for a page of offers asks it thousands of times.

    By kind and value: as keys, equal values of two kinds of choices are one.
    """
    choice = choices(value)
    return {"code": choice.value, "label": str(choice.label)}


@extend_schema_field(CodeSerializer)
class ChoiceField(serializers.Field):
    """A choice as code and label; null when empty or when it stands for 'unknown'."""

    def __init__(self, choices: type[Choices], unknown: Choices | None = None, **kwargs: Any):
        self.choices, self.unknown = choices, unknown
        nullable = unknown is not None or kwargs.pop("allow_null", False)
        super().__init__(read_only=True, allow_null=nullable, **kwargs)

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        if value in ("", self.unknown):
            return None
        return code_and_label(self.choices, value)


@extend_schema_field(StepSerializer)
class StepField(ChoiceField):
    """A step of the ladder as number and label; its name can be edited, so it is never kept."""

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        return {"code": value, "label": level_label(value)}


@extend_schema_field(CodeSerializer(many=True))
class ChoiceListField(serializers.Field):
    """A list of choices as codes and labels; null when none is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: list[Choices]) -> list[dict[str, Any]] | None:
        return [code_and_label(type(choice), choice.value) for choice in value] or None


@extend_schema_field(CodeSerializer(many=True))
class LinkListField(serializers.Field):
    """Linked vocabulary as codes and labels; null when none is stated."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> list[dict[str, Any]] | None:
        return [{"code": row.pk, "label": row.label} for row in value.all()] or None
