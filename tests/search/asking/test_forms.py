"""The question form: typed text in, codes out."""

import pytest
from django.http import QueryDict

from search.asking.forms import AskForm
from tests.factories import HelpQuestionFactory, OfferFactory, TargetGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(region):
    HelpQuestionFactory(code="somberheid")
    OfferFactory(help_questions=["angst"], title="Boksen")


def asked(query):
    form = AskForm(QueryDict(query))
    assert form.is_valid(), form.errors
    return dict(form.parameters().lists())


def errors(query):
    form = AskForm(QueryDict(query))
    form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


def test_a_question_becomes_a_code():
    assert asked("vraag=somberheid")["hulpvraag"] == ["somberheid"]


def test_what_is_typed_goes_before_what_was_there():
    known = asked("vraag=9+jaar+Katwijk&plaats=Leiden&leeftijd=14")
    assert (known["leeftijd"], known["plaats"]) == (["9"], ["katwijk"])


def test_what_was_there_stays_when_nothing_else_is_typed():
    known = asked("vraag=somberheid&plaats=Leiden&leeftijd=14")
    assert (known["leeftijd"], known["plaats"]) == (["14"], ["leiden"])


@pytest.mark.parametrize(
    ("typed", "ages"), [("9+tot+11+jaar", "9-11"), ("groep+7", "10-11"), ("puber", "12-16")]
)
def test_from_one_age_to_another_is_kept_as_such(typed, ages):
    assert asked(f"vraag={typed}")["leeftijd"] == [ages]


def test_ages_may_be_filled_in():
    assert asked("leeftijd=9+t/m+11")["leeftijd"] == ["9-11"]


def test_one_age_filled_in_is_surer_than_the_ages_of_a_word():
    assert asked("vraag=puber&leeftijd=14")["leeftijd"] == ["14"]


def test_a_new_question_is_added_to_the_old_one():
    assert asked("hulpvraag=angst&vraag=somberheid")["hulpvraag"] == ["angst", "somberheid"]


def test_a_full_postcode_is_cut_to_four_digits():
    assert asked("plaats=2312+AB")["plaats"] == ["2312"]


def test_filters_are_kept():
    TargetGroupFactory(code="ouders")
    known = asked("vraag=somberheid&vorm=groep&doelgroep=ouders&volgorde=licht")
    assert (known["vorm"], known["doelgroep"], known["volgorde"]) == (
        ["groep"],
        ["ouders"],
        ["licht"],
    )


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("lichte hulp bij somberheid", ["0", "1", "2"]),
        ("somberheid, vrijwilliger", ["0"]),
        ("somberheid, dagbehandeling", ["4"]),
    ],
)
def test_how_light_it_has_to_be_becomes_steps(typed, steps):
    assert asked(f"vraag={typed}")["trede"] == steps


def test_steps_that_were_chosen_go_before_those_of_the_line():
    assert asked("vraag=lichte+hulp+bij+somberheid&trede=3")["trede"] == ["3"]


@pytest.mark.parametrize(
    "name", ["hulpvraag", "woord", "trede", "vorm", "doelgroep", "taal", "start", "volgorde"]
)
def test_only_codes_we_know_reach_the_address(name):
    known = asked(f"vraag=somberheid&{name}=Fleurtje")
    assert "Fleurtje" not in str(known)


def test_how_many_words_were_not_used_is_a_number():
    assert asked("vraag=fleurtje+zonnedauw")["niet_gebruikt"] == ["2"]


def test_nothing_typed_is_no_error():
    assert asked("") is not None


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("leeftijd=veertien", "leeftijd", "in hele jaren"),
        ("leeftijd=28", "leeftijd", "van 0 tot en met 27"),
        ("leeftijd=-1", "leeftijd", "van 0 tot en met 27"),
        ("leeftijd=12-", "leeftijd", "in hele jaren"),
        ("leeftijd=12-28", "leeftijd", "van 0 tot en met 27"),
        ("leeftijd=" + "9" * 5000, "leeftijd", "in hele jaren"),
        ("plaats=Atlantis", "plaats", "Deze plaats kennen we niet"),
        ("plaats=" + "x" * 81, "plaats", "80"),
        ("vraag=" + "x" * 201, "vraag", "hoogstens 200"),
    ],
)
def test_a_mistake_is_said_in_words_beside_its_field(query, field, words):
    found = errors(query)
    assert list(found) == [field]
    assert words in found[field][0]


@pytest.mark.parametrize("line", ["help", "hulp", "asdfgh qwerty"])
def test_a_line_that_says_nothing_is_answered(client, line):
    page = client.post("/", {"vraag": line}, follow=True)
    assert "Daarmee vinden we nog niets" in page.content.decode()


def test_who_asks_nothing_is_told_nothing(client):
    page = client.post("/", {"vraag": ""}, follow=True)
    assert "Daarmee vinden we nog niets" not in page.content.decode()
