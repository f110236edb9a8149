"""Every address × every method × every kind of person, with a valid token and valid data.

`test_every_page.py` says what each page gives; this says who can change anything at all. Each
request is undone, so that all of them meet the same site; what it wrote is read from its
statements.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from tests.access_data import (
    OF_A_DESK,
    OF_A_MANAGER,
    OF_A_MUNICIPALITY,
    OTHER_DATA,
    SAVES,
    TAPS,
    WRITERS,
)
from tests.access_rows import METHODS, of_account, of_admin
from tests.factories import HelpQuestionFactory
from tests.form_fields import Fields
from tests.loaded import undoing_in
from tests.page_rows import PAGES
from tests.world import more_people, users_again

pytestmark = pytest.mark.django_db

READING = ("GET", "HEAD")
PEOPLE = (
    "anonymous",
    "manager",
    "editor",
    "viewer",
    "stranger",
    "municipality",
    "municipality_viewer",
    "other_municipality",
    "desk",
    "other_desk",
    "staff_without_rights",
    "staff",
    "left",  # logged in still, and no longer a member
    "inactive",  # their account was closed while they were logged in
)
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.I)
# Who is logged in, how often somebody tried, and (allauth) that one's address is one's own.
OF_A_VISIT = {"django_session", "limits", "account_emailaddress"}


# --- the table: what each kind of address gives, per kind of request ------------------------------
# A set: what all others get stands under "*". 302 of who is not logged in leads to the log-in.

OPEN = {"*": {"GET": {200}, "POST": {405}, "other": {405}}}
FORM = {"*": {"GET": {200}, "POST": {302, 422}, "other": {405}}}
BUTTON = {"*": {"GET": {405}, "POST": {200, 302, 404}, "other": {405}}}
LINK = {"*": {"GET": {200}, "POST": {302}, "other": {405}}}
API = {"*": {"GET": {200, 404}, "POST": {405}, "other": {405, 204}}}
# A form sent after the log-in ended gets a page that keeps it (403).
LOG_IN = {"GET": {302}, "POST": {302, 403}, "other": {302, 403}}
NOT_FOUND = {kind: {404} for kind in ("GET", "POST", "other")}
FORBIDDEN = {kind: {403} for kind in ("GET", "POST", "other")}
NOT_IN = {"anonymous": LOG_IN, "inactive": LOG_IN}
PORTAL = NOT_IN | {"*": {"GET": {200}, "POST": {405}, "other": {405}}}
PROVIDER = NOT_IN | {
    "*": NOT_FOUND,
    "viewer": FORBIDDEN,
    "editor": {"GET": {200, 405}, "POST": {302, 405}, "other": {405}},
    "manager": {"GET": {200, 405}, "POST": {302, 405}, "other": {405}},
}
OF_MANAGERS = PROVIDER | {"editor": FORBIDDEN}
# Without a file it is shown again.
A_TABLE = {"GET": {200}, "POST": {422}, "other": {405}}
TABLE = PROVIDER | {"editor": A_TABLE, "manager": A_TABLE}
# Everybody who takes part sees who else does; a button of one role is no answer to another.
COLLEAGUES = PROVIDER | {
    "editor": {"GET": {200}, "POST": {403}, "other": {405}},
    "viewer": {"GET": {200}, "POST": {403}, "other": {405}},
}
LEAVING = PROVIDER | {"viewer": {"GET": {200}, "POST": {302}, "other": {405}}}
# Only who is not logged in as somebody else can become the person who was invited.
INVITATION = {
    "*": {"GET": {200}, "POST": {403}, "other": {405}},
    "anonymous": {"GET": {200}, "POST": {302}, "other": {405}},
    "inactive": {"GET": {200}, "POST": {302}, "other": {405}},
}
OF_ITS_OWN = {
    "voor-aanbieders/aanbieder/<int:pk>/tabel/": TABLE,
    "voor-aanbieders/aanbieder/<int:pk>/tabel/<slug:kind>/": TABLE,
    "meedoen/uitnodiging/<str:token>/": INVITATION,
    "meedoen/aangevraagd/": OPEN,
    "meedoen/<int:pk>/collegas/": COLLEAGUES,
    "meedoen/<int:pk>/weggaan/": LEAVING,
    "meedoen/<int:pk>/beheer-overnemen/": PROVIDER,
}
# Of each person their own: who keeps nothing true sees an empty one.
MONTH = NOT_IN | {"*": {"GET": {200, 405}, "POST": {302}, "other": {405}}}
READ = {"GET": {200}, "POST": {405}, "other": {405}}
HIDDEN = {"GET": {404}, "POST": {405}, "other": {405}}
PREVIEW = {
    **{person: {"GET": {302}, "POST": {302}, "other": {302}} for person in NOT_IN},
    "*": HIDDEN,
    "manager": READ,
    "editor": READ,
    "viewer": READ,
}
MUNICIPALITY = NOT_IN | {
    "*": {"GET": {404}, "POST": {405, 404}, "other": {405, 404}},
    "municipality": READ,
    "municipality_viewer": READ,
    "desk": READ,
    "staff": READ,
}
AT_DESK = {"GET": {200, 302, 405}, "POST": {302, 405}, "other": {405}}
DESK = NOT_IN | {"*": NOT_FOUND, "desk": AT_DESK, "staff": AT_DESK}
# Leads who works at a desk to their own, and changes nothing.
TO_DESK = {"GET": {302}, "POST": {405}, "other": {405}}
OWN_DESK = NOT_IN | {
    "*": {"GET": {404}, "POST": {405}, "other": {405}},
    "desk": TO_DESK,
    "other_desk": TO_DESK,
    "staff": TO_DESK,
}
# Any desk takes in lists; what came in is for the desk of its region.
AT_LISTS = {"GET": {200, 405}, "POST": {302, 405, 422}, "other": {405}}
OF_LISTS = NOT_IN | {"*": NOT_FOUND, "desk": AT_LISTS, "other_desk": AT_LISTS, "staff": AT_LISTS}
OF_A_LIST = OF_LISTS | {"other_desk": NOT_FOUND}
SPEAKING = MUNICIPALITY | {
    "*": NOT_FOUND | {"other": {405}},
    "desk": FORBIDDEN | {"other": {405}},
    "staff": FORBIDDEN | {"other": {405}},
    "municipality_viewer": FORBIDDEN | {"other": {405}},
    "municipality": {"GET": {200}, "POST": {302}, "other": {405}},
}
OF_ITS_OWN |= dict.fromkeys(OF_A_MUNICIPALITY, SPEAKING)
OF_ITS_OWN |= {
    # Of each person their own; what is not theirs does not exist.
    "voor-gemeenten/kwartaalmail/": NOT_IN | {"*": {"GET": {200}, "POST": {404}, "other": {405}}},
    "voor-gemeenten/kwartaalmail/<str:token>/": {
        "*": {"GET": {200}, "POST": {200}, "other": {405}}
    },
}
# Without a file it is shown again.
OF_ITS_OWN["regio/<slug:region>/cijfers/"] = DESK | {
    "desk": A_TABLE,
    "staff": A_TABLE,
}
# Nothing is written there, so the method is looked at first.
for address in ("actueel", "inzicht"):
    OF_ITS_OWN[f"voor-aanbieders/aanbieder/<int:pk>/{address}/"] = NOT_IN | {
        "*": NOT_FOUND,
        **dict.fromkeys(("viewer", "editor", "manager"), READ),
    }
READ_AT_DESK = NOT_IN | {
    "*": {"GET": {404}, "POST": {405}, "other": {405}},
    "desk": READ,
    "staff": READ,
}
for address in ("/", ".csv", ".xlsx", "-leeswijzer.csv"):
    OF_ITS_OWN[f"regio/<slug:region>/wachttijden{address}"] = READ_AT_DESK
FREEZING = {"GET": {405}, "POST": {302}, "other": {405}}
OF_ITS_OWN["voor-gemeenten/<slug:slug>/dekking/vastzetten/"] = NOT_IN | {
    "*": {"GET": {405}, "POST": {404}, "other": {405}},
    "municipality": FREEZING,
    "municipality_viewer": {"GET": {405}, "POST": {403}, "other": {405}},
    "desk": FREEZING,
    "staff": FREEZING,
}
for address in ("/", ".csv"):
    OF_ITS_OWN[f"voor-gemeenten/<slug:slug>/wachttijden/aanbieders{address}"] = MUNICIPALITY | {
        "municipality_viewer": {"GET": {403}, "POST": {405}, "other": {405}}
    }
OF_ITS_OWN["aanbod/<int:pk>/gebeld/"] = {"*": {"GET": {405}, "POST": {204}, "other": {405}}}
# The link of a GP's system, which may send it as a form too.
OF_ITS_OWN |= {
    "zoek": {"*": {"GET": {302}, "POST": {302}, "other": {405}}},
    "zoek/brief": {"*": {"GET": {422}, "POST": {422}, "other": {405}}},
}
# Writes that a mail went, once the answer has left.
MAILED = "voor-aanbieders/klopt-nog/<str:token>/nieuw/"
BUTTONS = {
    "plaatsen",
    "suggesties",
    "groepen/belangstelling/<int:pk>/weg/",
    "keuzelijst/bewaar/",
    "keuzelijst/neem-over/",
    "keuzelijst/leeg/",
    "aanbod/<int:pk>/melden/",
    MAILED,
}
FORMS = {
    "",
    "lokaal-team/",
    "groepen/",
    "groepen/start/<int:pk>/belangstelling/",
    "groepen/<int:pk>/belangstelling/",
    "meld-ontbrekend-aanbod/",
    "tip/",
    "meedoen/nieuw/",
    "meedoen/<int:pk>/",
}


def kind_of(route):
    """Return the row of the table for this address."""
    if route in BUTTONS or route in FORMS:
        return BUTTON if route in BUTTONS else FORM
    if route.startswith("voor-aanbieders/klopt-nog/") and not route.endswith("/nieuw/"):
        return LINK
    if route.startswith("voor-aanbieders/bijwerken/"):
        return MONTH
    if route == "regio/":
        return OWN_DESK
    if route in OF_ITS_OWN:
        return OF_ITS_OWN[route]
    if "/voorbeeld/" in route:
        return PREVIEW
    if route in {"voor-aanbieders/", "voor-gemeenten/", "voor-aanbieders/zo-werkt-het/"}:
        return PORTAL if route == "voor-aanbieders/" else OPEN
    kinds = {
        "voor-aanbieders/": PROVIDER,
        "meedoen/": OF_MANAGERS,
        "regio/lijsten/import/": OF_A_LIST,
        "regio/lijsten/": OF_LISTS,
        "regio/": DESK,
        "voor-gemeenten/": MUNICIPALITY,
        "api/": API,
        "^api": API,
    }
    return next((kind for start, kind in kinds.items() if route.startswith(start)), OPEN)


def kind_of_method(method):
    return "GET" if method in READING else method if method == "POST" else "other"


def right_answers(route, person, method):
    """Return the statuses that this person may get here."""
    for start, of_page in (("account/", of_account), ("beheer/", of_admin)):
        if route.startswith(start):
            return {of_page(route, person)[method]}
    row = kind_of(route)
    return row.get(person, row["*"])[kind_of_method(method)]


@contextmanager
def tables_written() -> Iterator[list[str]]:
    """Collect the names of the tables that are written, but for what any visit writes."""
    written: list[str] = []

    def look(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found.group(1) not in OF_A_VISIT:
            written.append(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written


@contextmanager
def undone() -> Iterator[list[str]]:
    """Undo what is written inside; yields the names of the tables that were written."""
    undoing = transaction.atomic()
    # As the transaction around a test: what has to be committed by itself may stand inside.
    undoing._from_testcase = True  # type: ignore[attr-defined]
    with undoing:
        with tables_written() as written:
            yield written
        transaction.set_rollback(True)
    caches["limits"].clear()


class Site:
    """The site, with somebody of each kind who holds a valid token."""

    def __init__(self, numbers, users):
        self.numbers, self.users = numbers, users
        # A client builds the whole chain of middleware with its first request; theirs is the same.
        self._handler = ClientHandler(enforce_csrf_checks=True)
        self._cookies = {person: self._logged_in(person) for person in PEOPLE}
        self._forms = {}

    def ask(self, person, method, route, data=None):
        """Return the answer to a valid request, and which tables it wrote; then undo it."""
        return self.ask_at(person, method, self.path(route), data)

    def ask_at(self, person, method, address, data=None):
        """As `ask`, at an address that is whole."""
        client = Client(enforce_csrf_checks=True)
        client.handler = self._handler
        client.cookies = self._cookies[person].copy()
        token = client.cookies["csrftoken"].value
        more = [data or {}] if method == "POST" else []
        with undone() as written:
            answer = getattr(client, method.lower())(address, *more, HTTP_X_CSRFTOKEN=token)
        return answer, written

    def path(self, route):
        return "/" + (PAGES[route].path or route).format(**self.numbers)

    def data_for(self, route):
        """Return what somebody who may would send here."""
        saves = SAVES | OF_A_MANAGER | OF_A_DESK
        more = saves.get(route, TAPS.get(route, OTHER_DATA.get(route, PAGES[route].data)))
        data = {name: value.format(**self.numbers) for name, value in more.items()}
        if route in saves and route not in self._forms:
            self._forms[route] = self._form_at(route)
        return self._forms.get(route, {}) | data

    def _form_at(self, route):
        """Return what the form holds already; as each request is undone, it always does."""
        answer, _written = self.ask("desk" if route in OF_A_DESK else "manager", "GET", route)
        found = Fields(answer.content.decode()).data if answer.status_code == 200 else {}
        found.pop("csrfmiddlewaretoken", None)
        return found

    def _logged_in(self, person):
        """Return the cookies of somebody who is logged in, if they ever were."""
        client, user = Client(), self.users.get(person)
        if user:
            user.is_active = True
            user.save()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        client.get(self.path("aanbod/<int:pk>-<slug:slug>/"))
        if person == "inactive":
            user.is_active = False
            user.save()
        return client.cookies


@pytest.fixture(scope="module")
def site(world_database, django_db_blocker):
    """One for all tests of a module, as none of them changes it."""
    database, numbers, users = world_database
    with django_db_blocker.unblock(), undoing_in(database):
        HelpQuestionFactory(code="somberheid", label="Somber")
        yield Site(numbers, users_again(users) | more_people(numbers))


@pytest.fixture(autouse=True)
def no_log():
    """Refusals are what is asked for; 3,000 of them in a log take longer than the requests."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_each_address_answers_each_method_as_the_table_says(site, person):
    wrong, wrote = [], []
    for route in PAGES:
        data = site.data_for(route)
        for method in METHODS:
            answer, written = site.ask(person, method, route, data)
            if answer.status_code not in right_answers(route, person, method):
                wrong.append((method, route, answer.status_code))
            open_to_all = route in TAPS or route == MAILED
            may = method == "POST" and (open_to_all or person in WRITERS.get(route, ()))
            if bool(written) != may:
                wrote.append((method, route, sorted(set(written))))
    assert wrong == []
    assert wrote == []


def addresses_of_the_admin():
    """Yield each page of each model that writes: its list, a new row, a row and its removal."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        yield from (reverse(f"{name}_{page}") for page in ("changelist", "add"))
        if row is not None:
            yield from (reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete"))


@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "staff"])
def test_nobody_without_rights_changes_a_row_in_the_admin(site, person):
    wrong, refusal = [], 403 if person == "staff_without_rights" else 302
    for address in [*addresses_of_the_admin()]:
        answer, written = site.ask_at(person, "POST", address, {"post": "yes"})
        if answer.status_code != refusal or written:
            wrong.append((address, answer.status_code, written))
    assert wrong == []
