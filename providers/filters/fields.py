"""Fields that read words and names from the address of a search."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.vocabulary.names import Name, names
from providers.vocabulary.words import normalise

MAX_WORDS = 8
MAX_NAMES = 12


class WordsField(forms.MultipleChoiceField):
    """Any words; cleans to a few normalised ones."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        words = [normalise(str(item))[:40] for item in value or []]
        return list(dict.fromkeys(filter(None, words)))[:MAX_WORDS]


class WordsFilter(filters.Filter):
    """Words that occur in the catalogue."""

    field_class = WordsField


class NamesField(forms.MultipleChoiceField):
    """Codes of names; cleans to the names that there are, without a statement."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Name]:
        codes = [code for code in dict.fromkeys(map(str, value or [])) if code][:MAX_NAMES]
        # Hardly any search is for a name: the others need not have all names in memory.
        known = names().by_code if codes else {}
        if any(code not in known for code in codes):
            raise ValidationError(_("Deze aanbieder of dit aanbod is er niet (meer)."))
        return [known[code] for code in codes]


class NamesFilter(filters.Filter):
    """Providers and offers that were called by name."""

    field_class = NamesField
