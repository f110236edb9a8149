"""The factories make rows that the models themselves call valid."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from providers.enums import WaitStatus
from providers.services.offers import check_complete
from tests import factories

FACTORIES = [
    item
    for item in vars(factories).values()
    if isinstance(item, type) and issubclass(item, DjangoModelFactory) and not item._meta.abstract
]


def test_every_model_of_the_domain_has_a_factory():
    made = {item._meta.model for item in FACTORIES}
    models = [
        model for model in apps.get_app_config("providers").get_models() if not model._meta.proxy
    ]
    assert [model.__name__ for model in models if model not in made] == []


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_defaults_are_valid(factory):
    row = factory()
    row.full_clean(validate_unique=False)
    assert factory(), "a second one does not clash with the first"


@pytest.mark.django_db
def test_an_offer_is_complete_and_can_be_found():
    offer = factories.OfferFactory(title="Samen hardlopen", help_questions=["somberheid"])
    check_complete(offer)
    assert " hardlopen " in offer.words.text


@pytest.mark.django_db
def test_the_newest_measurement_is_copied_onto_the_offer():
    offer = factories.OfferFactory()
    factories.WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=2)
    factories.WaitTimeFactory(
        offer=offer, status=WaitStatus.STOP, measured_on=factories.days_ago(9)
    )
    assert (offer.wait_status, offer.wait_weeks) == (WaitStatus.KNOWN, 3)
