"""No first name reaches an address; words of the catalogue go there in its own spelling."""

import pytest
from django.http import QueryDict
from faker.providers.person.nl_NL import Provider as Dutch

from providers.vocabulary.text.first_names import first_names, names_that_are_words
from providers.vocabulary.words import normalise
from search.asking.understanding import in_catalogue, understand
from search.asking.understanding.spelling import known_words
from tests.factories import OfferFactory, ProviderFactory

pytestmark = pytest.mark.django_db

NAMES = sorted({normalise(name) for name in Dutch.first_names})


@pytest.fixture
def named_after_children(region):
    """Offers whose texts hold every first name there is, and forms of them."""
    for at in range(0, len(NAMES), 50):
        names = NAMES[at : at + 50]
        text = " ".join([*names, *(f"{name}s" for name in names), *(f"{name}en" for name in names)])
        OfferFactory(title=f"Aanbod {at}", description=text)


@pytest.mark.by_words
@pytest.mark.parametrize(
    "line", ["{name} 14 Katwijk", "meisje {name} somber", "{lower} 14 leiden", "{lower} is boos"]
)
def test_no_first_name_becomes_a_word_to_search_by(named_after_children, line):
    leaks = [
        name
        for name in NAMES
        if understand(line.format(name=name.capitalize(), lower=name)).words
        and name not in names_that_are_words()
    ]
    assert leaks == []


@pytest.mark.parametrize("line", ["Roos 14 Leiden", "roos 14 jaar", "meisje roos", "Roos"])
def test_a_name_that_is_a_word_too_is_a_name_in_a_line_about_somebody(region, line):
    OfferFactory(summary="Een roos planten.")
    assert understand(line).words == ()


def test_it_is_a_word_without_a_capital_in_a_line_about_nobody(region):
    OfferFactory(summary="Een roos planten.")
    assert understand("roos planten").words == ("roos", "planten")


def test_a_name_goes_along_with_another_word_of_the_provider_that_bears_it(region):
    OfferFactory(provider=ProviderFactory(name="Tessa Zorgboerderij"), title="Dieren")
    assert understand("Tessa Zorgboerderij").words == ("tessa", "zorgboerderij")


def test_and_not_with_any_other_word(region):
    OfferFactory(provider=ProviderFactory(name="Tessa Zorgboerderij"), title="Boksen")
    assert understand("Tessa boksen").words == ("boksen",)


def test_a_word_goes_in_as_the_catalogue_spells_it(region):
    OfferFactory(summary="Samen planten verzorgen.")
    assert (understand("plant").words, in_catalogue(["plant"])) == (("planten",), ["planten"])


def test_a_name_in_an_address_is_no_word(region):
    OfferFactory(summary="Vraag naar Tessa.")
    assert (in_catalogue(["tessa"]), known_words(["tessa"])) == ([], [])


def test_a_misspelt_name_is_read_as_no_other_name(region):
    OfferFactory(summary="Vraag naar Alexandra.")
    assert understand("Alexxandra is somber").corrections == ()


def test_the_address_holds_no_name(client, named_after_children):
    answer = client.post("/", {"vraag": "Tess 14 Katwijk Rijnsburg"})
    query = QueryDict(answer.url.partition("?")[2])
    assert "tess" not in str(query).lower()


def test_the_list_is_long_and_holds_names_of_many_origins():
    common = {"tess", "mohammed", "fatima", "emre", "zeynep", "agnieszka", "radjesh", "daan"}
    assert len(first_names()) > 1_500
    assert common <= first_names()


@pytest.mark.parametrize("word", ["sport", "anker", "adem", "imam", "dieren", "muziek", "water"])
def test_words_that_help_is_about_are_no_names(word):
    assert word not in first_names()
