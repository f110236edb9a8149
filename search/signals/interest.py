"""'Ik heb iemand voor deze groep': the form, and what one browser has said so far."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from providers.enums import AgeBand, GroupAudience
from providers.models import GroupProgramme, Interest, Municipality, ServiceArea
from providers.models.signals import MAX_INTEREST
from providers.rules.ages import Ages, band_of

NUMBER = gettext_lazy("Typ een getal van 1 tot en met 20.")


class InterestForm(forms.Form):
    """How many, of about what age, from where; and nothing else."""

    count = forms.IntegerField(
        label=gettext_lazy("Voor hoeveel mensen?"),
        min_value=1,
        max_value=MAX_INTEREST,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": NUMBER,
            "invalid": NUMBER,
            "min_value": NUMBER,
            "max_value": NUMBER,
        },
    )
    age_band = forms.ChoiceField(
        label=gettext_lazy("Hoe oud ongeveer?"),
        choices=[("", gettext_lazy("Kies een leeftijd")), *AgeBand.choices],
        error_messages={
            "required": gettext_lazy("Kies een leeftijd."),
            "invalid_choice": gettext_lazy("Kies een leeftijd uit de lijst."),
        },
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Uit welke gemeente?"),
        queryset=Municipality.objects.none(),
        empty_label=gettext_lazy("Kies een gemeente"),
        error_messages={
            "required": gettext_lazy("Kies een gemeente."),
            "invalid_choice": gettext_lazy("Kies een gemeente uit de lijst."),
        },
    )

    def __init__(
        self, data: QueryDict | None = None, *, programme: GroupProgramme, criteria: QueryDict
    ) -> None:
        super().__init__(data, initial=_initial(programme, criteria))
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = _municipalities(programme)

    def cleaned(self) -> dict[str, Any]:
        """Return the values for services.interest.express_interest."""
        data = self.cleaned_data
        return {
            "count": data["count"],
            "age_band": data["age_band"],
            "municipality": data["municipality"].pk,
        }


def _municipalities(programme: GroupProgramme) -> Any:
    """The municipalities the group is for; all of them when that is not known."""
    served = ServiceArea.objects.filter(offer=programme.offer_id).order_by()
    rows = Municipality.objects.filter(pk__in=served.values("municipality"))
    return rows if rows.exists() else Municipality.objects.all()


def _initial(programme: GroupProgramme, criteria: QueryDict) -> dict[str, Any]:
    """Fill in what the address of the list already said."""
    parents = programme.audience == GroupAudience.PARENTS
    band = AgeBand.PARENT if parents else _band_of_text(criteria.get("leeftijd", ""))
    return {"count": 1, "age_band": band, "municipality": criteria.get("gemeente", "")[:6]}


def _band_of_text(text: str) -> str:
    try:
        return band_of(Ages.read(text))
    except ValidationError:
        return ""


@dataclass(frozen=True, slots=True)
class Interested:
    """One thing this browser said, in words."""

    pk: int
    group: str
    url: str
    words: str


def interest_of(sender: str, today: dt.date) -> list[Interested]:
    """Return what this sender said and what still counts: one statement, or none."""
    if not sender:
        return []
    rows = Interest.objects.made_by(sender).current(today)
    return [
        _in_words(row) for row in rows.select_related("programme__offer", "run", "municipality")
    ]


def _in_words(row: Interest) -> Interested:
    people = ngettext("%(n)s persoon", "%(n)s mensen", row.count) % {"n": row.count}
    parts = [people, row.get_age_band_display(), row.municipality.name]
    if row.run is not None:
        day = formats.date_format(row.run.starts_on, "j F")
        parts.append(_("start %(day)s") % {"day": day})
    until = formats.date_format(row.expires_on - dt.timedelta(days=1), "j F Y")
    parts.append(_("telt mee tot en met %(day)s") % {"day": until})
    return Interested(
        row.pk, row.programme.offer.title, row.programme.offer.get_absolute_url(), ", ".join(parts)
    )
