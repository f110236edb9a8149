"""What the desk fills in to ask for the waits of a quarter."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy

from providers.days import DayField
from providers.statistics import Quarter

DAYS_TO_ANSWER = 21
QUARTERS_BACK = 2


class RequestForm(forms.Form):
    """The quarter that is asked for, and until when one may answer."""

    quarter = forms.ChoiceField(label=gettext_lazy("Kwartaal"))
    answer_by = DayField(
        label=gettext_lazy("Antwoord uiterlijk op"),
        help_text=gettext_lazy("Tot en met deze dag mailt u wie nog niet antwoordde."),
    )

    def __init__(self, *args: object, today: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        quarters = _quarters(today)
        self.fields["quarter"].choices = [(str(one), one.words) for one in quarters]  # type: ignore[attr-defined]
        self.fields["answer_by"].initial = today + dt.timedelta(days=DAYS_TO_ANSWER)

    def chosen(self) -> Quarter:
        """Return the quarter; call it on a valid form."""
        year, number = self.cleaned_data["quarter"].split("-K")
        return Quarter(int(year), int(number))


def _quarters(today: dt.date) -> list[Quarter]:
    """Return the running quarter and those just before it."""
    found, day = [Quarter.of(today)], today
    for _n in range(QUARTERS_BACK):
        day = found[-1].first_day - dt.timedelta(days=1)
        found.append(Quarter.of(day))
    return found
