"""What workbooks and pages say of the numbers in a world of `test_nothing_follows`."""

import re
from urllib.parse import urlsplit

from django.urls import resolve

from tests.gaps.published import from_words, lines_of, sheet_of, statement
from tests.pages import attribute, element, elements, page_at, text_of

# Which numbers a surface says.
SEARCHES, WAITS = {"found", "vain", "signals"}, {"measured", "people"}
BY_PLACE = {
    "{place}.csv": SEARCHES,
    "gemist {place}": {"signals"},
    "mail ['{place}']": SEARCHES,
    "/voor-aanbieders/aanbieder/{provider}/vraag/?gemeente={place}": {"interest", "people"},
    "/voor-gemeenten/{place}/groepen/": {"interest", "people"},
    "/voor-gemeenten/{place}/wachttijden.csv": WAITS,
    "/voor-gemeenten/{place}/wachttijden.xlsx Wachttijden": WAITS,
    "/voor-gemeenten/{place}/wachttijden.xlsx Aanbieders": {"people"},
    "/voor-gemeenten/{place}/wachttijden/aanbieders.csv": {"people"},
}
OF_REGION = {
    "xlsx": SEARCHES,
    "mail {places}": SEARCHES,
    "api": {"people"},
    "/groepen/": {"interest"},
    "/regio/{region}/wachttijden.csv": WAITS,
    "/regio/{region}/wachttijden.xlsx Wachttijden": WAITS,
    "/regio/{region}/wachttijden.xlsx Aanbieders": {"people"},
    "/wachttijden/{region}/": WAITS,
    "/wachttijden/{region}/ggz/": WAITS,
}


def numbers_by_source(places, region, provider):
    """Return which numbers each source of statements has to say, where there are enough."""
    known = {"places": places, "region": region, "provider": provider}
    of_region = {source.format(**known): names for source, names in OF_REGION.items()}
    return of_region | {
        source.format(place=place, **known): names
        for source, names in BY_PLACE.items()
        for place in places
    }


class Asking:
    """A client that remembers which addresses it asked, as the site writes them."""

    def __init__(self, client):
        self._client, self.asked = client, set()

    def get(self, address):
        self.asked.add(resolve(urlsplit(address).path).route)
        return self._client.get(address)


def workbooks(world):
    """Yield what the workbooks of waits say: the figures, and providers beside each other."""
    for start, slugs in world.with_waits:
        content = world.client.get(f"{start}.xlsx").content
        for line in sheet_of(content, "Wachttijden"):
            yield from world.of_line(f"{start}.xlsx Wachttijden", slugs, line)
        for line in sheet_of(content, "Aanbieders"):
            yield _of_provider(world, f"{start}.xlsx Aanbieders", slugs, line)


def providers(world):
    """Yield what the files with providers say."""
    for start, slugs in world.with_waits:
        if start.startswith("/voor-gemeenten/"):
            address = f"{start}/aanbieders.csv"
            for line in lines_of(world.client.get(address).content):
                yield _of_provider(world, address, slugs, line)


def _of_provider(world, address, slugs, line):
    """Return how many wait for one provider.

    How many of its offers were measured is for who may compare providers to see, however few.
    """
    of = {("people", pk) for pk in world.serving(slugs, line["soort hulp"])}
    small = "minder-dan-5-wachtenden" in line["status"].split()
    return statement(address, of, line["wachtenden"], is_hidden_small=small)


def public_waits(world):
    """Yield what everybody reads of the region: every kind of help, and each over the quarters."""
    start = f"/wachttijden/{world.place('leiden').region_id}/"
    kinds = {str(offer.kind.label): offer.kind for offer in world.offers.values()}
    for address, kind in [(start, ""), *((f"{start}{kinds[name]}/", name) for name in kinds)]:
        for row in elements(page_at(world.client, address), "tr"):
            cells = {attribute(one, "data-label"): text_of(one) for one in elements(row, "td")}
            if cells:
                of = world.serving(world.slugs, kind or text_of(element(row, "th")))
                yield _from_cell(address, {("measured", pk) for pk in of}, cells["Gemeten"])
                yield _from_cell(address, {("people", pk) for pk in of}, cells["Wachtenden"])


def _from_cell(address, of, words):
    """Return what a cell of a table of waits says; a dash and 'niet getoond' say nothing."""
    known = {"geen": "0", "onbekend": "0"}.get(words, words)
    return from_words(address, of, known)


def wanted_groups(world):
    """Yield what the page of groups says: how many people somebody looks for a group for."""
    page = page_at(world.client, "/groepen/")
    for words in re.findall(r"(minder dan \d+|\d+) belangstellend", text_of(page)):
        of = {("interest", slug) for slug in world.slugs}
        yield from_words("/groepen/", of, words)


def needs_on(address, world, slugs):
    """Yield what a page of groups that could be formed says of an area."""
    page = page_at(world.client, address)
    for words in map(text_of, elements(page, "b")):
        if "kinderen" in words:
            yield from_words(address, {("interest", one) for one in slugs}, words)
    lists = [*elements(page, "p", class_="sk-soft"), *elements(page, "td")]
    for words in map(text_of, lists):
        if "mensen op" in words:
            of = {("people", pk) for pk in world.serving(slugs)}
            yield from_words(address, of, words.partition(" mensen")[0])
