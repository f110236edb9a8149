"""The public filters as parameters in the OpenAPI document, read from the filters themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from providers.filters.fields import NamesField
from providers.filters.offers import AgesField, OfferFilterSet, WordsField

HINTS = {
    "hulpvraag": _("Code van een hulpvraag, zoals somberheid. Een van de gegeven hulpvragen past."),
    "ook": _("Code van een hulpvraag waar het aanbod óók voor is. Meer codes: voor elk ervan."),
    "woord": _("Woord of begin van een woord dat in het aanbod staat."),
    "naam": _("Een aanbieder of aanbod met naam, zoals aanbieder-12 of aanbod-34."),
    "plaats": _("Postcode of plaats. Geeft aanbod voor de gemeente waar die ligt."),
    "gemeente": _("CBS-code van een gemeente die het aanbod bedient, zoals GM0546."),
    "leeftijd": _("Leeftijd in jaren, zoals 14, of van en tot en met, zoals 9-11: één ervan past."),
    "trede": _("Trede van licht (0) naar zwaar (6)."),
    "vorm": _("Hoe en waar de hulp gegeven wordt."),
    "fase": _("Wanneer de hulp past: voor, tijdens of na zorg, of tijdens het wachten."),
    "doelgroep": _("Code van een doelgroep."),
    "taal": _("Code van een taal (BCP 47)."),
    "toegang": _("Manier om binnen te komen."),
    "wachttijd": _("Totale wachttijd, hoogstens zoveel weken."),
    "start": _("Kan beginnen binnen zoveel weken: door een korte wachttijd of een groep met plek."),
    "onbekend": _("Neem bij wachttijd en start ook aanbod mee waarvan dat niet bekend is."),
    "deel": _("Deel van de zoekresultaten."),
}


SHORT = OpenApiParameter(
    "kort",
    enum=["ja"],
    description="Alleen wat een kaart nodig heeft: nummer, titel, trede en wachttijd.",
)


def asked_short(request: Request) -> bool:
    """Return whether the short answer is asked for. Raises ValidationError for another word."""
    word = request.query_params.get(SHORT.name)
    if word not in (None, "ja"):
        raise ValidationError({SHORT.name: [_("Schrijf kort=ja, of laat kort weg.")]})
    return word == "ja"


def filter_parameters() -> list[OpenApiParameter]:
    """Return one documented parameter per public filter."""
    return [
        OpenApiParameter(
            name,
            type=_schema(item.field),
            description=str(HINTS.get(name, item.label)),
            # A filter that may be given more than once: ?trede=0&trede=1.
            explode=True if _is_many(item.field) else None,
            style="form" if _is_many(item.field) else None,
        )
        for name, item in OfferFilterSet.base_filters.items()
    ]


def number_in_path(text: str) -> OpenApiParameter:
    """Return the number in the address of one thing, documented."""
    return OpenApiParameter("id", int, OpenApiParameter.PATH, description=text)


def _is_many(field: forms.Field) -> bool:
    many = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField, WordsField, NamesField)
    return isinstance(field, many)


def _schema(field: forms.Field) -> dict[str, Any]:
    single = _single(field)
    return {"type": "array", "items": single} if _is_many(field) else single


def _single(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, AgesField):
        return {"type": "string", "pattern": "^[0-9]{1,2}(-[0-9]{1,2})?$"}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.ModelChoiceField | WordsField | NamesField):
        # Their values are rows or free words: a list in the document would grow old.
        return {"type": "string"}
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in field.choices if value != ""]  # type: ignore[union-attr,misc]
        kind = "integer" if all(isinstance(value, int) for value in values) else "string"
        return {"type": kind, "enum": values}
    return {"type": "string"}
