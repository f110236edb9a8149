"""Every page behind the log-in, and that for missing help: all in reach, nothing too wide."""

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import REACHABLE, walk
from tests.e2e.members import MUNICIPALITY, PAGES, log_in

EVERYBODY = {
    "missing help": "/meld-ontbrekend-aanbod/?hulpvraag=somberheid&ook=angst&plaats=leiden",
    "thanks for missing help": "/meld-ontbrekend-aanbod/bedankt/",
}
ALL = {**PAGES, **{name: (MUNICIPALITY, path) for name, path in EVERYBODY.items()}}
# A small phone, and a screen of 1440 pixels at 200%.
WIDTHS = {"phone": 320, "half of a wide screen": 720}


@pytest.fixture(scope="module", params=list(ALL.values()), ids=list(ALL))
def opened(request, new_page, demo_site, demo_group):
    """One of the pages, of whoever may see it: once for all who look at it, in their order."""
    email, path = request.param
    with new_page() as page:
        log_in(page, demo_site, email)
        page.goto(demo_site + path.format(**demo_group))
        expect(page.locator("h1")).to_be_visible()
        # A map brings buttons of its own, which must not come while the tabs are counted.
        expect(page.locator("[data-map]:not(:has(.leaflet-container))")).to_have_count(0)
        yield page


def test_tab_reaches_everything_in_order_and_gets_out_again(opened):
    stops = walk(opened)
    assert set(opened.evaluate(REACHABLE)) <= set(stops)
    assert stops == sorted(stops)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_is_wider_than_the_screen(opened, width):
    opened.set_viewport_size({"width": width, "height": 640})
    for fold in opened.locator("main details").all():
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
    # The browser takes a moment to lay the page out anew; too wide it would stay.
    opened.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
