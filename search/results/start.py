"""What the search page shows before anything was asked."""

import datetime as dt
from dataclasses import dataclass

from providers.models import HelpQuestion, OfferIndex, Theme
from providers.rules.start import SOON_START_WEEKS, starts_within
from search.cards.groups import RunCard
from search.groups.runs import soon_starting

GROUPS = 4


@dataclass(frozen=True, slots=True)
class StartPage:
    """An invitation: what there is, and the questions one can start from.

    `soon` is how many of all kinds of help can start within six weeks.
    """

    total: int
    soon: int
    themes: list[tuple[Theme, list[HelpQuestion]]]
    groups: list[RunCard]


def start_page(today: dt.date) -> StartPage:
    """Return what the page shows: five statements."""
    soon = starts_within(SOON_START_WEEKS, today)
    return StartPage(
        total=OfferIndex.objects.visible().count(),
        soon=OfferIndex.objects.visible().filter(soon).count(),
        themes=_themes(),
        groups=soon_starting(today, limit=GROUPS),
    )


def _themes() -> list[tuple[Theme, list[HelpQuestion]]]:
    """Return the themes with their help questions."""
    questions: dict[str, list[HelpQuestion]] = {}
    for question in HelpQuestion.objects.select_related("theme"):
        questions.setdefault(question.theme_id, []).append(question)
    return [(theme, questions.get(theme.pk, [])) for theme in Theme.objects.all()]
