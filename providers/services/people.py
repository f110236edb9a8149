"""Writes on who belongs to what."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.enums import Role
from providers.models import Membership, Municipality, Provider, YouthRegion
from providers.permissions import Right, has_right, managers_of
from providers.services import audit


class LastManagerError(ValidationError):
    """After this nobody would decide any more who takes part."""

    def __init__(self) -> None:
        super().__init__(_("Er moet een beheerder overblijven. Maak eerst een collega beheerder."))


@transaction.atomic
def grant_membership(
    *,
    by: User | None,
    user: User,
    role: Role,
    provider: Provider | None = None,
    municipality: Municipality | None = None,
    region: YouthRegion | None = None,
) -> Membership:
    """Make `user` a member of one provider, municipality or region, or change their role."""
    body = {"provider": provider, "municipality": municipality, "region": region}
    membership = Membership.objects.filter(user=user, **body).first()
    membership = membership or Membership(user=user, **body)
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


@transaction.atomic
def change_role(*, by: User, membership: Membership, role: Role) -> None:
    """Give a colleague another role. Raises LastManagerError."""
    fresh = _locked(membership)
    if not has_right(role, Right.MANAGE):
        _check_managed_without(fresh)
    changes = audit.changed_fields(fresh, {"role": role.value})
    if changes:
        fresh.role = role
        fresh.save(update_fields=["role"])
        audit.record(by=by, action="membership.changed", subject=fresh, changes=changes)


@transaction.atomic
def let_go(*, by: User, membership: Membership) -> None:
    """End the membership of a colleague. Raises LastManagerError."""
    fresh = _locked(membership)
    _check_managed_without(fresh)
    revoke_membership(by=by, membership=fresh)


@transaction.atomic
def leave(*, membership: Membership, successor: Membership | None = None) -> None:
    """End one's own membership; a successor becomes manager in one's place.

    The last manager who leaves without a successor is reported to the region's desk, so that an
    organisation without anybody is seen.
    """
    fresh = _locked(membership)
    if successor is not None:
        change_role(by=fresh.user, membership=successor, role=Role.MANAGER)
    revoke_membership(by=fresh.user, membership=fresh)
    provider = fresh.provider
    if provider and has_right(fresh.role, Right.MANAGE) and not managers_of(provider).exists():
        transaction.on_commit(lambda: emails.report_without_manager(provider), robust=True)


@transaction.atomic
def take_over(*, membership: Membership) -> None:
    """Become manager of an organisation that has none. Raises ValidationError."""
    fresh = _locked(membership)
    if not can_take_over(fresh):
        raise ValidationError(_("Er is al een beheerder. Vraag die om u beheerder te maken."))
    change_role(by=fresh.user, membership=fresh, role=Role.MANAGER)


def can_take_over(membership: Membership) -> bool:
    """Whether this member may make themselves manager: they may write, and there is none."""
    provider = membership.provider
    if provider is None or not has_right(membership.role, Right.WRITE):
        return False
    return not managers_of(provider).exists()


def _locked(membership: Membership) -> Membership:
    """Return the membership as it is now, with its provider's other members waiting for us."""
    if membership.provider_id:
        # One row for all: two managers who leave at once must not both think the other stays.
        list(Provider.objects.select_for_update().filter(pk=membership.provider_id))
    rows = Membership.objects.select_related("user", "provider", "municipality", "region")
    return rows.get(pk=membership.pk)


def _check_managed_without(membership: Membership) -> None:
    provider = membership.provider
    if provider is None or not has_right(membership.role, Right.MANAGE):
        return
    if not managers_of(provider).exclude(pk=membership.pk).exists():
        raise LastManagerError
