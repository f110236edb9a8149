"""Every address of the site × every role, in one table.

An address that is missing here fails. The table is in page_rows.py.
"""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.test import override_settings
from django.urls import get_resolver, reverse

from gaps.demand.quarter import token_for as quarter_token_for
from importing.models import ImportRun, ListSource
from providers.enums import Role
from providers.models import SheetChange
from providers.services.joining.invitations import token_of
from selfservice.links import token_for
from tests.access_data import copied
from tests.factories import (
    AuditEventFactory,
    ClaimFactory,
    CrisisNumberFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    InvitationFactory,
    LocalTeamFactory,
    LocationFactory,
    MembershipFactory,
    MissingHelpSignalFactory,
    OfferFactory,
    PolicyMailboxFactory,
    ProviderFactory,
    RegionWordFactory,
    TipFactory,
    UserFactory,
    WaitRequestFactory,
    WaitTimeFactory,
    YouthRegionFactory,
    days_ago,
)
from tests.gap_factories import CoverageSnapshotFactory
from tests.page_roles import ADMIN, ROLES, Page
from tests.page_rows import PAGES
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db


def an_import(region):
    """Return the import of a list of this region."""
    ListSource.objects.create(code="lijst", name="Lijst", region=region)
    return ImportRun.objects.create(source="lijst", file_name="lijst.csv")


def a_signal(leiden):
    """Return the help question of a signal, and the key to follow it by."""
    signal = MissingHelpSignalFactory(municipality=leiden, follow="Volg" * 5 + "ab")
    PolicyMailboxFactory(municipality=leiden)
    return {"question": signal.help_question_id, "follow": signal.follow}


@pytest.fixture
def world(region):
    """One of everything, with a client for each role."""
    offer = OfferFactory(
        title="Samen koken", provider__name="De Boei", group=True, municipalities=[region.leiden]
    )
    location = LocationFactory(provider=offer.provider)
    offer.locations.set([location])
    run = GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    users = people(offer.provider, region.leiden)
    numbers = {
        "offer": offer.pk,
        "provider": offer.provider_id,
        "user": users["staff"].pk,
        "run": run.pk,
        "location": location.pk,
        "wait": WaitTimeFactory(offer=offer).pk,
        "table_change": SheetChange.objects.create(provider=offer.provider).pk,
        "import_run": an_import(region.leiden.region).pk,
        "interest": InterestFactory(programme=run.programme, run=run).pk,
        **a_signal(region.leiden),
        **copied(offer),
        "day": CoverageSnapshotFactory(municipality=region.leiden, taken_on=days_ago(30)).taken_on,
        "quarter_token": quarter_token_for(users["municipality"].memberships.get()),
        "token": token_for(users["editor"], offer.provider),
    }
    return numbers | taking_part(offer.provider) | at_the_desk(offer, region.leiden), users


def people(provider, leiden):
    """Return somebody of each role."""
    elsewhere = OfferFactory(municipalities=[leiden]).provider
    members = {
        "manager": {"provider": provider, "role": Role.MANAGER},
        "editor": {"provider": provider},
        "viewer": {"provider": provider, "role": Role.VIEWER},
        "stranger": {"provider": elsewhere},
        "municipality": {"provider": None, "municipality": leiden, "quarter_mail": True},
        "desk": {"provider": None, "region": leiden.region, "role": Role.MANAGER},
        "other_desk": {
            "provider": None,
            "region": YouthRegionFactory(code="JZ99"),
            "role": Role.MANAGER,
        },
    }
    found = {who: MembershipFactory(**about).user for who, about in members.items()}
    return found | {"staff": UserFactory(is_staff=True, is_superuser=True)}


def taking_part(provider):
    """Return the numbers of who takes part in a provider, and who is asked to."""
    invitation = InvitationFactory(provider=provider)
    return {
        "colleague": MembershipFactory(provider=provider).pk,
        "invitation": invitation.pk,
        "invitation_token": token_of(invitation),
    }


def at_the_desk(offer, leiden):
    """Return the numbers of what lies at the desk of the region."""
    region, provider = leiden.region, offer.provider
    event = AuditEventFactory(
        by=MembershipFactory(provider=provider).user,
        subject_type="offer",
        subject_id=str(offer.pk),
        changes={"title": ["Samen eten", "Samen koken"]},
        regions=region.pk,
    )
    return {
        "region": region.pk,
        "desk_member": MembershipFactory(provider=None, region=region).pk,
        "event": event.pk,
        "double": ProviderFactory(desk=region).pk,
        "claim": ClaimFactory(provider=provider, region=region).pk,
        "crisis_number": CrisisNumberFactory(region=region).pk,
        "own_word": RegionWordFactory(region=region).pk,
        "local_team": LocalTeamFactory(provider=provider, postal_areas=["2311"]).pk,
        "wait_request": WaitRequestFactory(region=region).pk,
        "tip": TipFactory(municipality=leiden, region=region).pk,
    }


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
