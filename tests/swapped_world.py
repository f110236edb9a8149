"""Three providers in two regions with somebody of each kind, who ask for what is of each other.

For tests/test_swapped_numbers.py.
"""

from copy import deepcopy
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.test import Client

from providers.enums import Role
from providers.models import (
    Confirmation,
    GroupRun,
    Invitation,
    Location,
    Membership,
    Offer,
    Provider,
    ServiceArea,
    SheetChange,
    WaitTime,
)
from providers.services.joining.invitations import token_of
from selfservice.links import token_for
from tests.access_data import OF_A_DESK, OF_A_MANAGER, SAVES, TAPS, copied
from tests.factories import (
    AuditEventFactory,
    ClaimFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    InvitationFactory,
    LocationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    UserFactory,
    WaitTimeFactory,
    YouthRegionFactory,
    days_ago,
)
from tests.form_fields import Fields
from tests.test_access_matrix import tables_written

BOEI, BRUG, VER = "boei", "brug", "ver"  # the first two in one region
OWNERS = (BOEI, BRUG, VER)
# The form of two at once: the fields of either, and where they share one, what both hold.
BOTH = "both"
OF_A_PROVIDER = ("manager", "editor", "viewer")
ACTORS = [f"{role} {owner}" for owner in OWNERS for role in OF_A_PROVIDER]
ACTORS += ["anonymous", "stranger", "desk JZ18", "desk JZ99"]
MONTH = "voor-aanbieders/bijwerken/"
ELSEWHERE = ("tips", "lokale-teams", "clientondersteuning", "crisisnummers", "woorden")
DATA = {
    **SAVES,
    **OF_A_MANAGER,
    **{route: data for route, data in OF_A_DESK.items() if not any(n in route for n in ELSEWHERE)},
    **{route: data for route, data in TAPS.items() if route.startswith(("voor-aan", "meedoen/<"))},
    MONTH: {},
    f"{MONTH}ongedaan/": {},
    "meedoen/<int:pk>/beheer-overnemen/": {},
    "voor-aanbieders/aanbod/<int:pk>/terughalen/": {},
}
# What each member may do about themselves.
OF_ONESELF = ("meedoen/<int:pk>/weggaan/", "meedoen/<int:pk>/beheer-overnemen/")
CODES = ("token", "invitation_token")
KINDS = ("texts", "facts", "people")
# Fields that take any words.
WORDS = ("title", "summary", "name", "about", "cost", "how_to_start", "street")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is of one provider: texts, facts that a link may change, and who takes part."""

    texts: str
    facts: str
    people: str


def holdings_of(provider):
    """Return every row of one provider."""
    offers = Offer.objects.filter(provider=provider)
    columns = ("pk", "status", "title", "summary", "cost", "how_to_start", "age_min", "age_max")
    return Holdings(
        texts=_rows(
            Provider.objects.filter(pk=provider).values_list("name", "phone", "email", "website"),
            offers.values_list(*columns),
            offers.values_list("pk", "locations"),
            ServiceArea.objects.filter(offer__in=offers).values_list(),
            Location.objects.filter(provider=provider).values_list(),
        ),
        facts=_rows(
            offers.values_list("pk", "confirmed_on", "closed_from", "closed_until"),
            WaitTime.objects.filter(offer__in=offers).values_list("pk", "retraction"),
            Confirmation.objects.filter(offer__in=offers).values_list("pk"),
            GroupRun.objects.filter(programme__offer__in=offers).values_list(),
            SheetChange.objects.filter(provider=provider).values_list(),
        ),
        people=_rows(
            Membership.objects.filter(provider=provider).values_list("pk", "user", "role"),
            Invitation.objects.filter(provider=provider).values_list(),
        ),
    )


def _elsewhere():
    """Return what is given at a place of another provider, or copied from one."""
    offers = Offer.locations.through.objects.exclude(location__provider=F("offer__provider"))
    runs = GroupRun.objects.exclude(location=None)
    strange = runs.exclude(location__provider=F("programme__offer__provider"))
    copies = Offer.objects.exclude(template=None).exclude(template__provider=F("provider"))
    return [*offers, *strange, *copies]


def _rows(*querysets):
    return repr([sorted(map(repr, rows)) for rows in querysets])


def numbers_of(name, municipality):
    """Build a provider with one of everything; return its numbers and who takes part in it."""
    offer = OfferFactory(provider__name=name, title=name, group=True, municipalities=[municipality])
    provider = offer.provider
    location = LocationFactory(provider=provider)
    offer.locations.set([location])
    users = {
        f"manager {name}": MembershipFactory(provider=provider, role=Role.MANAGER).user,
        f"editor {name}": MembershipFactory(provider=provider).user,
        f"viewer {name}": MembershipFactory(provider=provider, role=Role.VIEWER).user,
    }
    invitation = InvitationFactory(provider=provider)
    event = AuditEventFactory(
        by=users[f"editor {name}"],
        subject_type="offer",
        subject_id=str(offer.pk),
        changes={"title": ["Eerst", name]},
        regions=municipality.region_id,
    )
    numbers = {
        "offer": offer.pk,
        "provider": provider.pk,
        "double": provider.pk,
        "location": location.pk,
        "run": GroupRunFactory(programme=GroupProgrammeFactory(offer=offer)).pk,
        "wait": WaitTimeFactory(offer=offer, measured_on=days_ago(40)).pk,
        "table_change": SheetChange.objects.create(provider=provider).pk,
        "colleague": MembershipFactory(provider=provider).pk,
        "invitation": invitation.pk,
        "claim": ClaimFactory(provider=provider, region=municipality.region).pk,
        "event": event.pk,
        "region": municipality.region_id,
        **copied(offer),
        "token": token_for(users[f"editor {name}"], provider),
        "invitation_token": token_of(invitation),
    }
    return numbers, users


class World:
    """Three providers in two regions, with somebody of each kind."""

    def __init__(self, leiden):
        far = MunicipalityFactory(name="Ver", region=YouthRegionFactory(code="JZ99"))
        self.numbers, self.users = {}, {"stranger": UserFactory()}
        for name, place in ((BOEI, leiden), (BRUG, leiden), (VER, far)):
            self.numbers[name], users = numbers_of(name, place)
            self.users |= users
        for region in (leiden.region, far.region):
            desk = MembershipFactory(provider=None, region=region, role=Role.MANAGER)
            self.users[f"desk {region.pk}"] = desk.user
            for name in OWNERS:
                if self.numbers[name]["region"] == region.pk:
                    self.numbers[name]["desk_member"] = MembershipFactory(
                        provider=None, region=region
                    ).pk

    def client(self, actor):
        """Return a browser in which this actor just logged in."""
        client = Client()
        if actor in self.users:
            client.force_login(self.users[actor], backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def ask(self, actor, method, path, data=None):
        return getattr(self.client(actor), method)(f"/{path}", data or {})

    def data_of_both(self, route, page, names, numbers):
        """Return the fields of the forms of these providers together, with these numbers."""
        found = {}
        for name in names:
            for field, values in self.data_for(route, page, name, numbers).items():
                found.setdefault(field, []).extend([values] if isinstance(values, str) else values)
        return found

    def data_for(self, route, page, name, numbers):
        """Return what who may would send of this provider, with other words and these numbers."""
        data = self.form_of(route, page, name)
        data |= {word: "Anders" for word in WORDS if word in data}
        return data | {name: text.format(**numbers) for name, text in DATA[route].items()}

    def form_of(self, route, page, name):
        """Return the fields of the page of this provider, as its own people see them."""
        asks = "desk " + self.numbers[name]["region"] if route in OF_A_DESK else f"manager {name}"
        answer = self.ask(asks, "get", page.format(**self.numbers[name]))
        data = Fields(answer.content.decode()).data if answer.status_code == 200 else {}
        data.pop("csrfmiddlewaretoken", None)
        return data

    def holdings(self):
        """Return what there is of each provider before an attempt."""
        return self.holdings_now()

    def holdings_now(self):
        return {pk: holdings_of(pk) for pk in (self.numbers[name]["provider"] for name in OWNERS)}

    def attempt(self, actor, method, route, path, data=None, codes=None):
        """Send this; nothing changes that this actor may not change, and nothing breaks."""
        before, may = self.holdings(), self.may(actor, route, codes or {})
        client = self.client(actor)
        with tables_written() as written:
            answer = getattr(client, method)(f"/{path}", data or {})
        # What wrote nothing changed nothing, and to look at all three takes forty statements.
        after = self.holdings_now() if written else before
        for kind, allowed in zip(KINDS, may if method == "post" else (set(),) * 3, strict=True):
            changed = {pk for pk in before if getattr(before[pk], kind) != getattr(after[pk], kind)}
            assert changed <= allowed, (actor, method, path, kind, answer.status_code)
        assert answer.status_code < 500, (actor, method, path)
        assert not written or _elsewhere() == [], (actor, method, path)

    def mixed(self, main, other):
        """Return numbers of two: the first says about whom it is, the others what of it."""
        first = ("provider", "offer", "region", *CODES)
        return self.numbers[other] | {name: self.numbers[main][name] for name in first}

    def may(self, actor, route, codes):
        """Return which providers may change by this request: texts, facts, people.

        From the rows of who takes part, and not from what the site makes of them.
        """
        user = self.users.get(actor)
        mine = Membership.objects.filter(user=user, user__is_active=True) if user else []
        writes = {row.provider_id for row in mine if row.role in (Role.EDITOR, Role.MANAGER)}
        manages = {row.provider_id for row in mine if row.role == Role.MANAGER}
        regions = [row.region_id for row in mine if row.region_id and row.role != Role.VIEWER]
        desks = set(
            Offer.objects.filter(service_areas__municipality__region__in=regions).values_list(
                "provider", flat=True
            )
        )
        links, invited = set(), set()
        for name in OWNERS:
            numbers = self.numbers[name]
            links |= {numbers["provider"]} & self._holders(name, codes.get("token"))
            if codes.get("invitation_token") == numbers["invitation_token"]:
                invited.add(numbers["provider"])
        own = {row.provider_id for row in mine} if route in OF_ONESELF else set()
        return (
            writes | desks,
            writes | desks | links,
            manages | desks | own | invited,
        )

    def _holders(self, name, token):
        """Return the providers for which this link, of an editor, still counts."""
        if token != self.numbers[name]["token"]:
            return set()
        rows = Membership.objects.filter(
            user=self.users[f"editor {name}"], role__in=(Role.EDITOR, Role.MANAGER)
        )
        return set(rows.values_list("provider", flat=True))


class Undone(World):
    """The same, for attempts that are each undone: what was looked at once is still so."""

    def __init__(self, leiden):
        super().__init__(leiden)
        self._forms, self._holdings = {}, self.holdings_now()
        self._cookies = {actor: super(Undone, self).client(actor).cookies for actor in self.users}

    def client(self, actor):
        client = Client()
        client.cookies.update(deepcopy(self._cookies.get(actor, {})))
        return client

    def form_of(self, route, page, name):
        if (route, name) not in self._forms:
            self._forms[route, name] = super().form_of(route, page, name)
        return deepcopy(self._forms[route, name])

    def holdings(self):
        return self._holdings
