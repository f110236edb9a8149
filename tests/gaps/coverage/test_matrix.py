"""The matrix of a municipality and the dossier of each of its cells."""

import pytest
from django.utils import timezone

from gaps.coverage.findings import ages_words, biggest_gaps, youths_of_ages
from gaps.coverage.report import coverage_of
from gaps.coverage.snapshots import store_coverage
from tests import pages
from tests.factories import (
    MunicipalityFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.gap_factories import CoverageSnapshotFactory

pytestmark = pytest.mark.django_db

MATRIX = "/voor-gemeenten/leiden/dekking/"
CELL = f"{MATRIX}somberheid/12-15/"


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_cell_has_its_letter_and_says_it_in_words(client, member, covered):
    text = text_of(client, MATRIX)
    assert "gedekt: Somber, 12 tot en met 15 jaar" in text
    assert "niets: Somber, 8 tot en met 11 jaar" in text
    assert "niets: Tics, 8 tot en met 11 jaar" in text
    assert "Tics, 12 tot en met 15 jaar" not in text


def test_one_class_leaves_out_questions_without_it(client, member, covered):
    text = text_of(client, f"{MATRIX}?soort=gedekt")
    assert ">Somber<" in text
    assert ">Tics<" not in text


@pytest.mark.parametrize("address", [MATRIX, f"{MATRIX}?soort=x%00"])
def test_the_counts_add_up_to_all_cells(client, member, covered, address):
    page = pages.page_at(client, address)
    legend = pages.element(page, "dl", class_="sk-kinds--short")
    counts = [int(pages.text_of(one)) for one in pages.elements(legend, "b")]
    assert (len(counts), sum(counts)) == (8, 3)
    assert "3 vakken" in pages.text_of(page)


def test_the_dossier_says_what_counted(client, member, covered):
    text = text_of(client, CELL)
    assert "Leiden: gedekt." in text
    assert '<th scope="row">Aanbod</th><td>2</td>' in text
    assert '<th scope="row">Kortste wachttijd die telt</th><td>2 weken</td>' in text
    assert '<th scope="row">Middelste wachttijd die telt</th><td>3,5 weken</td>' in text
    assert '<th scope="row">In een groep</th><td>1 van 2 (50%)</td>' in text
    assert "Praten" in text
    assert "Samen lopen" in text


def test_the_dossier_says_what_would_change_it(client, member, covered):
    text = text_of(client, f"{MATRIX}tics/8-11/")
    assert "Hulp bij deze vraag, op deze leeftijd, die deze gemeente bedient." in text


def test_the_dossier_says_who_in_the_region_has_it(client, member, covered):
    OfferFactory(title="Alleen in Katwijk", municipalities=[covered.katwijk])
    page = pages.page_at(client, CELL)
    assert "Alleen in Katwijk" in pages.text_of(page)
    classes = {
        pages.text_of(pages.element(row, "th")): pages.text_of(cell)
        for row in pages.elements(page, "tr")
        for cell in pages.elements(row, "td", data_label="Wat het is")
    }
    assert classes == {"Katwijk": "G geen groep", "Leiderdorp": "N niets"}


@pytest.mark.parametrize(
    "address", [f"{MATRIX}bestaat-niet/12-15/", f"{MATRIX}somberheid/19-27/", f"{MATRIX}tics/x/"]
)
def test_a_cell_that_does_not_exist(client, member, covered, address):
    assert client.get(address).status_code == 404


def test_the_page_of_the_municipality_starts_with_its_gaps(client, member, covered):
    text = text_of(client, "/voor-gemeenten/leiden/")
    assert "Tics, 8 tot en met 11 jaar: er is niets." in text
    assert "Somber, 8 tot en met 11 jaar: er is niets." in text


def test_where_nobody_gets_help_goes_before_many_young_people(covered):
    coverage = coverage_of(covered.katwijk, today=timezone.localdate())
    assert [(finding.label, finding.kind.value) for finding in biggest_gaps(coverage)] == [
        ("Somber", "niets"),
        ("Tics", "niets"),
    ]


def test_bands_next_to_each_other_are_one_span():
    assert ages_words(["4-7", "8-11"]) == "4 tot en met 11 jaar"
    assert ages_words(["0-3", "12-15"]) == "0 tot en met 3 jaar en 12 tot en met 15 jaar"


def test_young_people_are_estimated_by_years_of_age():
    assert youths_of_ages(["4-7", "8-11"], 18_000) == 8_000
    assert youths_of_ages(["4-7"], None) is None


def test_no_number_of_young_people_without_inhabitants(client, member, covered):
    covered.leiden.youths = None
    covered.leiden.save()
    assert "naar schatting" not in text_of(client, "/voor-gemeenten/leiden/").split("<h2")[0]


def test_what_was_stored_tonight_is_what_pages_say(client, member, covered):
    fresh = text_of(client, CELL)
    store_coverage(by=None, today=timezone.localdate())
    WaitTimeFactory(offer=OfferFactory(municipalities=[covered.leiden]))
    assert '<th scope="row">Aanbod</th><td>2</td>' in fresh
    assert '<th scope="row">Aanbod</th><td>2</td>' in text_of(client, CELL)


def test_stored_and_computed_say_the_same(covered):
    today = timezone.localdate()
    computed = coverage_of(covered.leiden, today=today)
    store_coverage(by=None, today=today)
    assert coverage_of(covered.leiden, today=today).cells == computed.cells


@pytest.mark.parametrize(
    ("address", "stored", "statements"),
    [
        # Session, user, municipality, membership, what was stored, searches, signals, refusals,
        # the seven of the area, whether they may freeze.
        (MATRIX, False, 16),
        (MATRIX, True, 9),
        # Session, user, municipality, membership, municipalities of the region, what was stored,
        # searches, signals, refusals, seven of the area, offers here, offers nearby, days stored,
        # what was stored on those.
        (CELL, False, 20),
        (CELL, True, 13),
    ],
)
def test_a_fixed_number_of_statements(
    client, member, covered, django_assert_num_queries, address, stored, statements
):
    MunicipalityFactory(region=covered.leiden.region)
    CoverageSnapshotFactory(municipality=covered.leiden, taken_on=days_ago(40))
    if stored:
        store_coverage(by=None, today=timezone.localdate())
    client.get(address)
    with django_assert_num_queries(statements):
        client.get(address)
