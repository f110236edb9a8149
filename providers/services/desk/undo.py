"""Take one change back: what it changed gets the values of before, as one more change."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import AuditEvent, FormerProvider, Offer, Provider, YouthRegion
from providers.rules.desk.sensitive import AREAS_SET
from providers.services import audit
from providers.services.desk.unmerging import ABOUT_THE_DOUBLE, MERGED, undo_merge
from providers.services.municipal.agreements import AGREEMENTS_SET, undo_agreements
from providers.services.municipal.client_support import SUPPORT_SET, undo_client_support
from providers.services.municipal.local_teams import TEAM_ACTIONS, undo_local_team
from providers.services.municipal.region_rows import MODEL_OF, undo_row
from providers.services.municipal.state import ChangedSinceError
from providers.services.offers import update_offer
from providers.services.providers import update_provider
from providers.services.publishing.areas import AreaTerms, set_service_areas


def can_be_undone(event: AuditEvent) -> bool:
    """Whether this kind of change can be taken back."""
    if event.action == MERGED:
        former = FormerProvider.objects.filter(pk=event.changes["double"])
        return former.exclude(snapshot={}).exists()
    return event.action in UNDO and bool(event.changes)


@transaction.atomic
def undo_change(*, by: User, event: AuditEvent) -> None:
    """Give what a change changed its values of before. Raises ChangedSinceError."""
    if not can_be_undone(event):
        raise ValidationError(_("Dit kan niet met één knop worden teruggedraaid."))
    try:
        UNDO[event.action](by, event)
    except ObjectDoesNotExist as error:
        raise ChangedSinceError from error


def _undo_provider(by: User, event: AuditEvent) -> None:
    row = Provider.objects.select_for_update().get(pk=event.subject_id)
    update_provider(by=by, provider=row, **_before(row, event))


def _undo_offer(by: User, event: AuditEvent) -> None:
    row = Offer.objects.select_for_update().get(pk=event.subject_id)
    update_offer(by=by, offer=row, **_before(row, event))


def _before(row: models.Model, event: AuditEvent) -> dict[str, Any]:
    """Return the values of before, by the name that a service takes."""
    values = {}
    for name, (before, after) in event.changes.items():
        field = row._meta.get_field(name)
        if _stored(row, field) != after:
            raise ChangedSinceError
        values[field.attname if isinstance(field, models.ForeignKey) else name] = before
    return values


def _stored(row: models.Model, field: Any) -> Any:
    if not field.many_to_many:
        return audit.plain(getattr(row, field.attname))
    if field.name == "help_questions":
        # Their order counts: the first is the main one.
        return list(row.question_links.values_list("help_question", flat=True))  # type: ignore[attr-defined]
    return sorted(getattr(row, field.name).values_list("pk", flat=True))


def _undo_merge(by: User, event: AuditEvent) -> None:
    filled_in = {name: pair for name, pair in event.changes.items() if name not in ABOUT_THE_DOUBLE}
    undo_merge(by=by, number=event.changes["double"], filled_in=filled_in)


def _undo_agreements(by: User, event: AuditEvent) -> None:
    region = YouthRegion.objects.get(pk=event.subject_id)
    if not undo_agreements(by=by, region=region, changes=event.changes):
        raise ChangedSinceError


def _undo_areas(by: User, event: AuditEvent) -> None:
    row = Offer.objects.select_for_update().get(pk=event.subject_id)
    terms = {area.municipality_id: AreaTerms.of(area) for area in row.service_areas.all()}
    for code, (before, after) in event.changes.items():
        present = terms.pop(code, None)
        if (present and present.as_json()) != after:
            raise ChangedSinceError
        if before:
            terms[code] = AreaTerms.from_json(code, before)
    set_service_areas(by=by, offer=row, areas=terms.values())


# By what was done: what takes it back, inside the transaction.
UNDO: dict[str, Callable[[User, AuditEvent], None]] = {
    "provider.updated": _undo_provider,
    "offer.updated": _undo_offer,
    AREAS_SET: _undo_areas,
    MERGED: _undo_merge,
    AGREEMENTS_SET: _undo_agreements,
    SUPPORT_SET: undo_client_support,
    **dict.fromkeys(TEAM_ACTIONS, undo_local_team),
    **dict.fromkeys(MODEL_OF, undo_row),
}
