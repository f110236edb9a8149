"""What was asked, as it goes along from page to page: codes of ours and ages, never a word.

Which question was asked has to come along: help may be for more than one, and the paper must not
speak of what nobody asked about. So do the kinds of danger: whom to call stands on every page
that somebody in danger may be handed.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from django.core.exceptions import ValidationError
from django.http import QueryDict

from providers.enums import AlsoTakes
from providers.filters.help import LanguageFilter
from providers.filters.question import AlsoFilter
from providers.filters.whom import AlsoTakesFilter
from providers.models import HelpQuestion, Signal
from providers.rules.ages import Ages
from providers.vocabulary.choices import choices
from search.asking.emergency import emergency_lines

QUESTION, AGE, SIGNAL, LANGUAGE = "hulpvraag", "leeftijd", "signaal", LanguageFilter.param
DUTCH = "nl"
# What the page for the family is written in, by code: the name of each language in itself.
LANGUAGES = {
    DUTCH: "Nederlands",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "pl": "Polski",
    "uk": "Українська",
}
# More than a line of text can be understood as; the rest is not read.
MOST_QUESTIONS = 8
# What is the case beside the question, as far as that is a danger.
DANGER_BESIDE = {AlsoTakes.SUICIDALITY.value: Signal.SUICIDE.value}


@dataclass(frozen=True, slots=True)
class Need:
    """Codes of help questions, an age, the signals (kinds of danger, or haste) and a language.

    A danger is named by a signal, by a question that points at it, asked or chosen beside another,
    or by what is the case besides. The language is the one that the page for the family opens in,
    none for Dutch.
    """

    questions: tuple[str, ...] = ()
    age: Ages | None = None
    signals: tuple[str, ...] = field(default=())
    language: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> Self:
        """Read an address; what is no code or age of ours is left out."""
        given = list(dict.fromkeys(params.getlist(QUESTION)))[:MOST_QUESTIONS]
        questions = tuple(code for code in given if code in choices(HelpQuestion))
        also = params.getlist(AlsoFilter.param)[:MOST_QUESTIONS]
        asked = (choices(HelpQuestion).get(code) for code in [*questions, *also])
        pointed_at = (one.signal for one in asked if one)
        beside = map(DANGER_BESIDE.get, params.getlist(AlsoTakesFilter.param)[:MOST_QUESTIONS])
        signals = params.getlist(SIGNAL)[:MOST_QUESTIONS]
        named = dict.fromkeys([*signals, *pointed_at, *filter(None, beside)])
        dangers = tuple(one for one in named if emergency_lines(one))
        return cls(questions, _age(params), dangers, _language(params))

    @property
    def query(self) -> str:
        """Return the parameters that carry all of it."""
        query = QueryDict(mutable=True)
        query.setlist(QUESTION, list(self.questions))
        if self.age:
            query[AGE] = str(self.age)
        query.setlist(SIGNAL, list(self.signals))
        if self.language:
            query[LANGUAGE] = self.language
        return query.urlencode()

    @property
    def to_shortlist(self) -> str:
        """Return the parameters that go along to the shortlist: age, signals and language.

        No questions: a list may hold help from several searches, each for a question of its own.
        """
        return replace(self, questions=()).query


def _language(params: QueryDict) -> str:
    """Return the first language asked for that the page for the family has; none for Dutch."""
    given = params.getlist(LANGUAGE)
    return next((code for code in given if code in LANGUAGES and code != DUTCH), "")


def _age(params: QueryDict) -> Ages | None:
    try:
        return Ages.read(params.get(AGE, ""))
    except ValidationError:
        return None
