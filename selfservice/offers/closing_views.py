"""Closing offers for a while, archiving them, bringing them back and copying them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import Offer
from providers.services.offers import archive_offer
from providers.services.publishing.lifecycle import (
    close_offers,
    copy_offer,
    reopen_offers,
    restore_offer,
)
from selfservice.access import NAV, OfferWriteView, ProviderWriteView
from selfservice.forms import add_errors
from selfservice.offers.closing_forms import REOPEN, ClosingForm
from selfservice.offers.provider_views import offer_in_address


class CloseOffers(ProviderWriteView):
    """Close one, some or all offers until a day, or open them again."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(ClosingForm(provider=self.provider, chosen=self._offer()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ClosingForm(request.POST, provider=self.provider)
        if not self.accepts(form):
            return self._page(form)
        offers = list(form.cleaned_data["offers"])
        try:
            self._save(form, offers)
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        messages.success(request, _done(form, len(offers)))
        return redirect("selfservice:portal")

    def _save(self, form: ClosingForm, offers: list[Offer]) -> None:
        if form.reopens:
            reopen_offers(by=self.user, offers=offers)
            return
        first, last = form.days()
        close_offers(by=self.user, offers=offers, first=first, last=last)

    def _offer(self) -> Offer | None:
        return offer_in_address(self.request, self.provider)

    def _page(self, form: ClosingForm) -> HttpResponse:
        context = {
            "form": form,
            "provider": self.provider,
            "offer": self._offer(),
            "reopen": REOPEN,
            "nav": NAV,
        }
        return render(self.request, "selfservice/offers/close.html", context)


def _done(form: ClosingForm, number: int) -> str:
    if form.reopens:
        return ngettext("%(n)s aanbod is weer open.", "%(n)s keer aanbod is weer open.", number) % {
            "n": number
        }
    words = ngettext(
        "%(n)s aanbod staat op dicht. Het gaat vanzelf weer open.",
        "%(n)s keer aanbod staat op dicht. Het gaat vanzelf weer open.",
        number,
    )
    return words % {"n": number}


class OfferButton(OfferWriteView):
    """A button on the page of an offer."""

    http_method_names = ["post"]


class Archive(OfferButton):
    """Take an offer out of view."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        archive_offer(by=self.user, offer=self.offer)
        return self.done(_("'%(title)s' is gearchiveerd. Onder 'Gearchiveerd' haalt u het terug."))


class Restore(OfferButton):
    """Bring an archived offer back as a draft."""

    takes_archived = True

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        restore_offer(by=self.user, offer=self.offer)
        text = _("'%(title)s' is terug als concept. Kijk het na en publiceer het.")
        messages.success(request, text % {"title": self.offer.title})
        return redirect("selfservice:edit_offer", pk)


class Copy(OfferButton):
    """Make a draft of the same."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        copy = copy_offer(by=self.user, offer=self.offer)
        text = _("Dit is de kopie: een concept. Geef het een eigen titel.")
        messages.success(request, text)
        return redirect("selfservice:edit_what", copy.pk)
