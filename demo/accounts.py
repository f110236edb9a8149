"""The log-ins of the demo: five made-up people with one published password."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from providers.enums import Role
from providers.models import Municipality, Provider, YouthRegion
from providers.services.people import grant_membership

PASSWORD = "demo-sociale-kaart"  # noqa: S105 - published on purpose, for made-up people only
PROVIDERS = ("Buurthuis De Waterlijn (demo)", "Jeugd-ggz Rijnoever (demo)")
MUNICIPALITIES = ("Leiden", "Katwijk")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody who can log in to the demo, and what for."""

    email: str
    name: str
    purpose: str
    role: Role | None = None
    providers: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    # At the desk of the region of this site.
    desk: bool = False
    superuser: bool = False


ACCOUNTS = (
    DemoAccount(
        "aanbieder@demo.example",
        "Demo-aanbieder",
        "beheerder van Buurthuis De Waterlijn en Jeugd-ggz Rijnoever",
        Role.MANAGER,
        providers=PROVIDERS,
    ),
    DemoAccount(
        "collega@demo.example",
        "Demo-collega",
        "leest mee bij dezelfde twee aanbieders",
        Role.VIEWER,
        providers=PROVIDERS,
    ),
    DemoAccount(
        "gemeente@demo.example",
        "Demo-gemeente",
        "gemeente Leiden en gemeente Katwijk",
        Role.EDITOR,
        municipalities=MUNICIPALITIES,
    ),
    DemoAccount(
        "regio@demo.example",
        "Demo-regiodesk",
        "de desk van de jeugdregio",
        Role.MANAGER,
        desk=True,
    ),
    DemoAccount("beheer@demo.example", "Demo-beheer", "beheer van de hele site", superuser=True),
)


def make_accounts() -> None:
    """Make the accounts, or give them their published password and roles again."""
    for account in ACCOUNTS:
        user = User.objects.filter(email=account.email).first()
        if user is None:
            user = User.objects.create_user(account.email, PASSWORD, name=account.name)
        elif not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
        user.is_staff = user.is_superuser = account.superuser
        user.save()
        _grant(user, account)


def _grant(user: User, account: DemoAccount) -> None:
    if account.role is None:
        return
    demo = Provider.objects.filter(is_demo=True)
    for provider in demo.filter(name__in=account.providers):
        grant_membership(by=None, user=user, role=account.role, provider=provider)
    if account.desk:
        region = YouthRegion.objects.filter(pk=settings.REGION_CODE).first()
        grant_membership(by=None, user=user, role=account.role, region=region)
    missing = Municipality.objects.exclude(memberships__user=user)
    for municipality in missing.filter(name__in=account.municipalities):
        grant_membership(by=None, user=user, role=account.role, municipality=municipality)


def login_lines() -> list[str]:
    """Return how to log in, one line per account; nothing when there are no accounts."""
    emails = [account.email for account in ACCOUNTS]
    present = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    if not present:
        return []
    rows = [account for account in ACCOUNTS if account.email in present]
    return [
        *(f"{account.email:<24} {account.purpose}" for account in rows),
        f"Wachtwoord van alle vijf: {PASSWORD}",
    ]
