"""Waits and places in one form: still so, another number, a stop, or not now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.days import DayField
from providers.enums import ConfirmedVia, WaitStatus
from providers.models import WaitTime
from providers.rules.start import has_ended
from providers.services.groups import PlacesConflictError, PlacesLeft, update_places_of_runs
from providers.services.waits import WaitConflictError, answer_wait
from selfservice.forms import places_field, weeks_field
from selfservice.month.questions import Question

# A page that one can oversee; the rest comes after saving.
MOST_ROWS = 10
SAME, OTHER, STOP, LATER = "zo", "anders", "stop", "later"
MOST_PEOPLE = 99_999
# No number of a row has more.
MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of one question; without a number or a stop: it is still so."""

    question: Question
    number: Decimal | int | None = None
    stop: bool = False
    until: dt.date | None = None
    # How many people wait now; None when nothing was filled in.
    people: int | None = None

    @property
    def wait_fields(self) -> Mapping[str, Any] | None:
        """The new measurement, as record_wait takes it; None to repeat the last."""
        if self.stop:
            return {"status": WaitStatus.STOP, "stop_until": self.until}
        return None if self.number is None else {"start_weeks": Decimal(self.number)}


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that was saved: of a wait the measurement, of a run the places that are left.

    `shown` is what stood there before: the number of the measurement, or the places left.
    """

    question: Question
    shown: int | None
    wait: WaitTime | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """The fields of one question on a page."""

    question: Question
    choice: forms.BoundField
    number: forms.BoundField
    stood: forms.BoundField
    until: forms.BoundField | None
    people: forms.BoundField | None

    @property
    def is_wrong(self) -> bool:
        """Whether one of them has to be mended."""
        fields = (self.choice, self.number, self.until, self.people)
        return any(field and field.errors for field in fields)


class SettleForm(forms.Form):
    """An answer per question; what was not on the page is not answered.

    `proposes` is the answer that stands chosen where the last one may still be so.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        data: QueryDict | None = None,
        *,
        proposes: str = SAME,
    ) -> None:
        super().__init__(data)
        self.questions = list(questions)
        self.proposes = proposes
        for one in self.questions:
            self._add_fields(one)

    @classmethod
    def of_answers(cls, questions: Iterable[Question], data: QueryDict) -> "SettleForm":
        """Return the form with the questions that were on the page."""
        return cls([one for one in questions if f"{one.key}-doe" in data], data)

    def _add_fields(self, one: Question) -> None:
        self.fields[f"{one.key}-doe"] = forms.ChoiceField(
            label=one.title,
            choices=_choices(one),
            initial=self.proposes if one.now else LATER,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"{one.key}-getal"] = _number_field(one)
        if one.run is None:
            self.fields[f"{one.key}-tot"] = DayField(
                label=_("%(title)s, aanmeldstop tot") % {"title": one.title}, required=False
            )
        if one.counts_people:
            self.fields[f"{one.key}-wachtenden"] = forms.IntegerField(
                label=_("%(title)s, aantal wachtenden") % {"title": one.title},
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
            )
        self.fields[f"{one.key}-stond"] = forms.CharField(
            required=False, initial=one.mark, widget=forms.HiddenInput
        )

    @property
    def rows(self) -> list[FieldRow]:
        """The fields of each question: what to do, the number, and what stood there."""
        return [
            FieldRow(
                one,
                self[f"{one.key}-doe"],
                self[f"{one.key}-getal"],
                self[f"{one.key}-stond"],
                None if one.run else self[f"{one.key}-tot"],
                self[f"{one.key}-wachtenden"] if one.counts_people else None,
            )
            for one in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the number of who says that it is another one, and refuse two answers."""
        data: dict[str, Any] = super().clean() or {}
        for one in self.questions:
            self._check(one, data)
        return data

    def _check(self, one: Question, data: dict[str, Any]) -> None:
        number, until = f"{one.key}-getal", f"{one.key}-tot"
        if number in self.errors or until in self.errors:
            return
        typed, day, choice = data.get(number), data.get(until), data.get(f"{one.key}-doe")
        if typed is None and choice == OTHER and day is None:
            self.add_error(number, _("Vul een getal in."))
        elif typed is not None and (day or choice == STOP):
            self.add_error(number, _("Kies weken of een aanmeldstop, niet allebei."))
        elif self._counts_alone(one, data, typed, day):
            self.add_error(number, _("Kies ook hoe lang het wachten is."))
        elif has_ended(day, timezone.localdate()):
            self.add_error(until, _("Deze datum is al voorbij."))

    def _counts_alone(
        self, one: Question, data: dict[str, Any], typed: Any, day: dt.date | None
    ) -> bool:
        """Whether people are counted beside a wait that nobody gave, now or before."""
        counted = data.get(f"{one.key}-wachtenden") is not None
        return counted and self._says_nothing(one, data, typed, day) and not one.now

    def _says_nothing(
        self, one: Question, data: dict[str, Any], typed: Any, day: dt.date | None
    ) -> bool:
        return typed is None and day is None and data.get(f"{one.key}-doe") in {LATER, ""}

    def answers(self) -> list[Answer]:
        """Return what was answered, in one order for everybody: no two wait for each other."""
        found = [answer for one in self.questions if (answer := self._answer(one))]
        return sorted(found, key=lambda it: (it.question.run is not None, it.question.key))

    def _answer(self, one: Question) -> Answer | None:
        """A number or a day that was typed says so by itself, whatever was chosen."""
        choice = self.cleaned_data[f"{one.key}-doe"]
        number = self.cleaned_data[f"{one.key}-getal"]
        until = self.cleaned_data.get(f"{one.key}-tot")
        people = self.cleaned_data.get(f"{one.key}-wachtenden")
        if number is not None:
            return Answer(one, number, people=people)
        if until or choice == STOP:
            return Answer(one, stop=True, until=until, people=people)
        if choice.isdecimal():
            return Answer(one, int(choice), people=people)
        # Who counts the people on the list, and says nothing of the weeks: those are still so.
        return Answer(one, people=people) if choice == SAME or people is not None else None

    def save(self, *, by: User, via: ConfirmedVia) -> list[Written]:
        """Write the answers. Call it in a transaction.

        What somebody else changed in the meantime, or what no longer fits, becomes an error beside
        its question: undo the transaction then.
        """
        found = [self._save_one(answer, by, via) for answer in self.answers()]
        return [one for one in found if one]

    def _save_one(self, answer: Answer, by: User, via: ConfirmedVia) -> Written | None:
        one = answer.question
        stood = self.cleaned_data[f"{one.key}-stond"]
        shown = int(stood) if stood.isdecimal() and len(stood) < MOST_DIGITS else None
        try:
            if one.run is None:
                wait = answer_wait(
                    by=by,
                    offer=one.offer,
                    shown=shown,
                    fields=answer.wait_fields,
                    via=via,
                    people_waiting=answer.people,
                )
                return Written(one, shown, wait)
            left = shown if answer.number is None else int(answer.number)
            update_places_of_runs(by=by, given=[PlacesLeft(one.run, left, shown)], via=via)
            return Written(one, shown, left=left)
        except (WaitConflictError, PlacesConflictError):
            text = _("Een collega heeft dit net gewijzigd. Kijk wat er nu staat en kies opnieuw.")
            self.add_error(f"{one.key}-getal", text)
        except ValidationError as error:
            self.add_error(f"{one.key}-getal", error.messages)
        return None

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


def _choices(one: Question) -> list[tuple[str, Any]]:
    same = [(SAME, _("Nog zo: %(now)s") % {"now": one.now})] if one.now else []
    stop = [] if one.run else [(STOP, _("Stop"))]
    return [*same, *one.usual, (OTHER, _("Anders")), *stop, (LATER, _("Nu niet"))]


def _number_field(one: Question) -> forms.Field:
    number: forms.Field = (
        places_field(one.run, _("%(title)s, plekken vrij") % {"title": one.title})
        if one.run
        else weeks_field(_("%(title)s, weken tot de hulp begint") % {"title": one.title}, "")
    )
    number.initial = None
    number.help_text = ""
    number.show_hidden_initial = False
    if one.run:
        # What a step up or down begins with.
        number.widget.attrs["data-now"] = one.run.places_left or 0
    return number
