"""What the page makes of the filters: results, how much is unknown of them, and the numbers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.filters.offers import OfferFilterSet
from providers.models import OfferIndex
from search.finding.conditions import Conditions
from search.finding.counts import Tally
from search.finding.facets import WIDENING, facet_counts, other_counts, request_other_counts
from search.finding.matching import Order, rank
from search.finding.score import SCORE_COLUMNS
from tests.examples import at_most
from tests.providers.filters.test_filters import (
    SEARCHES,
    SECTION,
    UNKNOWN_TOO,
    certain,
    params_of,
    possible,
    said_of,
)

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
    request_other_counts(tally)
    found = rank(conditions, Order.BEST).found
    return other_counts(conditions, tally.run(), found.counts)


def ranking(asked):
    return rank(Conditions(search(asked)), Order.BEST)


def ranked(asked):
    return ranking(asked).rows


@property_test
@given(asked=ASKED)
def test_the_page_ranks_what_the_filters_leave(catalogue, asked):
    assert {row[0] for row in ranked(asked)} == set(search(asked).qs.values_list("pk", flat=True))


@property_test
@given(asked=SEARCHES, unknown_too=UNKNOWN_TOO)
def test_a_known_yes_ranks_above_the_unknown(catalogue, asked, unknown_too):
    said = said_of(catalogue, asked)
    rows = ranked(asked | unknown_too)
    doubtful = {row[0] for row in rows if row[UNKNOWNS]}
    assert doubtful == {row[0] for row in rows if None in said[row[0]].values()}


@property_test
@given(asked=SEARCHES)
def test_what_is_left_out_for_being_unknown_is_counted(catalogue, asked):
    everything = said_of(catalogue, asked).values()
    left_out = sum(possible(said) and not certain(said) for said in everything)
    assert beside(asked).left_out == left_out


@property_test
@given(asked=SEARCHES)
def test_nothing_is_left_out_once_the_unknown_is_asked_for(catalogue, asked):
    assert beside(asked | {"onbekend": ["ja"]}).left_out == 0


@property_test
@given(asked=ASKED)
def test_a_filter_counts_as_if_it_were_off(catalogue, asked):
    # What only `toegang` reads of the municipality stays, so that both count the same ways in.
    counts = facet_counts(ranking(asked).found.counts, beside(asked))
    for name in set(WIDENING) & asked.keys():
        without = {key: value for key, value in asked.items() if key != name}
        off = facet_counts(ranking(without).found.counts, beside(without))
        assert counts[name] == off[name], name
