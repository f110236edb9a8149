"""Every address of the site × every role, in one table.

An address that is missing here fails. The roles:

- anonymous: not logged in
- editor: may change the provider of the offer
- viewer: a colleague who may only read along
- stranger: an editor of another provider
- municipality: a member of the municipality of Leiden
- staff: may do everything in the admin, and is a member of nothing
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.test import override_settings
from django.urls import get_resolver, reverse

from providers.enums import Role
from selfservice.links import token_for
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    LocationFactory,
    MembershipFactory,
    OfferFactory,
    UserFactory,
    WaitTimeFactory,
)
from tests.portal_rows import BUTTONS, FORMS, address_of
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "editor", "viewer", "stranger", "municipality", "staff")
ALL = dict.fromkeys(ROLES, 200)
MEMBERS = ALL | {"anonymous": 302}
LOGGED_IN = MEMBERS
EDITORS = dict.fromkeys(ROLES, 404) | {"anonymous": 302, "editor": 200, "viewer": 403}
ADMIN = dict.fromkeys(ROLES, 302) | {"staff": 200}


def always(status):
    return dict.fromkeys(ROLES, status)


@dataclass(frozen=True)
class Page:
    """One address: how it is asked for, and what each role gets."""

    expected: dict[str, int]
    path: str = ""
    method: str = "get"
    data: dict = field(default_factory=dict)


PAGES = {
    # Everybody
    "": Page(ALL),
    "kaart/punten": Page(ALL),
    "kaart/grenzen": Page(ALL),
    "plaatsen": Page(ALL, method="post", data={"plaats": "lei"}),
    "suggesties": Page(ALL, method="post", data={"vraag": "som"}),
    "aanbod/<int:pk>-<slug:slug>/": Page(ALL, "aanbod/{offer}-samen-koken/"),
    "aanbieder/<int:pk>-<slug:slug>/": Page(ALL, "aanbieder/{provider}-de-boei/"),
    "groepen/": Page(ALL),
    "groepen/agenda.ics": Page(ALL),
    "aanbod/<int:pk>-<slug:slug>/agenda.ics": Page(ALL, "aanbod/{offer}-samen-koken/agenda.ics"),
    "groepen/start/<int:pk>/belangstelling/": Page(ALL, "groepen/start/{run}/belangstelling/"),
    "groepen/<int:pk>/belangstelling/": Page(ALL, "groepen/{offer}/belangstelling/"),
    # What another browser said.
    "groepen/belangstelling/<int:pk>/weg/": Page(
        always(404), "groepen/belangstelling/{interest}/weg/", method="post"
    ),
    "meld-ontbrekend-aanbod/": Page(ALL),
    "meld-ontbrekend-aanbod/bedankt/": Page(ALL),
    "keuzelijst/": Page(ALL, "keuzelijst/?aanbod={offer}&gemeente=leiden"),
    "keuzelijst/bewaar/": Page(always(405)),
    "keuzelijst/neem-over/": Page(always(405)),
    "keuzelijst/leeg/": Page(always(405)),
    "gezin/": Page(ALL, "gezin/?aanbod={offer}&gemeente=leiden"),
    "aanbod/<int:pk>/melden/": Page(always(405), "aanbod/{offer}/melden/"),
    "over-wachttijden/": Page(ALL),
    "over-de-gegevens/": Page(ALL),
    "componenten/": Page(ALL),
    # Providers
    "voor-aanbieders/": Page(LOGGED_IN),
    "voor-aanbieders/aanbod/<int:pk>/": Page(EDITORS, "voor-aanbieders/aanbod/{offer}/"),
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/wachttijd/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/<int:wait>/terugnemen/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/wachttijd/{wait}/terugnemen/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/plekken/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/plekken/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/klopt-nog/": Page(
        EDITORS | {"editor": 302}, "voor-aanbieders/aanbod/{offer}/klopt-nog/", method="post"
    ),
    "voor-aanbieders/aanbieder/<int:pk>/klopt-alles-nog/": Page(
        EDITORS, "voor-aanbieders/aanbieder/{provider}/klopt-alles-nog/"
    ),
    "voor-aanbieders/bijwerken/": Page(LOGGED_IN),
    "voor-aanbieders/bijwerken/ongedaan/": Page(always(302), method="post"),
    "voor-aanbieders/klopt-nog/<str:token>/": Page(ALL, "voor-aanbieders/klopt-nog/{token}/"),
    "voor-aanbieders/aanbod/<int:pk>/groep/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/wijzig/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/wijzig/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/nieuwe-start/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/nieuwe-start/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/start/{run}/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/afzeggen/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/start/{run}/afzeggen/"
    ),
    "voor-aanbieders/aanbieder/<int:pk>/vraag/": Page(
        EDITORS, "voor-aanbieders/aanbieder/{provider}/vraag/"
    ),
    # Municipalities
    "voor-gemeenten/": Page(ALL),
    "voor-gemeenten/<slug:slug>/groepen/": Page(
        always(404) | {"anonymous": 302, "municipality": 200}, "voor-gemeenten/leiden/groepen/"
    ),
    "voor-gemeenten/<slug:slug>/": Page(
        always(404) | {"anonymous": 302, "municipality": 200}, "voor-gemeenten/leiden/"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden/": Page(
        always(404) | {"anonymous": 302, "municipality": 200}, "voor-gemeenten/leiden/wachttijden/"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden.csv": Page(
        always(404) | {"anonymous": 302, "municipality": 200},
        "voor-gemeenten/leiden/wachttijden.csv",
    ),
    "voor-gemeenten/<slug:slug>.csv": Page(
        always(404) | {"anonymous": 302, "municipality": 200}, "voor-gemeenten/leiden.csv"
    ),
    "voor-gemeenten/<slug:slug>/gemist.csv": Page(
        always(404) | {"anonymous": 302, "municipality": 200}, "voor-gemeenten/leiden/gemist.csv"
    ),
    # Programs
    "api/v1/offers": Page(ALL),
    "api/v1/offer-points": Page(ALL),
    "api/v1/offers/<int:pk>": Page(ALL, "api/v1/offers/{offer}"),
    "api/v1/providers": Page(ALL),
    "api/v1/providers/<int:pk>": Page(ALL, "api/v1/providers/{provider}"),
    "api/v1/openapi.json": Page(ALL),
    "api/v1/docs": Page(ALL),
    "api/v1": Page(ALL),
    "^api(?:/.*)?$": Page(always(404), "api/v1/onbekend"),
    # Accounts
    "account/login/": Page(always(302) | {"anonymous": 200}),
    "account/logout/": Page(always(200) | {"anonymous": 302}),
    "account/inactive/": Page(ALL),
    "account/signup/": Page(always(302) | {"anonymous": 200}),
    "account/reauthenticate/": Page(LOGGED_IN),
    "account/email/": Page(LOGGED_IN),
    "account/confirm-email/": Page(ALL),
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": Page(ALL, "account/confirm-email/onzin/"),
    "account/password/change/": Page(LOGGED_IN),
    "account/password/set/": Page(always(302)),
    "account/password/reset/": Page(ALL),
    "account/password/reset/done/": Page(ALL),
    "account/password/reset/key/done/": Page(ALL),
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Page(
        ALL, "account/password/reset/key/1-onzin/"
    ),
    "account/login/code/confirm/": Page(always(302)),
    "account/2fa/": Page(LOGGED_IN),
    "account/2fa/authenticate/": Page(always(302)),
    "account/2fa/reauthenticate/": Page(always(302)),
    "account/2fa/totp/activate/": Page(always(302)),
    "account/2fa/totp/deactivate/": Page(always(404) | {"anonymous": 302}),
    "account/2fa/recovery-codes/": Page(always(404) | {"anonymous": 302}),
    "account/2fa/recovery-codes/generate/": Page(always(302)),
    "account/2fa/recovery-codes/download/": Page(always(404) | {"anonymous": 302}),
    # Editors of the region: the frame of the admin; its lists follow below
    "beheer/": Page(ADMIN),
    "beheer/login/": Page(always(403) | {"anonymous": 302, "staff": 302}),
    "beheer/logout/": Page(ADMIN, method="post"),
    "beheer/password_change/": Page(ADMIN),
    "beheer/password_change/done/": Page(ADMIN),
    "beheer/jsi18n/": Page(ADMIN),
    "beheer/autocomplete/": Page(always(302) | {"staff": 403}),
    "beheer/r/<path:content_type_id>/<path:object_id>/": Page(
        always(302) | {"staff": 404}, "beheer/r/0/0/"
    ),
    r"beheer/(?P<url>.*)$": Page(always(302) | {"staff": 404}, "beheer/onbekend/"),
    "beheer/^(?P<app_label>providers|accounts|auth|importing)/$": Page(ADMIN, "beheer/providers/"),
    "beheer/accounts/user/<id>/password/": Page(ADMIN, "beheer/accounts/user/{user}/password/"),
}
PAGES |= {f"voor-aanbieders/{route}": Page(EDITORS, address_of(route)) for route in FORMS}
PAGES |= {
    f"voor-aanbieders/{route}": Page(EDITORS | {"editor": 302}, address_of(route), method="post")
    for route in BUTTONS
}


@pytest.fixture
def world(region):
    """One of everything, with a client for each role."""
    offer = OfferFactory(
        title="Samen koken", provider__name="De Boei", group=True, municipalities=[region.leiden]
    )
    offer.locations.set([LocationFactory(provider=offer.provider)])
    wait = WaitTimeFactory(offer=offer)
    run = GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    interest = InterestFactory(programme=run.programme, run=run)
    users = {
        "editor": MembershipFactory(provider=offer.provider).user,
        "viewer": MembershipFactory(provider=offer.provider, role=Role.VIEWER).user,
        "stranger": MembershipFactory(
            provider=OfferFactory(municipalities=[region.leiden]).provider
        ).user,
        "municipality": MembershipFactory(provider=None, municipality=region.leiden).user,
        "staff": UserFactory(is_staff=True, is_superuser=True),
    }
    numbers = {
        "offer": offer.pk,
        "provider": offer.provider_id,
        "user": users["staff"].pk,
        "run": run.pk,
        "wait": wait.pk,
        "interest": interest.pk,
        "token": token_for(users["editor"], offer.provider),
    }
    return numbers, users


def ask(world, page, route, role):
    numbers, users = world
    client = StrictClient()
    if role in users:
        client.force_login(users[role], backend="django.contrib.auth.backends.ModelBackend")
    path = (page.path or route).format(**numbers)
    return getattr(client, page.method)(f"/{path}", page.data)


def routes(patterns=None, prefix=""):
    """Yield every address pattern of the site, as it is written."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


