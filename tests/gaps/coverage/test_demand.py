"""What was asked for in a cell: searches and signals of the past year."""

import pytest
from django.utils import timezone

from gaps.coverage.demand import demand_in
from gaps.coverage.findings import biggest_gaps
from gaps.coverage.report import coverage_of
from providers.enums import DemandOutcome, MissingReason
from tests.factories import DemandFactory, MissingHelpSignalFactory, days_ago

pytestmark = pytest.mark.django_db

CELL = ("somberheid", "12-15")


def searched(place, *, outcome, times, days=1, question="somberheid", band="12-15"):
    DemandFactory(
        day=days_ago(days),
        municipality=place.pk,
        help_question=question,
        age_band=band,
        outcome=outcome,
        searches=times,
    )


def figures(place):
    found = demand_in([place.pk], timezone.localdate())
    return found.get((place.pk, *CELL))


def test_searches_of_the_past_year_and_those_in_vain(covered):
    searched(covered.leiden, outcome=DemandOutcome.MANY, times=7)
    searched(covered.leiden, outcome=DemandOutcome.NONE, times=2)
    searched(covered.leiden, outcome=DemandOutcome.LATE, times=1)
    searched(covered.leiden, outcome=DemandOutcome.NONE, times=9, days=366)
    searched(covered.katwijk, outcome=DemandOutcome.NONE, times=5)
    demand = figures(covered.leiden)
    assert (demand.searches, demand.empty_searches, demand.signals) == (10, 3, 0)


def test_one_referrer_counts_once_a_day(covered):
    for reason in (MissingReason.NOTHING, MissingReason.TOO_FAR):
        MissingHelpSignalFactory(
            municipality=covered.leiden,
            help_question_id="somberheid",
            age_band="12-15",
            reason=reason,
            sender="een",
        )
    assert figures(covered.leiden).signals == 1


def test_nothing_is_known_of_what_nobody_asked(covered):
    assert figures(covered.leiden) is None


def test_what_is_missed_most_comes_first(covered):
    assert (
        biggest_gaps(coverage_of(covered.leiden, today=timezone.localdate()))[0].label == "Somber"
    )
    searched(covered.leiden, outcome=DemandOutcome.NONE, times=5, question="tics", band="8-11")
    assert biggest_gaps(coverage_of(covered.leiden, today=timezone.localdate()))[0].label == "Tics"


def test_the_dossier_lays_it_beside_the_supply(client, member, covered):
    searched(covered.leiden, outcome=DemandOutcome.NONE, times=3)
    text = client.get("/voor-gemeenten/leiden/dekking/somberheid/12-15/").content.decode()
    assert '<th scope="row">Keer gezocht in een jaar</th><td>3</td>' in text
