"""Writes on local teams, by the desk of a region."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import LocalTeam, PostalArea, Provider, YouthRegion
from providers.models.audit import regions_text
from providers.services import audit
from providers.services.offers import EditConflictError


@transaction.atomic
def save_local_team(
    *,
    by: User | None,
    region: YouthRegion,
    postal_areas: Collection[PostalArea],
    team: LocalTeam | None = None,
    expected_updated_at: dt.datetime | None = None,
    **fields: Any,
) -> LocalTeam:
    """Make a team, or change one; `postal_areas` are all that it serves in this region.

    What it serves in other regions stays. With `expected_updated_at`, raises EditConflictError when
    somebody else saved in between. Raises ValidationError.
    """
    if not postal_areas or any(area.municipality.region_id != region.pk for area in postal_areas):
        raise ValidationError(
            {"postal_areas": _("Geef minstens één postcode, alleen van deze regio.")}
        )
    fresh = _locked(team, expected_updated_at)
    changes = audit.changed_fields(fresh, fields) if team else {}
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    changes |= _serve(fresh, region, postal_areas)
    action = "localteam.updated" if team else "localteam.created"
    audit.record(
        by=by, action=action, subject=fresh, changes=changes, regions=regions_served(fresh)
    )
    return fresh


def _locked(team: LocalTeam | None, expected_updated_at: dt.datetime | None) -> LocalTeam:
    if team is None:
        return LocalTeam()
    fresh: LocalTeam = LocalTeam.objects.select_for_update().get(pk=team.pk)
    if expected_updated_at is not None and fresh.updated_at != expected_updated_at:
        raise EditConflictError
    return fresh


def _serve(
    team: LocalTeam, region: YouthRegion, areas: Collection[PostalArea]
) -> dict[str, list[Any]]:
    """Let a team serve these postcodes of a region; returns the change, if there is one."""
    before = set(team.postal_areas.filter(municipality__region=region))
    after = set(areas)
    team.postal_areas.remove(*before - after)
    team.postal_areas.add(*after - before)
    if before == after:
        return {}
    return {"postal_areas": [sorted(area.pk for area in group) for group in (before, after)]}


@transaction.atomic
def remove_local_team(*, by: User | None, team: LocalTeam) -> None:
    """Take a team off the map; the audit trail keeps its name."""
    regions = regions_served(team)
    audit.record(by=by, action="localteam.deleted", subject=team, regions=regions)
    team.delete()


def move_local_teams(*, keep: Provider, double: Provider) -> None:
    """Put the teams of a provider under the one it is merged into, inside that transaction.

    One that both have becomes one, with the postcodes of both.
    """
    same = {team.name: team for team in keep.local_teams.all()}
    for team in double.local_teams.all():
        if team.name in same:
            same[team.name].postal_areas.add(*team.postal_areas.all())
        else:
            team.provider = keep
            team.save(update_fields=["provider", "updated_at"])


def regions_served(team: LocalTeam) -> str:
    """Return on the pages of which regions a team may show, as the audit trail holds them."""
    areas = team.postal_areas.order_by()
    return regions_text(areas.values_list("municipality__region", flat=True).distinct())
