"""Closing offers for a while, archiving them, bringing them back and copying them."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.models import User
from providers.models import Offer, Provider
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


class ClosingPage(ABC, View):
    """Close one, some or all offers until a day, or open them again."""

    provider: Provider

    @property
    @abstractmethod
    def member(self) -> User:
        """Who closes them."""

    @property
    @abstractmethod
    def back(self) -> str:
        """The address of the page it belongs to."""

    def save(self, form: ClosingForm) -> HttpResponse:
        """Write what a valid form says; return the page when it is refused."""
        offers = list(form.cleaned_data["offers"])
        try:
            self._close(form, offers)
        except ValidationError as error:
            add_errors(form, error)
            return self.page(form)
        messages.success(self.request, _done(form, len(offers)))
        return redirect(self.back)

    def _close(self, form: ClosingForm, offers: list[Offer]) -> None:
        if form.reopens:
            reopen_offers(by=self.member, offers=offers)
            return
        first, last = form.days()
        close_offers(by=self.member, offers=offers, first=first, last=last)

    def page(self, form: ClosingForm, offer: Offer | None = None) -> HttpResponse:
        """Show which offers are closed, and until when."""
        context = {
            "form": form,
            "provider": self.provider,
            "offer": offer,
            "back": self.back,
            "reopen": REOPEN,
            "nav": NAV,
        }
        return render(self.request, "selfservice/offers/close.html", context)


class CloseOffers(ClosingPage, ProviderWriteView):
    """Close offers after logging in."""

    takes_back = True

    @property
    def member(self) -> User:
        return self.user

    @property
    def back(self) -> str:
        return reverse("selfservice:portal")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = self._offer()
        return self.page(ClosingForm(provider=self.provider, chosen=chosen), chosen)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ClosingForm(request.POST, provider=self.provider)
        return self.save(form) if self.accepts(form) else self.page(form, self._offer())

    def _offer(self) -> Offer | None:
        return offer_in_address(self.request, self.provider)


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
