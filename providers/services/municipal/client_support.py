"""Writes on who supports clients in a municipality, by the desk of its region."""

from typing import Any

from django.db import transaction

from accounts.models import User
from providers.models import AuditEvent, ClientSupport, Municipality
from providers.services import audit
from providers.services.municipal.state import state_of, values_before

SUPPORT_SET = "clientsupport.set"
FIELDS = ("name", "phone", "website")


@transaction.atomic
def set_client_support(
    *, by: User | None, municipality: Municipality, name: str, **reached: Any
) -> ClientSupport | None:
    """Say who supports clients here; without a name: not known.

    `reached` are its phone and website. Raises ValidationError.
    """
    row = ClientSupport.objects.select_for_update().filter(municipality=municipality).first()
    row = row or ClientSupport(municipality=municipality)
    fields = {"name": name, **reached}
    changes = audit.changed_fields(row, fields)
    if not changes:
        return row if row.pk else None
    _store(row, fields)
    audit.record(
        by=by,
        action=SUPPORT_SET,
        subject=municipality,
        changes=changes,
        regions=municipality.region_id,
    )
    return row if name else None


def undo_client_support(by: User | None, event: AuditEvent) -> None:
    """Take back who supports clients, inside the transaction. Raises ChangedSinceError."""
    municipality = Municipality.objects.select_for_update().get(pk=event.subject_id)
    row = ClientSupport.objects.filter(municipality=municipality).first()
    now = state_of(row or ClientSupport(), FIELDS)
    values = now | values_before(now, event.changes)
    set_client_support(by=by, municipality=municipality, **values)


def _store(row: ClientSupport, fields: dict[str, Any]) -> None:
    if not fields["name"]:
        if row.pk:
            row.delete()
        return
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