class Outline(HTMLParser):
    """The levels of the headings of a page, in order."""

    def __init__(self, html):
        super().__init__()
        self.levels = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    @property
    def skips(self):
        return [(a, b) for a, b in zip(self.levels, self.levels[1:], strict=False) if b > a + 1]


# --- the table ---------------------------------------------------------------------------------


def is_of_the_admin_of_a_model(route):
    app_and_model = [f"{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry]
    return any(route.startswith(f"beheer/{name}") for name in app_and_model)


def test_every_address_is_in_the_table():
    missing = {r for r in routes() if r not in PAGES and not is_of_the_admin_of_a_model(r)}
    assert missing == set()


def test_the_table_holds_no_address_that_is_gone():
    assert PAGES.keys() - set(routes()) == set()


@pytest.mark.parametrize("route", PAGES)
def test_each_role_gets_what_the_table_says(world, route):
    page = PAGES[route]
    found = {role: ask(world, page, route, role).status_code for role in ROLES}
    assert found == page.expected


@pytest.mark.parametrize("route", [r for r, p in PAGES.items() if 200 in p.expected.values()])
def test_a_page_has_one_title_and_skips_no_heading(world, route):
    page = PAGES[route]
    for role in [role for role, status in page.expected.items() if status == 200]:
        answer = ask(world, page, route, role)
        if not answer.get("Content-Type", "").startswith("text/html") or route == "plaatsen":
            continue
        outline = Outline(answer.content.decode())
        assert outline.levels.count(1) == 1, f"{role}: {outline.levels}"
        assert outline.levels[0] == 1, f"{role}: {outline.levels}"
        assert outline.skips == [], f"{role}: {outline.levels}"


@pytest.mark.parametrize("route", PAGES)
def test_nobody_is_sent_elsewhere_than_to_the_log_in(world, route):
    page = PAGES[route]
    if page.expected["anonymous"] != 302 or route.startswith(("account/", "beheer/log")):
        return
    url = ask(world, page, route, "anonymous").url
    assert url.startswith(("/account/login/?next=/", "/beheer/login/?next=/"))


# --- the states of the search page -------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "hulpvraag=somberheid",
        "hulpvraag=somberheid&volgorde=licht",
        "leeftijd=1",
        "leeftijd=99",
        "hulpvraag=bestaat-niet",
        "start=2",
        "hulpvraag=somberheid&pagina=9",
        "deel=3-later",
    ],
)
def test_each_state_of_the_search_has_one_title(world, query):
    outline = Outline(StrictClient().get(f"/?{query}").content.decode())
    assert (outline.levels.count(1), outline.skips) == (1, [])


