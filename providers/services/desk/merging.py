"""Merge two providers that are one: nothing is lost, and old addresses lead on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import Role
from providers.models import (
    FormerProvider,
    Invitation,
    Location,
    Membership,
    Offer,
    Provider,
    ServiceArea,
)
from providers.permissions import RIGHTS
from providers.services import audit
from providers.services.desk.unmerging import MERGED, snapshot_of
from providers.services.index import reindex
from providers.services.municipal.local_teams import move_local_teams

# Details that the one that stays takes over where it has none.
FILLED_IN = ("about", "agb_code", "kvk_number", "website", "phone", "email", "referrer_phone")


@transaction.atomic
def merge_providers(*, by: User, keep: Provider, double: Provider) -> Provider:
    """Put everything of `double` under `keep`; its history stays under its own number.

    Raises ValidationError.
    """
    if keep.pk == double.pk:
        raise ValidationError(_("Kies twee verschillende organisaties."))
    locked = Provider.objects.select_for_update().order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[keep.pk, double.pk])}
    keep, double = rows[keep.pk], rows[double.pk]
    moved = list(Offer.objects.filter(provider=double).values_list("pk", flat=True))
    snapshot = snapshot_of(keep, double)
    _move(keep, double)
    changes = _fill_in(keep, double)
    audit.record(by=by, action="provider.merged_away", subject=double, changes={"into": keep.pk})
    number, name = double.pk, double.name
    double.delete()
    FormerProvider.objects.create(number=number, name=name, now=keep, snapshot=snapshot)
    reindex(moved)
    audit.record(
        by=by,
        action=MERGED,
        subject=keep,
        changes=changes | {"double": number, "name_of_double": name, "offers": moved},
    )
    return keep


def _move(keep: Provider, double: Provider) -> None:
    Offer.objects.filter(provider=double).update(provider=keep)
    Location.objects.filter(provider=double).update(provider=keep)
    ServiceArea.objects.filter(main_contractor=double).update(main_contractor=keep)
    Provider.objects.filter(subcontractor_of=double).update(subcontractor_of=keep)
    FormerProvider.objects.filter(now=double).update(now=keep)
    move_local_teams(keep=keep, double=double)
    _keep_the_higher_role(keep, double)
    there = Membership.objects.filter(provider=keep).values("user")
    Membership.objects.filter(provider=double).exclude(user__in=there).update(provider=keep)
    invited = Invitation.objects.open().filter(provider=keep).values("email")
    mine = Invitation.objects.filter(provider=double)
    mine.exclude(email__in=invited).update(provider=keep)
    double.claims.update(provider=keep)
    double.calls.update(provider=keep)
    double.sheet_changes.update(provider=keep)


def _keep_the_higher_role(keep: Provider, double: Provider) -> None:
    """Let who takes part in both be able to do what they could in either."""
    roles = dict(Membership.objects.filter(provider=double).values_list("user", "role"))
    for row in Membership.objects.filter(provider=keep, user__in=roles):
        if RIGHTS[Role(row.role)] < RIGHTS[Role(roles[row.user_id])]:
            Membership.objects.filter(pk=row.pk).update(role=roles[row.user_id])


def _fill_in(keep: Provider, double: Provider) -> dict[str, list[str]]:
    changes = {
        name: ["", getattr(double, name)]
        for name in FILLED_IN
        if not getattr(keep, name) and getattr(double, name)
    }
    for name, (_before, after) in changes.items():
        setattr(keep, name, after)
    if not keep.source and double.source:
        # So that the next list it comes from finds it again, and makes no second one.
        keep.source, keep.external_id = double.source, double.external_id
        Provider.objects.filter(pk=double.pk).update(source="")
    if keep.subcontractor_of_id == keep.pk:
        keep.subcontractor_of = None
    keep.full_clean()
    keep.save()
    return changes
