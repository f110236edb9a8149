"""Nobody is sent, or shown a link, off the site by what stands in an address or a form."""

import re
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import OfferFactory, UserFactory
from tests.pages import attribute, element
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord-1"
ELSEWHERE = [
    "https://kwaad.example/",
    "//kwaad.example/",
    "///kwaad.example/",
    "/\\kwaad.example/",
    "\\\\kwaad.example",
    "/%09/kwaad.example",
    "\t//kwaad.example",
    " //kwaad.example",
    "/\t/kwaad.example",
    "/\n/kwaad.example",
    "http:kwaad.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:///kwaad.example",
    "http://testserver@kwaad.example/",
    "//testserver@kwaad.example/",
    "/\x00/kwaad.example",
]
HREF = re.compile(r'(?:href|action)="([^"]*)"')


def leads_elsewhere(address):
    """Whether a browser would leave the site: it drops tabs and lines, and reads \\ as /."""
    plain = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    parts = urlsplit(plain)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return parts.scheme not in {"tel", "mailto", "webcal"}
    return plain.startswith("//") or parts.hostname not in {None, "testserver"}


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("button", ["bewaar", "neem-over", "leeg"])
def test_a_button_of_the_shortlist_leads_back_into_the_site(button, address):
    data = {"offer": OfferFactory().pk, "terug": address}
    answer = StrictClient().post(f"/keuzelijst/{button}/", data)
    assert answer.status_code == 302
    assert not leads_elsewhere(answer.url)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_full_shortlist_does_neither(address):
    client, offers = StrictClient(), OfferFactory.create_batch(13)
    for offer in offers:
        answer = client.post("/keuzelijst/bewaar/", {"offer": offer.pk, "terug": address})
        assert not leads_elsewhere(answer.url)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_log_in_leads_into_the_site(address):
    user = UserFactory(email="jan@voorbeeld.example")
    user.set_password(PASSWORD)
    user.save()
    typed = {"login": user.email, "password": PASSWORD, "next": address}
    answer = StrictClient().post(f"/account/login/?next={quote(address)}", typed)
    assert answer.status_code == 302
    assert not leads_elsewhere(answer.url)


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("page", ["/account/login/", "/account/logout/", "/beheer/login/"])
def test_who_is_logged_in_stays_on_the_site(log_in, page, address):
    user = log_in()
    # The form shows the address in a hidden field, which a strict client takes for a link.
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for ask in (client.get, client.post):
        answer = ask(f"{page}?next={quote(address)}", {"next": address})
        assert answer.status_code != 302 or not leads_elsewhere(answer.url)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_back_on_an_offer_stays_on_the_site(address):
    offer = OfferFactory()
    answer = StrictClient().get(
        f"{offer.get_absolute_url()}?terug={quote(address)}", headers={"Referer": address}
    )
    crumb = element(answer.content.decode(), class_="sk-crumb")
    back = attribute(element(crumb, "a"), "href")
    assert back == "/" or back.startswith("/?")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_old_name_leads_to_the_offer_whatever_stands_behind_it(address):
    offer = OfferFactory()
    answer = StrictClient().get(f"/aanbod/{offer.pk}-oud/?{quote(address, safe='/:@?=&')}")
    assert answer.status_code == 301
    assert answer.url.startswith(f"{offer.get_absolute_url()}?")


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize(
    "page", ["/", "/groepen/", "/keuzelijst/", "/gezin/", "/meld-ontbrekend-aanbod/"]
)
def test_no_link_on_a_page_is_taken_from_its_address(page, address):
    names = ("terug", "next", "plaats", "hulpvraag", "woord", "gemeente", "aanbod", "naam")
    query = "&".join(f"{name}={quote(address)}" for name in names)
    # A field may show what stands in the address; a link may not be it.
    answer, plain = Client().get(f"{page}?{query}"), Client().get(page)
    new = set(HREF.findall(answer.content.decode())) - set(HREF.findall(plain.content.decode()))
    assert not [link for link in new if leads_elsewhere(unescape(link))]


@pytest.mark.parametrize("host", ["kwaad.example", "testserver.kwaad.example", "testserver:80@x"])
def test_another_host_is_answered_with_an_error(host):
    assert StrictClient().get("/", headers={"host": host}).status_code == 400


class AnyWayBack(TestCase):
    @given(st.text(max_size=40) | st.from_regex(r"[/\\\s]{1,4}[a-z.@:/]{1,20}", fullmatch=True))
    def test_no_text_at_all_leads_elsewhere(self, address):
        answer = StrictClient().post("/keuzelijst/leeg/", {"terug": address})
        assert answer.status_code == 302
        assert not leads_elsewhere(answer.url)
