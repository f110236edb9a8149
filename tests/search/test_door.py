"""The link from a GP's own system: codes in, results or a letter out, and an answer to the rest."""

import csv

import pytest
from django.conf import settings

from providers.reference import vocabulary_rows
from search.door.icpc import questions_by_code, questions_of
from tests.factories import HelpQuestionFactory, OfferFactory, WaitTimeFactory

pytestmark = pytest.mark.django_db
ICPC = settings.FIXTURES_DIR / "vocabulary" / "icpc.csv"


@pytest.fixture
def offer(region):
    """Help for gloom in Leiden."""
    HelpQuestionFactory(code="somberheid", label="Somber")
    found = OfferFactory(title="Samen koken", level=0, municipalities=[region.leiden])
    WaitTimeFactory(offer=found, intake_weeks=0, treatment_weeks=0)
    heavy = OfferFactory(title="Behandeling", level=3, municipalities=[region.leiden])
    WaitTimeFactory(offer=heavy, intake_weeks=6, treatment_weeks=14)
    return found


def test_every_question_of_a_code_exists_and_every_code_is_well_formed():
    questions = {row["code"] for row in vocabulary_rows("help_questions")}
    assert {code for found in questions_by_code().values() for code in found} - questions == set()
    with ICPC.open(encoding="utf-8") as stream:
        codes = [row["code"] for row in csv.DictReader(stream)]
    assert len(codes) == len(set(codes))
    assert all(questions_of(code) is not None for code in codes)


@pytest.mark.parametrize("code", ["P76", "p76", " P76 ", "P76.01"])
def test_a_code_is_read_as_gps_write_it(code):
    assert questions_of(code) == ("somberheid",)


# P81 stands in the second edition only.
@pytest.mark.parametrize("code", ["K74", "P7", "P761", "", "P99x", "P81"])
def test_what_no_public_list_confirms_is_no_code_of_ours(code):
    assert questions_of(code) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_leads_to_the_results(client, offer, method):
    sent = {"icpc": "P76", "postcode": "2312 AB", "leeftijd": "14"}
    answer = getattr(client, method)("/zoek", sent)
    assert answer.status_code == 302
    assert "icpc" not in answer.url
    assert "hulpvraag=somberheid" in answer.url
    assert "leeftijd=14" in answer.url
    page = client.get(answer.url).content.decode()
    assert "Samen koken" in page


def test_another_system_may_send_the_form(offer):
    from tests.strict_client import StrictClient

    answer = StrictClient(enforce_csrf_checks=True).post("/zoek", {"icpc": "P76"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kleur": "rood"}, "De parameter “kleur” kent de kaart niet."),
        ({"hulpvraag": "bestaat-niet"}, "De hulpvraag “bestaat-niet” bestaat niet."),
        ({"icpc": "K74"}, "De ICPC-code “K74” kent de kaart niet"),
        ({"icpc": "P70"}, "Bij ICPC-code “P70” hoort geen hulpvraag."),
        ({"leeftijd": "veertig"}, "leeftijd"),
        ({"postcode": "0000"}, "postcode"),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_way_on(client, offer, sent, sentence):
    answer = client.get("/zoek", {"hulpvraag": "somberheid"} | sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page


def test_the_rest_of_a_link_goes_on(client, offer):
    page = client.get("/zoek", {"icpc": "P76", "kleur": "rood"}).content.decode()
    assert 'href="/?hulpvraag=somberheid"' in page
    assert "Zoek met de rest" in page


@pytest.mark.parametrize("name", ["hulpvraag", "icpc", "Isa van Dijk"])
def test_what_may_be_about_somebody_is_not_repeated(client, offer, name):
    page = client.get("/zoek", {name: "Isa van Dijk 14"}).content.decode()
    assert "Isa" not in page


def test_the_text_for_the_letter_comes_back(client, offer):
    answer = client.get("/zoek/brief", {"icpc": "P76", "postcode": "2312"})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("Open verwijzing.")
    assert "Samen koken" in text


@pytest.mark.parametrize("sent", [{}, {"icpc": "K74"}, {"leeftijd": "14"}])
def test_a_letter_about_nothing_is_none(client, offer, sent):
    assert client.get("/zoek/brief", sent).status_code == 422


def test_nobody_keeps_the_answer(client, offer):
    assert "no-store" in client.get("/zoek", {"icpc": "P76"})["Cache-Control"]
