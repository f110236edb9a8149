"""Who gets in: members of the provider; strangers do not learn that an offer exists."""

from typing import Any, Protocol, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.kept_form import BROUGHT_BACK, ask_to_log_in, sent_form
from accounts.models import User
from providers.enums import OfferStatus
from providers.models import Offer, Provider
from providers.permissions import Right, may

NAV = "providers"


class Checked(Protocol):
    """A form, or forms together, that can say whether they may be saved."""

    def is_valid(self) -> bool: ...


class MemberView(LoginRequiredMixin, View):
    """A page for somebody who is logged in."""

    # Whether it has a form that shows, without saving, what was typed when a log-in ended. Its
    # post() then asks `accepts` instead of `is_valid`.
    takes_back = False

    def handle_no_permission(self) -> HttpResponseRedirect:
        """Ask to log in; what was typed comes along."""
        kept = sent_form(self.request)
        if kept and not self.request.user.is_authenticated:
            # Not a redirect, whatever the parent class promises: that would lose the text.
            return cast(HttpResponseRedirect, ask_to_log_in(self.request, kept))
        return super().handle_no_permission()

    def accepts(self, form: Checked) -> bool:
        """Whether to save this form: it is valid, and not just handed back after a log-in."""
        if BROUGHT_BACK in self.request.POST:
            text = _(
                "Dit is wat u typte. Het is nog niet bewaard: controleer het en bewaar opnieuw."
            )
            messages.warning(self.request, text)
            return False
        return form.is_valid()

    @property
    def user(self) -> User:
        """The member; who is not logged in never gets here."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user


@method_decorator(never_cache, name="dispatch")
class ProviderView(MemberView):
    """A page of one provider, for members with the `right` that it names.

    Anonymous: to the log-in page. No member: 404, whatever the method. Member without the right:
    403.
    """

    right = Right.READ
    http_method_names = ["get", "head", "post"]
    provider: Provider

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        mine = Provider.objects.of_member(self.user)
        self.provider = get_object_or_404(mine, pk=kwargs["pk"])
        if not may(self.user, self.right, self.provider):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ProviderWriteView(ProviderView):
    """A page that changes something of one provider."""

    right = Right.WRITE


@method_decorator(never_cache, name="dispatch")
class OfferWriteView(MemberView):
    """A page that changes one offer.

    Anonymous: to the log-in page. No member: 404, whatever the method. Member without the right:
    403. Archived: back to the portal with an explanation, and nothing changes.
    """

    right = Right.WRITE
    http_method_names = ["get", "head", "post"]
    # Whether it is for an archived offer too.
    takes_archived = False
    offer: Offer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        mine = Offer.objects.of_member(self.user).select_related("provider")
        self.offer = get_object_or_404(mine, pk=kwargs["pk"])
        if not may(self.user, self.right, self.offer.provider):
            raise PermissionDenied
        if self.offer.status == OfferStatus.ARCHIVED and not self.takes_archived:
            return self._archived(request)
        return super().dispatch(request, *args, **kwargs)

    def _archived(self, request: HttpRequest) -> HttpResponse:
        messages.warning(
            request,
            _("'%(title)s' is gearchiveerd en kan niet worden gewijzigd.")
            % {"title": self.offer.title},
        )
        return redirect("selfservice:portal")

    def done(self, text: str) -> HttpResponse:
        """Return to this offer in the portal with a message, so that a reload repeats nothing."""
        messages.success(self.request, text % {"title": self.offer.title})
        return redirect(f"{reverse('selfservice:portal')}#aanbod-{self.offer.pk}")
