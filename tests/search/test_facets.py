"""The numbers behind the values of a filter."""

import pytest
from django.http import QueryDict

from providers.filters import OfferFilterSet
from providers.models import OfferIndex
from search.facets import UNKNOWN
from search.page import SearchPage
from tests.factories import LanguageFactory, OfferFactory, ServiceAreaFactory
from tests.providers.catalogue import all_facts, build

pytestmark = pytest.mark.django_db


def facets(query):
    return SearchPage(QueryDict(query)).facets


def results(query):
    return OfferFilterSet(QueryDict(query), queryset=OfferIndex.objects.visible()).qs.count()


@pytest.fixture
def catalogue(db):
    dutch, arabic = LanguageFactory(code="nl"), LanguageFactory(code="ar")
    OfferFactory(level=0, group=True, individual=False, languages=[dutch])
    OfferFactory(level=1, group=True, individual=True, languages=[dutch, arabic])
    OfferFactory(level=3, group=False, individual=False, languages=[])


def test_a_value_counts_the_results_that_have_it(catalogue):
    assert facets("trede=")["trede"] == {"0": 1, "1": 1, "3": 1}


def test_what_is_not_known_is_a_value_of_its_own(catalogue):
    assert facets("trede=")["vorm"] == {"groep": 2, "individueel": 1, UNKNOWN: 1}


def test_a_filter_is_counted_as_if_it_were_off(catalogue):
    assert facets("trede=0")["trede"] == {"0": 1, "1": 1, "3": 1}


def test_the_other_filters_count(catalogue):
    assert facets("trede=1")["taal"] == {"nl": 1, "ar": 1}


@pytest.mark.parametrize("value", ["groep", "individueel"])
def test_choosing_a_value_gives_what_its_number_said_and_what_is_not_known(catalogue, value):
    counts = facets("trede=")["vorm"]
    assert results(f"vorm={value}") == counts[value] + counts[UNKNOWN]


def test_ways_in_are_those_of_the_municipality_asked_for(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, walk_in=False, via_doctor=True)
    ServiceAreaFactory(offer=offer, municipality=region.katwijk, walk_in=True)
    assert facets(f"gemeente={region.leiden.pk}")["toegang"] == {"huisarts": 1}


# --- every value of every filter ---------------------------------------------------------------

BASES = ["", "plaats=leiden", "hulpvraag=somberheid&leeftijd=14", "trede=1&vorm=groep&start=6"]


@pytest.fixture
def mixed(region):
    for facts in all_facts():
        build(facts)


@pytest.mark.parametrize("base", BASES)
def test_every_value_gives_what_its_number_said_and_what_is_not_known(mixed, base):
    wrong = []
    for name, counts in facets(base).items():
        for value in counts.keys() - {UNKNOWN}:
            asked = QueryDict(base, mutable=True)
            asked.setlist(name, [value])
            if results(asked.urlencode()) != counts[value] + counts[UNKNOWN]:
                wrong.append((name, value))
    # Without a municipality the ways in are not counted.
    assert [pair for pair in wrong if pair[0] != "toegang" or "plaats" in base] == []


@pytest.mark.parametrize("base", BASES)
def test_every_term_gives_what_its_number_said(mixed, base):
    for choice in SearchPage(QueryDict(base)).start_choices[1:]:
        asked = QueryDict(base, mutable=True)
        asked["start"] = choice.value
        assert results(asked.urlencode()) == choice.count
