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
from tests.pages import attribute, element, elements, page_at, text_of

MUNICIPALITIES = ("GM0546", "GM0537", "GM0484")
CODES = [row["code"] for row in vocabulary_rows("help_questions")]
ASKED = [f"hulpvraag={code}&gemeente={place}" for code in CODES for place in MUNICIPALITIES]
# No multiple of the number of municipalities, or one of them would never be asked.
STEP = 16
KEPT = re.compile(r"Van (\d+) is dit niet bekend. Die blij")
pytestmark = pytest.mark.django_db


def first_number(found):
    return int(re.search(r"\d+", text_of(found))[0])


def is_part(head):
    """Whether a heading counts what is under it: help in a crisis and the local team do not."""
    numbers = [text_of(one) for one in elements(head, "small")]
    return bool(numbers) and numbers[0][:1].isdigit()


def query_of(link):
    return attribute(link, "href").partition("?")[2]


def choice_of(label):
    """Yield the choice that a label is of, when it says how many results it gives."""
    for count in elements(label, class_="sk-check__count"):
        box = element(label, "input")
        given = {name: attribute(box, name) for name in ("name", "value")}
        is_checked = any(name == "checked" for name, _value in box.attributes)
        yield given | {"checked": is_checked, "count": first_number(count)}


def left_out_of(page):
    """How many are not known to fit, and the search that shows them too."""
    for message in elements(page, "p", class_="sk-message"):
        if found := re.search(r"Van (\d+) andere mogelijkhe", text_of(message)):
            return int(found[1]), query_of(element(message, "a"))
    return 0, ""


class Figures:
    """The figures on the page at one address, as a reader sees them."""

    def __init__(self, query):
        self.query = query
        page = page_at(Client(), f"/?{query}")
        numbers = [int(text_of(one)) for one in elements(element(page, id="telling"), "b")]
        self.total, self.soon = (*numbers, 0)[:2]
        self.title = first_number(element(page, "title"))
        self.parts = {
            text_of(element(head, "h2")): first_number(element(head, "small"))
            for head in elements(page, class_="sk-section__head")
            if is_part(head)
        }
        self.more = [
            (query_of(link), first_number(link))
            for more in elements(page, "p", class_="sk-more")
            for link in elements(more, "a")
        ]
        self.cards = sum(1 for _card in elements(page, class_="sk-card"))
        self.pages = re.search(r"Pagina \d+ van (\d+)", text_of(page))
        self.choices = [choice for one in elements(page, "label") for choice in choice_of(one)]
        # Of a filter that keeps what is not known: how many of the results that is.
        self.kept = {
            attribute(group, "data-filter"): int(note[1])
            for group in elements(page, "details", class_="sk-filter")
            if (note := KEPT.search(text_of(group)))
        }
        self.ways = [
            (query_of(element(way, "a")), first_number(element(way, "span")))
            for ways in elements(page, "ul", class_="sk-ways")
            for way in elements(ways, "li")
            if attribute(element(way, "a"), "href").startswith(("?", "/?"))
        ]
        self.left_out, self.with_unknown = left_out_of(page)

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
