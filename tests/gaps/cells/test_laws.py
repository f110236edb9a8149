"""What holds of every cell: another offer never worsens it, older news never betters it."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gaps.cells.calculation import ServedOffer, supply_of
from gaps.cells.cell import CellClass, Thresholds
from gaps.cells.classes import also_true, classify
from gaps.cells.facts import OfferFacts
from gaps.cells.loading import offer_facts
from providers.enums import WaitStatus
from providers.models import GroupProgramme, GroupRun, Offer, OfferIndex
from providers.rules.freshness import Clocks

TODAY = dt.date(2026, 11, 23)
THRESHOLDS = Thresholds(far_km=10, late_weeks=12, ends_days=183, fewest_providers=2)
CLOCKS = Clocks(TODAY)


def before(days):
    return TODAY - dt.timedelta(days=days)


@st.composite
def served_offers(draw):
    """Whatever the rules may say of an offer, in a municipality of two postal areas."""
    known = draw(st.booleans())
    late = draw(st.booleans())
    place = draw(st.sampled_from(["none", "near", "far"]))
    facts = OfferFacts(
        pk=draw(st.integers(1, 50)),
        provider=draw(st.integers(1, 4)),
        level=draw(st.integers(0, 6)),
        age_min=None,
        age_max=None,
        group=draw(st.booleans()),
        comes_along=draw(st.booleans()),
        weeks=draw(st.floats(0, 60)) if known else None,
        timely=known and not late,
        late=late,
        within_norm=None,
        fresh=known,
        questions=("somberheid",),
        reserved_for="",
        target_groups=(),
        languages=(),
        also_takes=(),
        funded_until=None,
        places=() if place == "none" else ((0, 0),),
    )
    metres = {"none": None, "near": (100.0, 900.0), "far": (30_000.0, 9_000.0)}[place]
    return ServedOffer(facts, goes_on=draw(st.booleans()), metres=metres, youths=(800, 200))


def class_of(offers):
    return classify(supply_of(offers), THRESHOLDS)


@given(st.lists(served_offers(), max_size=6), served_offers())
def test_another_offer_never_worsens_a_cell(offers, another):
    assert class_of([*offers, another]).rank >= class_of(offers).rank


@given(st.lists(served_offers(), max_size=6))
def test_the_class_is_the_worst_that_holds(offers):
    supply = supply_of(offers)
    holding = also_true(supply, THRESHOLDS)
    assert classify(supply, THRESHOLDS) is min(
        holding or [CellClass.COVERED], key=lambda kind: kind.rank
    )


@st.composite
def dated_offers(draw):
    """An offer with a wait and runs, each dated on some day; not stored."""
    kind = draw(st.sampled_from(["none", "open", "closed"]))
    stop_until = draw(st.sampled_from([None, before(1), before(-20)]))
    offer = Offer(
        pk=draw(st.integers(1, 9)),
        provider_id=draw(st.integers(1, 3)),
        level=draw(st.integers(0, 4)),
        group=kind != "none",
        wait_status=draw(st.sampled_from(WaitStatus.values)),
        wait_weeks=draw(st.sampled_from([None, 0, 4, 12, 13, 40])),
        wait_measured_on=draw(st.sampled_from([None, TODAY, before(30), before(31)])),
        wait_stop_until=stop_until,
    )
    offer.index = OfferIndex(questions="|somberheid|")
    # Looked for and not there, as after select_related.
    offer._state.fields_cache |= {"programme": None, "referral": None}
    runs = []
    if kind != "none":
        offer.programme = GroupProgramme(is_open=kind == "open")
        runs = [
            GroupRun(
                starts_on=before(-ahead),
                places_left=draw(st.sampled_from([None, 0, 3])),
                places_confirmed_on=draw(st.sampled_from([None, TODAY, before(15)])),
            )
            for ahead in draw(st.lists(st.sampled_from([1, 30, 84, 85, 200]), max_size=3))
        ]
    return offer, runs


def judged(offers):
    return [
        ServedOffer(offer_facts(offer, runs, CLOCKS, THRESHOLDS, None), True, None)
        for offer, runs in offers
    ]


@given(st.lists(dated_offers(), min_size=1, max_size=4), st.data())
def test_older_news_never_betters_a_cell(offers, data):
    now = class_of(judged(offers))
    offer, runs = data.draw(st.sampled_from(offers))
    old = before(data.draw(st.sampled_from([31, 400])))
    aged = data.draw(st.sampled_from(["wait", *(range(len(runs)))]))
    if aged == "wait" and offer.wait_measured_on:
        offer.wait_measured_on = min(offer.wait_measured_on, old)
    elif aged != "wait" and runs[aged].places_confirmed_on:
        runs[aged].places_confirmed_on = min(runs[aged].places_confirmed_on, old)
    assert class_of(judged(offers)).rank <= now.rank


@given(st.lists(served_offers(), min_size=1, max_size=6))
def test_no_recent_news_is_never_covered(offers):
    silent = [
        replace(one, facts=replace(one.facts, weeks=None, timely=False, fresh=False))
        for one in offers
    ]
    assert class_of(silent) is not CellClass.COVERED
