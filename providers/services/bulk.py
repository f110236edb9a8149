"""Writes of many rows at once, for files and feeds: few queries, the same checks and audit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from providers.enums import OfferStatus
from providers.models import (
    GroupProgramme,
    GroupRun,
    Interest,
    Location,
    Offer,
    OfferHelpQuestion,
    Provider,
    ServiceArea,
)
from providers.models.areas import ROUTE_FIELDS
from providers.models.audit import ON_NO_PAGE
from providers.services import audit
from providers.services.index import reindex
from providers.services.locking import lock_offers
from providers.services.offers import check_complete

BATCH = 500
# Rows these point at are saved by the caller; asking for each one again costs a query a row.
OFFER_LINKS = ("provider", "current_wait")

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """An offer to add with what hangs on it; its provider and locations are saved already.

    `help_questions` are codes, main one first; `municipalities` are CBS codes, served with the
    way in and the contract unknown.
    """

    offer: Offer
    help_questions: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    locations: list[Location] = field(default_factory=list)
    target_groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@transaction.atomic
def add_providers(*, by: User | None, providers: Iterable[Provider]) -> list[Provider]:
    """Add providers. Raises ValidationError naming the first that is not valid."""
    rows = _valid(providers)
    Provider.objects.bulk_create(rows, batch_size=BATCH)
    audit.record_many(by=by, action="provider.created", subjects=rows)
    return rows


@transaction.atomic
def add_locations(*, by: User | None, locations: Iterable[Location]) -> list[Location]:
    """Add locations of saved providers. Raises ValidationError naming the first not valid."""
    rows = _valid(locations, exclude=("provider", "municipality"))
    Location.objects.bulk_create(rows, batch_size=BATCH)
    audit.record_many(by=by, action="location.added", subjects=rows)
    return rows


@transaction.atomic
def add_offers(
    *, by: User | None, drafts: Iterable[OfferDraft], action: str = "offer.taken_over"
) -> list[Offer]:
    """Add offers with questions, areas and locations. Raises ValidationError.

    Completeness is not asked: that is for publishing, and what comes from a list is listed.
    """
    rows = list(drafts)
    offers = _valid((draft.offer for draft in rows), exclude=OFFER_LINKS)
    Offer.objects.bulk_create(offers, batch_size=BATCH)
    OfferHelpQuestion.objects.bulk_create(_question_links(rows), batch_size=BATCH)
    ServiceArea.objects.bulk_create(_areas(rows), batch_size=BATCH)
    Offer.locations.through.objects.bulk_create(_places(rows), batch_size=BATCH)
    Offer.target_groups.through.objects.bulk_create(_target_groups(rows), batch_size=BATCH)
    Offer.languages.through.objects.bulk_create(_languages(rows), batch_size=BATCH)
    reindex([offer.pk for offer in offers])
    audit.record_many(by=by, action=action, subjects=offers)
    return offers


@transaction.atomic
def add_service_areas(*, by: User | None, areas: Iterable[ServiceArea]) -> list[ServiceArea]:
    """Add where saved offers serve. Raises ValidationError naming the first not valid."""
    rows = _valid(areas, exclude=("offer", "municipality", "main_contractor"))
    ServiceArea.objects.bulk_create(rows, batch_size=BATCH)
    offers = {area.offer_id: area.offer for area in rows}
    audit.record_many(by=by, action="offer.area_set", subjects=offers.values())
    return rows


@transaction.atomic
def add_programmes(
    *, by: User | None, programmes: Iterable[GroupProgramme]
) -> list[GroupProgramme]:
    """Add what the groups of saved offers look like. Raises ValidationError."""
    rows = _valid(programmes, exclude=("offer",))
    GroupProgramme.objects.bulk_create(rows, batch_size=BATCH)
    reindex([row.offer_id for row in rows])
    audit.record_many(by=by, action="programme.set", subjects=[row.offer for row in rows])
    return rows


@transaction.atomic
def add_runs(*, by: User | None, runs: Iterable[GroupRun]) -> list[GroupRun]:
    """Add editions of saved groups. Raises ValidationError naming the first not valid."""
    rows = _valid(runs, exclude=("programme", "location"))
    GroupRun.objects.bulk_create(rows, batch_size=BATCH)
    audit.record_many(by=by, action="run.added", subjects=[row.programme.offer for row in rows])
    return rows


@transaction.atomic
def add_interest(*, by: User | None, interest: Iterable[Interest]) -> list[Interest]:
    """Add what many referrers said, with one event per group. Raises ValidationError."""
    rows = _valid(interest, exclude=("programme", "run", "municipality"))
    Interest.objects.bulk_create(rows, batch_size=BATCH)
    offers = {row.programme.offer_id: row.programme.offer for row in rows}
    audit.record_many(
        by=by, action="interest.expressed", subjects=offers.values(), regions=ON_NO_PAGE
    )
    return rows


@transaction.atomic
def publish_offers(*, by: User | None, offers: Iterable[Offer]) -> None:
    """Show offers to everybody. Raises ValidationError when one of them is not complete."""
    rows = list(offers)
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        ids = [offer.pk for offer in part]
        lock_offers(ids)
        _check_complete(part)
        Offer.objects.filter(pk__in=ids).update(
            status=OfferStatus.PUBLISHED, version=F("version") + 1, updated_at=timezone.now()
        )
    reindex([offer.pk for offer in rows])
    audit.record_many(by=by, action="offer.published", subjects=rows)


def _check_complete(offers: list[Offer]) -> None:
    """Ask of many offers what `check_complete` asks of one; that one finds the words."""
    ways_in = Q()
    for column in ROUTE_FIELDS.values():
        ways_in |= Q(**{column: True})
    areas = ServiceArea.objects.filter(ways_in, offer=OuterRef("pk"))
    questions = OfferHelpQuestion.objects.filter(offer=OuterRef("pk"))
    complete = set(
        Offer.objects.filter(Exists(areas), Exists(questions))
        .filter(pk__in=[offer.pk for offer in offers])
        .values_list("pk", flat=True)
    )
    for offer in offers:
        if offer.pk not in complete:
            check_complete(offer)


def _valid(rows: Iterable[Row], exclude: tuple[str, ...] = ()) -> list[Row]:
    checked = list(rows)
    for row in checked:
        try:
            row.clean_fields(exclude=exclude)
            row.clean()
        except ValidationError as error:
            raise ValidationError(f"{row}: {'; '.join(error.messages)}") from error
    return checked


def _question_links(drafts: list[OfferDraft]) -> Iterable[OfferHelpQuestion]:
    for draft in drafts:
        for rank, code in enumerate(dict.fromkeys(draft.help_questions)):
            yield OfferHelpQuestion(offer=draft.offer, help_question_id=code, rank=rank)


def _areas(drafts: list[OfferDraft]) -> Iterable[ServiceArea]:
    for draft in drafts:
        for code in dict.fromkeys(draft.municipalities):
            yield ServiceArea(offer=draft.offer, municipality_id=code)


def _places(drafts: list[OfferDraft]) -> Iterable[Any]:
    for draft in drafts:
        for location in draft.locations:
            yield Offer.locations.through(offer=draft.offer, location=location)


def _target_groups(drafts: list[OfferDraft]) -> Iterable[Any]:
    for draft in drafts:
        for code in dict.fromkeys(draft.target_groups):
            yield Offer.target_groups.through(offer=draft.offer, targetgroup_id=code)


def _languages(drafts: list[OfferDraft]) -> Iterable[Any]:
    for draft in drafts:
        for code in dict.fromkeys(draft.languages):
            yield Offer.languages.through(offer=draft.offer, language_id=code)
