"""Closing an offer for a while, taking it out of view, bringing it back, and copying it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import OfferStatus
from providers.models import GroupProgramme, Offer, ServiceArea
from providers.services import audit
from providers.services.index import reindex
from providers.services.locking import lock_offers
from providers.services.offers import LINKS, create_offer

# Longer than this an offer is not closed for a while: then it has ended.
MOST_DAYS_CLOSED = 366
# What a copy takes over; what was measured or confirmed is of the one offer only.
COPIED = (
    *("summary", "description", "not_for", "how_to_start", "cost", "level", "crisis", "help_kind"),
    *("age_min", "age_max", "formats", "phases"),
)
OF_A_PROGRAMME = (
    *("kind", "audience", "min_size", "max_size", "sessions", "minutes"),
    *("is_open", "on_demand", "leaders", "expert_by_experience"),
    *("outcome", "quote", "quote_by"),
)
MAX_TITLE = 120


@transaction.atomic
def close_offers(
    *, by: User | None, offers: Iterable[Offer], first: dt.date, last: dt.date
) -> list[Offer]:
    """Close these offers from the first day through the last: all of them, or none.

    They open again by themselves on the day after. Raises ValidationError.
    """
    if last < first:
        raise ValidationError({"last": _("De laatste dag is voor de eerste.")})
    if last < timezone.localdate():
        raise ValidationError({"last": _("Kies een dag die nog komt.")})
    if (last - first).days > MOST_DAYS_CLOSED:
        raise ValidationError({"last": _("Kies een dag binnen een jaar. Langer? Archiveer het.")})
    return _set_closed(by, offers, first, last, "offer.closed")


@transaction.atomic
def reopen_offers(*, by: User | None, offers: Iterable[Offer]) -> list[Offer]:
    """Open these offers again as of today, or forget that they were to be closed.

    What was closed stays so through yesterday: for those days its clocks stood still.
    """
    return _set_closed(by, offers, None, None, "offer.reopened")


def _set_closed(
    by: User | None,
    offers: Iterable[Offer],
    first: dt.date | None,
    last: dt.date | None,
    action: str,
) -> list[Offer]:
    rows = list(offers)
    ids = [offer.pk for offer in rows]
    lock_offers(ids)
    chosen = Offer.objects.filter(pk__in=ids)
    if first is None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        was_closed = chosen.filter(closed_from__lte=yesterday)
        was_closed.filter(closed_until__gt=yesterday).update(closed_until=yesterday)
        chosen = chosen.exclude(closed_from__lte=yesterday)
    chosen.update(closed_from=first, closed_until=last)
    Offer.objects.filter(pk__in=ids).update(updated_at=timezone.now())
    reindex(ids)
    for offer in rows:
        offer.refresh_from_db()
        changes = {"closed_from": offer.closed_from, "closed_until": offer.closed_until}
        audit.record(by=by, action=action, subject=offer, changes=changes)
    return rows


@transaction.atomic
def restore_offer(*, by: User | None, offer: Offer) -> Offer:
    """Bring an archived offer back as a draft: somebody looks at it before everybody does."""
    fresh: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if fresh.status != OfferStatus.ARCHIVED:
        return fresh
    Offer.objects.filter(pk=offer.pk).update(
        status=OfferStatus.DRAFT, version=F("version") + 1, updated_at=timezone.now()
    )
    fresh.refresh_from_db()
    reindex([fresh.pk])
    audit.record(by=by, action="offer.restored", subject=fresh)
    return fresh


@transaction.atomic
def copy_offer(*, by: User | None, offer: Offer) -> Offer:
    """Make a draft with the texts, places, municipalities and group of an offer.

    Waits, starts and confirmations stay with the one they are about. The offer becomes the template
    of its copy; that of a copy is the template of them all.
    """
    start = _("Kopie van ")
    links = {name: list(getattr(offer, name).all()) for name in LINKS}
    questions = list(offer.question_links.values_list("help_question", flat=True))
    copy: Offer = create_offer(
        by=by,
        provider=offer.provider,
        template_id=offer.template_id or offer.pk,
        title=(start + offer.title)[:MAX_TITLE],
        help_questions=questions,
        **{name: getattr(offer, name) for name in COPIED},
        **links,
    )
    _copy_areas(offer, copy)
    _copy_programme(offer, copy)
    reindex([copy.pk])
    audit.record(by=by, action="offer.copied", subject=copy, changes={"of": offer.pk})
    return copy


def _copy_areas(offer: Offer, copy: Offer) -> None:
    areas = list(offer.service_areas.all())
    for area in areas:
        area.pk, area.offer, area.current_wait = None, copy, None
    ServiceArea.objects.bulk_create(areas)


def _copy_programme(offer: Offer, copy: Offer) -> None:
    programme = GroupProgramme.objects.filter(offer=offer).first()
    if programme:
        fields: dict[str, Any] = {name: getattr(programme, name) for name in OF_A_PROGRAMME}
        GroupProgramme.objects.create(offer=copy, **fields)
