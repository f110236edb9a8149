"""A contract that ends before the help can start ranks lower, and only that one is warned of."""

import pytest
from django.http import QueryDict

from providers.enums import ContractStatus
from providers.filters.offers import OfferFilterSet
from providers.models import OfferIndex
from search.finding.conditions import Conditions
from search.finding.matching import Order, as_hit, rank
from tests.factories import OfferFactory, ServiceAreaFactory, WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def offers(region):
    """Two offers with a wait of six weeks; the contract of one ends in five."""
    found = {}
    for name, days in (("ends", 35), ("lasts", 42)):
        offer = OfferFactory(municipalities=[], provider__name="Aanbieder")
        ServiceAreaFactory(
            offer=offer,
            municipality=region.leiden,
            contract=ContractStatus.CONTRACTED,
            ends_on=days_ago(-days),
        )
        WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=4)
        found[name] = offer
    return found


def scores(query):
    filterset = OfferFilterSet(QueryDict(query), queryset=OfferIndex.objects.visible())
    rows = rank(Conditions(filterset), Order.BEST).rows
    return {hit.offer: hit.score for hit in map(as_hit, rows)}


def test_the_start_counts_half(offers):
    found = scores("gemeente=GM0546")
    assert found[offers["ends"].pk].start == found[offers["lasts"].pk].start / 2


def test_without_a_municipality_no_contract_counts(offers):
    found = scores("hulpvraag=somberheid")
    assert found[offers["ends"].pk].start == found[offers["lasts"].pk].start


def test_nothing_is_said_of_a_contract_that_lasts(client, offers):
    page = client.get("/?hulpvraag=somberheid&gemeente=GM0546").content.decode()
    assert page.count("let op: contract t/m") == 1
