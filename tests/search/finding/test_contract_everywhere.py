"""A contract that ends before the help can start is said on every surface, for all of the demo."""

import pytest
from django.utils import timezone

from providers.enums import ContractStatus
from providers.models import Municipality
from providers.rules.contract import ends_before_start
from providers.rules.freshness import Clocks
from providers.rules.start import open_runs, start_facts
from search.cards.card import SearchContext, card
from search.finding.loading import fetch
from search.handout.page import sheets_of
from search.offer.access import area_rows
from search.offer.detail import detail_queryset, offer_detail
from search.shortlist.compare import compare_row

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def clocks(demo):
    return Clocks(timezone.localdate())


@pytest.fixture
def late(demo_offers, clocks):
    """Some service areas of the demo that end before the help can start, with their offers."""
    runs = {}
    for run in open_runs(clocks).select_related("programme"):
        runs.setdefault(run.programme.offer_id, []).append(run)
    facts = {offer.pk: start_facts(offer, runs.get(offer.pk, []), clocks) for offer in demo_offers}
    found = [
        (offer.pk, area)
        for offer in demo_offers
        for area in offer.service_areas.all()
        if (area.ends_on is None or area.ends_on >= clocks.today)
        and ends_before_start(area.ends_on, facts[offer.pk])
    ]
    assert len({pk for pk, _area in found}) >= 5
    return found[:MOST]


def asked_in(area, clocks):
    return SearchContext(today=clocks.today, municipality=area.municipality_id)


def words(area):
    paid = area.contract in {ContractStatus.CONTRACTED, ContractStatus.SUBCONTRACTOR}
    return "let op: contract t/m 31 december" if paid else "let op: aanbod t/m 31 december"


def test_its_card_says_so(late, clocks):
    for pk, area in late:
        (row,) = fetch([pk], clocks=clocks, municipality=area.municipality_id)
        assert card(row, asked_in(area, clocks)).warning == words(area)


def test_its_page_and_the_text_for_a_letter_say_so(late, clocks):
    for pk, area in late:
        detail = offer_detail(detail_queryset().get(pk=pk), clocks.today, area.municipality_id)
        assert detail.warning == words(area)
        assert words(area) in detail.referral_text
        assert "(let op: dat is voor de start)" in area_rows(detail)[0].contract


def test_its_hand_out_says_so(late, clocks):
    for pk, area in late:
        here = Municipality.objects.get(pk=area.municipality_id)
        (sheet,) = sheets_of([pk], here, clocks.today)
        said = " ".join(sheet.when)
        assert "tot en met 31 december. Vraag of het daarna ook kan." in said


def test_its_row_in_the_shortlist_says_so(late, clocks):
    for pk, area in late:
        here = Municipality.objects.get(pk=area.municipality_id)
        (offer,) = fetch([pk], clocks=clocks, municipality=here.pk)
        assert words(area) in compare_row(offer, clocks, here).contract


def test_the_api_says_so(late, client):
    for pk, area in late:
        access = client.get(f"/api/v1/offers/{pk}").json()["access"]
        said = {one["municipality"]["code"]: one["ends_before_start"] for one in access}
        assert said[area.municipality_id] is True
