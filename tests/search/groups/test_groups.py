"""The groups that start, soonest first."""

import pytest

from providers.enums import DatedFact
from providers.models import GroupRun
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    OfferFactory,
    PostalAreaFactory,
    RegionClockFactory,
    days_ago,
)
from tests.pages import on_one_line

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


def test_filters_are_answered_with_an_address_of_what_we_know(client, region):
    answer = client.post(
        "/groepen/",
        {
            "plaats": "Leiden",
            "leeftijd": "14",
            "binnen": "",
            "dag": ["dinsdag", "woensdag"],
            "weergave": "kalender",
            "kind": "Fleurtje",
        },
    )
    assert answer.status_code == 302
    assert answer.url == (
        "/groepen/?plaats=Leiden&leeftijd=14&dag=dinsdag&dag=woensdag&weergave=kalender"
    )


def test_of_a_full_postcode_the_address_holds_four_digits(client, region):
    PostalAreaFactory(code="2312", municipality=region.leiden)
    assert client.post("/groepen/", {"plaats": "2312 ab"}).url == "/groepen/?plaats=2312"


def test_a_place_we_do_not_know_gets_into_no_address(client, region):
    answer = client.post("/groepen/", {"plaats": "Fleurtje", "leeftijd": "14"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Deze plaats kennen we niet" in page
    assert page.count("Fleurtje") == 1, "only in the field in which it can be mended"
    assert "leeftijd=14" in page


def test_a_field_left_empty_filters_nothing(client):
    empty = dict.fromkeys(["plaats", "leeftijd", "hulpvraag", "binnen", "instroom"], "")
    assert client.post("/groepen/", empty).url == "/groepen/"


@pytest.mark.parametrize("address", ["/groepen/", "/groepen/agenda.ics"])
def test_an_empty_question_in_an_address_is_no_mistake(client, address):
    answer = client.get(f"{address}?hulpvraag=&plaats=")
    assert answer.status_code == 200
    assert "geldige keuze" not in answer.content.decode()


@pytest.mark.parametrize("view", ["", "&weergave=kalender"])
def test_a_group_opens_in_the_municipality_asked_for(client, region, view):
    run = run_of("Samen", offer={"municipalities": [region.leiden]}, starts_on=days_ago(0))
    open_group = group_of("Inloop", is_open=True, offer__municipalities=[region.leiden])
    page = page_of(client, f"?plaats=Leiden{view}")
    for offer in (run.programme.offer, open_group.offer):
        assert f'href="{offer.get_absolute_url()}?gemeente=GM0546"' in page


def test_what_was_asked_stays_in_the_form(client, region):
    page = client.get("/groepen/?plaats=Leiden&leeftijd=14").content.decode()
    assert 'value="Leiden"' in page
    assert 'value="14"' in page


def test_a_mistake_is_said_beside_its_field(client, region):
    page = client.get("/groepen/?leeftijd=99").content.decode()
    assert "Typ een leeftijd van 0 tot en met 27 jaar." in page


def test_no_group_is_no_dead_end(client):
    assert "Toon alle groepen" in client.get("/groepen/?leeftijd=1").content.decode()


# --- how full they are -------------------------------------------------------------------------


def page_of(client, query=""):
    return client.get(f"/groepen/{query}").content.decode()


def test_a_full_run_says_when_the_next_starts(client, time_machine):
    time_machine.move_to("2026-03-02")
    full = run_of("Vol", starts_on="2026-03-20", places_left=0)
    GroupRunFactory(programme=full.programme, starts_on="2026-04-10", places_left=0)
    GroupRunFactory(programme=full.programme, starts_on="2026-05-10", cancelled=True)
    GroupRunFactory(programme=full.programme, starts_on="2026-06-10", places_left=2)
    assert "Vol, volgende start in juni" in page_of(client, "?vol=ja")


def test_a_cancelled_run_says_so(client):
    run_of("Af", cancelled=True)
    assert "Gaat niet door" in page_of(client, "?vol=ja")


def test_what_is_under_way_stands_under_its_own_heading(client):
    run_of("Loopt", starts_on=days_ago(10))
    run_of("Komt")
    assert shown(client, "?vol=ja") == ["Komt", "Loopt"]
    assert "Al begonnen" in page_of(client, "?vol=ja")


def test_several_runs_of_one_group_are_listed_each(client):
    first = run_of("Vaker", starts_on=days_ago(-3))
    GroupRunFactory(programme=first.programme, starts_on=days_ago(-30))
    assert shown(client) == ["Vaker", "Vaker"]


def test_an_old_count_of_places_is_said_as_what_it_was(client):
    run_of("Oud", places_left=4, places_confirmed_on=days_ago(30))
    assert "Was: nog 4 plekken" in page_of(client)


def test_how_old_a_count_may_be_is_for_the_region_to_say(client, region):
    RegionClockFactory(region=region.leiden.region, fact=DatedFact.PLACES, days=5)
    served = {"municipalities": [region.leiden]}
    run_of("Vol", offer=served, places_left=0, places_confirmed_on=days_ago(6))
    assert shown(client) == []
    assert shown(client, "?plaats=leiden") == ["Vol"]


# --- groups without a start --------------------------------------------------------------------


def group_of(title, **fields):
    return GroupProgrammeFactory(offer__title=title, offer__group=True, **fields)


def parts(client, query=""):
    found = client.get(f"/groepen/{query}").context["page"].parts
    return {part.code: [card.title for card in part.cards] for part in found}


def test_open_groups_and_groups_on_demand_have_their_own_places(client):
    group_of("Inloop", is_open=True)
    group_of("Op maat", on_demand=True)
    group_of("Allebei", is_open=True, on_demand=True)
    group_of("Gewoon")
    assert parts(client) == {"altijd": ["Inloop"], "op-maat": ["Allebei", "Op maat"]}


def test_what_has_a_start_is_listed_once(client):
    run = run_of("Beide")
    run.programme.is_open = True
    run.programme.save()
    assert (shown(client), parts(client)) == (["Beide"], {})


def test_groups_without_a_start_are_filtered_too(client, region):
    group_of("Leiden", is_open=True, offer__municipalities=[region.leiden])
    group_of("Katwijk", is_open=True, offer__municipalities=[region.katwijk])
    group_of("Ouders", is_open=True, audience="ouders", offer__municipalities=[region.leiden])
    assert parts(client, "?plaats=Leiden&wie=kind") == {"altijd": ["Leiden"]}


def test_all_of_them_can_be_seen(client):
    for number in range(8):
        group_of(f"Inloop {number}", is_open=True)
    assert "Toon alle 8" in page_of(client)
    page = client.get("/groepen/?toon=altijd").context["page"]
    assert len(page.part_cards) == 8


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (0, "0 startmomenten waarvoor u kunt aanmelden."),
        (1, "1 startmoment waarvoor u kunt aanmelden."),
        (2, "2 startmomenten waarvoor u kunt aanmelden, het eerste bovenaan."),
    ],
)
def test_what_is_counted_are_starts_for_one_group_may_start_twice(client, runs, words):
    programme = GroupProgrammeFactory()
    for number in range(runs):
        GroupRunFactory(programme=programme, starts_on=days_ago(-10 - number))
    assert f'<p class="sk-lead">{words}</p>' in on_one_line(page_of(client))


