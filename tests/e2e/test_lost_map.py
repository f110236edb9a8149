"""A search whose map cannot be loaded."""

from playwright.sync_api import expect

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"


def test_where_the_map_cannot_be_had_the_picture_and_a_sentence_stand(page, demo_site):
    page.route("**/leaflet/leaflet*.css", lambda route: route.abort())
    page.goto(demo_site + SEARCH)
    sentence = page.get_by_role("status").filter(has_text="De kaart kon niet worden geladen.")
    picture = page.get_by_role("img", name="De nummers van de lijst op de kaart")
    expect(sentence).to_be_visible()
    before = picture.get_attribute("src")
    page.get_by_role("link", name="14 jaar (weghalen)").click()
    # Both belong to the list that is there now.
    expect(picture).not_to_have_attribute("src", before)
    expect(sentence).to_be_visible()
