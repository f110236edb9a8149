"""Fields that read places, ages, words and names from the address of a search."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.geography.places import Place, find_place, read_place
from providers.rules.ages import Ages
from providers.vocabulary.names import Name, names
from providers.vocabulary.words import normalise

MAX_WORDS = 8
MAX_NAMES = 12


class PlaceField(forms.CharField):
    """A postcode, town or municipality; cleans to a Place."""

    def clean(self, value: Any) -> Place | None:
        text = super().clean(value)
        return read_place(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Return how the place is written in the field: also for a key from an address."""
        place = find_place(value) if isinstance(value, str) else None
        return place.label if place else value


class AgesField(forms.CharField):
    """One age, or from one age to another; cleans to Ages."""

    def clean(self, value: Any) -> Ages | None:
        text = super().clean(value)
        return Ages.read(text) if text else None


class WordsField(forms.MultipleChoiceField):
    """Any words; cleans to a few normalised ones."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        words = [normalise(str(item))[:40] for item in value or []]
        return list(dict.fromkeys(filter(None, words)))[:MAX_WORDS]


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
