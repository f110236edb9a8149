"""The waits on cards and on the page of an offer: dated, by region, by municipality."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from providers.enums import HelpKind, WaitMethod, WaitStatus
from providers.models import WaitTime
from search.offer.wait_chart import wait_chart
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    OfferFactory,
    ProviderFactory,
    RegionClockFactory,
    WaitNormFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(region):
    return OfferFactory(
        municipalities=[region.leiden, region.katwijk],
        help_kind=HelpKind.MENTAL_HEALTH,
        confirmed_on=days_ago(5),
    )


def page(client, offer, place=""):
    answer = client.get(f"{offer.get_absolute_url()}?gemeente={place}")
    return on_one_line(answer.content.decode())


def search(client, **params):
    return client.get("/", {"hulpvraag": "somberheid", **params}).content.decode()


# --- every fact has its date -------------------------------------------------------------------


def test_a_card_says_when_the_wait_was_measured_and_the_offer_confirmed(client, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(3))
    found = search(client)
    assert "gemeten 3 dagen geleden" in found
    assert "bevestigd 5 dagen geleden" in found


def test_a_card_says_when_the_places_were_counted(client, offer):
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), places_confirmed_on=days_ago(2))
    assert "plekken bevestigd 2 dagen geleden" in search(client)


def test_a_card_with_a_wait_sooner_than_its_run_dates_both(client, offer):
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=0, measured_on=days_ago(3))
    GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer, is_open=True),
        starts_on=days_ago(-60),
        places_confirmed_on=days_ago(2),
    )
    found = search(client)
    assert "gemeten 3 dagen geleden" in found
    assert "plekken bevestigd 2 dagen geleden" in found


def test_a_card_without_dates_says_that_it_is_unknown(client, region):
    OfferFactory(municipalities=[region.leiden])
    found = search(client)
    assert "Wachttijd onbekend" in found
    assert "nog niet bevestigd" in found


def test_past_their_clocks_the_facts_of_a_card_are_grey(client, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(125))
    offer.index.confirmed_on = offer.confirmed_on = days_ago(100)
    offer.save()
    found = search(client)
    assert "wachttijd 4 maanden oud: bel even" in found
    assert '<span class="sk-old">3 maanden geleden bevestigd: bel even</span>' in found


def test_the_page_of_an_offer_dates_its_contact_details(client, region):
    known = OfferFactory(provider=ProviderFactory(confirmed_on=days_ago(10)))
    assert "Contactgegevens bevestigd 10 dagen geleden" in page(client, known)
    assert "Contactgegevens nog niet bevestigd" in page(client, OfferFactory())


# --- the clocks of the region ------------------------------------------------------------------


def test_the_clock_of_the_region_searched_in_decides(client, offer, region):
    WaitTimeFactory(offer=offer, measured_on=days_ago(11))
    RegionClockFactory(region=region.leiden.region, days=10)
    assert "Was: ongeveer 6 weken" in search(client, gemeente=region.leiden.pk)
    assert "Was: ongeveer 6 weken" not in search(client)
    assert "Was: ongeveer 6 weken" in page(client, offer, region.leiden.pk)


def test_a_filter_on_time_goes_by_the_clock_of_the_region(client, offer, region):
    WaitTimeFactory(offer=offer, measured_on=days_ago(11))
    RegionClockFactory(region=region.leiden.region, days=10)
    card = f'id="aanbod-{offer.pk}"'
    assert card not in search(client, gemeente=region.leiden.pk, start=6)
    assert card in search(client, gemeente=region.leiden.pk)


# --- a wait for one municipality ---------------------------------------------------------------


@pytest.fixture
def own(offer, region):
    """Six weeks everywhere, twenty in Leiden."""
    WaitTimeFactory(offer=offer)
    return WaitTimeFactory(
        offer=offer, municipality=region.leiden, intake_weeks=10, treatment_weeks=10
    )


def test_the_municipality_in_view_has_its_own_wait_on_the_page(client, offer, own, region):
    assert "In Leiden geldt een eigen wachttijd" in page(client, offer, region.leiden.pk)
    assert "geldt een eigen wachttijd" not in page(client, offer, region.katwijk.pk)


def test_the_table_names_the_wait_of_each_municipality(client, offer, own):
    found = page(client, offer)
    assert "Eigen wachttijd" in found
    assert "Ongeveer 5 maanden (gemeten vandaag)" in found


def test_without_such_a_wait_the_table_has_no_column_for_it(client, offer):
    WaitTimeFactory(offer=offer)
    assert "Eigen wachttijd" not in page(client, offer)


def test_the_card_says_it_too_and_the_pill_stays_that_of_all(client, offer, own, region):
    found = search(client, gemeente=region.leiden.pk)
    assert "In Leiden: ongeveer 5 maanden (gemeten vandaag)" in found
    assert "Ongeveer 6 weken" in found
    assert "In Leiden:" not in search(client, gemeente=region.katwijk.pk)


def test_a_newer_one_takes_its_place(client, offer, own, region):
    WaitTimeFactory(offer=offer, municipality=region.leiden, intake_weeks=1, treatment_weeks=1)
    assert "Binnen 2 weken (gemeten vandaag)" in page(client, offer)


# --- norms -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "words"), [(14, "deze wachttijd blijft daarbinnen"), (5, "deze wachttijd is langer")]
)
def test_a_norm_of_the_region_is_shown_with_its_source(client, offer, region, weeks, words):
    WaitTimeFactory(offer=offer)
    WaitNormFactory(region=region.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=weeks)
    found = page(client, offer, region.leiden.pk)
    assert f"norm van {weeks} weken: {words}" in found
    assert "Regiovisie 2030, bladzijde 12" in found


def test_an_old_wait_is_not_compared_with_a_norm(client, offer, region):
    WaitTimeFactory(offer=offer, measured_on=days_ago(60))
    WaitNormFactory(region=region.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=5)
    found = page(client, offer, region.leiden.pk)
    assert "norm van 5 weken" in found
    assert "deze wachttijd" not in found


@pytest.mark.parametrize("kind", [HelpKind.PARENTING, HelpKind.DYSLEXIA])
def test_a_norm_for_other_help_says_nothing(client, offer, region, kind):
    WaitTimeFactory(offer=offer)
    WaitNormFactory(region=region.leiden.region, kind=kind)
    assert "norm van" not in page(client, offer, region.leiden.pk)


def test_without_a_municipality_in_view_there_is_no_norm(client, offer, region):
    WaitTimeFactory(offer=offer)
    WaitNormFactory(region=region.leiden.region, kind=HelpKind.MENTAL_HEALTH)
    assert "norm van" not in page(client, offer)


# --- the line of the year ----------------------------------------------------------------------


def wait(month, weeks, status=WaitStatus.KNOWN, method=WaitMethod.FORECAST):
    return WaitTime(
        measured_on=dt.date(2026, month, 1),
        status=status,
        method=method,
        intake_weeks=None if weeks is None else Decimal(weeks),
        treatment_weeks=None if weeks is None else Decimal(0),
    )


def test_the_line_is_one_when_every_wait_is_known():
    chart = wait_chart([wait(1, 4), wait(2, 6), wait(3, 8)], stale=False)
    assert chart.path.count("M") == 1


@pytest.mark.parametrize("status", [WaitStatus.STOP, WaitStatus.UNKNOWN])
def test_a_stop_or_an_unknown_wait_is_a_gap(status):
    chart = wait_chart([wait(1, 4), wait(2, None, status), wait(3, 8), wait(4, 9)], stale=False)
    assert chart.path.count("M") == 2
    assert len(chart.points) == 3


def test_another_method_makes_another_line():
    waits = [wait(1, 4), wait(2, 6, method=WaitMethod.MEAN), wait(3, 5, method=WaitMethod.MEAN)]
    assert wait_chart(waits, stale=False).path.count("M") == 2


def test_a_stop_at_the_end_leaves_room_at_the_right():
    chart = wait_chart([wait(1, 4), wait(2, 6), wait(6, None, WaitStatus.STOP)], stale=False)
    assert chart.now_x < 250


def test_the_gaps_are_said_in_words():
    waits = [
        wait(1, 4),
        wait(2, None, WaitStatus.STOP),
        wait(3, 8),
        wait(4, None, WaitStatus.UNKNOWN),
    ]
    assert wait_chart(waits, stale=False).summary == (
        "Wachttijd in weken: 4 in januari 2026, 8 in maart 2026. "
        "Aanmeldstop in februari 2026. Onbekend in april 2026"
    )


def test_a_stop_that_is_over_is_no_stop_on_the_page(client, offer):
    WaitTimeFactory(offer=offer, status=WaitStatus.STOP, stop_until=timezone.localdate())
    found = page(client, offer)
    assert "Stop voorbij, wachttijd onbekend" in found
    assert "<dt>aanmeldstop tot</dt>" not in found
