"""No export is forgotten by the law of small numbers, and those without people keep silent."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from gaps.coverage.snapshots import freeze_coverage
from providers.enums import DemandOutcome, Role
from providers.models import HelpQuestion
from tests.factories import (
    DemandFactory,
    GroupProgrammeFactory,
    InterestFactory,
    MembershipFactory,
    MissingHelpSignalFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.gaps.exports_read import APART, READ, SILENT
from tests.test_every_page import routes

# What gives figures away: files, what is for programs, and all that is about a place.
FIGURES = re.compile(
    r"\.\w+$|^api/v|^voor-gemeenten/|^wachttijden/|^regio/<slug:region>/wachttijden|^groepen/$"
    r"|/vraag/$"
)
# A page has these anew each time.
OF_ONE_ANSWER = re.compile(rb'(?:nonce|csrfmiddlewaretoken" value)="[^"]*"')


def test_the_law_of_small_numbers_looks_at_every_export():
    given = {route for route in routes() if FIGURES.search(route) and "beheer/" not in route}
    assert given == {*READ, *SILENT, *APART}


@pytest.mark.django_db
@pytest.mark.parametrize("route", SILENT)
def test_what_holds_no_people_says_the_same_whoever_asks(client, numbers, route):
    address = SILENT[route].format(day=timezone.localdate())
    before = content_of(client, address)
    numbers()
    assert content_of(client, address) == before


@pytest.fixture
def numbers(log_in, covered):
    """Return a function that adds people everywhere; no file on coverage shows the few of a cell.

    Somberheid is sought in vain four times and missed four times: together more than tics.
    """
    place = covered.leiden
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=place, role=Role.VIEWER)
    MembershipFactory(user=user, provider=None, region=place.region, role=Role.VIEWER)
    freeze_coverage(by=user, municipality=place, today=timezone.localdate())
    offer = OfferFactory(municipalities=[place], group=True, help_questions=["somberheid"])
    programme = GroupProgrammeFactory(offer=offer)
    wait = {"offer": offer, "intake_weeks": 0, "treatment_weeks": 2}
    WaitTimeFactory(**wait, people_waiting=0)
    missed(place, "tics", "8-11", searches=5)

    def _add():
        missed(place, "somberheid", "8-11", searches=4, signals=4)
        missed(place, "somberheid", "12-15", searches=4, signals=4)
        WaitTimeFactory(**wait, people_waiting=9)
        InterestFactory(programme=programme, municipality=place, count=3)

    return _add


def missed(place, question, band, *, searches, signals=0):
    DemandFactory(
        day=days_ago(1),
        municipality=place.pk,
        help_question=question,
        age_band=band,
        outcome=DemandOutcome.NONE,
        searches=searches,
    )
    # By its number alone, a question would be made beside it, with cells of its own.
    asked = HelpQuestion.objects.get(pk=question)
    MissingHelpSignalFactory.create_batch(
        signals, municipality=place, help_question=asked, age_band=band
    )


def content_of(client, address):
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return OF_ONE_ANSWER.sub(b"", b"".join(answer))
