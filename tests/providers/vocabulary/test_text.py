"""The analyser: stems, compounds and the words we know."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import OfferStatus
from providers.models import SearchWord
from providers.services.bulk import publish_offers
from providers.services.offers import archive_offer, publish_offer
from providers.vocabulary.text.analyser import terms
from providers.vocabulary.text.compounds import Splitter
from providers.vocabulary.text.lexicon import lexicon, parts_for
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.stems import exceptions, stem
from providers.vocabulary.words import normalise
from tests.factories import HelpQuestionFactory, OfferFactory, SearchWordFactory

WORDS = [
    *("scheiding", "kinderen", "groep", "faalangst", "training", "jeugd", "ggz", "gezin"),
    *("behandeling", "rouw", "slaap", "cursus", "brussen", "begeleiding", "autisme", "ouder"),
]


@pytest.mark.parametrize(
    "words",
    [
        "kind kinderen kindje",
        "gezin gezinnen",
        "scheiding gescheiden scheiden",
        "verslaafd verslaving verslaafde",
        "autisme autistisch autistische",
        "drinkt drinken gedronken",
        "slaapt slapen",
        "huilt huilen",
        "pest pesten gepest",
        "depressie depressief depressieve",
        "suïcide suïcidaal",
        "angst angstig angsten",
        "moeder mama",
        "vriend vriendje vriendinnen",
        "controleert controleren gecontroleerd",
        "verveelt vervelen",
        "leest lezen",
    ],
)
def test_words_that_belong_together_share_a_stem(words):
    assert len({stem(normalise(word)) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gezin", "zin"),
        ("begeleiding", "beleid"),
        ("rekenen", "rekening"),
        ("veel", "vel"),
        ("gezicht", "zich"),
        ("gezond", "zon"),
        ("druk", "drukte"),
    ],
)
def test_words_that_only_look_alike_do_not(one, other):
    assert stem(one) != stem(other)


def test_every_exception_is_one_word_with_one_stem():
    assert all(" " not in word and word == normalise(word) for word in exceptions())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("scheidingskinderengroep", ("scheiding", "kinderen", "groep")),
        ("faalangsttraining", ("faalangst", "training")),
        ("jeugdggz", ("jeugd", "ggz")),
        ("gezinsbehandeling", ("gezin", "behandeling")),
        ("brussengroep", ("brussen", "groep")),
        ("faalangst", ()),
        ("begeleiding", ()),
        ("groep", ()),
        ("qwertyuiop", ()),
    ],
)
def test_compounds_come_apart(word, parts):
    assert Splitter(parts_for(WORDS)).split(word) == parts


@pytest.mark.django_db
def test_a_document_has_the_whole_word_and_its_parts():
    OfferFactory(title="Faalangst training")
    assert terms("Faalangsttraining!") == [
        stem(w) for w in ["faalangsttraining", "faalangst", "training"]
    ]


@pytest.mark.django_db
def test_a_term_comes_once_and_function_words_not_at_all():
    assert terms("het kind en de kinderen van hem") == []
    assert terms("rouw, rouwen en Róúw") == ["rouw"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_any_text_has_terms_the_same_for_any_case(db, text):
    assert terms(text) == terms(normalise(text).upper())


@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
def test_any_word_has_a_stem(word):
    assert stem(word)


@pytest.mark.django_db
class TestLexicon:
    def test_a_word_of_an_offer_is_known_at_once(self):
        assert "kwibus" not in lexicon()
        OfferFactory(title="Kwibus")
        assert "kwibus" in lexicon()

    @pytest.mark.parametrize("many", [False, True])
    def test_a_word_of_an_offer_is_known_once_it_is_published_and_until_it_is_archived(self, many):
        offer = OfferFactory(title="Kwibus", status=OfferStatus.DRAFT)
        assert "kwibus" not in lexicon()
        publish_offers(by=None, offers=[offer]) if many else publish_offer(by=None, offer=offer)
        assert "kwibus" in lexicon()
        archive_offer(by=None, offer=offer)
        assert "kwibus" not in lexicon()

    def test_a_word_added_by_an_editor_is_known_at_once(self):
        assert "zwabberig" not in lexicon()
        word = SearchWordFactory.build(text="zwabberig", help_question=HelpQuestionFactory())
        word.save()
        assert "zwabberig" in lexicon()

    def test_a_word_changed_by_an_editor_is_known_by_its_new_form(self):
        word = SearchWordFactory(text="zwabberig")
        assert "zwabberig" in lexicon()
        word.text = "zwibberig"
        word.save()
        assert "zwibberig" in lexicon()
        assert "zwabberig" not in lexicon()

    def test_a_word_removed_by_an_editor_is_no_longer_known(self):
        word = SearchWordFactory(text="zwabberig")
        assert "zwabberig" in lexicon()
        SearchWord.objects.get(pk=word.pk).delete()
        assert "zwabberig" not in lexicon()

    def test_it_is_not_read_again_for_every_question(self, django_assert_num_queries):
        lexicon()
        with django_assert_num_queries(0):
            lexicon()


def test_what_is_kept_is_built_again_only_when_the_rows_changed():
    rows, built = ["a"], []
    kept = Cached(
        "test",
        seconds=60,
        fingerprint=lambda: tuple(rows),
        build=lambda: built.append(1) or rows[0],
    )
    assert [kept.get(), kept.get()] == ["a", "a"]
    kept.forget()
    assert (kept.get(), len(built)) == ("a", 1)
    rows[0] = "b"
    assert kept.get() == "a"
    kept.forget()
    assert (kept.get(), len(built)) == ("b", 2)


@pytest.fixture
def in_a_request(db):
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)


def test_within_one_request_it_is_looked_up_once(in_a_request, monkeypatch):
    kept = Cached("test", seconds=60, fingerprint=lambda: 1, build=lambda: "a")
    kept.get()
    monkeypatch.setattr(cache, "get", lambda *_: pytest.fail("looked up twice"))
    assert kept.get() == "a"


def test_what_is_forgotten_in_a_request_is_built_anew_in_it(in_a_request):
    rows = ["a"]
    kept = Cached("test", seconds=60, fingerprint=lambda: rows[0], build=lambda: rows[0])
    kept.get()
    rows[0] = "b"
    kept.forget()
    assert kept.get() == "b"
