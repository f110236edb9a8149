"""What the demo makes up for municipalities: searches of a year, and how coverage was before."""

import pytest

from demo import loader
from gaps.coverage.changes import changes_page
from gaps.coverage.postal import postal_page
from gaps.models import CoverageSnapshot
from providers.models import Demand, Municipality
from tests.factories import DemandFactory
from tests.gap_factories import CoverageSnapshotFactory
from tests.loaded import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = MONDAY.date()


@pytest.fixture
def leiden(demo):
    return Municipality.objects.get(slug="leiden")


def test_a_municipality_sees_what_changed_since_the_last_quarter(leiden):
    page = changes_page(leiden, today=TODAY)
    assert page.worse
    assert page.better


def test_a_municipality_sees_what_was_searched_per_postal_area(leiden):
    areas = postal_page(leiden, today=TODAY).areas
    assert sum(area.searches for area in areas) > 100
    assert any(area.in_vain for area in areas)


def test_without_the_demo_what_is_real_stays(leiden):
    searched = DemandFactory(municipality=leiden.pk)
    stored = CoverageSnapshotFactory(municipality=leiden, taken_on=TODAY)
    loader.remove_demo()
    assert [row.pk for row in Demand.objects.all()] == [searched.pk]
    assert [row.pk for row in CoverageSnapshot.objects.all()] == [stored.pk]
