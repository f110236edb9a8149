"""The public filters as parameters in the OpenAPI document, read from the filters themselves."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from providers.filters.fields import AgesField, NamesField, WordsField
from providers.filters.registry import FILTERS

BOX_WANTED = _(
    "Geef vier getallen met komma's ertussen: kleinste lengtegraad, kleinste breedtegraad, "
    "grootste lengtegraad, grootste breedtegraad."
)
SHORT = OpenApiParameter(
    "kort",
    enum=["ja"],
    description="Alleen wat een kaart nodig heeft: nummer, titel, trede en wachttijd.",
)


BBOX = OpenApiParameter(
    "bbox",
    type={"type": "string", "pattern": r"^-?[0-9.]+(,-?[0-9.]+){3}$"},
    description="Alleen punten binnen deze rechthoek: kleinste lengtegraad, kleinste "
    "breedtegraad, grootste lengtegraad, grootste breedtegraad.",
)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CRS, BBOX_CRS = (
    OpenApiParameter(name, enum=[CRS84], description=text)
    for name, text in (
        ("crs", "Coördinatenstelsel van het antwoord. Alleen CRS84: lengte- en breedtegraad."),
        ("bboxCrs", "Coördinatenstelsel van bbox. Alleen CRS84."),
    )
)


class Box(NamedTuple):
    """A rectangle in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float


def requested_box(request: Request) -> Box | None:
    """Return the rectangle that is asked for. Raises ValidationError for anything else."""
    for name in (CRS.name, BBOX_CRS.name):
        if request.query_params.get(name, CRS84) != CRS84:
            raise ValidationError({name: [_("Alleen %(crs)s kunnen we geven.") % {"crs": CRS84}]})
    text = request.query_params.get(BBOX.name)
    if text is None:
        return None
    try:
        box = Box(*map(float, text.split(",")))
    except (TypeError, ValueError):
        raise ValidationError({BBOX.name: [BOX_WANTED]}) from None
    # Written so that "nan", which is neither smaller nor larger, is refused too.
    if not (-180 <= box.west <= box.east <= 180 and -90 <= box.south <= box.north <= 90):
        raise ValidationError({BBOX.name: [BOX_WANTED]})
    return box


def requested_short(request: Request) -> bool:
    """Return whether the short answer is asked for. Raises ValidationError for another word."""
    word = request.query_params.get(SHORT.name)
    if word not in (None, "ja"):
        raise ValidationError({SHORT.name: [_("Schrijf kort=ja, of laat kort weg.")]})
    return word == "ja"


def filter_parameters() -> list[OpenApiParameter]:
    """Return one documented parameter per public filter."""
    return [
        OpenApiParameter(
            one.param,
            type=_schema(one.field),
            description=str(one.description),
            # A filter that may be given more than once: ?trede=0&trede=1.
            explode=True if _is_many(one.field) else None,
            style="form" if _is_many(one.field) else None,
        )
        for one in FILTERS
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
