"""Keeps the search index of offers true; called by every service that changes what it holds."""

import zlib
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from providers.enums import AlsoTakes, GroupAudience, Ternary
from providers.index.codes import join_codes
from providers.index.words import words_for_index
from providers.models import HelpQuestion, Offer, OfferIndex, OfferWords
from providers.models.referral.facts import TAKES_FIELDS
from providers.rules.audience import audience_of
from providers.rules.danger import reserved_for
from providers.rules.start import enters_at_start
from providers.services.locking import lock_offers
from providers.vocabulary.text.lexicon import catalogue_words

BATCH = 500
TURNS = 1009  # a prime: every step per day passes every turn
WAIT_COPIES = ("wait_status", "wait_measured_on", "wait_stop_until")
COPIED = (
    "status",
    "level",
    "crisis",
    "age_min",
    "age_max",
    "individual",
    "group",
    "online",
    "at_home",
    "at_school",
    "before_care",
    "while_waiting",
    "in_care",
    "after_care",
    *WAIT_COPIES,
    "confirmed_on",
    "closed_from",
    "closed_until",
)
INDEX_FIELDS = (
    *COPIED,
    "wait_weeks",
    "fixed_start",
    "for_family",
    "wheelchair",
    *TAKES_FIELDS.values(),
    "turn",
    "questions",
    "reserved_for",
    "groups",
    "tongues",
)
WORD_FIELDS = ("title", "topic", "body")


@transaction.atomic
def reindex(offer_ids: Collection[int]) -> int:
    """Write anew what the search knows of these offers; returns how many there are."""
    ids = sorted(offer_ids)
    done = 0
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        # Before reading: what somebody else saves after our look would be overwritten with what
        # was there before, and an offer that was just archived would be found again.
        lock_offers(part)
        offers = list(_whole(Offer.objects.filter(pk__in=part)))
        _write(OfferIndex, INDEX_FIELDS, [index_row(offer) for offer in offers])
        _write(OfferWords, WORD_FIELDS, [words_row(offer) for offer in offers])
        done += len(offers)
    catalogue_words.forget()
    return done


def index_waits(offer_ids: Collection[int]) -> None:
    """Copy the current waits of these offers into their rows, leaving the rest alone."""
    offer = Offer.objects.filter(pk=OuterRef("offer_id"))
    OfferIndex.objects.filter(offer__in=offer_ids).update(
        **{name: Subquery(offer.values(name)) for name in (*WAIT_COPIES, "wait_weeks")}
    )


def _weeks(offer: Offer) -> float | None:
    return None if offer.wait_weeks is None else float(offer.wait_weeks)


def drifted(offers: QuerySet[Offer]) -> list[int]:
    """Return the ids of the offers whose index is missing or not what it should be."""
    return [
        offer.pk
        for offer in _whole(offers).select_related("index", "words").iterator(chunk_size=BATCH)
        if not _agrees(offer)
    ]


def _agrees(offer: Offer) -> bool:
    index = getattr(offer, "index", None)
    words = getattr(offer, "words", None)
    return _same(index, index_row(offer), INDEX_FIELDS) and _same(
        words, words_row(offer), WORD_FIELDS
    )


def _same(found: object, wanted: object, fields: Iterable[str]) -> bool:
    return found is not None and all(getattr(found, f) == getattr(wanted, f) for f in fields)


def _whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("provider", "programme").prefetch_related(
        "question_links__help_question",
        "target_groups",
        "languages",
        "locations",
        "can_also_take",
    )


def _write(
    model: type[OfferIndex] | type[OfferWords], fields: Iterable[str], rows: list[Any]
) -> None:
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["offer"],
        update_fields=list(fields),
        batch_size=BATCH,
    )


def index_row(offer: Offer) -> OfferIndex:
    """Return the index row that an offer fetched whole should have."""
    main = _ordered_questions(offer)
    groups = [group.pk for group in offer.target_groups.all()]
    return OfferIndex(
        offer=offer,
        wait_weeks=_weeks(offer),
        fixed_start=enters_at_start(offer),
        for_family=audience_of(offer) is not GroupAudience.CHILD,
        wheelchair=_wheelchair(offer),
        **{TAKES_FIELDS[AlsoTakes(row.condition)]: row.answer for row in offer.can_also_take.all()},
        turn=zlib.crc32(str(offer.provider_id).encode()) % TURNS,
        questions=join_codes(question.pk for question in main),
        reserved_for=join_codes(reserved_for(main, offer.phases)),
        groups=join_codes(groups),
        tongues=join_codes(language.pk for language in offer.languages.all()),
        **{name: getattr(offer, name) for name in COPIED},
    )


def _wheelchair(offer: Offer) -> bool | None:
    """Whether one of its locations can be entered in a wheelchair; None when that is not known."""
    known = {location.wheelchair for location in offer.locations.all()}
    if Ternary.YES in known:
        return True
    return False if known == {Ternary.NO} else None


def _ordered_questions(offer: Offer) -> list[HelpQuestion]:
    links = sorted(offer.question_links.all(), key=lambda link: (link.rank, link.help_question_id))
    return [link.help_question for link in links]


def words_row(offer: Offer) -> OfferWords:
    """Return the words that an offer fetched whole should have, in their weights."""
    topic = [group.label for group in offer.target_groups.all()]
    # Labels only: the words people use for a question lead to its code, which is searched itself.
    topic += [question.label for question in _ordered_questions(offer)]
    return OfferWords(
        offer=offer,
        title=words_for_index(offer.title),
        topic=words_for_index(*topic),
        body=words_for_index(offer.provider.name, offer.summary, offer.description),
    )
