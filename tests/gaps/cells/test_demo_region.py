"""The cells of Leiden in the demo, counted a second time: over objects, in other words.

The count below shares no rule with the code: it reads the rows of the database and decides by
itself what is near, in time, light and recent.
"""

import datetime as dt
import math
import statistics
from collections import Counter

import pytest

from gaps.cells.calculation import cells_of
from gaps.cells.loading import load_area
from providers.models import HelpQuestion, Municipality, Offer
from tests.loaded import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = MONDAY.date()
# Empty, with heavy help only, without a wait that counts within 12 weeks: as in docs/demo.md.
FOUND = (55, 76, 31)
CHILDHOOD = {"0-3": range(4), "4-7": range(4, 8), "8-11": range(8, 12), "12-15": range(12, 16),
             "16-18": range(16, 19)}  # fmt: skip


@pytest.fixture(scope="module")
def leiden(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return Municipality.objects.get(slug="leiden")


@pytest.fixture(scope="module")
def cells(leiden, django_db_blocker):
    with django_db_blocker.unblock():
        return {cell.key: cell for cell in cells_of(load_area([leiden], today=TODAY))}


@pytest.fixture(scope="module")
def counted(leiden, django_db_blocker):
    with django_db_blocker.unblock():
        return count_by_hand(leiden)


def count_by_hand(place):
    homes = [
        ((area.rd_x, area.rd_y), area.youths or 0) for area in place.postal_areas.order_by("code")
    ]
    here = [one for one in map(seen_from(place, homes), every_offer()) if one]
    found = {}
    for question in HelpQuestion.objects.all():
        asked_at = whole_years(question)
        for band, years in CHILDHOOD.items():
            if asked_at & set(years):
                fitting = [one for one in here if fits(one, question.pk, years)]
                found[place.pk, question.pk, band] = fitting
    return found


def every_offer():
    return Offer.objects.select_related("programme", "index").prefetch_related(
        "question_links__help_question", "service_areas", "locations", "programme__runs"
    )


def whole_years(row):
    low = 0 if row.age_min is None else row.age_min
    high = 99 if row.age_max is None else row.age_max
    return set(range(low, high + 1))


def seen_from(place, homes):
    """Return what one offer is to this municipality; None for one that is not there."""

    def seen(offer):
        areas = [area for area in offer.service_areas.all() if area.municipality_id == place.pk]
        areas = [area for area in areas if not area.ends_on or area.ends_on >= TODAY]
        if offer.status not in {"gepubliceerd", "overgenomen"} or not areas:
            return None
        points = [(spot.rd_x, spot.rd_y) for spot in offer.locations.all() if spot.rd_x]
        ends = [area.ends_on for area in areas]
        referral = getattr(offer, "referral", None)
        ends.append(referral.funded_until if referral else None)
        fresh, last = first_weeks(offer)
        return {
            "offer": offer,
            "years": whole_years(offer),
            "questions": {link.help_question_id for link in offer.question_links.all()},
            "only_for": set(filter(None, offer.index.reserved_for.split("|"))),
            "metres": [min(math.dist(home, spot) for spot in points) for home, _n in homes]
            if points
            else None,
            "youths": [many for _home, many in homes],
            "visits": offer.online or offer.at_home or offer.at_school,
            "goes_on": not any(day and (day - TODAY).days <= 183 for day in ends),
            "weeks": fresh,
            "late": last == "late",
        }

    return seen


def days_old(offer, day):
    """Return for how many days an offer was open since this day, before today."""
    if day is None or day > TODAY:
        return None
    shut = set()
    if offer.closed_from:
        length = (offer.closed_until - offer.closed_from).days + 1
        shut = {offer.closed_from + dt.timedelta(days=n) for n in range(length)}
    since = (day + dt.timedelta(days=n + 1) for n in range((TODAY - day).days))
    return sum(one not in shut for one in since)


def is_recent(offer):
    """Whether the wait is news, or the door always stands open and the offer is confirmed."""
    measured = days_old(offer, offer.wait_measured_on)
    confirmed = days_old(offer, offer.confirmed_on)
    stands_open = offer.level <= 1 and offer.wait_weeks == 0 and measured is not None
    by_offer = stands_open and confirmed is not None and confirmed <= 90
    return by_offer or (measured is not None and measured <= 30)


def first_weeks(offer):
    """Return the weeks by news that is recent enough, and whether the last word is late."""
    group = getattr(offer, "programme", None)
    closed = offer.closed_from and offer.closed_from <= TODAY <= offer.closed_until
    weeks, maybe, late_ones = [], False, 0
    if group is None or group.is_open:
        known = offer.wait_status == "bekend" and offer.wait_weeks is not None and not closed
        if known and offer.wait_measured_on <= TODAY:
            if is_recent(offer):
                weeks.append(float(offer.wait_weeks))
            maybe = offer.wait_weeks <= 12
            late_ones += offer.wait_weeks > 12
    halted = offer.wait_status == "stop" and (
        not offer.wait_stop_until or offer.wait_stop_until > TODAY
    )
    late_ones += bool(closed or halted)
    for run in group.runs.all() if group else ():
        days = (run.starts_on - TODAY).days
        if days < 0 or run.cancelled or (run.enrol_by and run.enrol_by < TODAY):
            continue
        confirmed = run.places_confirmed_on
        recent = confirmed is not None and 0 <= (TODAY - confirmed).days <= 14
        if run.places_left and recent:
            weeks.append(days / 7)
        full = run.places_left == 0 and confirmed is not None
        maybe = maybe or (days <= 84 and not full)
        late_ones += bool(group and not group.is_open)
    return min(weeks, default=None), "late" if late_ones and not maybe else "open"


def fits(one, question, years):
    if question not in one["questions"] or not one["years"] & set(years):
        return False
    return not one["only_for"] or question in one["only_for"]


def mean_of_youths(placed, youths):
    """Return how far the young people live on the average from the nearest of these offers."""
    nearest = [min(offer[area] for offer in placed) for area in range(len(youths))]
    return statistics.fmean(nearest, weights=youths)


def verdict(offers):
    """Return in the words of the page what these offers come to."""
    if not offers:
        return "niets"
    placed = [one["metres"] for one in offers if one["metres"]]
    reachable = any(one["visits"] or not one["metres"] for one in offers)
    if not reachable and mean_of_youths(placed, offers[0]["youths"]) > 10_000:
        return "te-ver"
    if all(one["late"] for one in offers):
        return "te-laat"
    if all(one["offer"].level >= 3 for one in offers):
        return "alleen-zwaar"
    if not any(one["offer"].group for one in offers):
        return "geen-groep"
    if len({one["offer"].provider_id for one in offers if one["goes_on"]}) < 2:
        return "kwetsbaar"
    soon = [one for one in offers if one["weeks"] is not None and one["weeks"] <= 12]
    return "gedekt" if soon else "onbekend"


def test_both_count_the_same_cells(cells, counted):
    assert set(cells) == set(counted)


def test_both_count_the_same_offers(cells, counted):
    assert {key: cell.supply.offers for key, cell in cells.items()} == {
        key: len(offers) for key, offers in counted.items()
    }


def test_both_come_to_the_same_classes(cells, counted):
    found = {tuple(key): cell.kind.value for key, cell in cells.items()}
    assert found == {key: verdict(offers) for key, offers in counted.items()}


def test_both_find_the_same_shortest_wait(cells, counted):
    found = {key: cell.supply.best_weeks for key, cell in cells.items()}
    assert found == {
        key: min((one["weeks"] for one in offers if one["weeks"] is not None), default=None)
        for key, offers in counted.items()
    }


def test_both_count_the_same_empty_heavy_and_late_cells(cells, counted):
    """Whatever class comes first: nothing, no light help, no start by recent news in time."""
    by_code = [
        (
            not cell.supply.offers,
            bool(cell.supply.offers) and not cell.supply.light,
            bool(cell.supply.offers) and not in_twelve_weeks(cell.supply.best_weeks),
        )
        for cell in cells.values()
    ]
    by_hand = [
        (
            not offers,
            bool(offers) and min(one["offer"].level for one in offers) >= 3,
            bool(offers) and not any(in_twelve_weeks(one["weeks"]) for one in offers),
        )
        for offers in counted.values()
    ]
    assert [sum(column) for column in zip(*by_code, strict=True)] == list(FOUND)
    assert [sum(column) for column in zip(*by_hand, strict=True)] == list(FOUND)


def in_twelve_weeks(weeks):
    return weeks is not None and weeks <= 12


def test_cells_are_questions_at_the_ages_at_which_they_are_asked(cells):
    assert (len(cells), HelpQuestion.objects.count()) == (476, 120)


def test_the_demo_has_cells_of_nearly_every_class(cells):
    assert len(Counter(cell.kind for cell in cells.values())) >= 7
