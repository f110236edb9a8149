"""The pages on which a provider makes and changes an offer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from providers.enums import ConfirmedVia
from providers.models import Offer
from providers.services.offers import EditConflictError, update_offer
from selfservice.access import NAV, OfferWriteView
from selfservice.forms import add_errors
from selfservice.offers.conflict import Conflict, conflict_of
from selfservice.offers.form import OfferForm
from selfservice.offers.plain_words import hint_for


class EditOffer(OfferWriteView):
    """Change what an offer says."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(OfferForm(instance=self.offer))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = OfferForm(request.POST, instance=self.offer)
        if not self.accepts(form):
            return self._page(form)
        version = form.cleaned_data["version"]
        try:
            update_offer(
                by=self.user,
                offer=self.offer,
                expected_version=version,
                confirmed_via=ConfirmedVia.LOGIN,
                **form.changes(),
            )
        except EditConflictError:
            return self._conflict(form, version)
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        hint = hint_for(form.cleaned_data)
        if hint:
            messages.info(request, hint)
        return self.done(_("'%(title)s' is opgeslagen en vandaag bevestigd."))

    def _conflict(self, form: OfferForm, version: int) -> HttpResponse:
        """Show what the other one changed, keep what was typed, and allow one more save."""
        stored = Offer.objects.select_related("provider").get(pk=self.offer.pk)
        conflict = conflict_of(form, stored, version)
        typed = self.request.POST.copy()
        typed["version"] = str(stored.version)
        return self._page(OfferForm(typed, instance=stored), conflict, status=409)

    def _page(
        self, form: OfferForm, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        # Anew from the database: checking a form writes what was typed on its offer.
        stored = Offer.objects.get(pk=self.offer.pk)
        context = {"form": form, "conflict": conflict, "offer": stored, "nav": NAV}
        return render(self.request, "selfservice/edit_offer.html", context, status=status)
