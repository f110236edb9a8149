"""The audit event that goes with every write."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db import models

from accounts.models import User
from providers.enums import OfferStatus
from providers.models import AuditEvent, Claim, Invitation, Membership, Offer, Provider, Tip
from providers.models.audit import ON_EVERY_PAGE, ON_NO_PAGE, regions_text

# Looking up the regions of more things at once costs more than making all pages anew.
MANY = 100
# Who may do what, and what waits for a desk, is on no page of the search.
NOT_SHOWN = (User, Group, Membership, Invitation, Claim, Tip)


def record(
    *,
    by: User | None,
    action: str,
    subject: models.Model,
    changes: dict[str, Any] | None = None,
    regions: str | None = None,
) -> AuditEvent:
    """Write that `by` did `action` to `subject`; call it inside the transaction of the change.

    Call it after the change, with `regions=ON_NO_PAGE` when no page of the search shows it. Left
    out, they are those where the offer or the provider gives help, and for all else every region.
    """
    shown = regions_shown_in([subject])[0] if regions is None else regions
    event = _event(by, action, subject, changes or {}, shown)
    event.save()
    return event


def record_as_a_whole(*, action: str) -> AuditEvent:
    """Write that the program did something to the whole catalogue by itself."""
    return AuditEvent.objects.create(action=action, subject_type="catalogue")


def record_many(
    *,
    by: User | None,
    action: str,
    subjects: Iterable[models.Model],
    regions: str | None = None,
) -> int:
    """Write one event per subject in few queries; returns how many. `regions` as in `record`."""
    rows = list(subjects)
    shown = regions_shown_in(rows) if regions is None else [regions] * len(rows)
    events = [_event(by, action, row, {}, where) for row, where in zip(rows, shown, strict=True)]
    AuditEvent.objects.bulk_create(events, batch_size=1000)
    return len(events)


def regions_shown_in(subjects: Sequence[models.Model]) -> list[str]:
    """Return for each of these in which regions the search may show it: one statement a model."""
    if all(isinstance(row, NOT_SHOWN) for row in subjects):
        return [ON_NO_PAGE] * len(subjects)
    if len(subjects) > MANY:
        return [ON_EVERY_PAGE] * len(subjects)
    by_model: dict[tuple[type[models.Model], Any], str] = {
        (model, pk): text
        for model, key in ((Offer, "pk"), (Provider, "provider"))
        for pk, text in _by_offers(key, [row.pk for row in subjects if type(row) is model]).items()
    }
    return [by_model.get((type(row), row.pk), ON_EVERY_PAGE) for row in subjects]


def _by_offers(key: str, ids: list[int]) -> dict[int, str]:
    """Return where the offers with these keys give help, whether or not that has ended.

    Nowhere for a draft, which nobody has seen yet. An offer without a municipality may be shown
    anywhere, as what is not known excludes nothing.
    """
    if not ids:
        return {}
    offers = Offer.objects.filter(**{f"{key}__in": ids}).exclude(status=OfferStatus.DRAFT)
    rows = offers.order_by().values_list(key, "service_areas__municipality__region").distinct()
    codes: dict[int, set[str]] = defaultdict(set)
    for pk, region in rows:
        codes[pk].add(region or ON_EVERY_PAGE)
    return {pk: regions_text(codes[pk]) if pk in codes else ON_NO_PAGE for pk in ids}


def _event(
    by: User | None, action: str, subject: models.Model, changes: dict[str, Any], regions: str
) -> AuditEvent:
    return AuditEvent(
        by=by,
        action=action,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        changes={name: plain(value) for name, value in changes.items()},
        regions=regions,
    )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime | time | Decimal):
        return str(value)
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value


def changed_fields(subject: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """Return {field: [before, after]} for the fields that really change."""
    before = {name: getattr(subject, name) for name in changes}
    return {
        name: [plain(before[name]), plain(after)]
        for name, after in changes.items()
        if before[name] != after
    }
