"""Who may do what: pure questions about a user and a thing, asked before any write."""

from enum import Enum, auto

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from providers.enums import Role, WaitSource
from providers.models import (
    Membership,
    Municipality,
    Offer,
    Provider,
    WaitTime,
    YouthRegion,
)
from providers.models.people import MembershipQuerySet


class Right(Enum):
    """Something a member may do for a provider or a municipality."""

    # See its pages, drafts and waits included.
    READ = auto()
    # Change, add, publish, pause, confirm and archive what it offers.
    WRITE = auto()
    # Invite colleagues, give them another role, and let them go.
    MANAGE = auto()


RIGHTS = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.EDITOR: frozenset({Right.READ, Right.WRITE}),
    Role.MANAGER: frozenset(Right),
}


def has_right(role: str, right: Right) -> bool:
    """Whether who has this role may do this: the one rule that every page asks."""
    return right in RIGHTS[Role(role)]


def roles_with(right: Right) -> tuple[Role, ...]:
    """Return the roles that may do this, for the database."""
    return tuple(role for role in Role if has_right(role, right))


def may(user: User | AnonymousUser, right: Right, provider: Provider) -> bool:
    """Whether this person may do this for this provider."""
    if not isinstance(user, User):
        return False
    return (
        Membership.objects.active(*roles_with(right)).filter(user=user, provider=provider).exists()
    )


def managers_of(provider: Provider) -> MembershipQuerySet:
    """Return the memberships of who decides who takes part in this provider."""
    return Membership.objects.active(*roles_with(Right.MANAGE)).filter(provider=provider)


def can_edit_provider(user: User | AnonymousUser, provider: Provider) -> bool:
    """Editors and managers of this provider may change it and its offers."""
    return may(user, Right.WRITE, provider)


def can_edit_offer(user: User | AnonymousUser, offer: Offer) -> bool:
    """Who may change a provider may change each of its offers."""
    return can_edit_provider(user, offer.provider)


def can_retract_wait(user: User | AnonymousUser, wait: WaitTime) -> bool:
    """Who wrote a measurement, or may change its offer; not of one from a list of others."""
    if wait.source != WaitSource.PROVIDER:
        return False
    return wait.recorded_by_id == user.pk or can_edit_offer(user, wait.offer)


def writes_for_region(user: User | AnonymousUser) -> bool:
    """Staff, who writes for a municipality, and a region's desk: what they do concerns many."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_staff:
        return True
    mine = Membership.objects.filter(user=user)
    writing = mine.filter(municipality__isnull=False, role__in=roles_with(Right.WRITE))
    return (mine.filter(region__isnull=False) | writing).exists()


def can_view_gaps(user: User | AnonymousUser, municipality: Municipality) -> bool:
    """Members of a municipality, whatever their role, see what is missing there.

    So do the desk of its region, and administrators.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    of_it = Q(municipality=municipality) | Q(region=municipality.region_id)
    return user.is_superuser or Membership.objects.filter(of_it, user=user).exists()


def can_make_policy(user: User | AnonymousUser, municipality: Municipality) -> bool:
    """Editors and managers of a municipality compare providers, and freeze its figures.

    So do the desk of its region, whatever the role there, and administrators.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    writing = Q(municipality=municipality, role__in=roles_with(Right.WRITE))
    mine = Membership.objects.filter(writing | Q(region=municipality.region_id), user=user)
    return user.is_superuser or mine.exists()


def can_answer_signals(user: User | AnonymousUser, municipality: Municipality) -> bool:
    """Editors and managers of a municipality speak for it; nobody else does."""
    if not isinstance(user, User):
        return False
    speaking = Membership.objects.active(*roles_with(Right.WRITE))
    return speaking.filter(user=user, municipality=municipality).exists()


def desk_regions(user: User | AnonymousUser, right: Right = Right.READ) -> QuerySet[YouthRegion]:
    """Return the regions at whose desk this person may do this; administrators at every one."""
    if not isinstance(user, User) or not user.is_active:
        return YouthRegion.objects.none()
    if user.is_superuser:
        return YouthRegion.objects.all()
    roles = roles_with(right)
    mine = Membership.objects.filter(user=user, role__in=roles, region=OuterRef("pk"))
    return YouthRegion.objects.filter(Exists(mine))
