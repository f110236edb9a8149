"""The page that says how waiting is measured: its numbers are those that are used."""

import pytest

from providers.enums import HelpKind
from tests.factories import RegionClockFactory, WaitNormFactory
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db

PAGE = "/over-wachttijden/"


def text(client):
    return on_one_line(client.get(PAGE).content.decode())


def test_the_clocks_are_those_of_the_settings(client, settings):
    settings.FRESHNESS_DAYS = {"wait": 45, "places": 7, "offer": 99, "contact": 200}
    found = text(client)
    for days in (45, 30, 7, 4, 99, 66, 200, 133):
        assert f">{days} dagen<" in found


def test_without_norms_it_says_that_there_are_none(client):
    assert "Geen enkele regio heeft hier een eigen norm opgegeven" in text(client)


def test_a_norm_stands_there_with_its_source(client):
    WaitNormFactory(kind=HelpKind.MENTAL_HEALTH, weeks=14, source_url="https://regio.example/visie")
    found = text(client)
    assert "Holland Rijnland heeft voor jeugd-ggz een norm van 14 weken" in found
    assert '<a href="https://regio.example/visie"' in found


def test_the_clock_of_a_region_stands_there(client):
    RegionClockFactory(days=10)
    assert "Holland Rijnland: wachttijd telt 10 dagen" in text(client)


@pytest.mark.parametrize(
    "words", ["afhaakte", "procestijd", "geen landelijke norm", "hoeveel mensen er wachten"]
)
def test_what_is_easy_to_get_wrong_is_said(client, words):
    assert words in text(client)
