"""Three municipalities, four questions, two age bands: every class, worked out by hand.

The table below was written before the code ran. Beside each cell stands why.
"""

import pytest
from django.utils import timezone

from gaps.cells.calculation import cells_of
from gaps.cells.cell import CellClass
from gaps.cells.loading import load_area
from providers.enums import CareLevel, OfferStatus, Ternary, WaitStatus
from providers.models import Municipality, PostalArea
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    PostalAreaFactory,
    ReferralFactsFactory,
    ServiceAreaFactory,
    WaitNormFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db

YOUNG, OLDER = (8, 11), (12, 15)
AMSTERDAM = (52.3731, 4.8926)

NOTHING, TOO_FAR, TOO_LATE = CellClass.NOTHING, CellClass.TOO_FAR, CellClass.TOO_LATE
HEAVY, NO_GROUP, FRAGILE = CellClass.ONLY_HEAVY, CellClass.NO_GROUP, CellClass.FRAGILE
UNKNOWN, COVERED = CellClass.UNKNOWN, CellClass.COVERED

# By question and band: Leiden, Leiderdorp, Katwijk.
BY_HAND = {
    # Nobody helps so young a child.
    ("somberheid", "8-11"): (NOTHING, NOTHING, NOTHING),
    # Two providers, a group, 3 weeks | the contract of one ends in 100 days | only the individual.
    ("somberheid", "12-15"): (COVERED, FRAGILE, NO_GROUP),
    # 20 and 30 weeks | 20 weeks, and a group of which nobody knows the wait | nothing.
    ("angst", "8-11"): (TOO_LATE, UNKNOWN, NOTHING),
    # A specialist in 4 weeks | nothing | the same specialist and a light group.
    ("angst", "12-15"): (HEAVY, NOTHING, COVERED),
    # Only in Amsterdam | there, and a group nearby | only in Amsterdam.
    ("schoolverzuim", "8-11"): (TOO_FAR, COVERED, TOO_FAR),
    # Far, and a group at a place nobody gave, of one provider | nothing | far but online, no group.
    ("schoolverzuim", "12-15"): (FRAGILE, NOTHING, NO_GROUP),
    # A stop of today | a group of one provider that starts in two weeks | a stop of two months ago.
    ("schulden", "8-11"): (TOO_LATE, FRAGILE, TOO_LATE),
    # The money of both ends in 90 days | what both said is 60 days old | a draft.
    ("schulden", "12-15"): (FRAGILE, UNKNOWN, NOTHING),
}


def offer_for(question, ages, places, *, weeks=None, measured=0, **fields):
    row = OfferFactory(
        help_questions=[question],
        municipalities=places,
        age_min=ages[0],
        age_max=ages[1],
        **fields,
    )
    if weeks is not None:
        WaitTimeFactory(
            offer=row, intake_weeks=0, treatment_weeks=weeks, measured_on=days_ago(measured)
        )
    return row


@pytest.fixture
def by_hand(region):
    """The offers that give the table."""
    for code in ("somberheid", "angst", "schoolverzuim", "schulden"):
        HelpQuestionFactory(code=code, age_min=8, age_max=15)
    places = region.leiden, region.leiderdorp, region.katwijk
    gloom_and_fear(*places)
    school(*places)
    debts(*places)
    return region


def gloom_and_fear(leiden, leiderdorp, katwijk):
    offer_for("somberheid", OLDER, [leiden, leiderdorp, katwijk], weeks=3)
    ends = offer_for("somberheid", OLDER, [leiden], weeks=5, group=True)
    ServiceAreaFactory(offer=ends, municipality=leiderdorp, ends_on=days_ago(-100))
    offer_for("angst", YOUNG, [leiden, leiderdorp], weeks=20)
    offer_for("angst", YOUNG, [leiden], weeks=30)
    offer_for("angst", YOUNG, [leiderdorp], group=True)
    offer_for("angst", OLDER, [leiden, katwijk], weeks=4, level=CareLevel.SPECIALIST)
    offer_for("angst", OLDER, [katwijk], weeks=2, group=True)


def school(leiden, leiderdorp, katwijk):
    far = LocationFactory(lat=AMSTERDAM[0], lon=AMSTERDAM[1], town="Amsterdam")
    near = LocationFactory()
    offer_for("schoolverzuim", YOUNG, [leiden, leiderdorp, katwijk], weeks=1, locations=[far])
    offer_for("schoolverzuim", YOUNG, [leiderdorp], weeks=1, locations=[near], group=True)
    one = offer_for("schoolverzuim", OLDER, [leiden], weeks=1, locations=[far])
    offer_for("schoolverzuim", OLDER, [leiden], weeks=1, group=True, provider=one.provider)
    offer_for("schoolverzuim", OLDER, [katwijk], weeks=1, locations=[far], online=True)


