"""Every request that the description of the API allows, and many that it does not.

schemathesis makes them from the description and holds each answer against it: no fault of ours,
no status, content type or header that is not described, no body against its schema, and nothing
wrong accepted.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode

from api.schema import openapi_document
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    WaitTimeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 20


@pytest.fixture(autouse=True)
def one_connection():
    """Keep the connection of the test over its requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def whole_schema(region):
    """The description, of a catalogue with an offer, a group, a place and a wait."""
    offer = OfferFactory(pk=1, provider__pk=1, group=True, municipalities=[region.leiden])
    offer.locations.set([LocationFactory(provider=offer.provider)])
    WaitTimeFactory(offer=offer)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    schema = schemathesis.openapi.from_dict(openapi_document())
    schema.app = get_wsgi_application()
    schema.config.update(base_url="http://localhost/api/v1")
    # Codes of help questions, places and names are data, so no description lists them: a text that
    # is no such code is answered with 400.
    accepted = schema.config.checks.positive_data_acceptance
    accepted.expected_statuses = [*accepted.expected_statuses, "400"]
    return schema


@pytest.mark.parametrize("token", ["", "Bearer geen-echt-token"], ids=["bare", "token"])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", sorted(openapi_document()["paths"]))
def test_every_answer_is_as_described(whole_schema, path, mode, token):
    operation = whole_schema[path]["GET"]
    headers = {"Host": "localhost", "Accept-Encoding": "identity"} | (
        {"Authorization": token} if token else {}
    )

    @hypothesis_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def look(case):
        # A parameter without a value counts as one that was not given (docs/api.md).
        assume("" not in (case.query or {}).values())
        case.call_and_validate(headers=headers)

    look()
