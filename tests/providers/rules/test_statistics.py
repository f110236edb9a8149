"""Waiting in figures: what counts, what is kept apart, and what the figures are."""

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.enums import HelpKind, OfferStatus, WaitMethod, WaitStatus
from providers.statistics import Measured, Quarter, figures, measurements, table
from tests.factories import OfferFactory, WaitTimeFactory

DAY = dt.date(2026, 5, 4)


def measured(weeks, *, offer=1, kind=HelpKind.MENTAL_HEALTH, method=WaitMethod.FORECAST, **other):
    total = None if weeks is None else Decimal(str(weeks))
    return Measured(offer, kind, method, other.get("on", DAY), total, other.get("people"))


# --- one set of figures ------------------------------------------------------------------------


def test_the_figures_of_a_few_waits():
    found = figures([measured(weeks) for weeks in (0, 0.5, 4, 11.5)])
    assert (found.n, found.low, found.high) == (4, 0, Decimal("11.5"))
    assert (found.median, found.mean) == (Decimal("2.25"), 4)
    # The sample: divided by n - 1. (16 + 12.25 + 0 + 56.25) / 3 = 28.1667
    assert float(found.sd) == pytest.approx(5.3072, abs=0.0001)
    assert found.under_a_week == Decimal("0.5")


def test_exactly_a_week_is_not_under_a_week():
    assert figures([measured(1), measured(0.99)]).under_a_week == Decimal("0.5")


def test_one_wait_has_no_deviation():
    assert figures([measured(3)]).sd is None


def test_an_unknown_wait_is_no_zero():
    found = figures([measured(None), measured(6)])
    assert (found.n, found.mean) == (1, 6)


def test_of_nothing_there_are_no_figures():
    found = figures([measured(None)])
    assert (found.n, found.mean, found.waiting) == (0, None, None)


def test_without_a_norm_nothing_is_within_one():
    assert figures([measured(3)]).within_norm is None


def test_the_share_within_the_norm_is_of_the_kinds_that_have_one():
    rows = [measured(14), measured(14.5), measured(99, kind=HelpKind.DYSLEXIA)]
    norms = {HelpKind.MENTAL_HEALTH: Decimal(14)}
    assert figures(rows, norms=norms).within_norm == Decimal("0.5")


def test_people_waiting_are_counted_once_per_offer_by_the_last_count():
    rows = [
        measured(3, offer=1, people=9, on=DAY),
        measured(4, offer=1, people=5, on=DAY + dt.timedelta(days=7)),
        measured(5, offer=2, people=2),
        measured(6, offer=3),
    ]
    found = figures(rows)
    assert (found.waiting, found.lists) == (7, 2)


@given(st.lists(st.decimals(0, 260, places=2), min_size=2, max_size=40))
def test_the_figures_agree_with_those_of_floats(weeks):
    found = figures([measured(value) for value in weeks])
    plain = [float(value) for value in weeks]
    assert float(found.mean) == pytest.approx(statistics.fmean(plain))
    assert float(found.sd) == pytest.approx(statistics.stdev(plain), abs=1e-6)
    assert found.low <= found.median <= found.high


# --- what is kept apart ------------------------------------------------------------------------


def test_methods_are_never_put_together():
    rows = [measured(1), measured(9, method=WaitMethod.MEAN), measured(5, method=WaitMethod.MEDIAN)]
    assert [(row.method, row.figures.mean) for row in table(rows) if row.kind is None] == [
        (WaitMethod.FORECAST, 1),
        (WaitMethod.MEAN, 9),
        (WaitMethod.MEDIAN, 5),
    ]


