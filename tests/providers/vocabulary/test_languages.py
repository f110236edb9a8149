"""What is remembered in one language is never given in another."""

import pytest
from django.core.cache import caches
from django.template import Context, Template

# Under another name, so that the text below does not come into the catalogue.
from django.utils.translation import gettext as in_the_language
from django.utils.translation import override, trans_real

from providers.enums import AccessRoute
from providers.languages import all_of, cached_per_language, grouped, one_of
from search.cards.card import waiting_words
from search.cards.reasons import _via
from tests.factories import OfferFactory

MARK = "[en]"
SEARCH = "/?hulpvraag=somberheid&plaats=leiden"


@pytest.fixture(autouse=True)
def english(settings, monkeypatch):
    """A second language in which every text is marked."""
    settings.LANGUAGES = [("nl", "Nederlands"), ("en", "Engels")]
    catalogue = trans_real.translation("en")
    monkeypatch.setattr(catalogue, "gettext", lambda text: MARK + text)
    monkeypatch.setattr(
        catalogue, "ngettext", lambda one, many, n: MARK + (one if n == 1 else many)
    )


@pytest.fixture
def keeping(settings):
    """Keep pages, as a real site does."""
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def offer(region):
    return OfferFactory(
        title="Sterk in je vel", municipalities=[region.leiden], help_questions=["somberheid"]
    )


def in_english(client, path):
    with override("en"):
        return client.get(path).content.decode()


def in_dutch(client, path):
    return client.get(path).content.decode()


def test_words_are_remembered_for_each_language():
    asked = []

    @cached_per_language(10)
    def greeting(name):
        asked.append(name)
        return in_the_language("Dag %(name)s") % {"name": name}

    with override("en"):
        english = [greeting("Isa"), greeting("Isa")]
    assert (greeting("Isa"), english) == ("Dag Isa", [f"{MARK}Dag Isa"] * 2)
    assert asked == ["Isa", "Isa"]


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A en B"), (["A", "B", "C"], "A, B en C")],
)
def test_names_stand_in_a_sentence_as_a_list(names, said):
    assert (all_of(names), one_of(names)) == (said, said.replace(" en ", " of "))


@pytest.mark.parametrize(
    "words", [lambda: waiting_words(3), lambda: _via((AccessRoute.DOCTOR,)).text]
)
def test_words_of_a_card_are_of_the_language_asked_for(words):
    dutch = words()
    with override("en"):
        assert MARK.lower() in words().lower()
    assert words() == dutch
    assert MARK not in dutch


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", SEARCH, f"{SEARCH}&leeftijd=14"])
def test_a_kept_page_is_of_the_language_asked_for(client, keeping, offer, path):
    before = in_dutch(client, path)
    assert MARK in in_english(client, path)
    client.cookies.clear()
    assert MARK not in before + in_dutch(client, path)


@pytest.mark.django_db
def test_a_page_says_which_language_it_is_in(client, offer):
    assert '<html lang="nl">' in in_dutch(client, SEARCH)
    assert '<html lang="en">' in in_english(client, SEARCH)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/offers", "/api/v1/docs"])
def test_the_api_answers_in_the_language_asked_for(client, offer, path):
    before = in_dutch(client, path)
    assert MARK in in_english(client, path)
    assert MARK not in before + in_dutch(client, path)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")]
)
def test_a_number_over_999_has_dots(number, words):
    assert grouped(number) == words
    assert Template("{% load numbers %}{{ n|grouped }}").render(Context({"n": number})) == words
