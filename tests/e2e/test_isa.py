"""Isa (14) is gloomy and stays home from school; her parents have money stress.

The GP types one line, sees what fits and what can start, and opens a group with places: by
keyboard alone, with JavaScript and without.
"""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import formats, timezone
from playwright.sync_api import expect

from tests.e2e.keyboard import tab_to
from tests.e2e.markers import NUMBERED, OFFERS, markers_follow

STORY = "meisje somber, gaat niet meer naar school, ouders geldstress"
QUESTIONS = {"somberheid", "schoolverzuim", "geldzorgen"}


@pytest.fixture(scope="module", params=["with JavaScript", "without JavaScript"])
def script(request):
    return request.param == "with JavaScript"


@pytest.fixture(scope="module")
def isa(script, new_page, demo_site):
    """A page of a browser with or without JavaScript, in which the story was sent: to look at."""
    with new_page(java_script_enabled=script) as page:
        page.goto(demo_site)
        tell(page)
        yield page


@pytest.fixture
def isa_anew(script, new_page, demo_site):
    """The same, for who leaves it."""
    with new_page(java_script_enabled=script) as page:
        page.goto(demo_site)
        tell(page)
        yield page


def tell(page):
    """Type the story, a place and an age, and send it: only with the keyboard."""
    tab_to(page, page.get_by_label("Waar is hulp bij nodig?"))
    page.keyboard.type(STORY)
    tab_to(page, page.get_by_label("Postcode of plaats"))
    page.keyboard.type("Leiden")
    tab_to(page, page.get_by_label("Leeftijd"))
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?hulpvraag="))


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def number(text):
    return int(re.search(r"\d+", text)[0])


def group_with_places(page):
    return page.locator("#lijst .sk-card", has_text=re.compile(r"nog \d+ van \d+ plekken")).first


def test_the_story_becomes_codes(isa):
    found = asked(isa)
    assert set(found["hulpvraag"]) >= QUESTIONS
    assert (found["leeftijd"], found["plaats"]) == (["14"], ["leiden"])


def test_the_story_is_not_in_the_address(isa):
    assert not {"meisje", "ouders", "niet"} & set(re.split(r"\W+", isa.url))


def test_what_was_understood_is_shown(isa):
    chips = isa.locator(".sk-chip")
    expect(chips.filter(has_text="14 jaar")).to_have_count(1)
    expect(chips.filter(has_text="Leiden")).to_have_count(1)
    assert chips.count() >= len(QUESTIONS) + 2


def test_the_total_is_the_sum_of_the_parts(isa):
    total = number(isa.locator("#telling").inner_text())
    parts = isa.locator("#lijst .sk-section__head small:not(.sk-section__shared)").all_inner_texts()
    assert sum(map(number, parts)) == total


def test_what_can_start_soon_comes_first(isa):
    expect(isa.locator("#lijst h2").first).to_have_text("Lichte hulp, start binnen 6 weken")


def test_there_is_help_for_the_family_and_specialist_help(isa):
    titles = isa.locator("#lijst h2").all_inner_texts()
    assert {"Gezin en omgeving", "Specialistische hulp"} <= set(titles)


def part(page, title):
    return page.locator("#lijst section", has=page.locator("h2", has_text=title))


def test_a_group_that_starts_within_a_month_is_among_the_first_five(isa):
    first = isa.locator("#lijst .sk-card")
    groups = [
        first.nth(at).inner_text()
        for at in range(5)
        if re.search(r"nog \d+ van \d+ plekken", first.nth(at).inner_text())
    ]
    starts = [day_of(re.search(r"Start (\d+ [a-z]+)", text)[1]) for text in groups]
    assert any(start <= timezone.localdate() + dt.timedelta(days=31) for start in starts)


def day_of(words):
    """Return the next day that is called like this: 3 december."""
    today = timezone.localdate()
    days = (today + dt.timedelta(days=ahead) for ahead in range(366))
    return next(day for day in days if formats.date_format(day, "j F") == words)


def test_debt_help_and_a_support_family_stand_under_the_family(isa):
    around = part(isa, "Gezin en omgeving")
    expect(around.filter(has_text="past bij: geldzorgen in het gezin")).to_have_count(1)
    expect(around.locator(".sk-home")).to_contain_text("Steungezin")


def test_specialist_help_tells_its_wait_and_what_can_start_meanwhile(isa):
    specialist = part(isa, "Specialistische hulp")
    for pill in specialist.locator(".sk-pill").all():
        expect(pill).to_have_text(re.compile(r"Start|Ongeveer|Langer|Was|Neemt"))
    expect(specialist.locator(".sk-meanwhile")).to_have_count(1)
    assert specialist.locator(".sk-meanwhile a").count() >= 1


def test_a_group_with_places_opens_by_keyboard(isa_anew):
    card = group_with_places(isa_anew)
    link = card.locator(".sk-card__title a")
    title = link.inner_text()
    tab_to(isa_anew, link)
    isa_anew.keyboard.press("Enter")
    expect(isa_anew.locator("h1")).to_have_text(title)
    first_run = isa_anew.locator(".sk-runs li").first
    expect(first_run).to_contain_text(re.compile(r"nog \d+ van \d+ plekken"))


def test_the_way_back_from_an_offer_is_the_same_list(isa_anew):
    before = isa_anew.locator("#lijst").inner_text()
    group_with_places(isa_anew).locator(".sk-card__title a").click()
    expect(isa_anew.locator(".sk-runs")).to_be_visible()
    isa_anew.go_back()
    expect(isa_anew.locator("#telling")).to_be_visible()
    assert isa_anew.locator("#lijst").inner_text() == before


def test_list_and_map_agree(page, demo_site):
    page.goto(demo_site)
    tell(page)
    cards = page.locator("#lijst .sk-card[data-lat]")
    listed = cards.evaluate_all("all => all.map(card => card.dataset.offer)")
    markers_follow(page)
    # An offer may have several places, and share one with others.
    assert set(page.locator(NUMBERED).evaluate_all(OFFERS)) >= set(listed)


def test_the_card_in_focus_is_the_marker_that_stands_out(page, demo_site):
    page.goto(demo_site)
    tell(page)
    card = page.locator("#lijst .sk-card[data-lat]").first
    tab_to(page, card.locator(".sk-card__title a"))
    offer = card.get_attribute("data-offer")
    expect(page.locator(f".sk-marker--selected[data-offers~='{offer}']").first).to_be_visible()
