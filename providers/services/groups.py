"""Writes on group programmes and their runs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import GroupProgramme, GroupRun, Offer
from providers.services import audit
from providers.services.index import reindex


@transaction.atomic
def set_programme(*, by: User | None, offer: Offer, **fields: Any) -> GroupProgramme:
    """Add or change what this offer's group looks like. Raises ValidationError."""
    programme = GroupProgramme.objects.filter(offer=offer).first() or GroupProgramme(offer=offer)
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save()
    reindex([offer.pk])
    audit.record(by=by, action="programme.set", subject=offer, changes=fields)
    return programme


@transaction.atomic
def add_run(*, by: User | None, programme: GroupProgramme, **fields: Any) -> GroupRun:
    """Add one edition of a group. Raises ValidationError."""
    run = GroupRun(programme=programme, **fields)
    run.full_clean()
    run.save()
    audit.record(
        by=by, action="run.added", subject=programme.offer, changes={"starts_on": run.starts_on}
    )
    return run


@transaction.atomic
def update_places(*, by: User | None, run: GroupRun, places_left: int | None) -> GroupRun:
    """Say how many places are left today; None means that it is not known."""
    fresh = GroupRun.objects.select_for_update().get(pk=run.pk)
    if places_left is not None and fresh.places is not None and places_left > fresh.places:
        raise ValidationError({"places_left": _("Er zijn meer plekken vrij dan er plekken zijn.")})
    before, fresh.places_left = fresh.places_left, places_left
    fresh.places_confirmed_on = timezone.localdate()
    fresh.full_clean()
    fresh.save()
    audit.record(
        by=by,
        action="run.places",
        subject=fresh.programme.offer,
        changes={"run": fresh.pk, "places_left": [before, places_left]},
    )
    return fresh
