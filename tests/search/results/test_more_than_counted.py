"""More results than are ranked: the page says so, and gives no number that it does not know."""

import re

import pytest

from providers.models import Offer
from search.finding import matching, ranking
from search.results import page as pages
from search.results import run
from tests.factories import OfferFactory
from tests.search.searching import page_of

pytestmark = pytest.mark.django_db
MOST = 3


@pytest.fixture
def bound(monkeypatch):
    for module in (matching, ranking, pages):
        monkeypatch.setattr(module, "MOST_RANKED", MOST)


def made(number):
    OfferFactory.create_batch(number, help_questions=["somberheid"])
    return list(Offer.objects.order_by("-pk").values_list("pk", flat=True))


def test_more_than_are_ranked_are_not_counted(bound, client):
    made(MOST + 2)
    text = client.get("/?hulpvraag=somberheid").content.decode()
    assert "Meer dan <b>3</b> passen" in text
    assert "sk-check__count" not in text


def test_quick_filters_stay_without_a_number(bound, client):
    made(MOST + 2)
    text = client.get("/?hulpvraag=somberheid").content.decode()
    words = [" ".join(found.split()) for found in re.findall(r"sk-quick__link[^>]*>([^<]*)<", text)]
    assert "Binnen 6 weken" in words


def test_the_pager_says_how_many_pages_there_are_at_least(bound, client, monkeypatch):
    for module in (matching, pages, run):
        monkeypatch.setattr(module, "PAGE_SIZE", 1)
    made(MOST + 2)
    text = client.get("/?hulpvraag=somberheid&volgorde=licht").content.decode()
    assert "Pagina 1 van meer dan 3" in re.sub(r"\s+", " ", text)


def test_the_number_is_written_as_in_dutch(bound, client, monkeypatch):
    monkeypatch.setattr(pages, "MOST_RANKED", 30_000)
    made(MOST + 1)
    assert "Meer dan <b>30.000</b> passen" in client.get("/?hulpvraag=somberheid").content.decode()


def test_as_many_as_are_ranked_are_counted(bound, client):
    made(MOST)
    text = client.get("/?hulpvraag=somberheid").content.decode()
    assert "Meer dan" not in text
    assert "<b>3</b> passen" in text
    assert "sk-check__count" in text


def test_the_newest_are_ranked(bound):
    newest = made(MOST + 2)[: MOST + 1]
    assert {one.offer_id for one in page_of("hulpvraag=somberheid").cards} == set(newest)
