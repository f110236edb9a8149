"""What the question field suggests while one types."""

import logging

import pytest

from providers.filters.offers import OfferFilterSet
from search.asking.forms import CARRIED_ALONG
from search.asking.suggest import suggestions
from tests.factories import (
    HelpQuestionFactory,
    OfferFactory,
    ProviderFactory,
    SearchWordFactory,
    TargetGroupFactory,
)
from tests.pages import attribute, element, elements

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary(db):
    somber = HelpQuestionFactory(code="somberheid", label="Somber of neerslachtig")
    school = HelpQuestionFactory(code="schoolverzuim", label="Gaat niet (meer) naar school")
    for text, question in [
        ("depressief", somber),
        ("zit thuis", school),
        ("gaat niet naar school", school),
    ]:
        SearchWordFactory(text=text, help_question=question)
    SearchWordFactory(text="depri jongeren", help_question=None, target_group=TargetGroupFactory())


def labels(text):
    return [one.label for one in suggestions(text).options]


@pytest.mark.parametrize("typed", ["so", "SOM", "neersl", "depr", "dépr", "  somber"])
def test_a_label_or_a_word_that_begins_so_is_suggested(vocabulary, typed):
    assert labels(typed) == ["Somber of neerslachtig"]


@pytest.mark.parametrize("typed", ["", "s", "omber", "xyz", "?!", "somber of neerslachtig en nog"])
def test_nothing_else_is(vocabulary, typed):
    assert labels(typed) == []


def test_the_word_that_matched_stands_beside_the_label(vocabulary):
    (found,) = suggestions("depre").options
    assert (found.label, found.note, found.code) == (
        "Somber of neerslachtig",
        "depressief",
        "somberheid",
    )


@pytest.mark.parametrize(
    ("typed", "keep"),
    [
        ("meisje 14 somb", "meisje 14"),
        ("bang in het donker, somber", "bang in het donker"),
        ("ze is somber, gaat niet naar sch", "ze is somber"),
        ("somb", ""),
    ],
)
def test_only_the_last_words_are_replaced(vocabulary, typed, keep):
    assert suggestions(typed).keep == keep


def test_two_letters_behind_other_words_suggest_nothing(vocabulary):
    assert labels("mijn kind is so") == []


def test_a_provider_leads_to_its_page(vocabulary):
    provider = OfferFactory(provider__name="Buurthuis Sommelsdijk").provider
    ProviderFactory(name="Som zonder aanbod")
    found = suggestions("som").options
    assert [one.label for one in found] == ["Somber of neerslachtig", provider.name]
    assert found[1].url == provider.get_absolute_url()


def test_a_label_goes_before_a_search_word(vocabulary):
    other = HelpQuestionFactory(code="anders", label="Iets anders", position=0)
    SearchWordFactory(text="som", help_question=other)
    assert labels("som") == ["Somber of neerslachtig", "Iets anders"]


@pytest.mark.parametrize("text", ["som", "een twee drie vier som", "a b c d e f g " * 20])
def test_once_in_memory_it_takes_no_statement(vocabulary, django_assert_num_queries, text):
    suggestions(text)
    with django_assert_num_queries(0):
        suggestions(text)


def test_a_word_of_a_name_is_found_however_the_name_is_written(vocabulary):
    provider = OfferFactory(provider__name="Jeugd-ggz De Één").provider
    assert provider.name in labels("ggz de een")


# --- the address -------------------------------------------------------------------------------


def test_the_answer_is_plain_values_that_nobody_keeps(client, vocabulary):
    answer = client.post("/suggesties", {"vraag": "meisje somb"})
    assert answer.json()["keep"] == "meisje"
    assert answer.json()["options"][0] == {
        "label": "Somber of neerslachtig",
        "note": "hulpvraag",
        "code": "somberheid",
        "url": "",
    }
    assert "no-store" in answer["Cache-Control"]


def test_what_is_typed_never_stands_in_an_address(client):
    assert client.get("/suggesties?vraag=som").status_code == 405


@pytest.mark.parametrize("text", ["bel 06 12345678", "jan@example.org", "som " * 60])
def test_what_points_at_a_person_is_refused_as_in_the_search(client, vocabulary, text, caplog):
    caplog.set_level(logging.DEBUG)
    answer = client.post("/suggesties", {"vraag": text})
    assert answer.status_code == 422
    assert list(answer.json()) == ["problem"]
    assert text not in caplog.text


def test_a_chosen_question_goes_with_what_was_asked_and_filtered(client, vocabulary, region):
    answer = client.post(
        "/",
        {
            "vraag": "",
            "hulpvraag": ["schoolverzuim", "somberheid"],
            "plaats": "Leiden",
            "leeftijd": "14",
            "vorm": "groep",
        },
    )
    assert answer.url == (
        "/?hulpvraag=schoolverzuim&hulpvraag=somberheid&plaats=leiden&leeftijd=14&vorm=groep"
    )


def test_the_form_carries_the_filters_of_the_search(client, vocabulary):
    page = client.get("/?hulpvraag=somberheid&vorm=groep&start=6").content.decode()
    hidden = list(elements(element(page, "form"), "input", type="hidden"))
    carried = {(attribute(one, "name"), attribute(one, "value")) for one in hidden}
    assert {("hulpvraag", "somberheid"), ("vorm", "groep"), ("start", "6")} <= carried


def test_the_page_tells_the_script_which_filters_a_question_leaves(client, vocabulary):
    page = client.get("/?hulpvraag=somberheid&ook=schoolverzuim").content.decode()
    (kept,) = [names.split() for one in elements(page) if (names := attribute(one, "data-kept"))]
    assert {"ook", "fase", "taal", "toegang", "start", "volgorde"} <= set(kept)
    assert kept == list(CARRIED_ALONG)


def test_the_script_has_no_list_of_filters(settings):
    script = settings.BASE_DIR / "socialekaart/static/socialekaart/suggest.js"
    text = script.read_text()
    assert [name for name in OfferFilterSet.base_filters if f'"{name}"' in text] == ["hulpvraag"]
