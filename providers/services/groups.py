"""Writes on group programmes and their runs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import ConfirmedVia
from providers.models import GroupProgramme, GroupRun, Offer
from providers.services import audit
from providers.services.confirmations import confirm_places
from providers.services.index import reindex
from providers.services.offers import EditConflictError


@transaction.atomic
def set_programme(*, by: User | None, offer: Offer, **fields: Any) -> GroupProgramme:
    """Add or change what this offer's group looks like, which makes it help in a group.

    Raises ValidationError.
    """
    # Two people who both describe the first group of an offer must not both add one.
    fresh = Offer.objects.select_for_update().get(pk=offer.pk)
    programme = GroupProgramme.objects.filter(offer=offer).first() or GroupProgramme(offer=offer)
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save()
    if not fresh.group:
        fresh.group = True
        fresh.save(update_fields=["group"])
    reindex([offer.pk])
    audit.record(by=by, action="programme.set", subject=offer, changes=fields)
    return programme


@transaction.atomic
def add_run(*, by: User | None, programme: GroupProgramme, **fields: Any) -> GroupRun:
    """Add one edition of a group. Places that are given count as counted today.

    Raises ValidationError, also when the same run is there already: of two quick taps the
    second adds nothing.
    """
    GroupProgramme.objects.select_for_update().get(pk=programme.pk)
    run = GroupRun(programme=programme, **fields)
    _check_new(run)
    counted_now = run.places_left is not None and run.places_confirmed_on is None
    if counted_now:
        run.places_confirmed_on = timezone.localdate()
    run.full_clean()
    run.save()
    if counted_now:
        confirm_places(by=by, run=run)
    audit.record(
        by=by, action="run.added", subject=programme.offer, changes={"starts_on": run.starts_on}
    )
    return run


def _check_new(run: GroupRun) -> None:
    same = GroupRun.objects.filter(
        programme=run.programme,
        starts_on=run.starts_on,
        start_time=run.start_time,
        location=run.location,
        cancelled=False,
    )
    if same.exists():
        raise ValidationError({"starts_on": _("Deze start staat er al.")})


@transaction.atomic
def update_run(
    *, by: User | None, run: GroupRun, expected_version: int | None = None, **fields: Any
) -> GroupRun:
    """Change the days, the times, the place or the size of a run; takes the fields of GroupRun.

    Raises its version, by which calendars see that something moved. Places that are given count
    as counted today. With `expected_version`, raises EditConflictError when somebody else saved
    in between. Raises ValidationError.
    """
    fresh = _locked(run)
    if expected_version is not None and fresh.version != expected_version:
        raise EditConflictError
    changes = audit.changed_fields(fresh, fields)
    for name, value in fields.items():
        setattr(fresh, name, value)
    if "places_left" in fields:
        fresh.places_confirmed_on = timezone.localdate()
    fresh.version += 1
    fresh.full_clean()
    fresh.save()
    if "places_left" in fields:
        confirm_places(by=by, run=fresh)
    audit.record(
        by=by,
        action="run.updated",
        subject=fresh.programme.offer,
        changes={"run": fresh.pk, **changes},
    )
    return fresh


def cancel_run(*, by: User | None, run: GroupRun) -> GroupRun:
    """Say that a run does not go on; it stays findable, and calendars show it as cancelled."""
    return _set_cancelled(by, run, cancelled=True, action="run.cancelled")


def restore_run(*, by: User | None, run: GroupRun) -> GroupRun:
    """Say that a cancelled run goes on after all."""
    return _set_cancelled(by, run, cancelled=False, action="run.restored")


@transaction.atomic
def _set_cancelled(by: User | None, run: GroupRun, *, cancelled: bool, action: str) -> GroupRun:
    fresh = _locked(run)
    if fresh.cancelled == cancelled:
        return fresh
    fresh.cancelled = cancelled
    fresh.version += 1
    fresh.save(update_fields=["cancelled", "version", "updated_at"])
    audit.record(by=by, action=action, subject=fresh.programme.offer, changes={"run": fresh.pk})
    return fresh


@transaction.atomic
def update_places(
    *,
    by: User | None,
    run: GroupRun,
    places_left: int | None,
    via: ConfirmedVia = ConfirmedVia.LOGIN,
) -> GroupRun:
    """Say how many places are left today; None means that it is not known."""
    return _write_places(by, _locked(run), places_left, via)


@dataclass(frozen=True, slots=True)
class PlacesLeft:
    """What somebody says of one run, and the number that they were looking at."""

    run: GroupRun
    left: int | None
    shown: int | None


class PlacesConflictError(Exception):
    """Somebody else gave the places of these runs in the meantime; they are as they are now."""

    def __init__(self, runs: list[GroupRun]) -> None:
        super().__init__()
        self.runs = runs


@transaction.atomic
def update_places_of_runs(
    *,
    by: User | None,
    given: Iterable[PlacesLeft],
    via: ConfirmedVia = ConfirmedVia.LOGIN,
) -> None:
    """Say of several runs how many places are left today: of all of them, or of none.

    Raises PlacesConflictError when a number is no longer the one that was shown; the same number
    given twice is no conflict. Raises ValidationError.
    """
    rows = sorted(given, key=lambda one: one.run.pk)
    now = {one.run.pk: _locked(one.run) for one in rows}
    changed = [
        now[one.run.pk] for one in rows if now[one.run.pk].places_left not in {one.shown, one.left}
    ]
    if changed:
        raise PlacesConflictError(changed)
    for one in rows:
        update_places(by=by, run=one.run, places_left=one.left, via=via)


@transaction.atomic
def restore_places(
    *, by: User | None, run: GroupRun, given: int | None, left: int | None, on: dt.date | None
) -> GroupRun:
    """Take back the places that somebody just `given`: as many as before, known since that day.

    Raises PlacesConflictError when others stand there by now.
    """
    fresh = _locked(run)
    if fresh.places_left != given or fresh.places_confirmed_on != timezone.localdate():
        raise PlacesConflictError([fresh])
    fresh.places_left, fresh.places_confirmed_on = left, on
    fresh.full_clean()
    fresh.save(update_fields=["places_left", "places_confirmed_on"])
    audit.record(
        by=by,
        action="run.places_restored",
        subject=fresh.programme.offer,
        changes={"run": fresh.pk, "places_left": [given, left]},
    )
    return fresh


@transaction.atomic
def take_places(*, by: User | None, run: GroupRun, number: int = 1) -> GroupRun:
    """Count people who enrolled: that many places fewer than there are at this moment.

    A negative number gives places back. Raises ValidationError when fewer are left, when there
    are no more to give back, or when it is not known how many are left.
    """
    fresh = _locked(run)
    if fresh.places_left is None:
        raise ValidationError({"places_left": _("Geef eerst op hoeveel plekken er vrij zijn.")})
    if number > fresh.places_left:
        raise ValidationError({"places_left": _("Zoveel plekken zijn er niet meer vrij.")})
    return _write_places(by, fresh, fresh.places_left - number)


def _locked(run: GroupRun) -> GroupRun:
    """Return the run as it is now, with others waiting until this transaction is done."""
    rows = GroupRun.objects.select_for_update(of=("self",)).select_related("programme__offer")
    return rows.get(pk=run.pk)


def _write_places(
    by: User | None,
    fresh: GroupRun,
    places_left: int | None,
    via: ConfirmedVia = ConfirmedVia.LOGIN,
) -> GroupRun:
    if places_left is not None and fresh.places is not None and places_left > fresh.places:
        raise ValidationError({"places_left": _("Er zijn meer plekken vrij dan er plekken zijn.")})
    before, fresh.places_left = fresh.places_left, places_left
    fresh.places_confirmed_on = timezone.localdate()
    fresh.full_clean()
    # Only these: news about places moves nothing in a calendar.
    fresh.save(update_fields=["places_left", "places_confirmed_on"])
    confirm_places(by=by, run=fresh, via=via)
    audit.record(
        by=by,
        action="run.places",
        subject=fresh.programme.offer,
        changes={"run": fresh.pk, "places_left": [before, places_left]},
    )
    return fresh
