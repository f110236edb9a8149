"""The figures of a municipality, counted by hand."""

from decimal import Decimal

import pytest
from django.utils import timezone

from gaps.calculation import supply
from providers.enums import CareLevel, OfferStatus, WaitStatus
from providers.rules.clocks import forget_region_clocks
from tests.factories import (
    HelpQuestionFactory,
    OfferFactory,
    RegionClockFactory,
    ServiceAreaFactory,
    ThemeFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(db):
    for position, (theme, questions) in enumerate(
        {
            "stemming": ["somberheid", "angst"],
            "school": ["schoolverzuim"],
            "geld": ["schulden"],
        }.items()
    ):
        row = ThemeFactory(code=theme, position=position)
        for code in questions:
            HelpQuestionFactory(code=code, theme=row)


@pytest.fixture
def offer(themes, region):
    """Return a function that makes an offer in Leiden, with a wait when `weeks` is given."""

    def _offer(*questions, weeks=None, measured=0, **fields):
        row = OfferFactory(
            **{"help_questions": questions, "municipalities": [region.leiden], **fields}
        )
        if weeks is not None:
            WaitTimeFactory(
                offer=row, intake_weeks=0, treatment_weeks=weeks, measured_on=days_ago(measured)
            )
        return row

    return _offer


def _of(place):
    return {theme.code: theme for theme in supply(place, today=timezone.localdate()).themes}


def test_offers_are_counted_once_per_theme(offer, region):
    offer("somberheid", "angst", "schoolverzuim")
    offer("somberheid", level=CareLevel.LOCAL_TEAM)
    offer("angst", level=CareLevel.SPECIALIST)
    found = _of(region.leiden)
    assert (found["stemming"].offers, found["stemming"].upstream) == (3, 2)
    assert found["stemming"].upstream_share == 67
    assert (found["school"].offers, found["school"].upstream_share) == (1, 100)


def test_a_theme_without_offers_says_so(offer, region):
    offer("somberheid")
    found = supply(region.leiden, today=timezone.localdate())
    money = found.themes[2]
    assert (money.offers, money.upstream_share, money.shortest_wait) == (0, None, None)
    assert (money.offers_text, money.share_text, money.wait_text) == ("geen aanbod", "–", "–")
    assert found.missing == ["School", "Geld"]


def test_only_what_people_can_find_here_counts(offer, region):
    offer("somberheid", status=OfferStatus.LISTED)
    offer("somberheid", status=OfferStatus.DRAFT)
    offer("somberheid", status=OfferStatus.ARCHIVED)
    offer("somberheid", municipalities=[region.katwijk])
    ended = offer("somberheid", municipalities=[])
    ServiceAreaFactory(offer=ended, municipality=region.leiden, ends_on=days_ago(1))
    assert _of(region.leiden)["stemming"].offers == 1


def test_the_shortest_wait_is_a_fresh_and_known_one(offer, region):
    offer("somberheid", weeks=1, measured=31)
    offer("somberheid", weeks=Decimal("6.50"))
    offer("angst", weeks=9)
    stopped = offer("somberheid")
    WaitTimeFactory(offer=stopped, status=WaitStatus.STOP)
    half = offer("somberheid")
    WaitTimeFactory(offer=half, intake_weeks=1, treatment_weeks=None)
    theme = _of(region.leiden)["stemming"]
    assert theme.shortest_wait == Decimal("6.5")
    assert theme.wait_text == "6,5"


def test_a_wait_counts_as_long_as_the_region_says(offer, region):
    offer("somberheid", weeks=3, measured=11)
    assert _of(region.leiden)["stemming"].shortest_wait == 3
    RegionClockFactory(region=region.leiden.region, days=10)
    forget_region_clocks()
    assert _of(region.leiden)["stemming"].shortest_wait is None


@pytest.mark.parametrize(
    ("weeks", "text"), [(0, "0"), (10, "10"), (100, "100"), ("2.25", "2,25"), (None, "niet bekend")]
)
def test_weeks_as_people_write_them(offer, region, weeks, text):
    offer("somberheid", weeks=weeks)
    assert _of(region.leiden)["stemming"].wait_text == text


def test_what_is_only_heavy_or_unmeasured(offer, region):
    offer("somberheid", level=CareLevel.SPECIALIST, weeks=3)
    offer("schulden")
    found = supply(region.leiden, today=timezone.localdate())
    assert found.only_heavy == ["Stemming"]
    assert found.wait_unknown == ["Geld"]


def test_offers_without_a_question_are_told_apart(offer, region):
    offer(status=OfferStatus.LISTED)
    found = supply(region.leiden, today=timezone.localdate())
    assert found.without_theme == 1
    assert sum(theme.offers for theme in found.themes) == 0


def test_two_queries_however_many_offers(offer, region, django_assert_num_queries):
    for _ in range(4):
        offer("somberheid", "schulden", weeks=2)
    # The clocks of regions are remembered.
    supply(region.leiden, today=timezone.localdate())
    with django_assert_num_queries(2):
        supply(region.leiden, today=timezone.localdate())
