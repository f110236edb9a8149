"""Every address of the site × every role, in one table.

An address that is missing here fails. The table is in page_rows.py.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver, reverse

from tests.loaded import undoing_in
from tests.page_roles import ADMIN, ROLES, Page
from tests.page_rows import PAGES
from tests.strict_client import StrictClient
from tests.world import users_again

pytestmark = pytest.mark.django_db


def ask(world, page, route, role):
    numbers, users = world
    client = StrictClient()
    if role in users:
        client.force_login(users[role], backend="django.contrib.auth.backends.ModelBackend")
    path = (page.path or route).format(**numbers)
    return getattr(client, page.method)(f"/{path}", page.data)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an address gives each role, of those who ask one after another."""

    route: str
    by_role: dict[str, HttpResponse]


# Those with a page first: tests that look at one address then follow each other, and ask it once.
WITH_A_PAGE = [route for route, page in PAGES.items() if 200 in page.expected.values()]
WITHOUT = [route for route in PAGES if route not in WITH_A_PAGE]


@pytest.fixture(scope="module")
def answers(request, world_database, django_db_blocker):
    """What the address of this parameter gives; each address meets the same site."""
    database, numbers, users = world_database
    route = request.param
    with django_db_blocker.unblock(), undoing_in(database):
        world = numbers, users_again(users)
        return Answers(route, {role: ask(world, PAGES[route], route, role) for role in ROLES})


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


@pytest.mark.parametrize("answers", [*WITH_A_PAGE, *WITHOUT], indirect=True)
def test_each_role_gets_what_the_table_says(answers):
    found = {role: answer.status_code for role, answer in answers.by_role.items()}
    assert found == PAGES[answers.route].expected


@pytest.mark.parametrize("answers", WITH_A_PAGE, indirect=True)
def test_a_page_has_one_title_and_skips_no_heading(answers):
    route, expected = answers.route, PAGES[answers.route].expected
    for role in [role for role, status in expected.items() if status == 200]:
        answer = answers.by_role[role]
        if not answer.get("Content-Type", "").startswith("text/html") or route == "plaatsen":
            continue
        outline = Outline(answer.content.decode())
        assert outline.levels.count(1) == 1, f"{role}: {outline.levels}"
        assert outline.levels[0] == 1, f"{role}: {outline.levels}"
        assert outline.skips == [], f"{role}: {outline.levels}"


@pytest.mark.parametrize(
    "route",
    [
        route
        for route, page in PAGES.items()
        if page.expected["anonymous"] == 302 and not route.startswith(("account/", "beheer/log"))
    ],
)
def test_nobody_is_sent_elsewhere_than_to_the_log_in(world, route):
    url = ask(world, PAGES[route], route, "anonymous").url
    # The link of other systems leads everybody to the search.
    search = ("/",) if route == "zoek" else ()
    assert url in search or url.startswith(("/account/login/?next=/", "/beheer/login/?next=/"))


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


def test_a_fault_of_ours_says_whom_to_mail_and_promises_no_message(db, settings):
    settings.CONTACT_EMAIL = "kaart@zeekant.example"
    client = StrictClient(raise_request_exception=False)
    with override_settings(ROOT_URLCONF="tests.broken_urls"):
        page = client.get("/stuk/").content.decode()
    assert "mailto:kaart@zeekant.example" in page
    assert "een bericht gekregen" not in page


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