def test_a_refused_question_has_one_title(world):
    answer = StrictClient().post("/", {"vraag": "a@b.example"})
    outline = Outline(answer.content.decode())
    assert (answer.status_code, outline.levels.count(1), outline.skips) == (422, 1, [])


# --- errors ------------------------------------------------------------------------------------


def error_pages():
    client = StrictClient(raise_request_exception=False)
    yield 404, client.get("/bestaat-niet/")
    yield 403, StrictClient(enforce_csrf_checks=True).post("/keuzelijst/leeg/")
    with override_settings(ROOT_URLCONF="tests.broken_urls"):
        yield 500, client.get("/stuk/")
        yield 403, client.get("/verboden/")
        yield 400, client.get("/raar/")


def test_errors_are_pages_of_ours_in_dutch(db):
    for status, answer in error_pages():
        outline = Outline(answer.content.decode())
        assert answer.status_code == status
        assert (outline.levels.count(1), outline.skips) == (1, []), status
        assert '<html lang="nl">' in answer.content.decode()


# --- the admin ---------------------------------------------------------------------------------

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_of_the_admin_are_for_staff_only(world, model):
    route = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")[1:]
    found = {role: ask(world, Page({}), route, role).status_code for role in ROLES}
    assert found == ADMIN


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_forms_of_the_admin_open_or_are_closed(world, model):
    route = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")[1:]
    assert ask(world, Page({}), route, "staff").status_code in {200, 403}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_of_the_admin_opens(world, model):
    row = model._default_manager.first()
    if row is None:
        pytest.skip("no row of this kind in the world of these tests")
    route = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    assert ask(world, Page({}), route[1:], "staff").status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_of_the_admin_can_be_searched(world, model):
    route = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")[1:]
    assert ask(world, Page({}, f"{route}?q=koken"), route, "staff").status_code == 200
