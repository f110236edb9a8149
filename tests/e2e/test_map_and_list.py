"""Map and list are two views of one search, and change together without a reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.markers import NUMBERED, OFFERS, markers_follow

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"
TILES = "service.pdok.nl"


@pytest.fixture
def search(page, demo_site):
    """The search page in a browser; any fault in the console fails, but for refused tiles."""
    faults = []

    def note(message):
        if message.type == "error" and TILES not in message.location.get("url", ""):
            faults.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", note)
    page.goto(demo_site + SEARCH)
    expect(page.locator("#kaart-vlak[data-located]")).to_be_attached()
    yield page
    assert faults == []


def shown(page):
    """What a search shows: its count, its list and the numbers on the map."""
    return {
        "count": page.locator("#telling").inner_text(),
        "list": page.locator("#lijst .sk-card__title").all_inner_texts(),
        "chips": page.locator(".sk-chip").all_inner_texts(),
        # Of every filter: what may be chosen, how often it occurs, and whether it is on.
        "filters": page.locator("#filters .sk-check").all_text_contents(),
        "chosen": page.locator("#filters input:checked").evaluate_all("all => all.map(i => i.id)"),
        "markers": sorted(page.locator(NUMBERED).evaluate_all(OFFERS)),
    }


def only_groups(page):
    page.locator("#filters summary", has_text="Groep of individueel").click()
    page.get_by_label("In een groep").check()
    page.wait_for_url(re.compile("vorm=groep"))
    expect(page.locator("#f-vorm-groep")).to_be_checked()
    markers_follow(page)


def fresh(page, url):
    """The same address in a new tab."""
    other = page.context.new_page()
    other.goto(url)
    markers_follow(other)
    found = shown(other)
    other.close()
    return found


# --- the map -----------------------------------------------------------------------------------


def test_without_tiles_the_map_shows_outlines_and_markers(search):
    expect(search.locator("path.sk-outline").first).to_be_attached()
    expect(search.locator(".sk-map--tiles")).to_have_count(0)
    markers_follow(search)


def test_everything_on_the_map_is_in_the_list(search, demo_site):
    points = search.request.get(f"{demo_site}/kaart/punten{SEARCH[1:]}").json()["points"]
    listed = set()
    for number in range(1, 12):
        search.goto(f"{demo_site}{SEARCH}&volgorde=licht&pagina={number}")
        cards = search.locator("#lijst [data-offer]")
        listed |= {int(card.get_attribute("data-offer")) for card in cards.all()}
        if not search.get_by_role("link", name="Volgende").count():
            break
    assert {offer for _lat, _lon, offer, _band, _title in points} <= listed


def test_markers_stay_out_of_the_tab_order(search):
    markers_follow(search)
    stops = search.locator(".leaflet-marker-icon").evaluate_all("all => all.map(m => m.tabIndex)")
    assert stops
    assert max(stops) < 0


def test_a_marker_leads_to_its_card(search):
    markers_follow(search)
    marker = fanned_out(search).first
    number = marker.locator("b").inner_text()
    marker.dispatch_event("click")
    expect(search.locator(".sk-card--selected .sk-no")).to_have_text(number)


def test_a_point_without_number_leads_to_its_offer_and_back_to_this_search(search, demo_site):
    search.goto(f"{demo_site}/?hulpvraag=somberheid&plaats=leiden")
    expect(search.locator("#kaart-vlak[data-located]")).to_be_attached()
    markers_follow(search)
    for shared in search.locator(".sk-cluster--here, .sk-marker--several").all():
        if search.locator(".sk-marker--small").count():
            break
        shared.dispatch_event("click")
    search.locator(".sk-marker--small").first.dispatch_event("click")
    popup = search.locator(".leaflet-popup")
    expect(popup.get_by_role("button", name="Sluit")).to_be_attached()
    popup.locator("a[href^='/aanbod/']").click()
    back = r"terug=hulpvraag%3Dsomberheid%26plaats%3Dleiden"
    expect(search).to_have_url(re.compile(rf"/aanbod/\d+-[^/]+/\?gemeente=GM0546&{back}$"))


def shared_pins(page):
    return page.locator(".sk-marker--several").all()


def fanned_out(page):
    """The numbered pins of one offer, after the first shared pin was pressed."""
    page.locator(".sk-marker--several").first.dispatch_event("click")
    return page.locator(f"{NUMBERED}:not(.sk-marker--several)")


def test_offers_on_one_point_share_a_pin_that_fans_out(search):
    markers_follow(search)
    assert shared_pins(search), "the demo has offers on one point"
    shared = search.locator(".sk-marker--several").first
    offers = shared.get_attribute("data-offers").split()
    before = search.locator(".leaflet-marker-icon").count()
    shared.dispatch_event("click")
    expect(search.locator(".sk-leg")).not_to_have_count(0)
    assert search.locator(".leaflet-marker-icon").count() >= before + len(offers)


def test_the_pin_of_a_row_says_what_the_row_says(search):
    markers_follow(search)
    fanned_out(search).first.dispatch_event("click")
    row = search.locator("#lijst .sk-card--selected")
    popup = search.locator(".leaflet-popup .sk-preview")
    expect(popup.locator(".sk-pill")).to_have_text(row.locator(".sk-pill").inner_text())
    expect(popup.locator(".sk-preview__title")).to_contain_text(
        row.locator(".sk-card__title").inner_text()
    )
    expect(popup.locator(".sk-card__by")).to_be_visible()
    expect(popup.locator(".sk-call__number")).to_have_text(
        row.locator(".sk-call__number").inner_text()
    )
    popup.locator(".sk-keep").click()
    expect(row.locator(".sk-keep")).to_have_attribute("aria-pressed", "true")


def test_no_two_pins_lie_on_one_point(search):
    markers_follow(search)
    at = search.locator(".leaflet-marker-icon").evaluate_all(
        "all => all.map(one => one.style.transform)"
    )
    assert len(at) == len(set(at))


def test_a_row_in_focus_and_its_pin_stand_out_together(search):
    markers_follow(search)
    shared = search.locator(".sk-marker--several").first
    there = shared.get_attribute("data-offers").split()
    rows = search.locator("#lijst .sk-card[data-lat]").all()
    row = next(
        one for one in rows if one.is_visible() and one.get_attribute("data-offer") not in there
    )
    row.locator(".sk-card__title a").focus()
    pin = search.locator(f".sk-marker--selected[data-offers~='{row.get_attribute('data-offer')}']")
    expect(pin.first).to_be_visible()
    number = shared.locator("b").inner_text().split()[0]
    shared.hover()
    expect(search.locator("#lijst .sk-card--selected .sk-no")).to_have_text(number)


def test_a_map_that_changes_size_stays_where_it_is(search):
    markers_follow(search)
    zoom = "skMap.map.getZoom()"
    search.evaluate("skMap.map.setZoom(14, {animate: false})")
    for width in (1100, 1440):
        search.set_viewport_size({"width": width, "height": 900})
        search.wait_for_timeout(100)
        assert search.evaluate(zoom) == 14


def test_zoomed_in_without_tiles_the_map_says_where_it_is(search):
    markers_follow(search)
    search.evaluate("skMap.map.setView([52.1601, 4.4970], 16, {animate: false})")
    expect(search.locator("#kaart-plek")).to_have_text(re.compile(r"Leiden · 23\d\d"))


def moved_to_katwijk(page):
    markers_follow(page)
    page.evaluate("skMap.map.fire('dragstart').setView([52.2030, 4.4110], 14, {animate: false})")


def test_after_a_move_one_can_search_there(search):
    expect(search.get_by_role("button", name="Zoek in dit gebied")).not_to_be_visible()
    moved_to_katwijk(search)
    search.get_by_role("button", name="Zoek in dit gebied").click()
    search.wait_for_url(re.compile(r"plaats=22\d\d"))
    expect(search.locator(".sk-chip", has_text="Katwijk")).to_have_count(1)
    expect(search.locator(".sk-chip", has_text="14 jaar")).to_have_count(1)


def test_after_a_move_all_results_can_be_shown_again(search):
    moved_to_katwijk(search)
    search.get_by_role("button", name="Toon weer alle resultaten").click()
    expect(search.get_by_role("button", name="Zoek in dit gebied")).not_to_be_visible()
    assert search.evaluate("skMap.map.getBounds().contains([52.1601, 4.4970])")


def test_where_one_is_becomes_a_postcode_before_anything_is_sent(search, context):
    sent = []
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 52.15987, "longitude": 4.48123})
    search.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    markers_follow(search)
    search.get_by_role("button", name="Bij mij").click()
    search.wait_for_url(re.compile(r"plaats=23\d\d(&|$)"))
    assert not [one for one in sent if "15987" in one or "48123" in one]


def test_who_is_elsewhere_is_told_so(search, context):
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 53.2, "longitude": 6.5})
    search.get_by_role("button", name="Bij mij").click()
    expect(search.locator("#kaart-melding")).to_have_text("U bent nu buiten de regio.")


@pytest.fixture
def on_phone(page, demo_site):
    """The map of a search on a phone."""
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(demo_site + SEARCH)
    page.get_by_role("link", name="Kaart", exact=True).click()
    markers_follow(page)
    return page


def test_on_a_phone_a_pin_shows_its_card_below_the_map_which_stays(on_phone):
    pin = fanned_out(on_phone).last
    offer = pin.get_attribute("data-offers")
    pin.dispatch_event("click")
    card = on_phone.locator(f".sk-strip li[data-offer='{offer}']")
    expect(card).to_be_in_viewport(ratio=0.9)
    expect(card.locator(".sk-call")).to_have_attribute("href", re.compile("tel:"))
    expect(on_phone.locator("#kaart-vlak")).to_be_visible()


def test_on_a_phone_swiping_chooses_the_next_pin(on_phone):
    strip = on_phone.locator(".sk-strip")
    second = strip.locator("li").nth(1)
    second.locator("a").first.focus()
    strip.evaluate("one => one.scrollTo({left: one.children[1].offsetLeft - 30})")
    chosen = on_phone.locator("#lijst .sk-card--selected")
    expect(chosen).to_have_attribute("data-offer", second.get_attribute("data-offer"))


def test_without_script_a_picture_stands_in_its_place(browser, browser_context_args, demo_site):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_site + SEARCH)
    picture = page.get_by_role("img", name="De nummers van de lijst op de kaart")
    expect(picture).to_be_visible()
    assert page.request.get(demo_site + picture.get_attribute("src")).ok
    context.close()


def test_the_map_asks_once_for_what_it_shows(page, demo_site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo_site + SEARCH, wait_until="networkidle")
    expect(page.locator("#kaart-vlak[data-located]")).to_be_attached()
    expect(page.locator("path.sk-outline").first).to_be_attached()
    assert len([url for url in asked if "/kaart/punten" in url]) == 1


def test_a_map_out_of_view_asks_for_nothing_until_it_is_shown(page, demo_site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(demo_site + SEARCH, wait_until="networkidle")
    assert not any("/kaart/punten" in url or "leaflet" in url for url in asked)
    page.get_by_role("link", name="Kaart", exact=True).click()
    expect(page.locator("#kaart-vlak[data-located]")).to_be_attached()


def test_on_a_phone_the_list_comes_first(search):
    search.set_viewport_size({"width": 375, "height": 700})
    expect(search.locator("#kaart-vlak")).not_to_be_visible()
    search.get_by_role("link", name="Kaart", exact=True).click()
    expect(search.locator("#kaart-vlak")).to_be_visible()
    markers_follow(search)


# --- without a reload --------------------------------------------------------------------------


def test_a_filter_changes_everything_without_a_reload(search):
    before = shown(search)
    search.evaluate("window.sameDocument = true")
    only_groups(search)
    after = shown(search)
    assert search.evaluate("window.sameDocument")
    assert (after["count"], after["list"]) != (before["count"], before["list"])


def test_a_filter_gives_what_its_address_gives(search):
    only_groups(search)
    assert shown(search) == fresh(search, search.url)


def test_a_screen_reader_hears_the_new_count(search):
    only_groups(search)
    expect(search.locator("#melding")).to_have_text(search.locator("#telling").inner_text())


def test_back_gives_what_was_there_before(search):
    before = shown(search)
    only_groups(search)
    search.go_back()
    expect(search.locator("#f-vorm-groep")).not_to_be_checked()
    markers_follow(search)
    assert shown(search) == before


def test_forward_gives_it_again(search):
    only_groups(search)
    filtered = shown(search)
    search.go_back()
    expect(search.locator("#f-vorm-groep")).not_to_be_checked()
    markers_follow(search)
    search.go_forward()
    expect(search.locator("#f-vorm-groep")).to_be_checked()
    markers_follow(search)
    assert shown(search) == filtered


def test_after_back_filters_still_work(search):
    only_groups(search)
    filtered = shown(search)
    search.go_back()
    expect(search.locator("#f-vorm-groep")).not_to_be_checked()
    only_groups(search)
    assert shown(search) == filtered


def test_a_chip_can_be_taken_away(search):
    search.locator(".sk-chip", has_text="14 jaar").click()
    expect(search.locator(".sk-chip", has_text="14 jaar")).to_have_count(0)
    markers_follow(search)
    assert shown(search) == fresh(search, search.url)


def test_list_map_counts_and_address_agree_all_the_way(search):
    def agree():
        assert shown(search) == fresh(search, search.url)
        return search.url

    age = search.locator(".sk-chip", has_text="14 jaar")
    start = agree()
    age.click()
    expect(age).to_have_count(0)
    markers_follow(search)
    any_age = agree()
    only_groups(search)
    groups = agree()
    for step, address in (
        (search.go_back, any_age),
        (search.go_back, start),
        (search.go_forward, any_age),
        (search.go_forward, groups),
    ):
        step()
        search.wait_for_url(address)
        expect(age).to_have_count(1 if address == start else 0)
        expect(search.locator("#f-vorm-groep")).to_be_checked(checked=address == groups)
        markers_follow(search)
        agree()


def test_another_order_keeps_the_count(search):
    before = search.locator("#telling").inner_text()
    search.get_by_label("Volgorde").select_option("dichtbij")
    search.wait_for_url(re.compile("volgorde=dichtbij"))
    expect(search.locator("#telling")).to_have_text(before)


def test_what_is_unknown_can_be_asked_for(search):
    search.locator("#filters summary", has_text="Start").click()
    search.get_by_label("Binnen 2 weken").check()
    search.wait_for_url(re.compile("start=2"))
    search.get_by_role("link", name="Toon die ook").click()
    search.wait_for_url(re.compile("onbekend=ja"))
    expect(search.get_by_role("link", name="Toon die ook")).to_have_count(0)
