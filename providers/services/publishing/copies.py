"""The same help in many places: what changes in the template is brought to its copies, when asked.

Title, places, municipalities, group, waits and starts are of each place by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import AuditEvent, Offer
from providers.models.audit import ON_NO_PAGE
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.services import audit
from providers.services.desk.undo import undo_change
from providers.services.locking import lock_offers
from providers.services.offers import EditConflictError, update_offer
from providers.services.publishing.lifecycle import COPIED

UPDATED, BROUGHT, TAKEN_BACK = "offer.updated", "offer.copies_updated", "offer.copies_restored"
LET_GO = "offer.template_left"
COLUMNS = (
    *(name for name in COPIED if name not in {"formats", "phases"}),
    *FORMAT_FIELDS.values(),
    *PHASE_FIELDS.values(),
)
LINKED = ("help_questions", "target_groups", "languages")
SHARED = (*COLUMNS, *LINKED)
# Further back nobody remembers what the template said.
MOST_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a copy says something else than its template, both as an audit row has it.

    `is_behind`: the copy says what the template said before; otherwise it has words of its own.
    """

    name: str
    here: Any
    template: Any
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy with where it differs from its template."""

    offer: Offer
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of an offer, and which fields of the template its last change was about."""

    template: Offer
    copies: tuple[Copy, ...]
    last_changed: frozenset[str]

    @property
    def mark(self) -> str:
        """Return what tells these offers, as they were looked at, from those as they are now."""
        rows = [self.template, *(copy.offer for copy in self.copies)]
        return " ".join(f"{row.pk}:{row.version}" for row in rows)

    @property
    def lag(self) -> bool:
        """Whether the last change of the template left a copy behind."""
        return any(
            one.is_behind and one.name in self.last_changed
            for copy in self.copies
            for one in copy.differences
        )


def copies_of(offer: Offer) -> Copies:
    """Return the copies of an offer that are not archived, in the order of their titles."""
    copies = Offer.objects.copies_of(offer).values("pk")
    rows = Offer.objects.filter(Q(pk=offer.pk) | Q(pk__in=copies)).prefetch_related(
        "question_links", "target_groups", "languages", "locations__provider"
    )
    found = {row.pk: row for row in rows.order_by("title", "pk")}
    template = found.pop(offer.pk)
    events = AuditEvent.objects.filter(subject_type="offer", subject_id=str(offer.pk))
    recent = list(events.exclude(action__in=(BROUGHT, TAKEN_BACK, "offer.confirmed"))[:MOST_EVENTS])
    texts = [event.changes for event in recent if event.action == UPDATED]
    last = recent[0].changes if recent else {}
    return Copies(template, tuple(_compared(template, found.values(), texts)), frozenset(last))


def _compared(
    template: Offer, copies: Iterable[Offer], texts: Iterable[Mapping[str, Any]]
) -> Iterable[Copy]:
    earlier: dict[str, list[Any]] = defaultdict(list)
    for changes in texts:
        for name, (before, _after) in changes.items():
            earlier[name].append(before)
    now = _values(template)
    for copy in copies:
        here = _values(copy)
        yield Copy(
            copy,
            tuple(
                Difference(name, here[name], now[name], here[name] in earlier[name])
                for name in SHARED
                if here[name] != now[name]
            ),
        )


def _values(offer: Offer) -> dict[str, Any]:
    """Return what an offer shares with its copies, as an audit row has it."""
    return {name: audit.plain(getattr(offer, name)) for name in COLUMNS} | {
        "help_questions": [link.help_question_id for link in offer.question_links.all()],
        "target_groups": sorted(group.pk for group in offer.target_groups.all()),
        "languages": sorted(language.pk for language in offer.languages.all()),
    }


@transaction.atomic
def bring_to_copies(
    *, by: User, template: Offer, chosen: Mapping[int, Collection[str]], mark: str
) -> int:
    """Give these copies (by number) what the template says in these fields; returns how many.

    All of it or nothing. A copy that everybody sees is changed for everybody; it is not confirmed,
    as nobody looked at all of it. Raises EditConflictError when one of them was saved since `mark`,
    and ValidationError, with the title of the copy in front, when one refuses.
    """
    lock_offers([template.pk, *chosen])
    found = copies_of(template)
    if found.mark != mark:
        raise EditConflictError
    events = []
    for copy in found.copies:
        names = set(chosen.get(copy.offer.pk, ()))
        values = {one.name: one.template for one in copy.differences if one.name in names}
        if values:
            events.append(_bring(by, copy.offer, values))
    if events:
        audit.record(by=by, action=BROUGHT, subject=template, changes={"events": events})
    return len(events)


def _bring(by: User, copy: Offer, values: dict[str, Any]) -> int:
    """Change one copy; returns the number of the audit row that says what was there before."""
    try:
        update_offer(by=by, offer=copy, expected_version=copy.version, **values)
    except ValidationError as error:
        words = {"title": copy.title, "text": " ".join(error.messages)}
        raise ValidationError(_("%(title)s: %(text)s") % words) from error
    rows = AuditEvent.objects.filter(subject_type="offer", subject_id=str(copy.pk), action=UPDATED)
    return int(rows.values_list("pk", flat=True)[0])


def brought(offer: Offer, *, most: int) -> list[AuditEvent]:
    """Return what was brought to the copies of this offer and not taken back, newest first."""
    rows = AuditEvent.objects.filter(subject_type="offer", subject_id=str(offer.pk))
    undone = {row.changes["of"] for row in rows.filter(action=TAKEN_BACK)}
    newest = rows.filter(action=BROUGHT).exclude(pk__in=undone)
    return list(newest.select_related("by")[:most])


@transaction.atomic
def take_back_from_copies(*, by: User, template: Offer, event: int) -> int:
    """Give copies the values they had before this event; returns of how many.

    All of it or nothing. Raises EditConflictError when it was taken back before, and
    ChangedSinceError when somebody changed one of them in these fields since.
    """
    lock_offers([template.pk])
    row = next((one for one in brought(template, most=MOST_EVENTS) if one.pk == event), None)
    if row is None:
        raise EditConflictError
    changes = list(AuditEvent.objects.filter(pk__in=row.changes["events"]))
    lock_offers([int(change.subject_id) for change in changes])
    for change in changes:
        undo_change(by=by, event=change)
    audit.record(by=by, action=TAKEN_BACK, subject=template, changes={"of": row.pk})
    return len(changes)


@transaction.atomic
def let_go_of_template(*, by: User, copy: Offer) -> Offer:
    """Let a copy go its own way: what changes in its template is no longer brought to it.

    What it says stays. Its own copies stay with the template. Returns the offer as it is now; one
    that has no template is left as it is.
    """
    lock_offers([copy.pk])
    fresh: Offer = Offer.objects.get(pk=copy.pk)
    if fresh.template_id is None:
        return fresh
    changes = {"template": [fresh.template_id, None]}
    fresh.template = None
    fresh.save(update_fields=["template"])
    audit.record(by=by, action=LET_GO, subject=fresh, changes=changes, regions=ON_NO_PAGE)
    return fresh
