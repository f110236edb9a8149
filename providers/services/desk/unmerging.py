"""Take a merge of two providers back: both are there again, each with what was its own."""

import json
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import (
    Call,
    Claim,
    FormerProvider,
    Invitation,
    LocalTeam,
    Location,
    Membership,
    Offer,
    Provider,
    ServiceArea,
    SheetChange,
)
from providers.services import audit
from providers.services.index import reindex

MERGED = "provider.merged"
# What its event says besides the details that were taken over.
ABOUT_THE_DOUBLE = ("double", "name_of_double", "offers")
# What moves from one provider to another: which rows, by the field that names the provider.
MOVES: tuple[tuple[type[models.Model], str], ...] = (
    (Offer, "provider"),
    (Location, "provider"),
    (ServiceArea, "main_contractor"),
    (Provider, "subcontractor_of"),
    (FormerProvider, "now"),
    (Membership, "provider"),
    (Invitation, "provider"),
    (Claim, "provider"),
    (Call, "provider"),
    (SheetChange, "provider"),
    (LocalTeam, "provider"),
)


def snapshot_of(keep: Provider, double: Provider) -> dict[str, Any]:
    """Return all that it takes to take a merge of these two back; call it before the merge."""
    there = {row.user_id: row for row in Membership.objects.filter(provider=keep)}
    both = list(Membership.objects.filter(provider=double, user__in=there).order_by("pk"))
    teams = {team.name: team for team in keep.local_teams.all()}
    same = [team for team in double.local_teams.order_by("pk") if team.name in teams]
    return {
        "numbers": {model._meta.label: _numbers(model, name, double) for model, name in MOVES},
        # What both have of a person or a team becomes one: the row of the double goes.
        "rows": json.loads(serializers.serialize("json", [double, *both, *same])),
        "roles": {there[row.user_id].pk: [there[row.user_id].role, row.role] for row in both},
        "teams": {teams[team.name].pk: _areas(teams[team.name]) for team in same},
    }


def _numbers(model: type[models.Model], name: str, provider: Provider) -> list[int]:
    rows = model._default_manager.filter(**{name: provider}).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _areas(team: LocalTeam) -> list[str]:
    return list(team.postal_areas.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def undo_merge(*, by: User, number: int, filled_in: dict[str, list[str]]) -> Provider:
    """Bring back the provider that had this number, with what it had when it was merged.

    `filled_in` are the details that the other took over: what was changed since stays. What both
    got after the merge stays with the one that stayed. Raises ValidationError.
    """
    former = FormerProvider.objects.select_for_update().filter(pk=number).first()
    if former is None or not former.snapshot:
        raise ValidationError(_("Deze samenvoeging kan niet meer ongedaan worden gemaakt."))
    keep, snapshot = Provider.objects.select_for_update().get(pk=former.now_id), former.snapshot
    former.delete()
    _empty_again(keep, filled_in, snapshot["rows"][0]["fields"])
    double: Provider = _bring_back(snapshot["rows"], Provider)[0]
    _move_back(keep, double, snapshot["numbers"])
    # Who was let go since takes part in neither.
    members = Membership.objects.filter(provider=keep).values_list("user", flat=True)
    gone = [row for row in snapshot["rows"] if row["fields"].get("user") not in {None, *members}]
    _bring_back([row for row in snapshot["rows"] if row not in gone], Membership, LocalTeam)
    _part_again(keep, snapshot)
    reindex(snapshot["numbers"][Offer._meta.label])
    for subject in (keep, double):
        audit.record(
            by=by,
            action="provider.merge_undone",
            subject=subject,
            changes={"of": [number, keep.pk]},
        )
    return double


def _empty_again(keep: Provider, filled_in: dict[str, list[str]], was: dict[str, Any]) -> None:
    """Take from the one that stayed what it took over, unless somebody changed it since."""
    for name, (before, after) in filled_in.items():
        if getattr(keep, name) == after:
            setattr(keep, name, before)
    if was["source"] and (keep.source, keep.external_id) == (was["source"], was["external_id"]):
        keep.source, keep.external_id = "", ""
    keep.save()


def _bring_back(rows: Iterable[dict[str, Any]], *wanted: type[models.Model]) -> list[Any]:
    """Store the rows of these models again that are no more, under their old numbers."""
    labels = {model._meta.label_lower for model in wanted}
    found = []
    for row in serializers.deserialize(
        "json", json.dumps([r for r in rows if r["model"] in labels])
    ):
        if not type(row.object)._default_manager.filter(pk=row.object.pk).exists():
            row.save()
        found.append(row.object)
    return found


def _move_back(keep: Provider, double: Provider, numbers: dict[str, list[int]]) -> None:
    for model, name in MOVES:
        there = model._default_manager.filter(pk__in=numbers[model._meta.label], **{name: keep})
        there.update(**{name: double})


def _part_again(keep: Provider, snapshot: dict[str, Any]) -> None:
    """Give people and teams of the one that stayed what they had before."""
    for pk, (before, after) in snapshot["roles"].items():
        Membership.objects.filter(pk=pk, provider=keep, role=after).update(role=before)
    for team in keep.local_teams.filter(pk__in=snapshot["teams"]):
        team.postal_areas.set(snapshot["teams"][str(team.pk)])
