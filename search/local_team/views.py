"""The page that says which local team belongs to a postcode."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from providers.filters.fields import PlaceField
from providers.geography.places import Place, find_place
from search.local_team.serving import local_teams, served_at

PLACE = "plaats"


class PlaceForm(forms.Form):
    """Where somebody lives; of a full postcode only the digits are used."""

    plaats = PlaceField(
        label=_("Postcode of plaats"),
        max_length=80,
        error_messages={"required": _("Typ een postcode of een plaats.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "plaatsen"}),
    )

    def place(self) -> Place:
        """Return the place that was typed."""
        found: Place = self.cleaned_data[PLACE]
        return found


# It changes nothing, so there is nothing to protect with a token, and pages that hold its form can
# be kept for everybody.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def local_team(request: HttpRequest) -> HttpResponse:
    """Take a postcode (POST) and say which team belongs to its code (GET).

    What is typed reaches no address: a redirect leads to four digits or the key of a town.
    """
    if request.method == "POST":
        form = PlaceForm(request.POST)
        if form.is_valid():
            return redirect(f"{reverse('search:local_team')}?{PLACE}={form.place().key}")
        return _page(request, form, None, status=422)
    place = find_place(request.GET.get(PLACE, ""))
    return _page(request, PlaceForm(initial={PLACE: place.label if place else ""}), place)


def _page(
    request: HttpRequest, form: PlaceForm, place: Place | None, *, status: int = 200
) -> HttpResponse:
    found = local_teams(served_at(place), timezone.localdate())
    context = {
        "nav": "local_team",
        "form": form,
        "found": found,
        "place_key": place.key if place else "",
    }
    return render(request, "search/local_team.html", context, status=status)
