"""The description keeps the Dutch API Design Rules (Logius), one test per rule that it can break.

The official linter says the same with other words; `.ci/run` runs it where it can be had.
"""

import re

import pytest

from api.schema import openapi_document
from tests.factories import OfferFactory

SEMVER = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
KEBAB_CASE = r"(/([a-z0-9-]+|\{[^}]+\}))+"
CAMEL_CASE = r"[a-z][a-z\d]*([A-Z][a-z\d]*)*"


@pytest.fixture(scope="module")
def document():
    return openapi_document()


@pytest.fixture(scope="module")
def operations(document):
    return [one for methods in document["paths"].values() for one in methods.values()]


def _schemas(value):
    """Every object in the document that says a format."""
    if isinstance(value, dict):
        if isinstance(value.get("format"), str):
            yield value
        for inner in value.values():
            yield from _schemas(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _schemas(inner)


def test_the_version_is_a_semantic_one(document):
    assert re.fullmatch(SEMVER, document["info"]["version"])


def test_whom_to_ask_has_a_name_a_mail_address_and_a_site(document):
    assert set(document["info"]["contact"]) == {"name", "email", "url"}


def test_the_server_names_the_major_version(document):
    (server,) = document["servers"]
    assert server["url"].endswith("/api/v1")


def test_paths_are_kebab_case_without_a_slash_at_the_end(document):
    assert all(re.fullmatch(KEBAB_CASE, path) for path in document["paths"])


def test_parameters_are_camel_case(operations):
    names = {
        item["name"]
        for operation in operations
        for item in operation["parameters"]
        if item["in"] == "query"
    }
    assert [name for name in names if not re.fullmatch(CAMEL_CASE, name)] == []


def test_only_reading_is_offered(document):
    assert {method for methods in document["paths"].values() for method in methods} == {"get"}


def test_every_answer_carries_the_version(operations):
    for operation in operations:
        for answer in operation["responses"].values():
            assert "API-Version" in answer["headers"]


def test_errors_are_problems_with_status_title_and_detail(document, operations):
    for operation in operations:
        for status, answer in operation["responses"].items():
            if status >= "4":
                assert set(answer["content"]) == {"application/problem+json"}
    assert {"status", "title", "detail"} <= set(
        document["components"]["schemas"]["Problem"]["required"]
    )


def test_what_takes_parameters_can_refuse_them(operations):
    assert all("400" in one["responses"] for one in operations if one["parameters"])


def test_a_time_of_the_day_has_no_time_zone(document):
    assert "time" not in {schema["format"] for schema in _schemas(document)}


@pytest.mark.django_db
def test_moments_are_in_utc(get):
    assert get(f"offers/{OfferFactory().pk}")["updated_at"].endswith("Z")
