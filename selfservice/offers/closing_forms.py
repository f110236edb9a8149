"""The form that closes offers for a while."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.days import DayField
from providers.enums import VISIBLE_STATUSES
from providers.models import Offer, Provider
from selfservice.offers.step_forms import RowsField

# The name of the button that opens the chosen offers again.
REOPEN = "open"


class ClosingForm(forms.Form):
    """Which offers are closed, from which day through which."""

    offers = RowsField(
        label=_("Welk aanbod?"),
        queryset=Offer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één aanbod.")},
    )
    first = DayField(label=_("Eerste dag dicht"), initial=timezone.localdate, required=False)
    last = DayField(
        label=_("Laatste dag dicht"),
        help_text=_("De dag daarna is het vanzelf weer open."),
        required=False,
    )

    def __init__(
        self, data: QueryDict | None = None, *, provider: Provider, chosen: Offer | None = None
    ) -> None:
        offers = provider.offers.filter(status__in=VISIBLE_STATUSES)
        initial: dict[str, Any] = {"offers": [chosen.pk] if chosen else list(offers)}
        if chosen and chosen.closed_until:
            initial |= {"first": chosen.closed_from, "last": chosen.closed_until}
        super().__init__(data, initial=initial)
        rows = self.fields["offers"]
        assert isinstance(rows, forms.ModelMultipleChoiceField)  # noqa: S101 - narrows the type
        rows.queryset = offers

    @property
    def reopens(self) -> bool:
        """Whether the offers are to be opened again."""
        return REOPEN in self.data

    def clean(self) -> dict[str, Any]:
        """Ask for both days when something is to be closed."""
        data: dict[str, Any] = super().clean() or {}
        words = {"first": _("Vul de eerste dag in."), "last": _("Vul de laatste dag in.")}
        for name, text in words.items():
            if not self.reopens and name not in self.errors and data.get(name) is None:
                self.add_error(name, text)
        return data

    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day."""
        return self.cleaned_data["first"], self.cleaned_data["last"]
