"""Take back what a file brought: all of it that nobody has touched since."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import User
from providers.models import (
    AuditEvent,
    Claim,
    Invitation,
    Location,
    Membership,
    Offer,
    Provider,
)
from providers.services import audit
from providers.services.locking import BATCH, lock_offers

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Removal:
    """How many of each kind are gone, and which offers stay because somebody changed them."""

    offers: int
    providers: int
    kept: tuple[Offer, ...]


@transaction.atomic
def remove_untouched(
    *,
    by: User | None,
    since: dt.datetime,
    offers: Collection[int],
    locations: Collection[int],
    providers: Collection[int],
) -> Removal:
    """Remove these rows, apart from those that somebody changed after `since`.

    Every write leaves an audit event, so what has none since is as it was brought. A provider
    stays that has an offer left, or a member, or that somebody claims or is invited to; a location
    that an offer is given at.
    """
    lock_offers(offers)
    touched = _touched(Offer, offers, since)
    gone = _rows(Offer, set(offers) - touched)
    kept = tuple(_rows(Offer, touched))
    # Before they are gone: the event says in which regions they were shown.
    audit.record_many(by=by, action="offer.taken_back", subjects=gone)
    _delete(Offer, [row.pk for row in gone])
    number = _remove_providers(by, since, providers)
    _delete(Location, _unused_locations(locations))
    return Removal(offers=len(gone), providers=number, kept=kept)


def _remove_providers(by: User | None, since: dt.datetime, ids: Collection[int]) -> int:
    people = (Membership.objects.all(), Claim.objects.waiting(), Invitation.objects.open())
    stay = _touched(Provider, ids, since)
    stay = stay.union(*(_linked(rows, ids) for rows in (Offer.objects.all(), *people)))
    gone = _rows(Provider, set(ids) - stay)
    audit.record_many(by=by, action="provider.taken_back", subjects=gone)
    _delete(Provider, [row.pk for row in gone])
    return len(gone)


def _touched(model: type[models.Model], ids: Collection[int], since: dt.datetime) -> set[int]:
    events = AuditEvent.objects.filter(subject_type=model._meta.model_name, at__gt=since)
    changed = set(events.values_list("subject_id", flat=True))
    return {pk for pk in ids if str(pk) in changed}


def _linked(rows: models.QuerySet[Any], providers: Collection[int]) -> set[int]:
    linked = rows.filter(provider__isnull=False)
    return set(providers) & set(linked.values_list("provider", flat=True))


def _unused_locations(ids: Collection[int]) -> list[int]:
    used = set(Offer.locations.through.objects.values_list("location", flat=True))
    return sorted(set(ids) - used)


def _rows(model: type[Row], ids: Collection[int]) -> list[Row]:
    ordered = sorted(ids)
    parts = (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
    return [row for part in parts for row in model._default_manager.filter(pk__in=part)]


def _delete(model: type[models.Model], ids: list[int]) -> None:
    for start in range(0, len(ids), BATCH):
        model._default_manager.filter(pk__in=ids[start : start + BATCH]).delete()
