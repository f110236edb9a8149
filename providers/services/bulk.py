"""Writes of many rows at once, for files and feeds: few queries, the same checks and audit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import User
from providers.models import Location, Offer, OfferHelpQuestion, Provider, ServiceArea
from providers.services import audit
from providers.services.words import rebuild_words

BATCH = 500

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
def add_offers(*, by: User | None, drafts: Iterable[OfferDraft]) -> list[Offer]:
    """Add offers with questions, areas and locations. Raises ValidationError.

    Completeness is not asked: that is for publishing, and what comes from a list is listed.
    """
    rows = list(drafts)
    offers = _valid((draft.offer for draft in rows), exclude=("provider", "current_wait"))
    Offer.objects.bulk_create(offers, batch_size=BATCH)
    OfferHelpQuestion.objects.bulk_create(_question_links(rows), batch_size=BATCH)
    ServiceArea.objects.bulk_create(_areas(rows), batch_size=BATCH)
    Offer.locations.through.objects.bulk_create(_places(rows), batch_size=BATCH)
    rebuild_words([offer.pk for offer in offers])
    audit.record_many(by=by, action="offer.taken_over", subjects=offers)
    return offers


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


def _places(drafts: list[OfferDraft]) -> Iterable[models.Model]:
    for draft in drafts:
        for location in draft.locations:
            yield Offer.locations.through(offer=draft.offer, location=location)
