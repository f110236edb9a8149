"""Who types the name of a provider or of help gets that one first."""

import pytest
from django.http import QueryDict

from providers.reference import vocabulary_rows
from providers.vocabulary.names import OFFER, PROVIDER, names
from providers.vocabulary.text.lexicon import lexicon
from search.asking.forms import AskForm
from search.asking.suggest import suggestions
from search.asking.understanding import understand
from search.asking.understanding.names import _is_own
from search.results.page import results_page
from tests.search.searching import results_of

pytestmark = pytest.mark.django_db


def results_for(line):
    """Return what asking this line finds."""
    form = AskForm(QueryDict(mutable=True) | {"vraag": line})
    assert form.is_valid(), form.errors
    query = QueryDict(mutable=True)
    for name, values in form.parameters().lists():
        query.setlist(name, values)
    return results_of(query.urlencode())


def named_in(line):
    return {names().by_code[code].label for code in understand(line).names}


def everything():
    return list(names().by_code.values())


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Buurthuis De Waterlijn", "Buurthuis De Waterlijn"),
        ("De Waterlijn Leiden", "Buurthuis De Waterlijn"),
        ("waterlijn", "Buurthuis De Waterlijn"),
        ("buurthuis de waterlijn, Katwijk", "Buurthuis De Waterlijn"),
        ("Jeugd- en gezinsteam De Singel", "Jeugd- en gezinsteam De Singel"),
        ("Golfuur voor drukke hoofden", "Golfuur voor drukke hoofden"),
        ("Golfuur", "Golfuur voor drukke hoofden"),
        ("Driftkikkers Leiden 9 jaar", "Driftkikkers: beter omgaan met boosheid"),
    ],
)
def test_a_name_comes_first(demo, line, name):
    page = results_page(results_for(line))
    assert named_in(line) == {name}
    first = page.cards[0]
    assert name in {first.title, names().by_code[understand(line).names[0]].label}
    assert first.offer_id in names().by_code[understand(line).names[0]].offers


def test_every_whole_name_comes_first(demo):
    wrong = [
        one.label
        for one in everything()
        if one.label not in named_in(one.label)
        or results_for(one.label).matches.ranking.ids[0] not in _offers_of(one.label)
    ]
    assert wrong == []


def _offers_of(label):
    return {offer for one in everything() if one.label == label for offer in one.offers}


@pytest.mark.parametrize("kind", [OFFER, PROVIDER])
@pytest.mark.parametrize("key", ["de", "sam", "samen", "de waterl", "waterlijn", "e", "geen naam"])
def test_names_are_found_by_how_words_in_a_row_begin(demo, kind, key):
    expected = [
        one
        for one in everything()
        if one.code.startswith(kind) and f" {key}" in f" {' '.join(one.words)}"
    ]
    assert list(names().beginning(key, kind)) == expected


def test_a_name_is_found_by_its_code_and_by_nothing_like_it(demo):
    known = names().by_code
    assert [known[code].code for code in known] == list(known)
    assert {one.is_provider for one in known.values()} == {True, False}
    first = next(iter(known))
    for other in (
        first.replace("-", "-0"),
        f"x{first}",
        "aanbod-",
        "aanbod-0",
        f"{first}{'9' * 20}",
    ):
        assert other not in known


@pytest.mark.by_words
def test_every_word_that_only_a_few_names_have_leads_to_those(demo):
    known = lexicon()
    own = {word for one in everything() for word in one.words if _is_own(word, known)}
    assert len(own) > 100
    wrong = [word for word in own if not any(word in _words(label) for label in named_in(word))]
    assert wrong == []


def _words(label):
    return {word for one in everything() if one.label == label for word in one.words}


def test_a_name_is_about_nothing_else(demo):
    said = understand("Golfuur voor drukke hoofden")
    assert (said.questions, said.words, said.dropped) == ((), (), ())


def test_what_stands_beside_a_name_is_understood_as_well(demo):
    said = understand("somber, bij de Waterlijn Leiden")
    assert (said.questions, said.place) == (("somberheid",), "leiden")
    assert results_for("somber, bij de Waterlijn Leiden").matches.ranking.ids[0] in _offers_of(
        "Buurthuis De Waterlijn"
    )


@pytest.mark.by_words
@pytest.mark.parametrize(
    "line",
    [
        "somber",
        "2311 somber",
        "somber 14 Leiden",
        "somber en angstig",
        "samen eten met ouders",
        "drukke kinderen in het hoofd",
        "stap voor stap",
        "de tafel",
        "ouders van een kind met een eetstoornis",
        "meisje 14 somber, gaat niet meer naar school, Leiden",
        "na het geweld thuis is hij bang",
    ],
)
def test_ordinary_words_that_are_in_a_name_too_name_nothing(demo, line):
    assert named_in(line) == set()


@pytest.mark.by_words
def test_no_word_for_a_topic_is_a_name(demo):
    topics = {row["text"] for row in vocabulary_rows("search_words") if " " not in row["text"]}
    wrong = {word: named for word in topics if (named := named_in(word)) and named != {word}}
    assert wrong == {}


def test_a_title_of_ordinary_words_may_mean_what_it_says(demo):
    said = understand("Maatje voor jongeren")
    assert named_in("Maatje voor jongeren") == {"Maatje voor jongeren"}
    assert said.questions
    page = results_page(results_for("Maatje voor jongeren"))
    assert page.cards[0].title == "Maatje voor jongeren"


def test_a_danger_in_a_name_still_says_whom_to_call(demo):
    assert understand("Verder na een zelfdoding in het gezin").crisis == "suicide"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("buurthuis de wat", "Buurthuis De Waterlijn"),
        ("De Waterlijn Leiden", "Buurthuis De Waterlijn"),
        ("golfu", "Golfuur voor drukke hoofden"),
        ("Golfuur voor drukke hoofden", "Golfuur voor drukke hoofden"),
    ],
)
def test_a_name_is_suggested_while_typing(demo, typed, label):
    assert label in [one.label for one in suggestions(typed).options]
