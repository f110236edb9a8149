"""Carry out what a provider changed in a spreadsheet, and take it back."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import ConfirmedVia
from providers.models import Offer, Provider, SheetChange, WaitTime
from providers.services.locking import lock_offers
from providers.services.offers import EditConflictError, update_offer
from providers.services.waits import REPEATED, record_wait, retract_wait
from providers.sheets.offers import COLUMNS, OfferChange, OfferPlan, cells_of
from providers.vocabulary.csv_file import MistakeError

FIELDS = {column.heading: column for column in COLUMNS}


@transaction.atomic
def apply_offers(*, by: User, provider: Provider, plan: OfferPlan) -> SheetChange:
    """Carry out the changes of a table, all or nothing.

    Raises EditConflictError when somebody saved one of the offers since the plan was made, and
    ValidationError, with the row in front, when the domain refuses one.
    """
    lock_offers([change.offer.pk for change in plan.changes])
    rows = [_apply(by, change) for change in plan.changes]
    return SheetChange.objects.create(provider=provider, by=by, rows=rows)


def _apply(by: User, change: OfferChange) -> dict[str, Any]:
    values = dict(change.values)
    weeks, people = values.pop("start_weeks", None), values.pop("people_waiting", None)
    wait: int | None = None
    offer = change.offer
    try:
        if values:
            offer = update_offer(
                by=by, offer=offer, expected_version=change.offer.version, **values
            )
        wait = _record(by, offer, weeks, people)
    except ValidationError as error:
        text = _("Rij %(n)d: %(text)s") % {"n": change.row, "text": " ".join(error.messages)}
        raise ValidationError(text) from error
    now = cells_of(_fresh(offer.pk))
    before = {heading: cells[0] for heading, cells in change.cells.items()}
    after = {heading: now[heading] for heading in change.cells}
    return {"offer": offer.pk, "before": before, "after": after, "wait": wait}


def _record(by: User, offer: Offer, weeks: Decimal | None, people: int | None) -> int | None:
    """Write a wait, people waiting, or both; who gives one of the two keeps the other."""
    if weeks is None and people is None:
        return None
    before = offer.current_wait
    given: dict[str, Any] = {"start_weeks": weeks, "people_waiting": people}
    if weeks is None:
        if before is None:
            raise ValidationError(_("Vul ook de wachttijd in weken in."))
        given = {name: getattr(before, name) for name in REPEATED} | {"people_waiting": people}
    elif people is None and before is not None:
        given["people_waiting"] = before.people_waiting
    return record_wait(by=by, offer=offer, via=ConfirmedVia.IMPORT, **given).pk


def _fresh(pk: int) -> Offer:
    rows = Offer.objects.select_related("current_wait").prefetch_related(
        "question_links", "target_groups"
    )
    found: Offer = rows.get(pk=pk)
    return found


@transaction.atomic
def undo_offers(*, by: User, change: SheetChange) -> int:
    """Take back what a table changed; returns of how many offers.

    Raises EditConflictError when one of them says something else by now, when it was undone before,
    or when what was there before is no code any more.
    """
    fresh = SheetChange.objects.select_for_update().get(pk=change.pk)
    if fresh.undone_at:
        raise EditConflictError
    lock_offers([row["offer"] for row in fresh.rows])
    for row in fresh.rows:
        _undo(by, row)
    fresh.undone_at = timezone.now()
    fresh.save(update_fields=["undone_at"])
    return len(fresh.rows)


def _undo(by: User, row: dict[str, Any]) -> None:
    try:
        offer = _fresh(row["offer"])
    except Offer.DoesNotExist as error:
        raise EditConflictError from error
    now = cells_of(offer)
    if any(now[heading] != cell for heading, cell in row["after"].items()):
        raise EditConflictError
    if row["wait"]:
        retract_wait(by=by, wait=WaitTime.objects.select_related("offer").get(pk=row["wait"]))
    columns = [FIELDS[heading] for heading in row["before"]]
    try:
        values = {
            one.field: one.read(row["before"][one.heading])
            for one in columns
            if one.field not in {"start_weeks", "people_waiting"}
        }
    except MistakeError as error:
        raise EditConflictError from error
    if values:
        update_offer(by=by, offer=offer, **values)
