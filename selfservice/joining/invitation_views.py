"""The page behind the link in an invitation."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import User
from providers.models import Invitation
from providers.services.joining.invitations import (
    InvitationEndedError,
    chooses_password,
    holder_of,
    invitation_of,
    join,
    join_with_password,
)
from selfservice.access import NAV
from selfservice.joining.forms import JoinForm


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptInvitation(View):
    """Take part: choose a password the first time, or log in with the one there is.

    Following the link changes nothing: programs that check mails follow links too.
    """

    http_method_names = ["get", "head", "post"]
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = invitation_of(kwargs["token"])
        if found is None:
            return self._refused("broken", 404)
        self.invitation = found
        if found.accepted_at or found.withdrawn_at or found.has_expired:
            return self._ended()
        self.holder = holder_of(found)
        if self.holder and not self.holder.is_active:
            return self._refused("closed", 410)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(JoinForm(email=self.invitation.email, user=self.holder))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if self._is_somebody_else:
            return self._page(status=403)
        if not chooses_password(self.holder):
            return self._join_known(request)
        form = JoinForm(request.POST, email=self.invitation.email, user=self.holder)
        if not form.is_valid():
            return self._page(form)
        try:
            user = join_with_password(
                invitation=self.invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
            )
        except InvitationEndedError:
            return self._ended()
        response: HttpResponse = perform_login(request, user)
        messages.success(request, self._welcome)
        return response

    def _join_known(self, request: HttpRequest) -> HttpResponse:
        """Let somebody with an account take part; they log in first."""
        if not isinstance(request.user, User):
            there = urlencode({"next": request.path})
            return redirect(f"{reverse('account_login')}?{there}")
        try:
            join(by=request.user, invitation=self.invitation)
        except InvitationEndedError:
            return self._ended()
        messages.success(request, self._welcome)
        return redirect(get_adapter(request).get_login_redirect_url(request))

    @property
    def _is_somebody_else(self) -> bool:
        user = self.request.user
        return isinstance(user, User) and user != self.holder

    @property
    def _welcome(self) -> str:
        return _("Welkom. U doet nu mee bij %(body)s.") % {"body": self.invitation}

    def _page(self, form: JoinForm | None = None, status: int = 200) -> HttpResponse:
        is_known = not chooses_password(self.holder)
        context = {
            "invitation": self.invitation,
            "form": None if is_known else form,
            "is_known": is_known,
            "is_somebody_else": self._is_somebody_else,
            "nav": NAV,
        }
        page = "selfservice/joining/invitation.html"
        return render(self.request, page, context, status=status)

    def _ended(self) -> HttpResponse:
        found = self.invitation
        used = found.accepted_at is not None
        return self._refused("used" if used else "withdrawn" if found.withdrawn_at else "old", 410)

    def _refused(self, why: str, status: int) -> HttpResponse:
        context = {"why": why, "nav": NAV}
        page = "selfservice/joining/invitation_ended.html"
        return render(self.request, page, context, status=status)
