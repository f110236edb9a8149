"""Writes on offers and on where they serve."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from providers.enums import (
    AccessRoute,
    CarePhase,
    ConfirmedVia,
    ContractStatus,
    OfferFormat,
    OfferStatus,
)
from providers.models import Offer, OfferHelpQuestion, Provider, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.rules.publishing.completeness import missing_for_publication
from providers.services import audit
from providers.services.confirmations import confirm_offer
from providers.services.index import reindex

LINKS = ("target_groups", "languages", "locations")


class EditConflictError(Exception):
    """Somebody else saved this offer after you opened it."""


@transaction.atomic
def create_offer(*, by: User | None, provider: Provider, **fields: Any) -> Offer:
    """Create a draft offer.

    Besides model fields, takes `formats`, `phases`, `help_questions` (main one first),
    `target_groups`, `languages` and `locations`. Raises ValidationError.
    """
    plain, links = _split(fields)
    offer = Offer(provider=provider, status=OfferStatus.DRAFT, **plain)
    offer.full_clean()
    offer.save()
    _set_links(offer, links)
    reindex([offer.pk])
    audit.record(by=by, action="offer.created", subject=offer)
    return offer


@transaction.atomic
def update_offer(
    *,
    by: User | None,
    offer: Offer,
    expected_version: int | None = None,
    confirmed_via: ConfirmedVia | None = None,
    **fields: Any,
) -> Offer:
    """Change an offer; takes the same fields as create_offer.

    With `confirmed_via` somebody of the provider saves the whole text, which says that it is
    right today: a Confirmation of the offer beside the edit. Wait and places are other facts.

    One that was taken over from a list is published as soon as it is complete (ADR 0007).
    With `expected_version`, raises EditConflictError when somebody else saved in between.
    Raises ValidationError when the result would not be valid.
    """
    fresh: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise EditConflictError
    plain, links = _split(fields)
    changes = audit.changed_fields(fresh, plain) | _link_changes(fresh, links)
    for name, value in plain.items():
        setattr(fresh, name, value)
    fresh.version = fresh.version + 1
    fresh.full_clean()
    fresh.save()
    _set_links(fresh, links)
    if fresh.status == OfferStatus.PUBLISHED:
        check_complete(fresh)
    reindex([fresh.pk])
    audit.record(by=by, action="offer.updated", subject=fresh, changes=changes)
    publish_completed(by, fresh)
    return confirm_offer(by=by, offer=fresh, via=confirmed_via) if confirmed_via else fresh


@transaction.atomic
def publish_offer(*, by: User | None, offer: Offer) -> Offer:
    """Show an offer to everybody. Raises ValidationError when something essential is missing."""
    # Nobody may take away what makes it complete between the check and the publishing.
    check_complete(Offer.objects.select_for_update().get(pk=offer.pk))
    return _set_status(by, offer, OfferStatus.PUBLISHED, "offer.published")


@transaction.atomic
def archive_offer(*, by: User | None, offer: Offer) -> Offer:
    """Take an offer out of view; its history stays."""
    return _set_status(by, offer, OfferStatus.ARCHIVED, "offer.archived")


def check_complete(offer: Offer) -> None:
    """Raise ValidationError unless one can tell what the offer is for, where, and the way in."""
    missing = missing_for_publication(offer)
    if missing:
        raise ValidationError([gap.text for gap in missing])


def publish_completed(by: User | None, offer: Offer) -> None:
    """Publish an offer taken over from a list, once it is complete; for services that fill it."""
    if offer.status == OfferStatus.LISTED and not missing_for_publication(offer):
        _set_status(by, offer, OfferStatus.PUBLISHED, "offer.published")


@transaction.atomic
def set_service_area(
    *,
    by: User | None,
    offer: Offer,
    municipality: str,
    routes: Iterable[AccessRoute] = (),
    contract: ContractStatus = ContractStatus.UNKNOWN,
    **fields: Any,
) -> ServiceArea:
    """Add or change the service of an offer in one municipality (CBS code).

    One that was taken over from a list is published as soon as it is complete (ADR 0007).
    Raises ValidationError, also when a published offer would lose its last way in.
    """
    # Two people who both add a municipality must not both add it.
    fresh = Offer.objects.select_for_update().get(pk=offer.pk)
    area = ServiceArea.objects.filter(offer=offer, municipality=municipality).first()
    area = area or ServiceArea(offer=offer, municipality_id=municipality)
    wanted = set(routes)
    for route, field in ROUTE_FIELDS.items():
        setattr(area, field, route in wanted)
    area.contract = contract
    for name, value in fields.items():
        setattr(area, name, value)
    area.full_clean()
    area.save()
    if fresh.status == OfferStatus.PUBLISHED:
        check_complete(fresh)
    audit.record(
        by=by,
        action="offer.area_set",
        subject=offer,
        changes={"municipality": municipality, "contract": contract, "routes": sorted(wanted)},
    )
    publish_completed(by, fresh)
    return area


def _set_status(by: User | None, offer: Offer, status: OfferStatus, action: str) -> Offer:
    Offer.objects.filter(pk=offer.pk).update(
        status=status, version=F("version") + 1, updated_at=timezone.now()
    )
    offer.refresh_from_db()
    reindex([offer.pk])
    audit.record(by=by, action=action, subject=offer)
    return offer


def _split(fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Turn formats and phases into their columns, and keep many-to-many fields apart."""
    plain = dict(fields)
    links = {name: plain.pop(name) for name in (*LINKS, "help_questions") if name in plain}
    formats: Iterable[OfferFormat] | None = plain.pop("formats", None)
    phases: Iterable[CarePhase] | None = plain.pop("phases", None)
    if formats is not None:
        plain |= {field: choice in set(formats) for choice, field in FORMAT_FIELDS.items()}
    if phases is not None:
        plain |= {field: choice in set(phases) for choice, field in PHASE_FIELDS.items()}
    return plain, links


def _codes(items: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(getattr(item, "pk", item) for item in items))


def _link_changes(offer: Offer, links: dict[str, Any]) -> dict[str, Any]:
    changes = {}
    for name, items in links.items():
        before, after = _linked(offer, name), _codes(items)
        if name != "help_questions":
            before, after = sorted(before), sorted(after)
        if before != after:
            changes[name] = [before, after]
    return changes


def _linked(offer: Offer, name: str) -> list[Any]:
    # Of the help questions the order counts: the first is the main one.
    if name == "help_questions":
        return list(offer.question_links.values_list("help_question", flat=True))
    return list(getattr(offer, name).values_list("pk", flat=True))


def _set_links(offer: Offer, links: dict[str, Any]) -> None:
    for name, items in links.items():
        if name == "help_questions":
            _set_help_questions(offer, _codes(items))
        else:
            getattr(offer, name).set(_codes(items))


def _set_help_questions(offer: Offer, codes: list[str]) -> None:
    offer.question_links.all().delete()
    OfferHelpQuestion.objects.bulk_create(
        OfferHelpQuestion(offer=offer, help_question_id=code, rank=rank)
        for rank, code in enumerate(codes)
    )
