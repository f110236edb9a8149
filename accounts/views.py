"""Pages of allauth that need a rule of ours."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import EmailView as AllauthEmailView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.views.decorators.cache import never_cache

from accounts.addresses import wanted_addresses


class EmailView(AllauthEmailView):
    """The address of an account, and the one it will be."""

    def _action_primary(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Do nothing: only the link in the mail makes another address the one in use."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        own = EmailAddress.objects.filter(user=user, email=user.email)
        context["current_emailaddress"] = own.first()
        context["new_emailaddress"] = wanted_addresses(user).last()
        return context


email = never_cache(login_required(EmailView.as_view()))
