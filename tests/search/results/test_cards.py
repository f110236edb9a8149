"""The card of a result: when it can start, why it is shown, and what to look out for."""

import re

import pytest
from django.utils import formats

from providers.enums import ContractStatus, WaitStatus
from tests.factories import (
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    ServiceAreaFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.search.searching import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(region):
    return region


def only_card(query="hulpvraag=somberheid"):
    (card,) = page_of(query).cards
    return card


def test_a_card_says_why_it_fits():
    question = HelpQuestionFactory(code="somberheid", label="Somber")
    OfferFactory(help_questions=[question])
    said = [reason.text for reason in only_card().reasons]
    assert {"past bij: somber", "12 tot en met 17 jaar"} <= set(said)


def test_a_card_tells_its_main_question_from_the_others():
    for code, label in [("somberheid", "Somber"), ("angst", "Bang"), ("pesten", "Gepest")]:
        HelpQuestionFactory(code=code, label=label)
    OfferFactory(help_questions=["pesten", "angst", "somberheid"])
    query = "hulpvraag=somberheid&hulpvraag=pesten"
    assert question_reasons(only_card(query)) == ["past bij: gepest", "ook bij: somber"]


@pytest.mark.parametrize("main", [True, False])
def test_what_a_card_calls_its_main_question_counts_most_in_its_score(main):
    codes = ["somberheid", "angst"] if main else ["angst", "somberheid"]
    OfferFactory(help_questions=codes)
    card = only_card()
    assert question_reasons(card)[0].startswith("past bij") is main
    assert (card.score.fit >= 2) is main


def question_reasons(card):
    return [one.text for one in card.reasons if one.text.startswith(("past bij:", "ook bij:"))]


@pytest.mark.parametrize(
    ("ways_in", "said"),
    [
        (["walk_in", "via_doctor"], "geen verwijzing nodig"),
        (["via_doctor"], "via huisarts, jeugdarts of specialist"),
        (["via_local_team"], "via het lokale team of de gemeente"),
        (["via_local_team", "via_doctor"], "via huisarts of lokaal team"),
        (["via_local_team", "via_doctor", "via_court"], "via huisarts, lokaal team of rechter"),
        ([], "toegang niet opgegeven"),
    ],
)
def test_a_card_names_every_way_in(region, ways_in, said):
    offer = OfferFactory(municipalities=[])
    chosen = {"walk_in": False} | dict.fromkeys(ways_in, True)
    ServiceAreaFactory(offer=offer, municipality=region.leiden, **chosen)
    assert only_card("plaats=leiden").reasons[-1].text == said


@pytest.mark.parametrize("crisis", [True, False])
def test_a_card_says_that_it_is_help_in_a_crisis(client, crisis):
    OfferFactory(crisis=crisis)
    page = client.get("/?hulpvraag=somberheid").content.decode()
    assert (">hulp bij crisis</b>" in page) is crisis


def test_a_card_warns_of_what_is_not_known():
    OfferFactory(age_min=None, age_max=None)
    assert [reason.text for reason in only_card().reasons if not reason.good] == [
        "leeftijd niet opgegeven"
    ]


def test_a_card_says_both_waits_and_how_many_wait():
    WaitTimeFactory(intake_weeks=6, treatment_weeks="14.5", people_waiting=38)
    assert only_card().wait_line == "Intake na 6 weken, start 14,5 weken later · 40 wachtenden"


def test_an_intake_without_a_wait_is_at_once():
    WaitTimeFactory(intake_weeks=0, treatment_weeks="0.5")
    assert only_card().wait_line == "Intake meteen, start 0,5 weken later"


def test_a_card_says_that_nobody_is_taken():
    WaitTimeFactory(status=WaitStatus.STOP)
    assert only_card().wait_line == "Neemt nu niemand aan; einde niet bekend"


def test_a_card_says_when_the_group_meets_and_what_is_left():
    run = GroupRunFactory()
    day = run.starts_on.strftime("%-d")
    card = only_card()
    assert "16.00 uur · nog 4 van 10 plekken" in card.group_line
    assert card.pill.text.startswith(f"Start {day} ")


def test_a_run_that_is_not_sure_is_told_below_the_wait_that_counts():
    run = GroupRunFactory(programme__is_open=True, places_confirmed_on=None)
    WaitTimeFactory(offer=run.programme.offer, intake_weeks=1, treatment_weeks=0)
    card, date = only_card(), formats.date_format(run.starts_on, "j F")
    assert (card.pill.kind, card.pill.text) == ("now", "Binnen 2 weken")
    assert (card.wait_line, card.score.start_weeks) == ("Intake na 1 week", 1)
    assert f", {date} · " in card.group_line
    assert card.group_line.endswith(" · plekken niet bevestigd")


def test_a_group_whose_enrolment_is_closed_is_no_start():
    GroupRunFactory(enrol_by=days_ago(1))
    assert only_card().pill.text == "Nog geen start bekend"


def test_a_group_one_joins_at_its_start_says_the_day_and_no_wait():
    """Five weeks of waiting beside a start in 46 days."""
    run = GroupRunFactory(programme__is_open=False, starts_on=days_ago(-46))
    WaitTimeFactory(offer=run.programme.offer, intake_weeks=5, treatment_weeks=0, people_waiting=3)
    card, day = only_card(), formats.date_format(run.starts_on, "j F")
    assert (card.pill.text, card.wait_line) == (f"Start {day}", "")
    assert card.score.start_weeks == 12


def test_a_card_says_whether_this_municipality_pays(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, contract=ContractStatus.CONTRACTED)
    assert only_card("plaats=leiden").contract == "Gecontracteerd in Leiden"


@pytest.mark.parametrize(
    ("asked", "town", "said"),
    [
        ("2311", "Leiden", re.compile(r"\d,\d km")),
        ("leiden", "Leiden", re.compile("")),
        ("leiden", "Oegstgeest", re.compile("ongeveer 1 km")),
    ],
)
def test_a_card_says_how_far_it_is_no_more_precisely_than_was_asked(region, asked, town, said):
    offer = OfferFactory(municipalities=[region.leiden])
    offer.locations.set([LocationFactory(provider=offer.provider, lat=52.1683, town=town)])
    assert said.fullmatch(only_card(f"plaats={asked}").distance)


def test_help_without_an_address_says_so():
    OfferFactory(online=True)
    assert only_card().place == "Online"


def test_what_nobody_confirmed_says_where_it_comes_from():
    OfferFactory(status="overgenomen")
    assert only_card().fresh == ("overgenomen uit een landelijke lijst, nog niet bevestigd")


@pytest.mark.parametrize(
    ("cost", "short"),
    [
        ("Gratis", "gratis"),
        ("Gratis, koffie staat klaar", "gratis"),
        ("Gratis, werkboek 15 euro", "grotendeels gratis"),
        ("Gratis; u betaalt alleen het telefoontje.", "grotendeels gratis"),
        ("Gratis. Uitjes betalen wij, tot 10 euro per keer.", "gratis"),
        ("Gratis, ouders betalen de lunch", "grotendeels gratis"),
        ("Gratis, een eigen bijdrage voor de lunch", "grotendeels gratis"),
        ("Gratis, behalve het materiaal", "grotendeels gratis"),
        ("Gratis. Reiskosten worden niet vergoed: 5 euro.", "grotendeels gratis"),
        ("Gratis, de reis wordt vergoed. Werkboek 15 euro.", "grotendeels gratis"),
        ("Gratis, reiskosten worden vergoed", "gratis"),
        ("Gratis, de gemeente betaalt", "gratis"),
        ("Gratis. Er zijn geen kosten.", "gratis"),
        ("Gratis. Daarna 80 euro per uur.", "gratis …"),
        ("Gratis: het eerste gesprek. Een traject kost 500 euro.", "gratis …"),
        ("Gratis, alleen voor leden", "gratis …"),
        ("Gratis, geen verwijzing nodig, werkboek 15 euro", "grotendeels gratis"),
        ("Eerste week gratis, daarna 8 euro per nacht", "eerste week gratis …"),
        ("Gratis tot 18 jaar, daarna een eigen bijdrage", "gratis tot 18 jaar"),
        ("20 euro, met een minimapas 2 euro", "20 euro …"),
    ],
)
def test_a_row_says_in_whole_words_that_help_is_free(cost, short):
    OfferFactory(help_questions=[HelpQuestionFactory(code="somberheid")], cost=cost)
    assert only_card().row.cost == short
