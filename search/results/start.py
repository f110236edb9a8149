"""What the search page shows before anything was asked."""

import datetime as dt
from functools import cached_property

from django.conf import settings

from providers.models import HelpQuestion, OfferIndex, Theme
from providers.rules.start import SOON_START_WEEKS, starts_within
from search.cards.groups import RunCard
from search.groups.runs import soon_starting

GROUPS = 4


class StartPage:
    """An invitation: what there is, and the questions one can start from."""

    def __init__(self, today: dt.date) -> None:
        self.today = today

    @cached_property
    def total(self) -> int:
        """Return how many kinds of help the map knows."""
        return OfferIndex.objects.visible().count()

    @cached_property
    def soon(self) -> int:
        """Return how many of them can start within six weeks."""
        soon = starts_within(SOON_START_WEEKS, self.today)
        return OfferIndex.objects.visible().filter(soon).count()

    @cached_property
    def themes(self) -> list[tuple[Theme, list[HelpQuestion]]]:
        """Return the themes with their help questions."""
        questions: dict[str, list[HelpQuestion]] = {}
        for question in HelpQuestion.objects.select_related("theme"):
            questions.setdefault(question.theme_id, []).append(question)
        return [(theme, questions.get(theme.pk, [])) for theme in Theme.objects.all()]

    @cached_property
    def groups(self) -> list[RunCard]:
        """Return a few groups that start soon."""
        return soon_starting(self.today, limit=GROUPS)

    @property
    def region(self) -> str:
        """Return the code of the region the site is for."""
        return str(settings.REGION_CODE)