def debts(leiden, leiderdorp, katwijk):
    stopped = offer_for("schulden", YOUNG, [leiden])
    WaitTimeFactory(offer=stopped, status=WaitStatus.STOP)
    long_ago = offer_for("schulden", YOUNG, [katwijk])
    WaitTimeFactory(offer=long_ago, status=WaitStatus.STOP, measured_on=days_ago(60))
    starting = offer_for("schulden", YOUNG, [leiderdorp], group=True, individual=False)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=starting))
    for group in (True, False):
        paid = offer_for("schulden", OLDER, [leiden], weeks=2, group=group)
        ReferralFactsFactory(
            offer=paid,
            funding_ends=Ternary.YES,
            funded_until=days_ago(-90),
            funding_stated_on=days_ago(1),
        )
        offer_for("schulden", OLDER, [leiderdorp], weeks=3, measured=60, group=group)
    offer_for("schulden", OLDER, [katwijk], weeks=1, status=OfferStatus.DRAFT)


def cells_by_key(places):
    area = load_area(places, today=timezone.localdate())
    return {cell.key: cell for cell in cells_of(area)}


def test_the_table_worked_out_by_hand(by_hand):
    places = [by_hand.leiden, by_hand.leiderdorp, by_hand.katwijk]
    cells = cells_by_key(places)
    found = {
        (question, band): tuple(cells[place.pk, question, band].kind for place in places)
        for question, band in BY_HAND
    }
    assert found == BY_HAND
    assert len(cells) == 3 * 4 * 2


def test_every_class_is_in_that_table():
    assert {kind for row in BY_HAND.values() for kind in row} == set(CellClass)


def test_the_figures_of_one_cell(by_hand):
    supply = cells_by_key([by_hand.leiderdorp])[by_hand.leiderdorp.pk, "somberheid", "12-15"].supply
    assert (supply.offers, supply.providers, supply.light, supply.groups) == (2, 2, 2, 1)
    assert (supply.timely, supply.late, supply.fresh) == (2, 0, 2)
    assert (supply.best_weeks, supply.median_weeks) == (3.0, 4.0)
    assert (supply.ending, supply.lasting_providers) == (1, 1)
    assert (supply.nearest_km, supply.place_unknown) == (None, 2)


def test_the_distance_counts_by_how_many_young_people_live_where(by_hand):
    """A thousand in Leiden, where the two areas lie, and three thousand in Amsterdam."""
    home = PostalArea.objects.filter(municipality=by_hand.leiden)
    home.update(youths=500)
    by_the_dam = {"lat": AMSTERDAM[0], "lon": AMSTERDAM[1]}
    PostalAreaFactory(code="1012", municipality=by_hand.leiden, youths=3_000, **by_the_dam)
    cell = cells_by_key([by_hand.leiden])[by_hand.leiden.pk, "schoolverzuim", "8-11"]
    assert cell.supply.nearest_km == pytest.approx(36.3 / 4, abs=0.1)


def test_where_nobody_knows_how_many_live_each_area_counts_alike(by_hand):
    cell = cells_by_key([by_hand.leiden])[by_hand.leiden.pk, "schoolverzuim", "8-11"]
    # From the town hall of Leiden to Dam Square, as a map measures it.
    assert cell.supply.nearest_km == pytest.approx(36.3, abs=0.4)


def test_a_norm_of_the_region_goes_before_the_threshold(by_hand):
    norm = WaitNormFactory(region=by_hand.leiden.region, kind="opgroeien", weeks=25)
    key = (by_hand.leiden.pk, "angst", "8-11")
    offers = OfferFactory._meta.model.objects.filter(wait_weeks=20)
    offers.update(help_kind=norm.kind)
    cell = cells_by_key([by_hand.leiden])[key]
    assert (cell.supply.with_norm, cell.supply.within_norm) == (1, 1)
    assert cell.kind is NO_GROUP


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_fixed_number_of_statements(by_hand, django_assert_num_queries, how_many):
    places = list(Municipality.objects.order_by("code"))[-how_many:]
    cells_by_key(places)
    # Norms, offers, runs, points, what they also take, areas served, postal areas. The vocabulary
    # and the clocks of regions are remembered.
    with django_assert_num_queries(7):
        cells_by_key(places)
