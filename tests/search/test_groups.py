"""The groups that start, soonest first."""

import pytest

from tests.factories import GroupProgrammeFactory, GroupRunFactory, OfferFactory, days_ago

pytestmark = pytest.mark.django_db


def run_of(title, **fields):
    offer = OfferFactory(title=title, group=True, **fields.pop("offer", {}))
    return GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), **fields)


def shown(client, query=""):
    page = client.get(f"/groepen/{query}")
    assert page.status_code == 200
    runs = [run for _month, runs in page.context["page"].months for run in runs]
    return [run.title for run in runs]


def test_the_soonest_comes_first(client):
    run_of("Straks", starts_on=days_ago(-30))
    run_of("Eerst", starts_on=days_ago(-3))
    assert shown(client) == ["Eerst", "Straks"]


def test_runs_stand_under_their_month(client, time_machine):
    time_machine.move_to("2026-06-01")
    run_of("Zomer", starts_on="2026-07-02")
    assert b"Juli 2026" in client.get("/groepen/").content


@pytest.mark.parametrize(
    "hidden",
    [
        {"starts_on": days_ago(1)},
        {"cancelled": True},
        {"enrol_by": days_ago(1)},
        {"offer": {"status": "concept"}},
        {"places_left": 0},
    ],
    ids=["started", "cancelled", "enrolment closed", "draft", "full"],
)
def test_such_a_run_is_not_listed(client, hidden):
    run_of("Niet", **hidden)
    assert shown(client) == []


def test_full_groups_are_shown_when_asked_for(client):
    run_of("Vol", places_left=0)
    assert shown(client, "?vol=ja") == ["Vol"]


def test_unknown_places_are_shown_and_said(client):
    run_of("Wie weet", places_left=None)
    assert shown(client) == ["Wie weet"]
    assert b"aantal plekken niet bekend" in client.get("/groepen/").content


def test_groups_are_filtered_like_offers(client, region):
    run_of("Leiden", offer={"municipalities": [region.leiden], "age_min": 12})
    run_of("Katwijk", offer={"municipalities": [region.katwijk], "age_min": 12})
    run_of("Klein", offer={"municipalities": [region.leiden], "age_min": 0, "age_max": 4})
    assert shown(client, "?plaats=leiden&leeftijd=14") == ["Leiden"]


def test_what_was_asked_stays_in_the_form(client, region):
    page = client.get("/groepen/?plaats=Leiden&leeftijd=14").content.decode()
    assert 'value="Leiden"' in page
    assert 'value="14"' in page


def test_a_mistake_is_said_beside_its_field(client, region):
    page = client.get("/groepen/?leeftijd=99").content.decode()
    assert "Typ een leeftijd van 0 tot en met 27 jaar." in page


def test_no_group_is_no_dead_end(client):
    assert "Toon alle groepen" in client.get("/groepen/?leeftijd=1").content.decode()
