"""When an offer of the demo can start is said alike on every surface: by providers.rules.start.

One who can only join at the start of a group never reads a wait anywhere, and always the day.
"""

import json
import re

import pytest
from django.http import QueryDict
from django.utils import formats, timezone

from api.points.features import feature_collection
from providers.filters.offers import OfferFilterSet
from providers.models import Offer, OfferIndex
from providers.rules.availability import Band
from providers.rules.freshness import Clocks
from providers.rules.sections import Section
from providers.rules.start import NEVER, enters_at_start, open_runs, start_facts
from providers.statistics import measurements
from search.alternatives.lighter import known_weeks, with_runs
from search.cards.card import SearchContext, card
from search.finding.conditions import Conditions
from search.finding.loading import fetch
from search.finding.matching import Order, as_hit, rank
from search.handout.page import sheets_of
from search.offer.detail import detail_queryset, offer_detail
from search.offer.waiting import waiting_of
from search.results.start import start_page
from search.shortlist.compare import compare_row

pytestmark = pytest.mark.django_db
# What only a wait says; "wachttijd onbekend" and "aanmeldstop" say nothing about weeks.
A_WAIT = re.compile(r"ongeveer \d+|binnen 2 weken|langer dan|\bdirect\b|\bintake\b|\bwacht\b", re.I)
TERMS = (0, 2, 6, 12, 26)


@pytest.fixture
def clocks(demo):
    return Clocks(timezone.localdate())


@pytest.fixture
def facts(demo_offers, clocks):
    """What is known of the start of every offer, by the rule itself."""
    runs = {}
    for run in open_runs(clocks).select_related("programme"):
        runs.setdefault(run.programme.offer_id, []).append(run)
    return {offer.pk: start_facts(offer, runs.get(offer.pk, []), clocks) for offer in demo_offers}


@pytest.fixture
def closed(demo_offers, facts):
    """Offers that one can only join at the start."""
    found = [offer for offer in demo_offers if enters_at_start(offer)]
    assert sum(facts[offer.pk].first is not None for offer in found) > 5
    assert any(offer.wait_weeks is not None for offer in found)
    return found


def cards_of(offers, clocks):
    rows = fetch([offer.pk for offer in offers], clocks=clocks, municipality=None)
    return {row.pk: card(row, SearchContext(today=clocks.today)) for row in rows}


def details_of(offers, clocks):
    rows = detail_queryset().filter(pk__in=[offer.pk for offer in offers])
    return {row.pk: offer_detail(row, clocks.today) for row in rows}


def day_of(facts):
    return formats.date_format(facts.first, "j F")


# --- in words ----------------------------------------------------------------------------------


def test_a_card_names_the_day_and_never_a_wait(closed, facts, clocks):
    for pk, shown in cards_of(closed, clocks).items():
        said = " ".join([shown.pill.text, shown.wait_line, shown.wait_here])
        assert not A_WAIT.search(said), said
        if facts[pk].first and shown.pill.kind is not Band.STOP:
            assert shown.pill.text == f"Start {day_of(facts[pk])}"


def test_the_page_of_an_offer_says_what_its_card_says(closed, clocks):
    cards = cards_of(closed, clocks)
    for pk, detail in details_of(closed, clocks).items():
        assert detail.pill == cards[pk].pill
        assert not A_WAIT.search(detail.referral_text.replace(detail.offer.how_to_start, ""))


def test_the_page_of_an_offer_draws_no_waits(closed, clocks):
    for detail in details_of(closed, clocks).values():
        waiting = waiting_of(detail)
        assert (waiting.chart, waiting.history, waiting.here) == (None, [], None)
        assert detail.wait is None or detail.wait.total_weeks is None


def test_a_hand_out_names_the_day_and_never_a_wait(closed, facts, clocks):
    for sheet in sheets_of([offer.pk for offer in closed], None, clocks.today):
        said = " ".join(sheet.when)
        assert not A_WAIT.search(said), said
        if facts[sheet.offer.pk].first:
            assert day_of(facts[sheet.offer.pk]) in said


def test_a_shortlist_says_what_the_cards_say(closed, clocks):
    cards = cards_of(closed, clocks)
    for offer in fetch(cards, clocks=clocks, municipality=None):
        row = compare_row(offer, clocks, None)
        assert (row.pill, row.wait_line) == (cards[offer.pk].pill, cards[offer.pk].wait_line)


def test_other_help_beside_an_offer_counts_the_same_weeks(demo, facts, clocks):
    rows = with_runs(OfferIndex.objects.filter(pk__in=facts), clocks.today)
    assert {row.pk: known_weeks(row.offer, clocks) for row in rows} == {
        pk: one.weeks for pk, one in facts.items()
    }


# --- for machines ------------------------------------------------------------------------------


def test_the_api_gives_the_day_and_no_weeks_of_waiting(closed, facts, client):
    for offer in closed:
        said, one = client.get(f"/api/v1/offers/{offer.pk}").json(), facts[offer.pk]
        assert said["wait"]["total_weeks"] is None
        assert said["start"] == {
            "entry": "start",
            "on": one.first and one.first.isoformat(),
            "weeks": None if one.weeks == NEVER else round(one.weeks, 1),
        }


def test_the_map_for_machines_gives_no_weeks_of_waiting(closed, clocks):
    offers = Offer.objects.filter(pk__in=[offer.pk for offer in closed])
    found = json.loads(
        b"".join(feature_collection(offers, clocks=clocks, absolute=str, short=True))
    )
    assert {one["properties"]["total_weeks"] for one in found["features"]} <= {None}


# --- in filters, order and counts --------------------------------------------------------------


def search(**asked):
    params = QueryDict(mutable=True)
    for name, value in asked.items():
        params[name] = str(value)
    return OfferFilterSet(params, queryset=OfferIndex.objects.visible())


def ids(rows):
    return {row.pk for row in rows}


@pytest.mark.parametrize("weeks", TERMS)
def test_the_filter_on_the_start_follows_the_rule(facts, weeks):
    expected = {pk for pk, one in facts.items() if one.starts_within(weeks)}
    assert ids(search(start=weeks).qs) == expected
    assert set(rank(Conditions(search(start=weeks)), Order.BEST).ids) == expected


@pytest.mark.parametrize("weeks", TERMS)
def test_the_filter_on_the_wait_follows_the_rule(facts, weeks):
    expected = {pk for pk, one in facts.items() if one.wait_at_most(weeks)}
    assert ids(search(wachttijd=weeks).qs) == expected
    assert set(rank(Conditions(search(wachttijd=weeks)), Order.BEST).ids) == expected


def test_the_order_goes_by_the_rule(facts):
    hits = map(as_hit, rank(Conditions(search()), Order.SHORTEST).rows)
    assert {hit.offer: hit.score.start_weeks for hit in hits} == {
        pk: one.weeks_in_bands for pk, one in facts.items()
    }


def test_the_parts_and_the_counts_go_by_the_rule(facts, clocks):
    soon = {pk for pk, one in facts.items() if one.starts_within(6)}
    hits = map(as_hit, rank(Conditions(search()), Order.BEST).rows)
    light = {hit.offer for hit in hits if hit.part == Section.NOW.value}
    assert light
    assert light <= soon
    assert rank(Conditions(search()), Order.BEST).soon == len(soon)
    assert start_page(clocks.today).soon == len(soon)


def test_no_figure_about_waiting_counts_a_group_that_one_joins_at_its_start(closed):
    assert not {row.offer for row in measurements()} & {offer.pk for offer in closed}
