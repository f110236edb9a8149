"""Writes on local teams, by the desk of a region."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import AuditEvent, LocalTeam, PostalArea, Provider, YouthRegion
from providers.models.audit import regions_text
from providers.services import audit
from providers.services.municipal.state import (
    CREATED,
    DELETED,
    DONE,
    UPDATED,
    ChangedSinceError,
    State,
    difference,
    state_of,
    values_before,
)
from providers.services.offers import EditConflictError

TEAM_ACTIONS = tuple(f"localteam.{done}" for done in DONE)
FIELDS = (
    *("provider", "name", "phone", "consultation_hours"),
    *("wait_weeks", "people_waiting", "decision_weeks", "measured_on"),
)
# The postcodes that it serves, among its fields in the audit trail.
SERVES = "postal_areas"


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
        raise ValidationError({SERVES: _("Geef minstens één postcode, alleen van deze regio.")})
    fresh = _locked(team, expected_updated_at)
    before = _state(fresh)
    _save(fresh, fields)
    elsewhere = fresh.postal_areas.exclude(municipality__region=region)
    fresh.postal_areas.set([*elsewhere, *postal_areas])
    _record(by, fresh, UPDATED if team else CREATED, before)
    return fresh


def _save(team: LocalTeam, fields: State) -> None:
    for name, value in fields.items():
        setattr(team, name, value)
    team.full_clean()
    team.save()
    # As the database has it: 2.5 weeks are 2.50 there.
    team.refresh_from_db()


def _state(team: LocalTeam) -> State:
    """Return what a team is, as the audit trail has it; empty for one that is not there yet."""
    if team._state.adding:
        return {}
    areas = team.postal_areas.order_by("pk").values_list("pk", flat=True)
    return state_of(team, FIELDS) | {SERVES: list(areas)}


def _record(by: User | None, team: LocalTeam, done: str, before: State) -> None:
    """Write down what a team was before, and what it is now; one that goes is nothing."""
    after = {} if done == DELETED else _state(team)
    audit.record(
        by=by,
        action=f"localteam.{done}",
        subject=team,
        changes=difference(before, after),
        regions=regions_served(team),
    )


def _locked(team: LocalTeam | None, expected_updated_at: dt.datetime | None) -> LocalTeam:
    if team is None:
        return LocalTeam()
    fresh: LocalTeam = LocalTeam.objects.select_for_update().get(pk=team.pk)
    if expected_updated_at is not None and fresh.updated_at != expected_updated_at:
        raise EditConflictError
    return fresh


@transaction.atomic
def remove_local_team(*, by: User | None, team: LocalTeam) -> None:
    """Take a team off the map; the audit trail keeps what it was."""
    _record(by, team, DELETED, _state(team))
    team.delete()


def undo_local_team(by: User | None, event: AuditEvent) -> None:
    """Take a change of a team back, inside the transaction.

    Raises ChangedSinceError when it was changed since, and ValidationError.
    """
    # A team that is gone cannot be locked: of two who press the button at once, the second waits.
    AuditEvent.objects.select_for_update().get(pk=event.pk)
    stored = LocalTeam.objects.select_for_update().filter(pk=event.subject_id).first()
    before = _state(stored) if stored else {}
    changes = dict(event.changes)
    old, new = ({*(areas or ())} for areas in changes.pop(SERVES, [None, None]))
    served = {*before.get(SERVES, ())}
    # Other regions may have let it serve more postcodes since.
    if not new - old <= served or (old - new) & served:
        raise ChangedSinceError
    values = values_before(before, changes)
    if event.action.endswith(CREATED) and stored:
        if served != new:
            raise ChangedSinceError
        remove_local_team(by=by, team=stored)
        return
    team = stored or LocalTeam(pk=int(event.subject_id))
    provider = {"provider_id": values.pop("provider")} if "provider" in values else {}
    _save(team, values | provider)
    team.postal_areas.set(PostalArea.objects.filter(pk__in=served - (new - old) | (old - new)))
    _record(by, team, UPDATED if stored else CREATED, before)


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
