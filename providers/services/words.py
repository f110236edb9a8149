"""Keeps the search words of offers true; called by the services that change them."""

from collections.abc import Collection

from django.db.models import Prefetch

from providers.models import HelpQuestion, Offer, OfferWords
from providers.text.lexicon import catalogue_words
from providers.words import normalise, stop_words


def rebuild_words(offer_ids: Collection[int]) -> None:
    """Write anew what the search compares for these offers."""
    offers = (
        Offer.objects.filter(pk__in=offer_ids)
        .select_related("provider")
        .prefetch_related(
            Prefetch("help_questions", HelpQuestion.objects.prefetch_related("search_words")),
            "target_groups",
        )
    )
    OfferWords.objects.bulk_create(
        [OfferWords(offer=offer, text=words_of(offer)) for offer in offers],
        update_conflicts=True,
        unique_fields=["offer"],
        update_fields=["text"],
        batch_size=500,
    )
    catalogue_words.forget()


def words_of(offer: Offer) -> str:
    """Return everything one may search an offer by, normalised, a space before each word."""
    parts = [offer.title, offer.provider.name, offer.summary, offer.description]
    parts += [group.label for group in offer.target_groups.all()]
    for question in offer.help_questions.all():
        parts.append(question.label)
        parts += [word.text for word in question.search_words.all()]
    said = dict.fromkeys(normalise(" ".join(parts)).split())
    unique = [word for word in said if word not in stop_words()]
    return f" {' '.join(unique)} "
