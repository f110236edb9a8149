"""How much of what is on the map counts: shares per provider, municipality, step and month."""

import datetime as dt

import pytest
from django.utils import timezone

from providers.enums import CareLevel, ConfirmedVia, DatedFact, OfferStatus, Role
from providers.figures.freshness import Share, freshness_of_provider, freshness_of_region
from providers.models import CareLevelText, Confirmation, Offer
from providers.vocabulary.choices import choices
from tests.factories import (
    GroupProgrammeFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boei(region):
    return ProviderFactory(name="De Boei")


def an_offer(region, provider, *, confirmed=10, wait=10, **fields):
    fields = {"municipalities": [region.leiden]} | fields
    offer = OfferFactory(provider=provider, confirmed_on=days_ago(confirmed), **fields)
    if wait is not None:
        WaitTimeFactory(offer=offer, measured_on=days_ago(wait))
    return offer


def of_region(region):
    return freshness_of_region(region.leiden.region, timezone.localdate())


def as_read(share):
    return share.name, share.confirmed, share.offers, share.waits, share.with_wait


def test_of_a_region_the_shares_are_those_of_what_still_counts(region, boei):
    an_offer(region, boei)
    an_offer(region, boei, confirmed=91, wait=31)
    an_offer(region, boei, wait=None)
    assert as_read(of_region(region).total) == ("", 2, 3, 1, 3)


def test_of_a_group_that_one_joins_at_its_start_no_wait_is_counted(region, boei):
    offer = an_offer(region, boei, wait=None)
    GroupProgrammeFactory(offer=offer, is_open=False)
    assert of_region(region).total.waits_percent is None


def test_what_is_closed_for_a_while_still_counts(region, boei):
    an_offer(
        region, boei, confirmed=91, wait=31, closed_from=days_ago(20), closed_until=days_ago(-5)
    )
    assert as_read(of_region(region).total) == ("", 1, 1, 1, 1)


def test_the_least_confirmed_provider_comes_first(region, boei):
    an_offer(region, boei)
    an_offer(region, ProviderFactory(name="De Steiger"), confirmed=100)
    names = [(share.name, share.confirmed_percent) for share in of_region(region).by_provider]
    assert names == [("De Steiger", 0), ("De Boei", 100)]


def test_an_offer_counts_in_each_municipality_it_serves(region, boei):
    an_offer(region, boei, municipalities=[region.leiden, region.leiderdorp])
    an_offer(region, boei, confirmed=100)
    found = {
        share.name: (share.confirmed, share.offers) for share in of_region(region).by_municipality
    }
    assert found == {"Leiden": (1, 2), "Leiderdorp": (1, 1)}


def test_per_step_from_light_to_heavy(region, boei):
    an_offer(region, boei, level=CareLevel.SPECIALIST)
    an_offer(region, boei, level=CareLevel.COMMUNITY)
    assert [share.offers for share in of_region(region).by_step] == [1, 1]
    assert of_region(region).by_step[0].name == "Sociale basis"


def test_all_but_one_is_never_all():
    share = Share("De Boei", offers=200, confirmed=199, with_wait=300, waits=299)
    assert (share.confirmed_percent, share.waits_percent) == (99, 99)


def test_what_nobody_sees_is_not_counted(region, boei):
    an_offer(region, boei, status=OfferStatus.DRAFT)
    assert of_region(region).total.offers == 0
    assert of_region(region).total.confirmed_percent is None


def test_of_a_provider_only_its_own_offers_count(region, boei):
    an_offer(region, boei)
    an_offer(region, ProviderFactory())
    found = freshness_of_provider(boei, timezone.localdate())
    assert as_read(found.total) == ("", 1, 1, 1, 1)


def test_a_month_of_the_past_goes_by_what_was_given_by_then(region, boei):
    offer = an_offer(region, boei, confirmed=0, wait=None)
    today = timezone.localdate()
    then = today.replace(day=1) - dt.timedelta(days=40)
    Offer.objects.filter(pk=offer.pk).update(created_at=timezone.now() - dt.timedelta(days=75))
    Confirmation.objects.create(
        offer=offer,
        fact=DatedFact.OFFER,
        who="Anna",
        via=ConfirmedVia.LOGIN,
        at=timezone.make_aware(dt.datetime.combine(then, dt.time(12))),
    )
    WaitTimeFactory(offer=offer, measured_on=then)
    months = freshness_of_provider(boei, today).months
    # Before it was there is nothing to say.
    assert 2 <= len(months) <= 3
    assert [one.share.confirmed for one in months[-2:]] == [1, 1]
    # A wait counts for thirty days: at the end of the last month it was past its clock.
    assert months[-1].share.waits == 0


def test_the_number_of_offers_changes_no_number_of_statements(
    region, boei, django_assert_num_queries
):
    an_offer(region, boei)
    choices(CareLevelText)  # one statement or two, by what another test left in memory
    # Areas, clocks, offers, confirmations, measurements.
    with django_assert_num_queries(5):
        of_region(region)
    for _n in range(3):
        an_offer(region, ProviderFactory())
    with django_assert_num_queries(4):  # clocks are cached
        of_region(region)


# --- the pages ---------------------------------------------------------------------------------


def test_the_desk_sees_the_figures_of_its_region(client, log_in, region, boei):
    MembershipFactory(user=log_in(), provider=None, region=region.leiden.region, role=Role.VIEWER)
    an_offer(region, boei)
    page = client.get("/regio/JZ18/actueel/").content.decode()
    assert "100% van het aanbod is op tijd bevestigd (1 van 1)" in page
    assert "De Boei" in page


def test_everybody_sees_on_the_page_of_a_provider_how_much_is_confirmed(client, region, boei):
    an_offer(region, boei)
    an_offer(region, boei, confirmed=91)
    page = client.get(boei.get_absolute_url()).content.decode()
    assert "1 van de 2 bevestigd in de laatste 90 dagen." in page
