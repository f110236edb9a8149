"""Whom to call when a question names danger: the number of the region is at hand."""

import re

import pytest

from search import emergency
from tests.factories import MunicipalityFactory, OfferFactory

pytestmark = pytest.mark.django_db

ASKED = "/?hulpvraag=somberheid&signaal=suicide"


def line(label, number="", region=""):
    return {
        "kind": "suicide",
        "label": label,
        "number": number,
        "text": "Bel.",
        "url": "",
        "region": region,
    }


@pytest.fixture
def lines(monkeypatch, region):
    """Two lines for the country, one for any region, and the rest of the country's."""
    rows = [
        line("Nu", "112"),
        line("Zelfmoordpreventie", "113"),
        line("Kindertelefoon", "0800-0432"),
        line("Crisisdienst in de regio", region="*"),
    ]
    monkeypatch.setattr(emergency, "vocabulary_rows", lambda name: rows)
    emergency._by_kind.cache_clear()
    yield rows
    emergency._by_kind.cache_clear()


def panel(client, address=ASKED):
    """The labels at hand, and those that are folded."""
    html = client.get(address).content.decode().partition('id="signaal"')[2]
    shown, _more, folded = html.partition("</section>")[0].partition("Meer nummers")
    return tuple(re.findall("<strong>([^<]*)</strong>", part) for part in (shown, folded))


def test_without_a_number_the_line_of_the_region_is_one_of_the_rest(client, lines):
    assert panel(client) == (
        ["Nu", "Zelfmoordpreventie"],
        ["Kindertelefoon", "Crisisdienst in de regio"],
    )


@pytest.mark.parametrize("place", ["", "&plaats=leiden"], ids=["of this site", "of the place"])
def test_the_number_of_the_region_stands_third_and_unfolded(client, lines, place):
    lines.append(line("Onze dienst", "071 000 00 00", region="JZ18"))
    assert panel(client, ASKED + place) == (
        ["Nu", "Zelfmoordpreventie", "Onze dienst"],
        ["Kindertelefoon"],
    )


def test_elsewhere_it_is_not_the_number_to_call(client, lines):
    lines.append(line("Onze dienst", "071 000 00 00", region="JZ18"))
    elsewhere = MunicipalityFactory(code="GM0363", name="Amsterdam", region__code="JZ99")
    OfferFactory(municipalities=[elsewhere])
    shown, folded = panel(client, f"{ASKED}&gemeente=GM0363")
    assert "Onze dienst" not in shown + folded
    assert "Crisisdienst in de regio" in folded


def test_every_number_of_a_region_in_the_vocabulary_can_be_called():
    rows = emergency.vocabulary_rows("emergency_lines")
    assert [row["label"] for row in rows if row["region"] == "*"]
    assert all(row["number"] for row in rows if row["region"] not in {"", "*"})
