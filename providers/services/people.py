"""Writes on who belongs to what."""

from django.db import transaction

from accounts.models import User
from providers.enums import Role
from providers.models import Membership, Municipality, Provider
from providers.services import audit


@transaction.atomic
def grant_membership(
    *,
    by: User | None,
    user: User,
    role: Role,
    provider: Provider | None = None,
    municipality: Municipality | None = None,
) -> Membership:
    """Make `user` a member of one provider or one municipality, or change their role."""
    membership = Membership.objects.filter(
        user=user, provider=provider, municipality=municipality
    ).first()
    membership = membership or Membership(user=user, provider=provider, municipality=municipality)
    membership.role = role
    membership.full_clean()
    membership.save()
    audit.record(by=by, action="membership.granted", subject=membership, changes={"role": role})
    return membership


@transaction.atomic
def revoke_membership(*, by: User | None, membership: Membership) -> None:
    """End a membership."""
    audit.record(by=by, action="membership.revoked", subject=membership)
    membership.delete()
