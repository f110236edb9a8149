"""Who may do what: pure questions about a user and a thing, asked before any write."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from providers.enums import Role, WaitSource
from providers.models import Membership, Municipality, Offer, Provider, WaitTime

MAY_WRITE = (Role.EDITOR, Role.MANAGER)


def can_edit_provider(user: User | AnonymousUser, provider: Provider) -> bool:
    """Editors and managers of this provider may change it and its offers."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return Membership.objects.filter(user=user, provider=provider, role__in=MAY_WRITE).exists()


def can_edit_offer(user: User | AnonymousUser, offer: Offer) -> bool:
    """Who may change a provider may change each of its offers."""
    return can_edit_provider(user, offer.provider)


def can_retract_wait(user: User | AnonymousUser, wait: WaitTime) -> bool:
    """Who wrote a measurement, or may change its offer; not of one from a list of others."""
    if wait.source != WaitSource.PROVIDER:
        return False
    return wait.recorded_by_id == user.pk or can_edit_offer(user, wait.offer)


def writes_for_region(user: User | AnonymousUser) -> bool:
    """Staff, and editors and managers of a municipality: what they do concerns many providers."""
    if not isinstance(user, User) or not user.is_active:
        return False
    rows = Membership.objects.filter(user=user, municipality__isnull=False, role__in=MAY_WRITE)
    return user.is_staff or rows.exists()


def can_view_gaps(user: User | AnonymousUser, municipality: Municipality) -> bool:
    """Members of a municipality, whatever their role, see what is missing there."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return Membership.objects.filter(user=user, municipality=municipality).exists()
