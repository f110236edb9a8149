"""The OpenAPI document and the page made from it."""

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from api.schema import openapi_document
from providers.filters.offers import OfferFilterSet
from providers.filters.registry import STRICT_PARAMS
from tests.factories import GroupRunFactory, LocationFactory, OfferFactory, WaitTimeFactory

pytestmark = pytest.mark.django_db


def test_the_document_is_valid_and_without_warnings(tmp_path):
    call_command(
        "spectacular",
        "--validate",
        "--fail-on-warn",
        format="openapi-json",
        file=str(tmp_path / "openapi.json"),
    )


def test_the_document_is_served_as_json(client):
    response = client.get(reverse("api:openapi"))
    assert response["Content-Type"] == "application/json"
    document = response.json()
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {
        "/offers",
        "/offer-points",
        "/offers/{id}",
        "/providers",
        "/providers/{id}",
        "/local-teams",
    }


def test_every_filter_is_documented_with_its_type():
    operation = openapi_document()["paths"]["/offers"]["get"]
    parameters = {item["name"]: item for item in operation["parameters"]}
    assert set(parameters) == {*OfferFilterSet.base_filters, "page", "pageSize"}
    assert all(item["description"] for item in parameters.values())
    ages = {"type": "string", "pattern": "^[0-9]{1,2}(-[0-9]{1,2})?$"}
    assert parameters["leeftijd"]["schema"] == ages
    assert parameters["trede"]["schema"]["items"] == {"type": "integer", "enum": list(range(7))}
    assert parameters["hulpvraag"]["schema"]["type"] == "array"


def test_the_page_about_the_api_names_what_leaves_the_unknown_out(settings):
    page = (settings.BASE_DIR / "docs/api.md").read_text()
    said = page.partition("is not known; only\n")[2].partition(" leave them out")[0]
    assert re.findall(r"`(\w+)`", said) == list(STRICT_PARAMS)


def test_every_field_is_explained():
    schemas = openapi_document()["components"]["schemas"]
    unexplained = [
        f"{shape}.{name}"
        for shape, schema in schemas.items()
        if not shape.startswith("Paginated")
        for name, field in schema["properties"].items()
        if not field.get("description")
    ]
    assert unexplained == []


def _check(value, schema, schemas, where):
    """Compare an answer with its description: the same fields, and null only where allowed."""
    for part in (schema, *schema.get("allOf", ())):
        if "$ref" in part:
            inner = schemas[part["$ref"].rsplit("/", 1)[-1]]
            schema = {**inner, "nullable": schema.get("nullable", False)}
    if value is None:
        assert schema.get("nullable"), f"{where} is null"
    elif isinstance(value, dict):
        assert set(value) == set(schema["properties"]), where
        for name, item in value.items():
            _check(item, schema["properties"][name], schemas, f"{where}.{name}")
    elif isinstance(value, list):
        for item in value:
            _check(item, schema["items"], schemas, f"{where}[]")
    else:
        kinds = {"string": str, "integer": int, "number": float, "boolean": bool}
        assert isinstance(value, kinds[schema["type"]]), where


@pytest.mark.parametrize("full", [True, False])
def test_answers_are_as_described(get, full):
    place = LocationFactory()
    offer = OfferFactory(provider=place.provider, locations=[place])
    if full:
        offer = GroupRunFactory(programme__offer=offer).programme.offer
        WaitTimeFactory(offer=offer)
    schemas = openapi_document()["components"]["schemas"]
    _check(get(f"offers/{offer.pk}"), schemas["Offer"], schemas, "offer")
    _check(get(f"providers/{offer.provider_id}"), schemas["Provider"], schemas, "provider")
    _check(get("offers"), schemas["PaginatedOfferList"], schemas, "offers")
    _check(get("offer-points"), schemas["FeatureCollection"], schemas, "map")


def test_the_page_names_every_address_parameter_and_field(client):
    page = client.get(reverse("api:docs"))
    assert page.status_code == 200
    text = page.content.decode()
    for wanted in (
        "GET /api/v1/offer-points",
        "wait.intake_weeks",
        "locations[].precision.code",
        "Aanmeldwachttijd",
        "hulpvraag",
    ):
        assert wanted in text
    assert text.count("<h1") == 1
    assert json.dumps(None) in text, "says what null means"


def test_the_page_is_to_read_only(client):
    assert client.post(reverse("api:docs")).status_code == 405


def test_the_page_needs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("api:docs"))
