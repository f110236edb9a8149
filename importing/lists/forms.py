"""Forms of the region: a list to take in, and how its columns are read."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importing.lists.columns import Column
from importing.lists.permissions import lists_of, regions_of
from importing.lists.table import ListTable
from importing.models import USUAL_LEVEL, ListSource
from importing.pipeline.keys import digest
from importing.pipeline.source import NATIONAL
from providers.days import DayField, check_measured
from providers.models import YouthRegion
from providers.sheets.carried_files import CarriedFileField, SheetField
from providers.vocabulary.choices import level_choices

MOST_LETTERS = 40


def code_of(name: str) -> str:
    """Return the code of a list by its name: that of a long name ends in what sets it apart."""
    code = slugify(name)
    if len(code) <= MOST_LETTERS:
        return code
    cut = code[:MOST_LETTERS]
    # Long codes were cut off once; a list that has such a one keeps it.
    if ListSource.objects.filter(pk=cut, name=name).exists():
        return cut
    mark = digest(code)[:8]
    return f"{code[: MOST_LETTERS - len(mark) - 1]}-{mark}"


class ListForm(forms.Form):
    """What is to be known of a list besides its rows."""

    naam = forms.CharField(
        label=_("Hoe heet de lijst?"),
        max_length=120,
        help_text=_("Bijvoorbeeld: Sociale kaart Leiden. Een volgende keer kiest u dezelfde naam."),
        error_messages={"required": _("Geef de lijst een naam.")},
    )
    dag = DayField(
        label=_("Van welke dag is de lijst?"),
        help_text=_("Die dag staat bij alles wat u overneemt."),
        error_messages={"required": _("Vul de dag in waarop de lijst is gemaakt.")},
        validators=[check_measured],
    )
    regio = forms.ModelChoiceField(
        YouthRegion.objects.none(), label=_("Voor welke jeugdregio?"), empty_label=None
    )
    trede = forms.TypedChoiceField(
        label=_("Hoe zwaar is de meeste hulp in deze lijst?"),
        help_text=_("Dit geldt waar een naam of tekst niets anders zegt."),
        choices=lambda: level_choices(examples=True),
        coerce=int,
    )
    hele_regio = forms.BooleanField(
        label=_("Alles geldt in de hele regio, tenzij de lijst iets anders zegt"),
        help_text=_("Anders geldt het in de gemeente van het adres."),
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["regio"].queryset = regions_of(by)  # type: ignore[attr-defined]

    def clean_naam(self) -> str:
        name = str(self.cleaned_data["naam"])
        code = code_of(name)
        if not code:
            raise ValidationError(_("Een naam heeft ten minste één letter of cijfer."))
        if code.startswith(NATIONAL):
            raise ValidationError(
                _("“NZa” vooraan is voor landelijke lijsten. Kies een andere naam.")
            )
        if ListSource.objects.filter(pk=code).exclude(pk__in=lists_of(self.by)).exists():
            raise ValidationError(_("Zo heet een lijst van een andere regio. Kies iets anders."))
        return name

    def source(self) -> ListSource:
        """Return the list of this name, with what is filled in here; not saved."""
        data = self.cleaned_data
        code = code_of(data["naam"])
        source = ListSource.objects.filter(pk=code).first() or ListSource(code=code)
        source.name, source.region = data["naam"], data["regio"]
        source.level, source.serves_region = data["trede"], data["hele_regio"]
        return source


class UploadForm(ListForm):
    """A list to look at."""

    bestand = SheetField(
        label=_("CSV- of Excel-bestand"),
        help_text=_("Zoals de lijst is: u hoeft er niets aan te veranderen. Hoogstens 2,5 MB."),
    )
    field_order = ["bestand", "naam", "dag"]


class LookForm(ListForm):
    """The list once more, with what each column holds."""

    inhoud = CarriedFileField()
    bestandsnaam = forms.CharField(max_length=255, widget=forms.HiddenInput)
    kenmerk = forms.CharField(required=False, widget=forms.HiddenInput)
    niet = forms.MultipleChoiceField(
        label=_("Deze voorstellen kloppen niet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        table: ListTable | None = None,
        columns: Mapping[str, Column] | None = None,
        suggested: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["niet"].choices = suggested or []  # type: ignore[attr-defined]
        self._keys = table.keys if table else []
        for at, key in enumerate(self._keys):
            assert table is not None  # noqa: S101 - narrows the type
            self.fields[f"kolom-{at}"] = forms.ChoiceField(
                label=table.headings[at] or key,
                choices=Column.choices,
                required=False,
                initial=(columns or {}).get(key, Column.SKIP),
            )

    @property
    def mapping(self) -> dict[str, str]:
        """What was chosen for each column, by its key."""
        return {key: self.cleaned_data[f"kolom-{at}"] for at, key in enumerate(self._keys)}


def first_values(source: ListSource | None) -> dict[str, Any]:
    """Return what stands in an empty form: of this list, or of a new one."""
    if source is None:
        return {
            "dag": timezone.localdate(),
            "regio": settings.REGION_CODE,
            "trede": USUAL_LEVEL.value,
        }
    return {
        "naam": source.name,
        "dag": timezone.localdate(),
        "regio": source.region_id,
        "trede": source.level,
        "hele_regio": source.serves_region,
    }
