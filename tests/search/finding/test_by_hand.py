"""The statement that the page is measured against says what the page says.

It is a second reading of the rules of the ranking (benchmarks/by_hand/statements.py), so a rule
that it lacks, or that the page lost, shows here before it shows in a benchmark.
"""

import pytest
from django.db import connection

from benchmarks.by_hand.statements import statement
from providers.enums import CareLevel, WaitStatus
from tests.factories import (
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.search.searching import page_of, results_of

pytestmark = pytest.mark.django_db

QUERIES = [
    "hulpvraag=somberheid&plaats=leiden",
    "hulpvraag=somberheid&hulpvraag=angst&plaats=leiden&leeftijd=14",
    "woord=rennen&plaats=leiden",
    "woord=rennen",
    "hulpvraag=somberheid&volgorde=wachttijd",
    "hulpvraag=somberheid&plaats=leiden&start=6&onbekend=ja",
]


def waits(weeks, **facts):
    """Return an offer with this wait, or with what a measurement says instead."""
    of_wait = {name: facts.pop(name) for name in ("status", "measured_on") if name in facts}
    offer = OfferFactory(municipalities=["GM0546"], **facts)
    later = None if weeks is None else 0
    WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=later, **of_wait)
    return offer


@pytest.fixture
def offers(region):
    """Help of each section, with every kind of start: soon, late, closed, stopped, stale."""
    place = LocationFactory()
    near = {"provider": place.provider, "locations": [place]}
    late = waits(20, title="Rennen", help_questions=["somberheid", "angst"], **near)
    waits(8, summary="Elke week rennen.")
    waits(9, title="Rennen en praten", help_questions=["angst", "somberheid"])
    waits(3, title="Samen rennen", level=CareLevel.SPECIALIST)
    waits(1, title="Dicht rennen", closed_from=days_ago(3), closed_until=days_ago(-3))
    waits(
        2,
        title="Weer open om te rennen",
        measured_on=days_ago(50),
        confirmed_on=days_ago(110),
        closed_from=days_ago(45),
        closed_until=days_ago(15),
    )
    waits(None, title="Vol met rennen", status=WaitStatus.STOP, **near)
    waits(2, title="Lang niet gemeten rennen", measured_on=days_ago(50))
    GroupRunFactory(programme__offer=OfferFactory(title="Groep die rent", group=True))
    return late


@pytest.mark.parametrize("query", QUERIES)
def test_the_statement_by_hand_finds_what_the_page_finds(offers, query):
    by_hand = statement(query)
    with connection.cursor() as cursor:
        cursor.execute(by_hand.sql, by_hand.parameters)
        by_hand.check(cursor.fetchall())
    assert by_hand.shown


def test_what_the_page_folds_is_among_it_all_the_same(offers):
    query = "hulpvraag=somberheid&plaats=leiden"
    folded = [one.offer_id for part in page_of(query).sections for one in part.folded]
    assert offers.pk in folded
    assert [hit.offer for hit in results_of(query).listed] == statement(query).shown
