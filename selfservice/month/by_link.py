"""What the link of a mail opens, without a log-in, and what it says when it no longer works."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.after_response import after_response
from accounts.models import User
from providers.enums import ConfirmedVia
from providers.models import Provider
from selfservice.access import NAV
from selfservice.links import HolderLeftError, LinkExpiredError, holder_of
from selfservice.month.confirm import ConfirmPage
from selfservice.month.mails import MailsPage
from selfservice.offers.closing_forms import ClosingForm
from selfservice.offers.closing_views import ClosingPage
from selfservice.reminders import send_new_link


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """A page behind the link of a reminder.

    Following the link changes nothing: programs that check mails follow links too.
    """

    http_method_names = ["get", "head", "post"]
    holder: User
    provider: Provider

    @property
    def member(self) -> User:
        """Who holds the link."""
        return self.holder

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            found = holder_of(kwargs["token"])
        except LinkExpiredError:
            return self._refused("expired", 410)
        except HolderLeftError:
            return self._refused("left", 410)
        if found is None:
            return self._refused("broken", 404)
        self.holder, self.provider = found.user, found.provider
        return super().dispatch(request, *args, **kwargs)

    def _refused(self, why: str, status: int) -> HttpResponse:
        context = {"why": why, "token": self.kwargs["token"], "nav": NAV}
        return render(self.request, "selfservice/link_expired.html", context, status=status)


class ConfirmByLink(LinkView, ConfirmPage):
    """Confirm a provider with the link of a reminder."""

    via = ConfirmedVia.LINK

    @property
    def closing(self) -> str:
        return reverse("selfservice:close_by_link", args=[self.kwargs["token"]])

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.save(by=self.holder) or redirect("selfservice:confirm_by_link", token)


class ChooseMailsByLink(LinkView, MailsPage):
    """Choose how often a mail comes with the link of a reminder."""

    @property
    def address_after(self) -> str:
        return reverse("selfservice:confirm_by_link", args=[self.kwargs["token"]])

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.choose()


class CloseByLink(LinkView, ClosingPage):
    """Close offers for a while with the link of a reminder."""

    @property
    def back(self) -> str:
        return reverse("selfservice:confirm_by_link", args=[self.kwargs["token"]])

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(ClosingForm(provider=self.provider))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = ClosingForm(request.POST, provider=self.provider)
        return self.save(form) if form.is_valid() else self.page(form)


@method_decorator(never_cache, name="dispatch")
class NewLink(View):
    """Send a new link to whom the old one was made for.

    The page says the same whether or not a mail goes, and is there before it does.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        after_response(request, lambda: send_new_link(token))
        return render(request, "selfservice/month/link_sent.html", {"nav": NAV})
