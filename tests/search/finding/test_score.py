"""The order of results: what moves an offer up, who goes first of equals, and the words of it."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import WaitStatus
from providers.filters.offers import OfferFilterSet
from providers.models import Offer, OfferIndex, Provider
from providers.services.index import TURNS
from search.finding.conditions import Conditions
from search.finding.matching import Order, as_hit, rank
from search.finding.score import ON_STEP, Score
from socialekaart.env import env_numbers
from tests.factories import (
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import on_one_line
from tests.search.searching import page_of, results_of

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
SEARCH = "hulpvraag=somberheid&plaats=leiden"
# Each example takes its offers away again, so that all may use one database.
property_test = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def ranked(query=SEARCH, order=Order.BEST):
    rows = OfferIndex.objects.visible()
    found = rank(Conditions(OfferFilterSet(QueryDict(query), queryset=rows)), order)
    return [as_hit(row) for row in found.rows]


def hits_of(query=SEARCH, order=Order.BEST):
    return {hit.offer: hit for hit in ranked(query, order)}


# --- better in one thing ---------------------------------------------------------------------
#
# Facts are plain numbers of which less is better; None is what is not known.

KNOWN = {"weeks": 30, "level": 1, "metres": 900, "days": 3}
WORSE = st.one_of(
    st.tuples(st.just("weeks"), st.none() | st.integers(0, 259)),
    st.tuples(st.just("level"), st.integers(0, 6)),
    st.tuples(st.just("metres"), st.integers(0, 30_000)),
    st.tuples(st.just("days"), st.none() | st.integers(0, 400)),
)


def make(region, provider, *, weeks, level, metres, days):
    location = LocationFactory(provider=provider, lat=52.1583 + metres / 111_000)
    offer = OfferFactory(
        provider=provider,
        level=level,
        municipalities=[region.leiden],
        locations=[location],
        confirmed_on=None if days is None else days_ago(days),
    )
    if weeks is not None:
        WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=0)
    return offer


def unknown_last(value):
    return (value is None, value or 0)


@pytest.fixture
def provider():
    """One for all, so that no turn decides between two offers."""
    return ProviderFactory()


@property_test
@given(base=st.fixed_dictionaries({"weeks": st.none() | st.integers(0, 52)}), change=WORSE)
def test_better_in_one_thing_never_ranks_lower(region, provider, base, change):
    name, value = change
    one, other = KNOWN | base, KNOWN | base | {name: value}
    made = [make(region, provider, **facts) for facts in (one, other)]
    better = 0 if unknown_last(one[name]) <= unknown_last(other[name]) else 1
    hits = hits_of()
    best, worst = (hits[made[n].pk] for n in (better, 1 - better))
    Offer.objects.all().delete()
    assert best.part <= worst.part
    assert best.score.total >= worst.score.total
    assert best.score.points >= worst.score.points


@pytest.mark.parametrize("order", Order)
def test_a_known_wait_ranks_above_an_unknown_one(region, provider, order):
    known = {**KNOWN, "weeks": 259}
    made = [make(region, provider, **facts) for facts in (known | {"weeks": None}, known)]
    assert [hit.offer for hit in ranked(order=order)] == [made[1].pk, made[0].pk]


@pytest.mark.parametrize(
    "wait",
    [
        {"status": WaitStatus.STOP},
        {"status": WaitStatus.UNKNOWN},
        {"intake_weeks": 0, "treatment_weeks": 0, "measured_on": days_ago(31)},
        {"intake_weeks": 0, "treatment_weeks": None},
    ],
    ids=["a stop", "unknown", "past its clock", "half known"],
)
def test_a_wait_that_does_not_count_gives_no_points(wait):
    offer = WaitTimeFactory(**wait).offer
    assert round(hits_of("hulpvraag=somberheid")[offer.pk].score.parts()[1].points) == 0


def test_a_word_of_the_title_gives_two_points_and_one_elsewhere_one():
    elsewhere, in_title = OfferFactory(summary="Elke week rennen."), OfferFactory(title="Rennen")
    fits = {pk: hit.score.fit for pk, hit in hits_of("woord=rennen").items()}
    assert fits == {elsewhere.pk: 1, in_title.pk: 2}


def test_a_run_with_places_counts_as_a_start():
    without, with_run = OfferFactory(group=True), GroupRunFactory().programme.offer
    hits = hits_of("hulpvraag=somberheid")
    assert hits[with_run.pk].score.start_weeks == 2
    assert hits[with_run.pk].score.total > hits[without.pk].score.total


def test_help_without_an_address_lies_between_near_and_far(region, provider):
    near, far = (make(region, provider, **KNOWN | {"metres": m}) for m in (500, 20_000))
    online = OfferFactory(municipalities=[region.leiden], provider=provider)
    hits = hits_of()
    assert hits[near.pk].score.near > hits[online.pk].score.near > hits[far.pk].score.near


# --- equals --------------------------------------------------------------------------------------


def providers_in_order(day):
    with time_machine.travel(day, tick=False):
        return [Offer.objects.get(pk=hit.offer).provider_id for hit in ranked("leeftijd=14")]


@pytest.fixture
def equals():
    """Four offers with nothing between them, each of another provider.

    The number of a provider decides on its turns, so these have the same ones every time.
    """
    return [OfferFactory(provider=ProviderFactory(pk=number)) for number in range(901, 905)]


def test_equals_keep_their_order_for_a_day(equals):
    evening = MORNING + dt.timedelta(hours=12)
    assert providers_in_order(MORNING) == providers_in_order(evening)


def test_every_provider_is_first_on_some_day(equals):
    first = {providers_in_order(MORNING + dt.timedelta(days=n))[0] for n in range(40)}
    assert first == set(Provider.objects.values_list("pk", flat=True))


def test_every_turn_is_first_exactly_once_in_a_round():
    shifts = {(day * ON_STEP) % TURNS for day in range(TURNS)}
    assert len(shifts) == TURNS


def test_two_offers_of_one_provider_stay_in_one_order(provider):
    made = [offer.pk for offer in OfferFactory.create_batch(3, provider=provider)]
    assert [hit.offer for hit in ranked("leeftijd=14")] == made


def test_help_in_a_crisis_gets_no_points_for_its_start_when_nobody_asks_about_danger():
    HelpQuestionFactory(code="slapen")
    HelpQuestionFactory(code="geweld", signal="violence")
    # Help that is for the danger first of all is not found at all by who asks about sleep.
    bed = OfferFactory(level=5, crisis=True, help_questions=["slapen", "geweld"])
    WaitTimeFactory(offer=bed, intake_weeks=0, treatment_weeks=0)
    assert hits_of("hulpvraag=slapen")[bed.pk].score.start == 0
    assert hits_of("hulpvraag=geweld")[bed.pk].score.start == 1


# --- the explanation -----------------------------------------------------------------------------

SHARE = st.floats(0, 1)
SCORES = st.builds(
    Score,
    fit=st.integers(0, 12),
    start_weeks=st.floats(0, 999),
    start=SHARE,
    light=SHARE,
    near=SHARE,
    fresh=st.sampled_from([0.0, 1.0]),
    total=st.just(0.0),
)


@given(score=SCORES)
def test_the_terms_stay_within_bounds_and_within_a_point_of_the_truth(score):
    weights = (50.0, 25.0, 15.0, 5.0, 5.0)
    for part, weight, share in zip(score.parts(), weights, score._shares().values(), strict=True):
        assert 0 <= part.points <= part.out_of
        assert abs(part.points - weight * share) <= 1


QUERIES = [
    "hulpvraag=somberheid",
    "hulpvraag=somberheid&hulpvraag=angst&plaats=leiden&leeftijd=14",
    "woord=hardlopen&vorm=groep&taal=nl",
    "plaats=katwijk&onbekend=ja&start=6",
]


@pytest.mark.parametrize("query", QUERIES)
def test_an_explanation_never_contradicts_the_order(catalogue, query):
    hits = ranked(query)
    assert len(hits) > 4
    for above, below in pairwise(hits):
        if above.part == below.part:
            known = (above.score.unknowns, -above.score.points)
            assert known <= (below.score.unknowns, -below.score.points)
    for hit in hits:
        assert sum(part.points for part in hit.score.parts()) == hit.score.points


@override_settings(SEARCH_WEIGHTS={"fit": 0, "start": 0, "light": 80, "near": 0, "fresh": 0})
def test_the_weights_are_a_setting():
    HelpQuestionFactory(code="somberheid")
    OfferFactory(title="Team", level=2)
    OfferFactory(title="Buurt", level=0, help_questions=["angst", "somberheid"])
    page = page_of("hulpvraag=somberheid")
    assert [card.title for card in page.cards] == ["Buurt", "Team"]
    assert (page.cards[0].score.points, page.cards[0].score.out_of) == (64, 80)


def test_a_weight_that_is_not_named_keeps_its_value(monkeypatch):
    monkeypatch.setenv("SEARCH_WEIGHTS", "light=20.5, near=0")
    weights = env_numbers("SEARCH_WEIGHTS", {"fit": 50.0, "light": 15.0, "near": 5.0})
    assert weights == {"fit": 50.0, "light": 20.5, "near": 0.0}


@pytest.mark.parametrize("raw", ["licht=3", "light", "light=-1", "light=nan", "light=1e3", "3"])
def test_a_weight_that_makes_no_sense_is_an_error(monkeypatch, raw):
    monkeypatch.setenv("SEARCH_WEIGHTS", raw)
    with pytest.raises(ImproperlyConfigured, match="SEARCH_WEIGHTS"):
        env_numbers("SEARCH_WEIGHTS", {"light": 15.0})


def test_a_card_shows_the_points_behind_its_place(client):
    offer = OfferFactory()
    page = client.get("/?hulpvraag=somberheid").content.decode()
    card = on_one_line(page[page.index(f'id="aanbod-{offer.pk}"') :])
    assert "Waarom staat dit hier?" in card
    assert "<dt>Past bij de vraag</dt><dd>33 van 50</dd>" in card


def test_another_order_has_another_reason(client):
    OfferFactory()
    page = client.get("/?hulpvraag=somberheid&volgorde=licht").content.decode()
    assert "Waarom staat dit hier?" not in page


def test_a_confirmation_of_a_day_to_come_is_not_fresh(db):
    sure, future = OfferFactory(confirmed_on=days_ago(0)), OfferFactory(confirmed_on=days_ago(-1))
    far = OfferFactory(confirmed_on=dt.date(9999, 12, 31))
    ranking = results_of(f"trede={sure.level}").matches.ranking
    fresh = {hit.offer: hit.score.fresh for hit in map(as_hit, ranking.rows)}
    assert fresh == {sure.pk: 1, future.pk: 0, far.pk: 0}
