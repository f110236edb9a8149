"""Two entries that are one organisation become one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.models import Provider, YouthRegion
from providers.services.desk.merging import merge_providers
from selfservice.desk.access import DeskView
from selfservice.forms import add_errors

CHOOSE = {
    "required": gettext_lazy("Kies een organisatie."),
    "invalid_choice": gettext_lazy("Kies uit de lijst."),
}


class MergeForm(forms.Form):
    """Which stays, and which is the double."""

    keep = forms.ModelChoiceField(
        label=gettext_lazy("Deze blijft"),
        queryset=Provider.objects.none(),
        empty_label=gettext_lazy("Kies een organisatie"),
        error_messages=CHOOSE,
    )
    double = forms.ModelChoiceField(
        label=gettext_lazy("Deze gaat erin op"),
        help_text=gettext_lazy(
            "Het aanbod, de locaties en de collega's verhuizen mee. Het oude adres verwijst door."
        ),
        queryset=Provider.objects.none(),
        empty_label=gettext_lazy("Kies een organisatie"),
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, region: YouthRegion) -> None:
        super().__init__(data)
        for field in self.fields.values():
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
            field.queryset = Provider.objects.in_region(region)


class Merge(DeskView):
    """Merge two providers of this region."""

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self.show("merge", form=MergeForm(region=self.region))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        form = MergeForm(request.POST, region=self.region)
        if not form.is_valid():
            return self.show("merge", form=form)
        keep, double = form.cleaned_data["keep"], form.cleaned_data["double"]
        name = double.name
        try:
            merge_providers(by=self.user, keep=keep, double=double)
        except ValidationError as error:
            add_errors(form, error)
            return self.show("merge", form=form)
        text = _("%(double)s is opgegaan in %(keep)s.")
        return self.back("region", text, double=name, keep=keep.name)
