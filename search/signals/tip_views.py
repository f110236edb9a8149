"""'Kent u iets dat hier niet staat?': a referrer names help; nothing is public before the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from providers.models import HelpQuestion, Municipality
from providers.services.joining.tips import give_tip
from search.asking.guard import refuse_personal_data
from search.signals.taps import may_tap


class TipForm(forms.Form):
    """Which help, where, and for which question."""

    name = forms.CharField(
        label=gettext_lazy("Hoe heet het?"),
        help_text=gettext_lazy("De naam van het project of de organisatie, niet van een persoon."),
        max_length=100,
        error_messages={"required": gettext_lazy("Vul een naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("In welke gemeente?"),
        queryset=Municipality.objects.order_by("name"),
        empty_label=gettext_lazy("Kies een gemeente"),
        error_messages={
            "required": gettext_lazy("Kies een gemeente."),
            "invalid_choice": gettext_lazy("Kies uit de lijst."),
        },
    )
    help_question = forms.ModelChoiceField(
        label=gettext_lazy("Waarbij helpt het?"),
        queryset=HelpQuestion.objects.order_by("label"),
        required=False,
        empty_label=gettext_lazy("Weet ik niet"),
        error_messages={"invalid_choice": gettext_lazy("Kies uit de lijst.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        here = Municipality.objects.filter(region=settings.REGION_CODE)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        if here.exists():
            field.queryset = here.order_by("name")

    def clean_name(self) -> str:
        """Refuse what points at one person: nothing about a child is kept."""
        name: str = self.cleaned_data["name"]
        refuse_personal_data(name)
        return name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tip(request: HttpRequest) -> HttpResponse:
    """Take a tip."""
    if request.method != "POST":
        return _page(request, TipForm())
    form = TipForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not may_tap(request):
        form.add_error(None, _("U hebt net veel gemeld. Probeer het over een uur opnieuw."))
        return _page(request, form, status=429)
    give_tip(**form.cleaned_data)
    return redirect("search:tip_thanks")


def _page(request: HttpRequest, form: TipForm, status: int = 200) -> HttpResponse:
    return render(request, "search/tip.html", {"nav": "search", "form": form}, status=status)


@require_safe
def tip_thanks(request: HttpRequest) -> HttpResponse:
    """Say thanks, and what happens with it."""
    return render(request, "search/tip_thanks.html", {"nav": "search"})
