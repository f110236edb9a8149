"""Makes an edit of the vocabulary count with the very next question.

Only in this process, and in those that share its cache; others look again within a minute.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from providers.models import (
    CareLevelText,
    CrisisNumber,
    HelpQuestion,
    Municipality,
    RegionWord,
    SearchWord,
    TargetGroup,
)
from providers.vocabulary.text.memory import Cached

_of_vocabulary: list[Cached[Any]] = []


def depends_on_vocabulary(cached: Cached[Any]) -> Cached[Any]:
    """Have this looked at again whenever something of it, or of a region, is edited."""
    _of_vocabulary.append(cached)
    return cached


def forget_vocabulary(**kwargs: Any) -> None:
    """Have the vocabulary looked at again, after a change that sends no signal per row."""
    for cached in _of_vocabulary:
        cached.forget()


WATCHED = (
    *(SearchWord, HelpQuestion, TargetGroup, CareLevelText),
    *(Municipality, CrisisNumber, RegionWord),
)
for model in WATCHED:
    for signal in (post_save, post_delete):
        signal.connect(forget_vocabulary, sender=model, dispatch_uid=f"vocabulary-{model.__name__}")
