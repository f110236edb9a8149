"""Whoever reports that help is missing sees by a link what becomes of it."""

import pytest

from providers.models import MissingHelpSignal
from tests.factories import HelpQuestionFactory, OfferFactory, SignalAnswerFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/meld-ontbrekend-aanbod/"
SAID = {
    "andere": "somberheid",
    "gemeente": "GM0546",
    "leeftijd": "12-15",
    "reden": "niets",
    "werk": "huisarts",
}


@pytest.fixture(autouse=True)
def somber(region):
    return HelpQuestionFactory(code="somberheid", label="Somber")


@pytest.fixture
def link(client):
    """The link that the thanks for a report give."""
    thanks = client.post(ADDRESS, SAID).url
    assert client.get(thanks).status_code == 200
    return f"{ADDRESS}volg/{MissingHelpSignal.objects.get().follow}/"


def page_at(client, link):
    return client.get(link).content.decode()


def test_the_kind_of_work_is_kept_as_a_code(client):
    client.post(ADDRESS, SAID)
    assert MissingHelpSignal.objects.get().referrer == "huisarts"


def test_the_thanks_give_the_link(client):
    thanks = client.get(client.post(ADDRESS, SAID).url).content.decode()
    assert f"volg/{MissingHelpSignal.objects.get().follow}/" in thanks


def test_who_reports_twice_gets_the_same_link(client):
    first, second = client.post(ADDRESS, SAID).url, client.post(ADDRESS, SAID).url
    assert first == second


def test_at_first_there_is_no_answer(client, link):
    assert "nog niet geantwoord" in page_at(client, link)


def test_each_answer_stands_there(client, link, region, somber):
    for status in ("gezien", "in-gesprek"):
        SignalAnswerFactory(municipality=region.leiden, help_question=somber, status=status)
    page = page_at(client, link)
    assert page.index("In gesprek") < page.index("Gezien")


def test_an_answer_for_other_ages_is_none(client, link, region, somber):
    SignalAnswerFactory(municipality=region.leiden, help_question=somber, age_band="0-3")
    assert "nog niet geantwoord" in page_at(client, link)


def test_help_that_left_the_map_is_not_linked(client, link, region, somber):
    offer = OfferFactory(municipalities=[region.leiden], status="gearchiveerd")
    SignalAnswerFactory(municipality=region.leiden, help_question=somber, offer=offer)
    assert offer.title not in page_at(client, link)


@pytest.mark.parametrize("key", ["x", "a" * 22, "b" * 23])
def test_nobody_thinks_up_a_link(client, link, key):
    assert client.get(f"{ADDRESS}volg/{key}/").status_code == 404


def test_signals_without_a_link_are_found_by_none(client, region, somber):
    MissingHelpSignal.objects.create(
        help_question=somber, municipality=region.leiden, reason="niets", sender="x"
    )
    assert client.get(f"{ADDRESS}volg/%20/").status_code == 404


def test_search_engines_are_kept_out(client, link):
    assert client.get(link)["X-Robots-Tag"] == "noindex"


def test_thanks_with_something_else_as_a_key_have_no_link(client):
    page = client.get(f"{ADDRESS}bedankt/?volg=https://kwaad.example/").content.decode()
    assert "kwaad" not in page
