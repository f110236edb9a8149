"""Somebody says that a fact is still right: a Confirmation, apart from any edit.

Offer.confirmed_on, Provider.confirmed_on and GroupRun.places_confirmed_on are the fast copies
of the newest confirmation. A file with measured waits confirms nothing: a measurement is a fact
with a date of its own, which is not the provider saying that the offer is still right.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from providers.enums import ConfirmedVia, DatedFact, OfferStatus
from providers.models import Confirmation, GroupRun, Offer, Provider
from providers.services import audit
from providers.services.index import reindex
from providers.services.locking import lock_offers
from providers.services.reports import recount_full

BATCH = 1000


@transaction.atomic
def confirm_offer(
    *, by: User | None, offer: Offer, via: ConfirmedVia = ConfirmedVia.LOGIN, who: str = ""
) -> Offer:
    """Record that somebody says this offer is still right today; nothing else changes.

    `who` names the person or system when there is no account.
    """
    confirm_offers(by=by, offers=[offer], via=via, who=who)
    offer.refresh_from_db()
    return offer


@transaction.atomic
def confirm_offers(
    *,
    by: User | None,
    offers: Iterable[Offer],
    via: ConfirmedVia = ConfirmedVia.LOGIN,
    who: str = "",
) -> list[Offer]:
    """Record that all of these offers are still right today: all of them, or none."""
    rows = list(offers)
    ids = [offer.pk for offer in rows]
    lock_offers(ids)
    Offer.objects.filter(pk__in=ids).update(confirmed_on=timezone.localdate())
    add_confirmations(
        _by(by, who, Confirmation(offer=offer, fact=DatedFact.OFFER, via=via)) for offer in rows
    )
    reindex(ids)
    audit.record_many(by=by, action="offer.confirmed", subjects=rows)
    return rows


@transaction.atomic
def confirm_contact(
    *, by: User | None, provider: Provider, via: ConfirmedVia = ConfirmedVia.LOGIN, who: str = ""
) -> Provider:
    """Record that the contact details of this provider are still right, for each of its offers."""
    Provider.objects.filter(pk=provider.pk).update(confirmed_on=timezone.localdate())
    provider.refresh_from_db()
    offers = provider.offers.exclude(status=OfferStatus.ARCHIVED)
    add_confirmations(
        _by(by, who, Confirmation(offer=offer, fact=DatedFact.CONTACT, via=via)) for offer in offers
    )
    audit.record(by=by, action="provider.confirmed", subject=provider)
    return provider


@transaction.atomic
def confirm_provider(
    *,
    by: User | None,
    provider: Provider,
    offers: Iterable[Offer],
    via: ConfirmedVia = ConfirmedVia.LOGIN,
    who: str = "",
) -> list[Offer]:
    """Record that the contact details and these offers of one provider are still right."""
    confirm_contact(by=by, provider=provider, via=via, who=who)
    return confirm_offers(by=by, offers=offers, via=via, who=who)


def confirm_places(
    *, by: User | None, run: GroupRun, via: ConfirmedVia = ConfirmedVia.LOGIN
) -> None:
    """Record who said how many places are left; for the service that writes them."""
    offer = run.programme.offer
    row = Confirmation(offer=offer, fact=DatedFact.PLACES, run=run, via=via)
    add_confirmations([_by(by, "", row)])


def confirm_wait(*, by: User | None, offer: Offer, via: ConfirmedVia) -> None:
    """Record who gave the wait; for the service that writes it."""
    row = Confirmation(offer=offer, fact=DatedFact.WAIT, via=via)
    add_confirmations([_by(by, "", row)])


def add_confirmations(rows: Iterable[Confirmation]) -> None:
    """Save confirmations in few queries; the one who calls keeps the fast copies, before."""
    saved = Confirmation.objects.bulk_create(rows, batch_size=BATCH)
    spoken = {row.offer_id for row in saved if row.fact in (DatedFact.OFFER, DatedFact.PLACES)}
    if spoken:
        recount_full(spoken)


def _by(by: User | None, who: str, row: Confirmation) -> Confirmation:
    row.by = by
    row.who = who or (str(by) if by else Confirmation.NOBODY)
    return row