def test_a_line_per_quarter_and_kind_the_newest_first_and_the_total_on_top():
    rows = [
        measured(2),
        measured(4, kind=HelpKind.DISABILITY),
        measured(6, on=dt.date(2026, 3, 31)),
    ]
    assert [(str(row.quarter), row.kind, row.figures.n) for row in table(rows)] == [
        ("2026-K2", None, 2),
        ("2026-K2", HelpKind.MENTAL_HEALTH, 1),
        ("2026-K2", HelpKind.DISABILITY, 1),
        ("2026-K1", None, 1),
        ("2026-K1", HelpKind.MENTAL_HEALTH, 1),
    ]


def test_the_total_is_of_specialist_help_only():
    rows = [
        measured(10),
        measured(20, kind=HelpKind.DISABILITY),
        measured(0, kind=HelpKind.LOCAL_TEAM),
        measured(1, kind=HelpKind.COMMUNITY),
        measured(2, kind=HelpKind.UNKNOWN),
    ]
    found = [(row.kind, row.figures.n, row.figures.mean, row.is_apart) for row in table(rows)]
    assert found == [
        (None, 2, 15, False),
        (HelpKind.MENTAL_HEALTH, 1, 10, False),
        (HelpKind.DISABILITY, 1, 20, False),
        (HelpKind.LOCAL_TEAM, 1, 0, True),
        (HelpKind.COMMUNITY, 1, 1, True),
        (HelpKind.UNKNOWN, 1, 2, True),
    ]


def test_without_specialist_help_there_is_no_total():
    assert [row.kind for row in table([measured(1, kind=HelpKind.COMMUNITY)])] == [
        HelpKind.COMMUNITY
    ]


@pytest.mark.parametrize(
    ("month", "number"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)]
)
def test_the_quarter_of_a_day(month, number):
    assert Quarter.of(dt.date(2026, month, 28)) == (2026, number)


# --- from the database -------------------------------------------------------------------------


def read(**where):
    return sorted((row.weeks for row in measurements(**where)), key=lambda weeks: weeks or 0)


@pytest.mark.django_db
class TestMeasurements:
    def test_an_offer_counts_once_a_quarter_by_its_last_measurement(self):
        offer = OfferFactory()
        for day, weeks in ((1, 9), (20, 5)):
            WaitTimeFactory(
                offer=offer,
                measured_on=dt.date(2026, 5, day),
                intake_weeks=weeks,
                treatment_weeks=1,
            )
        assert read() == [6]

    def test_half_a_wait_a_stop_and_an_unknown_wait_are_no_weeks(self):
        WaitTimeFactory(treatment_weeks=None)
        WaitTimeFactory(status=WaitStatus.STOP)
        WaitTimeFactory(status=WaitStatus.UNKNOWN)
        assert read() == [None, None, None]

    def test_process_time_is_no_wait(self):
        WaitTimeFactory(method=WaitMethod.PROCESS)
        assert read() == []

    def test_what_nobody_may_see_does_not_count(self):
        WaitTimeFactory(offer=OfferFactory(status=OfferStatus.DRAFT))
        assert read() == []

    def test_a_municipality_counts_the_offers_that_serve_it(self, region):
        WaitTimeFactory(offer=OfferFactory(municipalities=[region.leiden]))
        WaitTimeFactory(offer=OfferFactory(municipalities=[region.katwijk]), intake_weeks=20)
        assert read(municipality=region.leiden.pk) == [6]

    @pytest.mark.parametrize("own_first", [True, False])
    def test_a_wait_of_the_municipality_itself_goes_before_that_of_all(self, region, own_first):
        offer = OfferFactory(municipalities=[region.leiden, region.katwijk])
        for own in (own_first, not own_first):
            WaitTimeFactory(
                offer=offer,
                municipality=region.leiden if own else None,
                intake_weeks=30 if own else 2,
            )
        assert read(municipality=region.leiden.pk) == [34]
        assert read(municipality=region.katwijk.pk) == [6]
        assert read() == [6]

    def test_one_statement(self, django_assert_num_queries):
        for _ in range(3):
            WaitTimeFactory()
        # The measurements with the kind of help of their offers.
        with django_assert_num_queries(1):
            measurements()
