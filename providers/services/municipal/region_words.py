"""Writes on the words that a region has for a help question, by its desk."""

from django.db import transaction

from accounts.models import User
from providers.models import HelpQuestion, RegionWord, YouthRegion
from providers.services.municipal.region_rows import lock_region, remove_row, store_row


@transaction.atomic
def add_region_word(
    *, by: User | None, region: YouthRegion, text: str, help_question: HelpQuestion
) -> RegionWord:
    """Let a word stand for a help question in this region.

    Raises ValidationError, also for a word that the search reads as something else.
    """
    lock_region(region)
    values = {"text": " ".join(text.split()), "help_question_id": help_question.pk}
    return store_row(by=by, row=RegionWord(region=region), values=values)


@transaction.atomic
def remove_region_word(*, by: User | None, word: RegionWord) -> None:
    """Take a word away: from now on it means here what it means everywhere."""
    remove_row(by=by, row=word)
