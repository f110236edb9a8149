"""What people ask for near a provider, and one tap that makes a draft of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.forming import area_around, picture_of
from providers.models import HelpQuestion, Municipality
from providers.services.forming import draft_group_from_demand
from providers.vocabulary.choices import choices
from selfservice.access import NAV, ProviderWriteView
from selfservice.groups.forms import DemandAreaForm


class Demand(ProviderWriteView):
    """Interest and waits in an area beside the groups there."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DemandAreaForm(request.GET or None, provider_id=pk)
        centre = self._chosen(form)
        today = timezone.localdate()
        context = {
            "nav": NAV,
            "provider": self.provider,
            "form": form,
            "picture": picture_of(area_around(centre), today) if centre else None,
        }
        return render(request, "selfservice/demand.html", context)

    def _chosen(self, form: DemandAreaForm) -> Municipality | None:
        """The municipality asked for, else that of a location, else any it works in."""
        if form.is_bound and form.is_valid():
            chosen: Municipality = form.cleaned_data["gemeente"]
            return chosen
        home = self.provider.locations.filter(municipality__isnull=False).first()
        return home.municipality if home else form.fields["gemeente"].queryset.first()  # type: ignore[attr-defined]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a draft of one line of the page, and go on to fill it in."""
        question = choices(HelpQuestion).get(request.POST.get("hulpvraag", ""))
        form = DemandAreaForm(request.POST, provider_id=pk)
        if question is None or not form.is_valid():
            raise Http404
        try:
            offer = draft_group_from_demand(
                by=self.user,
                provider=self.provider,
                question=question,
                age_band=request.POST.get("leeftijd", ""),
                municipality=form.cleaned_data["gemeente"],
            )
        except ValidationError as error:
            raise Http404 from error
        messages.success(
            request,
            _("Er is een concept gemaakt. Vul het aan; niemand anders kan het nog zien."),
        )
        return redirect("selfservice:edit_offer", pk=offer.pk)
