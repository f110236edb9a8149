"""Fields that read words and names from the address of a search."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.names import Name, names
from providers.words import normalise

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
        known = names().by_code
        asked = list(dict.fromkeys(map(str, value or [])))[:MAX_NAMES]
        if any(code and code not in known for code in asked):
            raise ValidationError(_("Deze aanbieder of dit aanbod is er niet (meer)."))
        return [known[code] for code in asked if code]


class NamesFilter(filters.Filter):
    """Providers and offers that were called by name."""

    field_class = NamesField
