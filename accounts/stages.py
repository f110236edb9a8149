"""Steps of a log-in, with what was typed before it carried along."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage as AllauthAuthenticateStage
from django.http import HttpResponse
from django.shortcuts import render

from accounts.kept_form import carried_form


class AuthenticateStage(AllauthAuthenticateStage):
    """Asks for the code of the app."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Show the page at once instead of redirecting to it when it has a form to carry."""
        response, goes_on = super().handle()
        kept = carried_form(self.request)
        if response and kept:
            context = {"form": AuthenticateForm(user=self.login.user), "kept": kept.as_text()}
            response = render(self.request, "mfa/authenticate.html", context)
        return response, goes_on
