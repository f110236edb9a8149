"""The words of a region: added and taken away, beside what the search knows everywhere."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from providers.models import HelpQuestion, RegionWord, SearchWord
from providers.services.municipal.region_words import add_region_word, remove_region_word
from providers.vocabulary.choices import choices
from providers.vocabulary.clashes import takes_words
from selfservice.desk.access import DeskView
from selfservice.desk.own_words.forms import OwnWordForm, questions_by_theme
from selfservice.forms import add_errors


@dataclass(frozen=True, slots=True)
class Question:
    """A help question, and how many words stand for it: everywhere, and here besides."""

    code: str
    label: str
    national: int
    own: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the search knows of one help question: its words everywhere, and those of here."""

    label: str
    national: tuple[str, ...]
    own: tuple[str, ...]


class OwnWords(DeskView):
    """All words of this region, and of a chosen question those of the country."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self._page(OwnWordForm(chosen=request.GET.get("hulpvraag", "")))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        form = OwnWordForm(request.POST)
        if not self.accepts(form):
            return self._page(form)
        text, question = form.cleaned_data["text"], form.question
        try:
            word = add_region_word(
                by=self.user, region=self.region, text=text, help_question=question
            )
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        message = _("Wie “%(word)s” typt, krijgt voortaan “%(question)s”.")
        return self.back("own_words", message, word=word.text, question=question.label)

    def _page(self, form: OwnWordForm) -> HttpResponse:
        rows = RegionWord.objects.in_region(self.region).select_related("help_question")
        words = [(one.pk, one.text, str(one.help_question)) for one in rows]
        chosen = form["help_question"].value() or ""
        return self.show(
            "own_words",
            form=form,
            words=words,
            known=_known(chosen, [one.text for one in rows if one.help_question_id == chosen]),
            themes=_themes(Counter(one.help_question_id for one in rows)),
        )


def _known(code: str, own: list[str]) -> Known | None:
    """Return the words of a question with this code; None where a region may have none for it."""
    question = choices(HelpQuestion).get(code)
    if question is None or not takes_words(question):
        return None
    national = SearchWord.objects.filter(help_question=question).order_by("key")
    texts = tuple(national.values_list("text", flat=True))
    return Known(question.label, texts, tuple(own))


def _themes(own: Counter[str]) -> list[tuple[str, list[Question]]]:
    """Return the help questions by theme, each with how many words it has."""
    codes = SearchWord.objects.filter(help_question__isnull=False).order_by()
    national = Counter(codes.values_list("help_question", flat=True))
    return [
        (theme, [Question(code, label, national[code], own[code]) for code, label in rows])
        for theme, rows in questions_by_theme()
    ]


class RemoveOwnWord(DeskView):
    """A word that nobody here uses, or means by it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        word = get_object_or_404(RegionWord.objects.in_region(self.region), pk=pk)
        text = word.text
        remove_region_word(by=self.user, word=word)
        return self.back("own_words", _("“%(word)s” is weggehaald."), word=text)
