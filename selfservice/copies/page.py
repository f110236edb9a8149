"""What a template and its copies say differently, in words, with a box to tick for each."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.models import HelpQuestion, Language, Offer, TargetGroup
from providers.services.publishing.copies import Copies, Copy, Difference
from selfservice.desk.words import field_label, value_words

# Of a long text the page shows the part that differs, with so many letters before it.
LONG, LETTERS_BEFORE = 200, 60
Names = dict[str, dict[str, str]]


class CopiesForm(forms.Form):
    """Which fields of which copies become what the template says."""

    velden = forms.MultipleChoiceField(
        label=_("Wat u overneemt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kenmerk = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, copies: Copies) -> None:
        every = [(copy, one) for copy in copies.copies for one in copy.differences]
        behind = [value_of(copy, one) for copy, one in every if one.is_behind]
        super().__init__(data, initial={"velden": behind, "kenmerk": copies.mark})
        boxes: Any = self.fields["velden"]
        boxes.choices = [(value_of(copy, one), one.name) for copy, one in every]

    def chosen(self) -> dict[int, set[str]]:
        """Return the fields by number of the copy."""
        found: dict[int, set[str]] = {}
        for value in self.cleaned_data["velden"]:
            number, _dash, name = value.partition("-")
            found.setdefault(int(number), set()).add(name)
        return found


def value_of(copy: Copy, one: Difference) -> str:
    """Return what the box of this field of this copy sends."""
    return f"{copy.offer.pk}-{one.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A field in which a copy differs: what stands there, and what it would become."""

    label: str
    here: str
    template: str
    value: str
    is_behind: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One copy, where it is given, and where it differs; no lines when it says the same."""

    offer: Offer
    places: str
    lines: tuple[Line, ...]


def parts_of(copies: Copies, form: CopiesForm) -> tuple[Part, ...]:
    """Return every copy as the page shows it, with the boxes of the form ticked."""
    ticked = set(form["velden"].value() or ())
    names = _names()
    return tuple(
        Part(
            offer=copy.offer,
            places=", ".join(str(place) for place in copy.offer.locations.all()),
            lines=tuple(_lines(copy, names, ticked)),
        )
        for copy in copies.copies
    )


def _lines(copy: Copy, names: Names, ticked: set[str]) -> Iterable[Line]:
    for one in copy.differences:
        field: Any = Offer._meta.get_field(one.name)
        words = [
            value_words(field, value, names.get(one.name, {})) for value in (one.here, one.template)
        ]
        here, template = _where_they_differ(*words)
        value = value_of(copy, one)
        yield Line(field_label(field), here, template, value, one.is_behind, value in ticked)


def _names() -> Names:
    """Return what the codes are called of which an offer has more than one."""
    models: Mapping[str, Any] = {
        "help_questions": HelpQuestion,
        "target_groups": TargetGroup,
        "languages": Language,
    }
    return {
        field: {str(row.pk): str(row) for row in model.objects.all()}
        for field, model in models.items()
    }


def _where_they_differ(here: str, template: str) -> tuple[str, str]:
    """Return two texts, of long ones without most of what both begin with."""
    start = len(os.path.commonprefix([here, template])) - LETTERS_BEFORE
    if max(len(here), len(template)) <= LONG or start <= 0:
        return here, template
    return f"… {here[start:]}", f"… {template[start:]}"
