"""The filters as SQL of our own say the same as the filters themselves."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.filters.offers import OfferFilterSet
from providers.models import OfferIndex
from search.finding.conditions import Conditions
from search.finding.counts import Tally
from search.finding.facets import AS_TEXT, ask_beside, facet_counts, told_beside
from search.finding.matching import Order, rank
from search.finding.score import SCORE_COLUMNS
from tests.examples import at_most
from tests.providers.test_filters import SEARCHES, SECTION, UNKNOWN_TOO, params_of

pytestmark = pytest.mark.django_db
UNKNOWNS = 2 + SCORE_COLUMNS.index("unknowns")

property_test = settings(
    deadline=None,
    max_examples=at_most(80),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ASKED = st.tuples(SEARCHES, st.fixed_dictionaries({}, optional=SECTION), UNKNOWN_TOO).map(
    lambda parts: parts[0] | parts[1] | parts[2]
)


def search(asked):
    return OfferFilterSet(params_of(asked), queryset=OfferIndex.objects.visible())


def beside(asked):
    conditions = Conditions(search(asked))
    tally = Tally(conditions)
    ask_beside(tally)
    return told_beside(tally.run(), conditions)


def ranked(asked):
    return rank(Conditions(search(asked)), Order.BEST).rows


@property_test
@given(asked=ASKED)
def test_the_same_offers_with_as_much_unknown(catalogue, asked):
    filterset = search(asked)
    expected = filterset.with_unknowns(filterset.qs).values_list("pk", "unknowns")
    assert {row[0]: row[UNKNOWNS] for row in ranked(asked)} == dict(expected)


@property_test
@given(asked=ASKED)
def test_as_many_left_out_for_being_unknown(catalogue, asked):
    assert beside(asked).left_out == search(asked).left_out


@property_test
@given(asked=ASKED)
def test_a_filter_counts_as_if_it_were_off(catalogue, asked):
    # What only `toegang` reads of the municipality stays, so that both count the same ways in.
    counts = facet_counts(ranked(asked), beside(asked))
    for name in AS_TEXT.keys() & asked.keys():
        without = {key: value for key, value in asked.items() if key != name}
        off = facet_counts(ranked(without), beside(without))
        assert counts[name] == off[name], name