# --- the month ---------------------------------------------------------------------------------


def month(client, query=""):
    page = client.get(f"/groepen/?weergave=kalender{query}").context["page"]
    return {
        day.date.isoformat(): [run.title for run in day.runs]
        for week in page.month.weeks
        for day in week
        if day.runs
    }


def test_the_month_shows_each_run_on_its_day(client, time_machine):
    time_machine.move_to("2026-03-02")
    run_of("Eerst", starts_on="2026-03-10")
    run_of("Later", starts_on="2026-04-01")
    assert month(client) == {"2026-03-10": ["Eerst"]}
    assert month(client, "&maand=2026-04") == {"2026-04-01": ["Later"]}


def test_the_month_takes_the_filters(client, time_machine):
    time_machine.move_to("2026-03-02")
    run_of("Dinsdag", starts_on="2026-03-10")
    run_of("Woensdag", starts_on="2026-03-11")
    assert month(client, "&dag=dinsdag") == {"2026-03-10": ["Dinsdag"]}


def test_a_month_with_very_many_starts_is_counted_to_its_end(client, time_machine):
    time_machine.move_to("2026-03-02")
    first = run_of("Vaak", starts_on="2026-03-10")
    GroupRun.objects.bulk_create(
        GroupRun(programme=first.programme, starts_on="2026-03-10") for _ in range(450)
    )
    run_of("Laatste dag", starts_on="2026-03-31")
    assert month(client) == {"2026-03-10": ["Vaak"] * 4, "2026-03-31": ["Laatste dag"]}
    page = client.get("/groepen/?weergave=kalender").content.decode()
    assert "452 startmomenten in maart 2026." in page
    assert ">nog 447<" in on_one_line(page)


@pytest.mark.parametrize("text", ["2026-13", "0000-01", "9999-12", "maart", "2026-3", "²026-03"])
def test_a_month_that_cannot_be_is_this_month(client, time_machine, text):
    time_machine.move_to("2026-03-02")
    page = client.get(f"/groepen/?weergave=kalender&maand={text}").context["page"]
    assert page.month.name == "maart 2026"


def test_one_can_leaf_two_years_and_no_further(client, time_machine):
    time_machine.move_to("2026-03-02")
    last = client.get("/groepen/?weergave=kalender&maand=2028-03").context["page"].month
    assert (str(last.before), last.after) == ("2028-02-01", None)


def test_a_crowded_day_leads_to_its_list(client, time_machine):
    time_machine.move_to("2026-03-02")
    for number in range(6):
        run_of(f"Groep {number}", starts_on="2026-03-10")
    assert "op=2026-03-10" in page_of(client, "?weergave=kalender")
    assert len(shown(client, "?op=2026-03-10")) == 6


def test_a_list_of_one_day_says_so_and_leads_to_all_days(client):
    page = page_of(client, "?leeftijd=14&op=2026-03-10")
    assert "Alleen wat start op dinsdag 10 maart 2026." in page
    assert '<a href="/groepen/?leeftijd=14">Toon alle dagen</a>' in page
    assert "Toon alle dagen" not in page_of(client, "?leeftijd=14")


# --- statements --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?weergave=kalender", "?vol=ja"])
def test_the_statements_of_the_page_do_not_grow(client, query, django_assert_max_num_queries):
    first = run_of("Vol", places_left=0)
    for number in range(12):
        GroupRunFactory(programme=first.programme, places_left=number % 2)
        run_of(f"Groep {number}")
        group_of(f"Inloop {number}", is_open=True)
    # The vocabulary is remembered from here on.
    client.get(f"/groepen/{query}")
    # 1: how many runs; 2: those of this page; 3: the next runs of the full ones; per part
    # without a start (two) at most: 4, 5: a few groups with their offers; 6: their locations;
    # 7: how many there are. The calendar asks in which month the first one starts instead of 1.
    with django_assert_max_num_queries(7):
        client.get(f"/groepen/{query}")
