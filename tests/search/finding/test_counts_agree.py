"""No two figures about one search contradict each other, for help questions all over the demo.

Every help question in three municipalities makes pages by the hundred, and every figure on each
leads to another. So one page in STEP is read, the same ones in each run, and of each page one
figure per kind is followed, in turn.
"""

import math
import re

import pytest
import time_machine
from django.test import Client

from providers.reference import vocabulary_rows
from search.finding.matching import PAGE_SIZE
from tests.loaded import MONDAY

MUNICIPALITIES = ("GM0546", "GM0537", "GM0484")
CODES = [row["code"] for row in vocabulary_rows("help_questions")]
ASKED = [f"hulpvraag={code}&gemeente={place}" for code in CODES for place in MUNICIPALITIES]
# No multiple of the number of municipalities, or one of them would never be asked.
STEP = 16
NUMBER = r"<b>(\d+)</b>"
CHOICE = re.compile(
    r'name="(?P<name>\w+)" value="(?P<value>[^"]*)"(?P<checked> checked)?><span>[^<]*</span>'
    r'<span class="sk-check__count">(?P<count>\d+)</span>'
)
KEPT = re.compile(r"Van (\d+) is dit niet bekend. Die blij")
pytestmark = pytest.mark.django_db


def in_one_line(html):
    """Return a page without the line breaks of its templates."""
    beside = re.sub(r"(?<=>)\s*\n\s*|(?<==\")\s*\n\s*|\s*\n\s*(?=<)", "", html)
    return re.sub(r"\s*\n\s*", " ", beside)


class Figures:
    """The figures on the page at one address, as a reader sees them."""

    def __init__(self, query):
        self.query = query
        html = in_one_line(Client().get(f"/?{query}").content.decode())
        heading = html.partition('id="telling"')[2].partition("</h1>")[0]
        self.total, *soon = map(int, re.findall(NUMBER, heading))
        self.soon = soon[0] if soon else 0
        self.title = int(re.search(r"<title>(\d+) resulta", html)[1])
        self.parts = {
            name: int(number)
            for name, number in re.findall(
                r'<h2 id="deel-\d">([^<]+)</h2><small>(\d+) mogelijk', html
            )
        }
        self.more = re.findall(r'class="sk-more"><a href="\?([^"]+)">Alle (\d+) bij', html)
        self.cards = html.count('class="sk-card"') + html.count('class="sk-card ')
        self.pages = re.search(r"Pagina \d+ van (\d+)", html)
        self.choices = [found.groupdict() for found in CHOICE.finditer(html)]
        # Of a filter that keeps what is not known: how many of the results that is.
        self.kept = {
            group.partition('"')[0]: int(note[1])
            for group in html.split('data-filter="')[2:]
            if (note := KEPT.search(group.partition("</details>")[0]))
        }
        self.ways = re.findall(r'<li><a href="/?\?([^"]+)">[^<]*</a> <span>(\d+)</span>', html)
        left = re.search(r"Van (\d+) andere mogelijkhe.*?<a href=\"\?([^\"]+)\"", html)
        self.left_out, self.with_unknown = (int(left[1]), left[2]) if left else (0, "")

    def count(self, name, value):
        return next(
            int(one["count"])
            for one in self.choices
            if (one["name"], one["value"]) == (name, str(value))
        )


@pytest.fixture(autouse=True)
def monday(demo):
    with time_machine.travel(MONDAY, tick=False):
        yield


def read(query):
    return Figures(query.replace("&amp;", "&"))


def contradictions(page, turn):
    """Yield what the figures on a page, and those of the pages they lead to, disagree on."""
    yield "title", page.title, page.total
    yield "start filter", page.count("start", 6), page.soon
    yield "start 2 within 6", min(page.count("start", 2), page.soon), page.count("start", 2)
    yield "soon within total", max(page.soon, page.total), page.total
    if page.parts:
        yield "parts", sum(page.parts.values()), page.total
        soon = page.parts.get("Lichte hulp, start binnen 6 weken", 0)
        yield "part that starts", min(soon, page.soon), soon
    yield "within six weeks", read(f"{page.query}&start=6").total, page.soon
    for name in ("gemeente", "ook", "vorm", "trede", "toegang", "fase", "doelgroep", "taal"):
        yield from _of_filter(page, name, turn)
    for kind in (page.more, page.ways):
        if kind:
            address, number = kind[turn % len(kind)]
            yield address, read(address).total, int(number)


def _of_filter(page, name, turn):
    """Yield what one choice of a filter promises, and what choosing it then says."""
    free = [one for one in page.choices if one["name"] == name and not one["checked"]]
    for one in [one for one in page.choices if one["name"] == name and one["checked"]]:
        yield f"chosen {name}", int(one["count"]) + page.kept.get(name, 0), page.total
    if name == "gemeente" or not free:
        return
    one = free[turn % len(free)]
    chosen = read(f"{page.query}&{name}={one['value']}")
    yield f"{name}={one['value']}", chosen.total, int(one["count"]) + page.kept.get(name, 0)
    if chosen.total:
        known = chosen.count(name, one["value"])
        yield f"{name} when chosen", known + chosen.kept.get(name, 0), chosen.total


def test_no_two_figures_of_a_search_contradict():
    wrong = [
        (query, *found)
        for turn, query in enumerate(ASKED[::STEP])
        for found in contradictions(read(query), turn)
        if found[1] != found[2]
    ]
    assert wrong == []


def test_a_whole_list_has_as_many_pages_as_it_needs():
    for query in ASKED[:: STEP * 3]:
        page = read(f"{query}&volgorde=licht")
        pages = int(page.pages[1]) if page.pages else 1
        assert pages == max(1, math.ceil(page.total / PAGE_SIZE))
        last = read(f"{query}&volgorde=licht&pagina={pages}")
        assert (last.total, last.cards) == (page.total, page.total - (pages - 1) * PAGE_SIZE)


def test_what_is_left_out_comes_back_when_asked_for():
    for query in ASKED[:: STEP * 3]:
        page = read(f"{query}&start=6")
        if page.left_out:
            assert read(page.with_unknown).total == page.total + page.left_out


def test_no_more_is_on_the_map_than_in_the_list():
    for query in ASKED[:: STEP * 2]:
        located = Client().get(f"/kaart/punten?{query}").json()["located"]
        assert located <= read(query).total
