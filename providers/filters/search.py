"""What was asked in one search: values that were read and checked, and what follows from them."""

import datetime as dt
from functools import cached_property
from typing import Any

from providers.geography.places import Place
from providers.index.word_forms import WordForms
from providers.index.words import forms_of
from providers.rules.clocks import clocks_in
from providers.rules.danger import SpokenOf
from providers.rules.freshness import Clocks


class Search:
    """The parameters of a search, cleaned: by their names, without those that say nothing."""

    criteria: dict[str, Any]
    today: dt.date

    def without(self, *names: str, **instead: Any) -> "Search":
        """Return the same search with some filters off, and others put in as cleaned values."""
        left = {key: value for key, value in self.criteria.items() if key not in names}
        return CleanedSearch(left | instead, self.today)

    @property
    def keeps_unknown(self) -> bool:
        """Whether offers are wanted too of which what was asked is not known."""
        return bool(self.criteria.get("onbekend"))

    @cached_property
    def place(self) -> Place | None:
        """The place asked for."""
        return self.criteria.get("plaats")

    @cached_property
    def municipality(self) -> str | None:
        """CBS code of the municipality whose contracts count."""
        chosen = self.criteria.get("gemeente")
        if chosen is not None:
            return str(chosen.pk)
        return self.place.municipality if self.place else None

    @property
    def municipalities(self) -> list[str]:
        """CBS codes of the municipalities asked for, by name or by a place in them."""
        codes = [self.place.municipality] if self.place else []
        return list(dict.fromkeys([*codes, *filter(None, [self.municipality])]))

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks of the region of that municipality, on the day of the question."""
        return clocks_in(self.municipality, self.today)

    @cached_property
    def question_codes(self) -> list[str]:
        """Codes of the help questions asked for."""
        return [question.pk for question in self.criteria.get("hulpvraag", [])]

    @cached_property
    def words(self) -> list[WordForms]:
        """The words asked for, in the forms in which they may be found."""
        return [forms_of(word) for word in self.criteria.get("woord", [])]

    @property
    def named(self) -> list[int]:
        """Numbers of the offers that were called by name, or whose provider was."""
        each = (name.offers for name in self.criteria.get("naam", []))
        return list(dict.fromkeys(offer for offers in each for offer in offers))

    @property
    def spoken_of(self) -> SpokenOf:
        """What was spoken of, to which some help is reserved."""
        questions = [*self.question_codes, *(one.pk for one in self.criteria.get("ook", []))]
        return SpokenOf.with_phases(questions, self.criteria.get("fase", []))


class CleanedSearch(Search):
    """A search made of values that were cleaned before."""

    def __init__(self, criteria: dict[str, Any], today: dt.date) -> None:
        self.criteria = criteria
        self.today = today
