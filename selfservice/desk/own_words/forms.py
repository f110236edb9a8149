"""The form of one word of a region."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.models import HelpQuestion
from providers.models.vocabulary import LONGEST_WORD
from providers.vocabulary.choices import choices, labels_by_theme
from providers.vocabulary.clashes import takes_words


def questions_by_theme() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the help questions that a region may have words for, under their theme."""
    known = choices(HelpQuestion)
    found = (
        (theme, [(code, label) for code, label in rows if takes_words(known[code])])
        for theme, rows in labels_by_theme()
    )
    return [(theme, rows) for theme, rows in found if rows]


class OwnWordForm(forms.Form):
    """A word that people here use, and the help question that they mean by it."""

    text = forms.CharField(
        label=gettext_lazy("Wat zeggen mensen hier?"),
        help_text=gettext_lazy("Een woord of een paar woorden. Hoofdletters maken niet uit."),
        max_length=LONGEST_WORD,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    help_question = forms.ChoiceField(
        label=gettext_lazy("Welke hulpvraag bedoelen ze?"),
        error_messages={"invalid_choice": gettext_lazy("Kies uit de lijst.")},
    )

    def __init__(self, data: Any = None, *, chosen: str = "") -> None:
        super().__init__(data, initial={"help_question": chosen})
        field = self.fields["help_question"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", _("Kies een hulpvraag")), *questions_by_theme()]

    @property
    def question(self) -> HelpQuestion:
        """The help question that was chosen."""
        found: HelpQuestion = choices(HelpQuestion)[self.cleaned_data["help_question"]]
        return found
