"""One button that says everything is still right: in the portal, or from a link in a mail."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.models import User
from providers.enums import ConfirmedVia, DatedFact, OfferStatus
from providers.models import Offer, Provider
from providers.rules.freshness import told
from providers.services.confirmations import confirm_provider
from selfservice.access import NAV, ProviderWriteView
from selfservice.links import LinkExpiredError, holder_of
from selfservice.portal import OfferRow, parts_of


class ConfirmPage(View):
    """The contact details and the offers of one provider, with a button that confirms them all."""

    provider: Provider
    via: ConfirmedVia

    @property
    def member(self) -> User:
        """Who confirms."""
        raise NotImplementedError

    @cached_property
    def offers(self) -> list[Offer]:
        """The offers of this provider that are in use."""
        return list(self.provider.offers.exclude(status=OfferStatus.ARCHIVED))

    def page(self) -> HttpResponse:
        """Show what the button confirms."""
        today = timezone.localdate()
        still_open = self._still_open(today)
        dates = [self.provider.confirmed_on, *(offer.confirmed_on for offer in self.offers)]
        context = {
            "provider": self.provider,
            "contact": told(DatedFact.CONTACT, self.provider.confirmed_on, today),
            "rows": [
                (offer, told(DatedFact.OFFER, offer.confirmed_on, today)) for offer in self.offers
            ],
            # In one field: a request may hold fewer fields than a provider has offers.
            "shown": ",".join(str(offer.pk) for offer in self.offers),
            "by_link": self.via is ConfirmedVia.LINK,
            "all_done": all(date == today for date in dates),
            "still_open": still_open,
            "nav": NAV,
        }
        return render(self.request, "selfservice/confirm_provider.html", context)

    def _still_open(self, today: dt.date) -> list[OfferRow]:
        """Return the offers that everybody sees and that are asked for a wait or for places."""
        parts = parts_of(self.member, today=today, only=self.provider)
        rows = [row for part in parts for row in part.rows]
        return [row for row in rows if row.is_visible and row.open_facts]

    def confirm(self, *, by: User) -> None:
        """Confirm what stood on the page: a colleague may have added an offer in the meantime."""
        shown = {pk for value in self.request.POST.getlist("aanbod") for pk in value.split(",")}
        offers = [offer for offer in self.offers if str(offer.pk) in shown]
        confirm_provider(by=by, provider=self.provider, offers=offers, via=self.via)
        text = ngettext(
            "Dank u. De contactgegevens en %(n)s aanbod zijn bevestigd.",
            "Dank u. De contactgegevens en %(n)s soorten aanbod zijn bevestigd.",
            len(offers),
        )
        messages.success(self.request, text % {"n": len(offers)})


class ConfirmProvider(ConfirmPage, ProviderWriteView):
    """Confirm a provider after logging in."""

    via = ConfirmedVia.LOGIN

    @property
    def member(self) -> User:
        return self.user

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.confirm(by=self.user)
        return redirect("selfservice:portal")


@method_decorator(never_cache, name="dispatch")
class ConfirmByLink(ConfirmPage):
    """Confirm a provider with the link of a reminder.

    Following the link changes nothing: programs that check mails follow links too.
    """

    http_method_names = ["get", "head", "post"]
    via = ConfirmedVia.LINK
    holder: User

    @property
    def member(self) -> User:
        return self.holder

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            found = holder_of(kwargs["token"])
        except LinkExpiredError:
            return render(request, "selfservice/link_expired.html", {"nav": NAV}, status=410)
        if found is None:
            raise Http404
        self.holder, self.provider = found.user, found.provider
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        self.confirm(by=self.holder)
        return redirect("selfservice:confirm_by_link", token)
