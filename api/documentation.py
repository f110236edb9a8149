"""The documentation page: the OpenAPI document as plain HTML.

A page of our own, because the usual interface needs inline scripts and styles, which the
Content-Security-Policy refuses, and cannot be read well without a mouse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from rest_framework.settings import api_settings

from api.base import VERSION
from api.schema import openapi_document
from providers.languages import cached_per_language

# Where all paths of the document begin.
BASE = str(settings.SPECTACULAR_SETTINGS["SCHEMA_PATH_PREFIX"])

TYPES = {
    "string": gettext_lazy("tekst"),
    "integer": gettext_lazy("geheel getal"),
    "number": gettext_lazy("getal"),
    "boolean": gettext_lazy("waar of onwaar"),
    "object": gettext_lazy("object"),
}
FORMATS = {
    "date": gettext_lazy("datum"),
    "date-time": gettext_lazy("datum en tijd"),
    "time-local": gettext_lazy("tijd"),
    "uri": "URL",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    type: str
    text: str
    values: tuple[str, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an answer; the name holds dots for what lies inside another field."""

    name: str
    type: str
    text: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with what one may ask and what comes back."""

    id: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    schema: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of object that comes back."""

    name: str
    fields: tuple[Field, ...]


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the documentation page."""
    endpoints, shapes = documented()
    context = {
        "endpoints": endpoints,
        "shapes": shapes,
        "version": VERSION,
        "rate": str(api_settings.DEFAULT_THROTTLE_RATES["anon"]).split("/")[0],
        "clocks": settings.FRESHNESS_DAYS,
        "contact": settings.CONTACT_EMAIL,
        "nav": "",
    }
    return render(request, "api/docs.html", context)


@cached_per_language()
def documented() -> tuple[tuple[Endpoint, ...], tuple[Shape, ...]]:
    """Return the addresses and the shapes of what they answer."""
    document = openapi_document()
    schemas = document["components"]["schemas"]
    endpoints = tuple(
        _endpoint(BASE + path, operations["get"]) for path, operations in document["paths"].items()
    )
    shapes = tuple(
        Shape(name, tuple(_fields(schemas[name], schemas)))
        for name in ("Offer", "Provider", "FeatureCollection", "Problem")
    )
    return endpoints, shapes


def _endpoint(path: str, operation: dict[str, Any]) -> Endpoint:
    return Endpoint(
        id=operation["operationId"],
        path=path,
        title=operation["summary"],
        text=operation["description"],
        parameters=tuple(_parameter(item) for item in operation.get("parameters", [])),
        answers=tuple(
            (status, answer.get("description") or _("Gelukt"))
            for status, answer in operation["responses"].items()
        ),
        schema=_answer_name(operation["responses"]["200"]["content"]),
    )


def _parameter(item: dict[str, Any]) -> Parameter:
    schema = item["schema"]
    many = schema.get("type") == "array"
    inner = schema["items"] if many else schema
    values = tuple(str(value) for value in inner.get("enum", ()))
    return Parameter(
        item["name"], _type(inner), item.get("description", "").split("\n\n")[0], values, many
    )


def _answer_name(content: dict[str, Any]) -> str:
    schema = next(iter(content.values()))["schema"]
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    return name.removeprefix("Paginated").removesuffix("List")


def _fields(schema: dict[str, Any], schemas: dict[str, Any], prefix: str = "") -> Iterator[Field]:
    for name, field in schema.get("properties", {}).items():
        many = field.get("type") == "array"
        inner = _resolved(field["items"] if many else field, schemas)
        full = f"{prefix}{name}{'[]' if many else ''}"
        nullable = bool(field.get("nullable"))
        yield Field(full, _type_of(inner, many), field.get("description", ""), nullable)
        yield from _fields(inner, schemas, f"{full}.")


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    for part in (schema, *schema.get("allOf", ())):
        if "$ref" in part:
            found: dict[str, Any] = schemas[part["$ref"].rsplit("/", 1)[-1]]
            return found
    return schema


def _type_of(schema: dict[str, Any], many: bool) -> str:
    return _("lijst van %(type)s") % {"type": _type(schema)} if many else _type(schema)


def _type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    return str(FORMATS.get(schema.get("format", "")) or TYPES.get(kind, kind))
