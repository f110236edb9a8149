"""The crisis numbers of a region: those of the country as they are, its own to change."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from providers.models import CrisisNumber
from providers.models.municipal.crisis_number import danger_words
from providers.reference import vocabulary_rows
from providers.services.municipal.crisis_numbers import remove_crisis_number, save_crisis_number
from selfservice.desk.access import DeskView
from selfservice.desk.crisis_numbers.forms import CrisisNumberForm
from selfservice.forms import read_moment, stored


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call, when, and at which dangers it stands; `pk` of one of the region."""

    label: str
    number: str
    text: str
    dangers: str
    referrer_phone: str = ""
    hours: str = ""
    pk: int | None = None


class CrisisNumbers(DeskView):
    """The numbers of this region, then those of the whole country."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        own = [
            Line(
                one.label,
                one.phone,
                one.text,
                danger_words(one.dangers),
                one.referrer_phone,
                one.hours,
                one.pk,
            )
            for one in CrisisNumber.objects.in_region(self.region)
        ]
        return self.show("crisis_numbers", own=own, national=_national())


def _national() -> list[Line]:
    """Return the lines that come with the program and hold everywhere."""
    return [
        Line(row["label"], row["number"], row["text"], danger_words(row["kind"]))
        for row in vocabulary_rows("emergency_lines")
        if not row["region"]
    ]


class AddCrisisNumber(DeskView):
    """One more number."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self.show("crisis_number", form=CrisisNumberForm())

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        return save(self, CrisisNumberForm(request.POST))


class EditCrisisNumber(DeskView):
    """Change a number."""

    takes_back = True

    def get(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        number = self._number(pk)
        return self.show("crisis_number", form=CrisisNumberForm(number=number), number=number)

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        number = self._number(pk)
        return save(self, CrisisNumberForm(request.POST, number=number), number)

    def _number(self, pk: int) -> CrisisNumber:
        return get_object_or_404(CrisisNumber.objects.in_region(self.region), pk=pk)


def save(
    view: AddCrisisNumber | EditCrisisNumber,
    form: CrisisNumberForm,
    number: CrisisNumber | None = None,
) -> HttpResponse:
    """Save what a form says and go to the list; or show it again with what is wrong."""
    if view.accepts(form):
        saved = stored(
            form,
            lambda: save_crisis_number(
                by=view.user,
                region=view.region,
                number=number,
                expected_updated_at=read_moment(form.cleaned_data["version"]) if number else None,
                **form.values(),
            ),
            _("Een collega heeft dit nummer net gewijzigd. Open de pagina opnieuw."),
        )
        if saved:
            return view.back("crisis_numbers", _("%(name)s: bewaard."), name=saved.label)
    return view.show("crisis_number", form=form, number=number)


class RemoveCrisisNumber(DeskView):
    """A number that is no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        number = get_object_or_404(CrisisNumber.objects.in_region(self.region), pk=pk)
        remove_crisis_number(by=self.user, number=number)
        return self.back("crisis_numbers", _("%(name)s is weggehaald."), name=number.label)
