"""Filters on what help is asked for: a help question, words, names."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from providers.filters.base import Condition, Filter, Option, VocabularyFilter
from providers.filters.facets import UNKNOWN, Codes
from providers.filters.fields import NamesField, WordsField
from providers.filters.search import Search
from providers.index.full_text import ANYWHERE, has_word
from providers.index.sql import LISTED, among, linked
from providers.models import HelpQuestion
from providers.rules.fit import answers_sql
from providers.vocabulary.choices import labels

# So many other help questions are worth reading through.
MOST_QUESTIONS = 8
# Only of an offer taken over from a list may the question be missing.
NO_QUESTION = f"({LISTED} AND NOT {linked('providers_offerhelpquestion')})"


class NameFilter(Filter):
    """Providers and offers that were called by name."""

    param = "naam"
    label = _("Naam")
    description = _("Een aanbieder of aanbod met naam, zoals aanbieder-12 of aanbod-34.")
    is_question = True
    kept_by_next_question = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return NamesField(**kwargs)

    def chips(self, value: list[Any]) -> Iterator[tuple[str | None, str]]:
        return ((name.code, name.label) for name in value)


class QuestionFilter(VocabularyFilter):
    """What help is asked for, by a question, a word or a name: one of them is enough."""

    param = "hulpvraag"
    label = _("Hulpvraag")
    description = _("Code van een hulpvraag, zoals somberheid. Een van de gegeven hulpvragen past.")
    without = _("Zonder de hulpvraag")
    together = ("woord", "naam")
    model = HelpQuestion
    is_question = True
    kept_by_next_question = False
    keeps_unknown = False
    unknown_only_if_listed = True

    def conditions(self, search: Search) -> Iterator[Condition]:
        codes, named = search.question_codes, search.named
        found = (
            [answers_sql("i.offer_id", among("q.help_question_id", "code", codes))] if codes else []
        )
        found += [has_word(ANYWHERE, n) for n in range(len(search.words))]
        found += [among("i.offer_id", "called", named)] if named else []
        if found:
            yield Condition(f"({' OR '.join(found)})", NO_QUESTION)


class AlsoFilter(VocabularyFilter):
    """Help questions that the help has to be for as well: each of them."""

    param = "ook"
    label = _("Ook voor")
    description = _(
        "Code van een hulpvraag waar het aanbod óók voor is. Meer codes: voor elk ervan."
    )
    without = _("Zonder “ook voor”")
    model = HelpQuestion
    keeps_unknown = False
    unknown_only_if_listed = True
    place_in_panel = 40
    facet = Codes("questions")
    more_is_less = True

    def conditions(self, search: Search) -> Iterator[Condition]:
        for n, question in enumerate(search.criteria[self.param]):
            also = answers_sql("i.offer_id", f"q.help_question_id = %(also_{n})s")
            yield Condition(also, NO_QUESTION, {f"also_{n}": question.pk})

    def in_words(self, row: Any) -> str:
        return _now("Ook: %(question)s") % {"question": row.label}

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        """Return what else the results are for: what most of them share, without what was asked."""
        names = dict(labels(self.model))
        elsewhere = {*search.question_codes, *chosen, UNKNOWN}
        others = [code for code in counts if code in names and code not in elsewhere]
        best = sorted(others, key=lambda code: (-counts[code], names[code]))[:MOST_QUESTIONS]
        return [(code, names[code]) for code in [*filter(chosen.__contains__, names), *best]]


class WordFilter(Filter):
    """Words that occur in the catalogue."""

    param = "woord"
    label = _("Woord")
    description = _("Woord of begin van een woord dat in het aanbod staat.")
    is_question = True
    kept_by_next_question = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return WordsField(**kwargs)

    def chips(self, value: list[str]) -> Iterator[tuple[str | None, str]]:
        return ((word, f"“{word}”") for word in value)
