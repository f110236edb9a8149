"""The words of a region: written at its desk, understood by the search."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from providers.enums import Role
from providers.models import AuditEvent, RegionWord
from search.asking.suggest import suggestions
from search.asking.understanding import understand
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    RegionWordFactory,
    SearchWordFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/regio/JZ18/woorden/"


@pytest.fixture
def here(region):
    return region.leiden.region


@pytest.fixture
def worry(region):
    return HelpQuestionFactory(code="piekeren", label="Piekeren")


@pytest.fixture
def sleep(region):
    return HelpQuestionFactory(code="slaap", label="Slecht slapen")


@pytest.fixture
def at_desk(log_in, here):
    user = log_in()
    MembershipFactory(user=user, provider=None, region=here, role=Role.EDITOR)
    return user


def a_word(region, **fields):
    return RegionWordFactory(region=region, **({"text": "prakkezeren"} | fields))


def add(client, text, question="piekeren"):
    return client.post(PAGE, {"text": text, "help_question": question})


def take_back(client, action):
    event = AuditEvent.objects.filter(action=action).first()
    page = client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/", follow=True)
    return page.content.decode()


# --- the search uses it -------------------------------------------------------------------------


def test_a_word_of_the_desk_asks_its_question_in_the_search(client, at_desk, worry):
    assert understand("kind zit te prakkezeren").questions == ()
    assert add(client, "prakkezeren").status_code == 302
    answer = client.post("/", {"vraag": "kind zit te prakkezeren"})
    assert QueryDict(answer.headers["Location"].partition("?")[2])["hulpvraag"] == "piekeren"


@pytest.mark.parametrize("line", ["prakkezeren", "zij prakkezeert veel", "Prakkezeren, Leiden"])
def test_it_is_read_in_any_form(here, worry, line):
    a_word(here, help_question=worry)
    assert understand(line).questions == ("piekeren",)


def test_a_phrase_is_read_as_a_whole(here, worry):
    a_word(here, help_question=worry, text="molentje in de kop")
    assert understand("heeft een molentje in de kop").questions == ("piekeren",)
    assert understand("wil naar het molentje").questions == ()


def test_what_is_denied_is_not_asked(here, worry):
    a_word(here, help_question=worry)
    assert understand("zij zit niet te prakkezeren").questions == ()


def test_it_is_no_typing_error_and_not_left_over(here, worry):
    SearchWordFactory(text="prakkizeren", help_question=HelpQuestionFactory(code="anders"))
    a_word(here, help_question=worry)
    said = understand("zit te prakkezeren")
    assert (said.questions, said.corrections, said.dropped) == (("piekeren",), (), ())


@pytest.mark.parametrize(
    ("line", "municipality", "questions"),
    [
        ("prakkezeren", None, ()),
        ("prakkezeren", "GM0363", ("piekeren",)),
        ("prakkezeren in Leiden", "GM0363", ()),
    ],
    ids=["this site", "looked for there", "place in the line"],
)
def test_it_means_something_in_its_own_region_only(region, worry, line, municipality, questions):
    there = MunicipalityFactory(code="GM0363", name="Amsterdam", region__code="JZ99")
    a_word(there.region, help_question=worry)
    assert understand(line, municipality).questions == questions


def test_it_is_suggested_while_typing(here, worry):
    a_word(here, help_question=worry)
    (option,) = suggestions("prakk").options
    assert (option.label, option.note, option.code) == ("Piekeren", "prakkezeren", "piekeren")


# --- what the desk sees -------------------------------------------------------------------------


def test_the_desk_sees_what_is_known_everywhere_beside_its_own(client, at_desk, here, worry):
    SearchWordFactory(text="tobben", help_question=worry)
    a_word(here, help_question=worry)
    known = client.get(f"{PAGE}?hulpvraag=piekeren").context["known"]
    assert (known.national, known.own) == (("tobben",), ("prakkezeren",))


def test_questions_about_danger_are_not_for_a_region_to_name(client, at_desk):
    HelpQuestionFactory(code="gevaar", signal="suicide")
    HelpQuestionFactory(code="daarna", after=True)
    for code in ("gevaar", "daarna"):
        assert "Kies uit de lijst." in add(client, "prakkezeren", code).content.decode()
    assert not RegionWord.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("zelfmoord", "“zelfmoord” is een woord voor gevaar of spoed."),
        ("altijd aan zelfmoord denken", "“zelfmoord” is een woord voor gevaar of spoed."),
        ("Katwijk", "“katwijk” is een plaatsnaam."),
        ("Sanne", "“sanne” is een voornaam."),
        ("tobben", "Dit woord wijst in het hele land al naar “Slecht slapen”."),
        ("prakkizeert", "Dit woord wijst in het hele land al naar “Slecht slapen”."),
        ("piekeren", "Dit woord kent het zoeken al voor “Piekeren”."),
        ("peuter", "“peuter” zegt al iets anders"),
        ("afspraak", "Dit is een gewoon woord"),
        ("bebloed", "“bebloed” is een woord voor gevaar of spoed."),
        ("niet meer", "Dit is een gewoon woord"),
        ("groep 7", "Schrijf het zonder cijfers"),
        ("!?", "Hier staat geen letter in."),
        ("een twee drie vier vijf zes zeven", "Hoogstens 6 woorden."),
        ("De Boei", "Zo heet een organisatie of een soort hulp op de kaart."),
    ],
)
def test_what_the_search_reads_as_something_else_is_refused(
    client, at_desk, region, worry, sleep, text, sentence
):
    SearchWordFactory(text="tobben", help_question=sleep)
    SearchWordFactory(text="prakkizeren", help_question=sleep)
    OfferFactory(provider__name="De Boei", municipalities=[region.leiden])
    assert sentence in add(client, text).content.decode()
    assert not RegionWord.objects.exists()


def test_a_word_stands_there_once_in_any_form(client, at_desk, here, worry, sleep):
    a_word(here, help_question=worry)
    answer = add(client, "prakkezeert", "slaap").content.decode()
    assert "Dit woord staat er al, voor “Piekeren”." in answer


def test_who_only_reads_along_changes_nothing(client, log_in, here, worry):
    MembershipFactory(user=log_in(), provider=None, region=here, role=Role.VIEWER)
    assert client.get(PAGE).status_code == 200
    assert add(client, "prakkezeren").status_code == 403


def test_a_word_of_another_region_is_not_there(client, at_desk):
    word = a_word(YouthRegionFactory(code="JZ99"))
    assert client.post(f"{PAGE}{word.pk}/weg/").status_code == 404


def test_the_page_takes_as_many_statements_with_many_words(client, at_desk, here, worry):
    counts = []
    for text in ("prakkezeren", "wiebelkont", "piepelen"):
        a_word(here, help_question=worry, text=text)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert len(set(counts)) == 1


# --- one click takes it back --------------------------------------------------------------------


def test_a_word_that_was_added_goes_again(client, at_desk, worry):
    add(client, "prakkezeren")
    take_back(client, "regionword.created")
    assert understand("prakkezeren").questions == ()


def test_a_word_that_was_taken_away_comes_back(client, at_desk, here, worry):
    word = a_word(here, help_question=worry)
    client.post(f"{PAGE}{word.pk}/weg/")
    assert understand("prakkezeren").questions == ()
    take_back(client, "regionword.deleted")
    assert understand("prakkezeren").questions == ("piekeren",)


def test_it_does_not_come_back_where_it_means_something_by_now(client, at_desk, here, worry, sleep):
    word = a_word(here, help_question=worry)
    client.post(f"{PAGE}{word.pk}/weg/")
    SearchWordFactory(text="prakkezeren", help_question=sleep)
    assert "wijst in het hele land al naar" in take_back(client, "regionword.deleted")
    assert not RegionWord.objects.exists()


def test_the_history_says_it_in_words(client, at_desk, worry):
    add(client, "prakkezeren")
    shown = client.get("/regio/JZ18/geschiedenis/").content.decode()
    assert "woord van de regio toegevoegd" in shown
    assert "Piekeren" in shown
