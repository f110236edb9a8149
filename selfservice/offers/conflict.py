"""Two people, one offer: what the other one changed while you were typing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.models import AuditEvent, Offer
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from selfservice.offers.step_forms import StepForm, shown

# Each of these raises the version of an offer by one.
VERSIONED = (
    "offer.updated",
    "offer.areas_set",
    "offer.referral_set",
    "offer.published",
    "offer.archived",
    "offer.restored",
)
# Columns that the form shows under another name.
SHOWN_AS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(FORMAT_FIELDS.values(), ("formats",)),
    **dict.fromkeys(PHASE_FIELDS.values(), ("phases",)),
    "help_questions": ("main_question", "other_questions"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what is stored differs from what you typed."""

    label: str
    stored: str
    typed: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who saved last, when, and where that differs from your form.

    `is_elsewhere`: what they changed stands in no field of your form.
    """

    who: str
    at: dt.datetime
    differences: tuple[Difference, ...]
    is_elsewhere: bool = False


def conflict_of(form: StepForm, stored: Offer, since_version: int) -> Conflict:
    """Return what others changed in this offer after version `since_version`."""
    events = _events(stored, since_version)
    changed = {name for event in events for column in event.changes for name in _fields(column)}
    now = type(form)(instance=stored)
    differences = [
        Difference(str(form[name].label), shown(now[name]), shown(form[name]))
        for name in form.fields
        # Without a record of what changed, every difference is worth seeing.
        if name != "version" and (name in changed or not changed)
    ]
    elsewhere = bool(changed) and not changed & form.fields.keys()
    return last_save(stored, since_version, differences, is_elsewhere=elsewhere)


def last_save(
    stored: Offer,
    since_version: int,
    differences: Iterable[Difference],
    *,
    is_elsewhere: bool = False,
) -> Conflict:
    """Return who saved last after this version, with what differs from what was typed."""
    last = next(iter(_events(stored, since_version)), None)
    return Conflict(
        who=str(last.by) if last and last.by else _("Iemand anders"),
        at=last.at if last else stored.updated_at,
        differences=tuple(item for item in differences if item.stored != item.typed),
        is_elsewhere=is_elsewhere,
    )


def _events(stored: Offer, since_version: int) -> list[AuditEvent]:
    count = max(stored.version - since_version, 0)
    events = AuditEvent.objects.filter(
        subject_type="offer", subject_id=str(stored.pk), action__in=VERSIONED
    )
    return list(events.select_related("by")[:count])


def _fields(column: str) -> Iterable[str]:
    return SHOWN_AS.get(column, (column,))
