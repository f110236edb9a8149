"""Waits and places on the page to confirm: still so, another number, or not now."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import ConfirmedVia, DatedFact, WaitStatus
from providers.models import GroupRun, Offer
from providers.rules.enrolment import left_words
from providers.services.groups import PlacesConflictError, PlacesLeft, update_places_of_runs
from providers.services.waits import WaitConflictError, answer_wait
from selfservice.forms import places_field, weeks_field
from selfservice.portal import KeptFact, OfferRow, ProviderPart, wait_of

# A page that one can oversee; the rest comes after saving.
MOST_ROWS = 10
SAME, OTHER, LATER = "zo", "anders", "later"


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that is asked for: the wait of an offer, or the places of a run."""

    row: OfferRow
    fact: KeptFact

    @property
    def offer(self) -> Offer:
        """Whose fact it is."""
        return self.row.offer

    @property
    def run(self) -> GroupRun | None:
        """The run of places; None for a wait."""
        return self.fact.run

    @property
    def key(self) -> str:
        """What its fields begin with."""
        return f"plekken-{self.run.pk}" if self.run else f"wacht-{self.offer.pk}"

    @property
    def title(self) -> str:
        """What is asked."""
        if self.run is None:
            return str(_("%(title)s: wachttijd") % {"title": self.offer.title})
        day = formats.date_format(self.run.starts_on, "j F")
        return str(_("%(title)s: plekken, start %(day)s") % {"title": self.offer.title, "day": day})

    @property
    def mark(self) -> str:
        """What stood on the page, to see whether somebody else changed it since."""
        value = self.run.places_left if self.run else self.offer.current_wait_id
        return "" if value is None else str(value)

    @property
    def now(self) -> str:
        """The last answer in words; empty when there is nothing that may still be so."""
        if self.run is not None:
            left = self.run.places_left
            return "" if left is None else left_words(left) if left else str(_("vol"))
        known = self.offer.wait_status == WaitStatus.KNOWN and self.offer.wait_weeks is not None
        stopped = self.offer.wait_status == WaitStatus.STOP and self.fact.days_left >= 0
        words = wait_of(self.offer, self.row.moment).text.removeprefix(str(_("Was: ")))
        return words[:1].lower() + words[1:] if known or stopped else ""


def questions_of(part: ProviderPart) -> list[Question]:
    """Return every wait and run that may be asked for, what runs out first on top."""
    found = [
        Question(row, fact)
        for row in part.visible_rows
        for fact in row.facts
        if fact.kind is not DatedFact.OFFER
    ]
    return sorted(found, key=lambda one: one.fact.days_left)


def open_questions(part: ProviderPart) -> list[Question]:
    """Return those that a mail of today asks for."""
    open_facts = [fact for row in part.visible_rows for fact in part.asked_facts(row)]
    return [one for one in questions_of(part) if one.fact in open_facts]


class SettleForm(forms.Form):
    """An answer per question; what was not on the page is not answered."""

    def __init__(self, questions: Iterable[Question], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.questions = list(questions)
        for one in self.questions:
            self._add_fields(one)

    @classmethod
    def of_answers(cls, questions: Iterable[Question], data: QueryDict) -> "SettleForm":
        """Return the form with the questions that were on the page."""
        return cls([one for one in questions if f"{one.key}-doe" in data], data)

    def _add_fields(self, one: Question) -> None:
        choices: list[tuple[str, Any]] = [(OTHER, _("Anders")), (LATER, _("Nu niet"))]
        if one.now:
            choices.insert(0, (SAME, _("Nog zo: %(now)s") % {"now": one.now}))
        self.fields[f"{one.key}-doe"] = forms.ChoiceField(
            label=one.title,
            choices=choices,
            initial=SAME if one.now else LATER,
            required=False,
            widget=forms.RadioSelect,
        )
        number = (
            places_field(one.run, _("Plekken vrij"))
            if one.run
            else weeks_field(_("Weken tot de hulp begint"), "")
        )
        number.initial = None
        number.help_text = ""
        number.show_hidden_initial = False
        number.widget.attrs["aria-label"] = f"{one.title}: {number.label}"
        self.fields[f"{one.key}-getal"] = number
        self.fields[f"{one.key}-stond"] = forms.CharField(
            required=False, initial=one.mark, widget=forms.HiddenInput
        )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of each question: what to do, the number, and what stood there."""
        return [
            (self[f"{one.key}-doe"], self[f"{one.key}-getal"], self[f"{one.key}-stond"])
            for one in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the number of who says that it is another one; a number says so by itself."""
        data: dict[str, Any] = super().clean() or {}
        for one in self.questions:
            name = f"{one.key}-getal"
            is_open = data.get(name) is None and name not in self.errors
            if is_open and data.get(f"{one.key}-doe") == OTHER:
                self.add_error(name, _("Vul een getal in."))
        return data

    def save(self, *, by: User, via: ConfirmedVia) -> int:
        """Write the answers; returns how many. Call it in a transaction.

        What somebody else changed in the meantime becomes an error beside its question: undo the
        transaction then.
        """
        given = [one for one in self.questions if self._is_answered(one)]
        for one in given:
            self._save_one(one, by, via)
        return len(given)

    def _is_answered(self, one: Question) -> bool:
        number = self.cleaned_data[f"{one.key}-getal"]
        return number is not None or self.cleaned_data[f"{one.key}-doe"] == SAME

    def _save_one(self, one: Question, by: User, via: ConfirmedVia) -> None:
        number: Decimal | int | None = self.cleaned_data[f"{one.key}-getal"]
        stood = self.cleaned_data[f"{one.key}-stond"]
        shown = int(stood) if stood.isdecimal() and len(stood) < MOST_DIGITS else None
        try:
            if one.run is None:
                weeks = None if number is None else Decimal(number)
                answer_wait(by=by, offer=one.offer, shown=shown, start_weeks=weeks, via=via)
            else:
                left = shown if number is None else int(number)
                update_places_of_runs(by=by, given=[PlacesLeft(one.run, left, shown)], via=via)
        except (WaitConflictError, PlacesConflictError):
            self.add_error(
                f"{one.key}-getal",
                _("Een collega heeft dit net gewijzigd. Kijk wat er nu staat en kies opnieuw."),
            )

    def again(self, questions: Iterable[Question]) -> "SettleForm":
        """Return the form with what was typed and what stands there now, errors kept."""
        data = cast(QueryDict, self.data).copy()
        now = {one.key: one for one in questions}
        for one in self.questions:
            data[f"{one.key}-stond"] = now.get(one.key, one).mark
        form = SettleForm([now.get(one.key, one) for one in self.questions], data)
        for name, errors in self.errors.items():
            form.errors.setdefault(name, errors)
        return form


# No number of a row has more.
MOST_DIGITS = 19
