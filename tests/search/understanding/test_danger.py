"""Help for a danger is for those who spoke of it: the rule, and what counts as spoken of."""

import pytest

from providers.index.sql import fetch_all
from providers.models import HelpQuestion, Offer, OfferIndex
from providers.rules.danger import SpokenOf
from providers.services.vocabulary import reindex_named
from search.asking.understanding import understand
from tests.factories import HelpQuestionFactory, OfferFactory
from tests.pages import elements, on_one_line, text_of

pytestmark = pytest.mark.django_db


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return on_one_line(answer.content.decode())


# --- which help is meant -----------------------------------------------------------------------


@pytest.fixture
def questions(region):
    HelpQuestionFactory(code="slapen")
    HelpQuestionFactory(code="pijn", signal="selfharm")
    HelpQuestionFactory(code="pijn_2", signal="violence")
    HelpQuestionFactory(code="verlies", after=True)
    return {"municipalities": [region.leiden]}


def shown(client, address):
    found = elements(text(client, address), class_="sk-card__title")
    return sorted(text_of(one) for one in found)


@pytest.mark.parametrize(
    ("codes", "address"),
    [
        (["pijn", "slapen"], "/?hulpvraag=pijn"),
        (["pijn", "slapen"], "/?hulpvraag=slapen&hulpvraag=pijn"),
        (["pijn", "slapen"], "/?hulpvraag=slapen&ook=pijn"),
        (["pijn", "pijn_2"], "/?hulpvraag=pijn_2"),
        (["slapen", "pijn"], "/?hulpvraag=slapen"),
        (["verlies", "slapen"], "/?hulpvraag=verlies"),
        (["pijn", "slapen"], "/?woord=nachtlicht"),
        (["pijn", "slapen"], "/?hulpvraag=slapen&woord=nachtlicht"),
        (["pijn", "slapen"], "/?woord=zeehuis"),
        (["pijn", "slapen"], "/?plaats=leiden"),
    ],
    ids=[
        "its main question",
        "its main question beside another",
        "as one that it should be for as well",
        "another danger that it is for",
        "a danger is not its main question",
        "the loss itself",
        "a word of its title",
        "a word of its title beside a question",
        "the name of its provider",
        "everything there is somewhere",
    ],
)
def test_help_for_a_danger_is_shown_to_those_who_ask_for_it(client, questions, codes, address):
    OfferFactory(
        title="Nachtlicht", provider__name="Het Zeehuis", help_questions=codes, **questions
    )
    assert shown(client, address) == ["Nachtlicht"]


@pytest.mark.parametrize(
    ("codes", "address"),
    [
        (["pijn", "slapen"], "/?hulpvraag=slapen"),
        (["pijn", "slapen"], "/?hulpvraag=pijn_2&hulpvraag=slapen"),
        (["pijn", "slapen"], "/?woord=zeelucht"),
        (["pijn", "slapen"], "/?hulpvraag=slapen&onbekend=ja"),
        (["verlies", "slapen", "pijn"], "/?hulpvraag=slapen"),
        (["verlies", "slapen", "pijn"], "/?hulpvraag=pijn"),
    ],
    ids=[
        "what it is for as well",
        "another danger",
        "a word of its text",
        "with what is not known",
        "for after a loss",
        "for after a loss, of a danger",
    ],
)
def test_help_for_a_danger_is_not_shown_to_those_who_ask_for_else(
    client, questions, codes, address
):
    OfferFactory(title="Nachtlicht", summary="Zeelucht.", help_questions=codes, **questions)
    OfferFactory(title="Ander", summary="Zeelucht.", help_questions=["slapen"], **questions)
    assert "Nachtlicht" not in shown(client, address)


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [("nieuw-gezin", True), ("ouder-uit-beeld", True), ("relatie-ouders", False)],
)
def test_help_for_after_a_divorce_is_for_what_mostly_comes_after_one(
    client, questions, asked, is_shown
):
    HelpQuestionFactory(code="scheiding", after=True)
    HelpQuestionFactory(code=asked)
    OfferFactory(title="Twee huizen", help_questions=["scheiding", asked], **questions)
    # It has to be for that as well.
    OfferFactory(title="Uit elkaar", help_questions=["scheiding", "slapen"], **questions)
    assert shown(client, f"/?hulpvraag={asked}") == (["Twee huizen"] if is_shown else [])


