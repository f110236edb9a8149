"""Who searches for help for somebody with more than one thing at once."""

import pytest
from django.utils import timezone

from providers.enums import AlsoTakes, Ternary
from providers.services.publishing.referral import set_referral_facts
from tests.factories import OfferFactory
from tests.pages import elements, text_of
from tests.search.searching import results_of

pytestmark = pytest.mark.django_db


def an_offer(title, **answers):
    offer = OfferFactory(title=title, confirmed_on=timezone.localdate())
    also = {AlsoTakes[name.upper()]: answer for name, answer in answers.items()}
    set_referral_facts(by=None, offer=offer, also_takes=also)
    return offer


def cards(client, **query):
    return client.get("/", {"hulpvraag": "somberheid", **query}).content.decode()


def titles(client, **query):
    """The titles of the results themselves, without what is shown beside few of them."""
    found = elements(cards(client, **query), class_="sk-card__title")
    return [text_of(one) for one in found]


def test_who_is_known_not_to_take_it_is_left_out_and_a_known_yes_goes_first(client):
    an_offer("Weet het niet")
    an_offer("Wel", autism=Ternary.YES)
    an_offer("Niet", autism=Ternary.NO)
    assert titles(client, neemt="autisme") == ["Wel", "Weet het niet"]


def test_cards_say_what_is_known_and_what_is_not(client):
    an_offer("Wel", autism=Ternary.YES)
    an_offer("Weet het niet")
    page = cards(client, neemt="autisme")
    assert "neemt ook aan: autisme" in page
    assert "niet opgegeven of het past: autisme" in page


def test_of_two_things_both_have_to_be_taken(client):
    an_offer("Beide", autism=Ternary.YES, addiction=Ternary.YES)
    an_offer("Een van beide", autism=Ternary.YES, addiction=Ternary.NO)
    assert titles(client, neemt=["autisme", "verslaving"]) == ["Beide"]


def test_the_number_beside_a_value_is_what_choosing_it_gives():
    an_offer("Weet het niet")
    an_offer("Wel", autism=Ternary.YES)
    an_offer("Niet", autism=Ternary.NO, disability=Ternary.NO)
    found = results_of("hulpvraag=somberheid").counts.facets["neemt"]
    assert (found["autisme"], found["lvb"], found["verslaving"]) == (2, 2, 3)
