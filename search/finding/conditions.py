"""The conditions of a search, with what ranking adds to them: points for words, and weights."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection

from providers.filters.conditions import Conditions as Asked
from providers.filters.question import QuestionFilter
from providers.index.full_text import ANYWHERE, TITLE, has_word, title_beside, words_beside
from providers.index.sql import among, weeks_from
from providers.rules.start import RUN_BANDS, SOON_START_WEEKS
from search.finding.score import day_shift


class Conditions(Asked):
    """What a search asks of a row, and what its results are ranked by."""

    @property
    def danger(self) -> bool:
        """Whether a help question is asked that points at danger."""
        return any(question.signal for question in self.search.criteria.get("hulpvraag", []))

    def is_named(self, offer: str) -> str:
        """Return when an offer was called by name."""
        return among(offer, "called", self.search.named)

    @property
    def hits(self) -> str:
        """Return the rows that the ranking begins with: FROM what, and WHERE."""
        beside = self._beside
        where = self.where(QuestionFilter.param if beside else "")
        return f"FROM providers_offerindex i{beside} WHERE {where}"

    @property
    def left_out_of_hits(self) -> list[str]:
        """Return `left_out` where the ranking can count it too; nothing where it has to be apart.

        It looks words up in the same steps, and a step that is used more than once is looked up
        whole: then a word would no longer be looked for in the few offers of a municipality.
        SQLite, which ranks in a statement of its own, has no server to spare a round.
        """
        has_step = self.search.words and not self._beside
        return [] if connection.vendor == "sqlite" or has_step else self.left_out

    @property
    def _beside(self) -> str:
        # Where a municipality is asked for, its few offers are found first.
        return words_beside() if self._is_one_word and not self.search.municipality else ""

    @property
    def _is_one_word(self) -> bool:
        """Whether every hit has the one word that was asked for."""
        search = self.search
        others = search.question_codes or search.named or search.keeps_unknown
        return len(search.words) == 1 and not others

    @property
    def word_points(self) -> str:
        """Return two points per word of the title, else one."""
        if self._beside:
            return f"CASE WHEN {title_beside()} THEN 2 ELSE 1 END"
        words = range(len(self.search.words))
        each = (f"CASE WHEN {has_word(TITLE, n)} THEN 2 {self._elsewhere(n)} END" for n in words)
        return " + ".join(each) or "0"

    def _elsewhere(self, word: int) -> str:
        # What was found by one word alone has it: no need to look through all of them again.
        if self._is_one_word:
            return "ELSE 1"
        return f"WHEN {has_word(ANYWHERE, word)} THEN 1 ELSE 0"

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return the values of everything above, and what ranking and counting add to it."""
        place = self.search.place
        return {
            **super().values,
            **weeks_from(self.search.today, {*RUN_BANDS, SOON_START_WEEKS}),
            **settings.SEARCH_WEIGHTS,
            "shift": day_shift(self.search.today),
            "x": place.x if place else None,
            "y": place.y if place else None,
        }