@pytest.mark.parametrize(
    ("address", "is_shown"),
    [
        ("/?hulpvraag=slapen", False),
        ("/?hulpvraag=slapen&fase=in-zorg", False),
        ("/?hulpvraag=slapen&fase=uit-zorg", True),
        ("/?hulpvraag=slapen&fase=in-zorg&fase=uit-zorg", True),
        ("/?hulpvraag=slapen&hulpvraag=stoppen-met-hulp", True),
        ("/?plaats=leiden", True),
    ],
)
def test_help_that_only_comes_after_care_is_for_who_speaks_of_its_end(
    client, questions, address, is_shown
):
    HelpQuestionFactory(code="stoppen-met-hulp", after=True)
    only_after = {"after_care": True, "while_waiting": False, "in_care": False}
    OfferFactory(
        title="Na de kliniek",
        help_questions=["slapen"],
        before_care=False,
        **only_after,
        **questions,
    )
    OfferFactory(title="Slaaphulp", help_questions=["slapen"], after_care=True, **questions)
    assert ("Na de kliniek" in shown(client, address)) is is_shown


def test_who_stops_with_care_and_has_a_question_sees_the_help_that_is_mainly_for_stopping(
    client, questions
):
    HelpQuestionFactory(code="stoppen-met-hulp", after=True)
    OfferFactory(
        title="Samen de laatste stap",
        help_questions=["stoppen-met-hulp", "slapen"],
        in_care=True,
        after_care=True,
        **questions,
    )
    assert shown(client, "/?hulpvraag=slapen&fase=uit-zorg") == ["Samen de laatste stap"]
    assert shown(client, "/?hulpvraag=slapen") == []


def test_the_number_of_results_and_the_filters_leave_it_out_as_well(client, questions):
    OfferFactory(level=0, help_questions=["pijn", "slapen"], **questions)
    OfferFactory(level=3, help_questions=["slapen"], **questions)
    page = text(client, "/?hulpvraag=slapen")
    assert "<title> 1 resultaat" in page
    assert page.count('id="aanbod-') == 1


# --- one rule in three forms -------------------------------------------------------------------


def test_the_forms_of_the_rule_agree(questions):
    """Every pair of questions an offer may be for, against every set that may be asked."""
    codes = ["slapen", "pijn", "pijn_2", "verlies"]
    for main in codes:
        OfferFactory(help_questions=[main], **questions)
        for other in codes:
            if other != main:
                OfferFactory(help_questions=[main, other], **questions)
    codes.append("stoppen-met-hulp")
    OfferFactory(help_questions=["slapen"], before_care=False, after_care=True, **questions)
    rows = dict(OfferIndex.objects.values_list("pk", "reserved_for"))
    for number in range(2 ** len(codes)):
        rule = SpokenOf([code for at, code in enumerate(codes) if number >> at & 1])
        by_value = {pk for pk, reserved in rows.items() if rule.allows(reserved)}
        of_index = OfferIndex.objects.filter(rule.condition())
        of_offers = Offer.objects.filter(rule.condition("index__"))
        statement = f"SELECT i.offer_id FROM providers_offerindex i WHERE {rule.sql()}"  # noqa: S608
        assert by_value == set(of_index.values_list("pk", flat=True))
        assert by_value == set(of_offers.values_list("pk", flat=True))
        assert by_value == {row[0] for row in fetch_all(statement, rule.values)}


def test_an_edit_of_the_vocabulary_counts_for_the_offers_that_name_it(questions):
    offer = OfferFactory(help_questions=["slapen", "pijn"], **questions)
    question = HelpQuestion.objects.get(pk="slapen")
    question.after = True
    question.save()
    reindex_named([question])
    assert OfferIndex.objects.get(pk=offer.pk).reserved_for == "|slapen|"


# --- what has happened is read literally -------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "zoon van 16 heeft een zelfmoordpoging gedaan",
        "ouders na de suïcidepoging van hun dochter",
        "dochter 15 poging gedaan, ligt in het ziekenhuis",
        "heeft eerder een poging gedaan en is nu opnieuw suïcidaal",
    ],
)
def test_an_attempt_is_read_beside_the_danger(words, line):
    assert {"na-een-poging", "gedachten-aan-de-dood"} <= set(understand(line).questions)


@pytest.mark.parametrize(
    "line",
    [
        "wil dood",
        "wil niet meer leven",
        "geen zelfmoordpoging gedaan, wel somber",
        "poging om te stoppen met roken",
        "poging tot inbraak",
        "EMDR 12 Leiden",
    ],
)
def test_without_an_attempt_none_is_read(words, line):
    assert "na-een-poging" not in understand(line).questions
