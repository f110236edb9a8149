"""Steps of a log-in, with what was typed before it carried along."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage as AllauthAuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse
from django.shortcuts import render

from accounts.kept_form import carried_form
from accounts.passkeys.forms import SecondStepForm


class AuthenticateStage(AllauthAuthenticateStage):
    """Asks for the code of the app, or a passkey."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Show the page at once instead of redirecting to it when it has a form to carry."""
        response, goes_on = super().handle()
        kept = carried_form(self.request)
        if response and kept:
            user = self.login.user
            context = {
                "form": AuthenticateForm(user=user),
                "webauthn_form": SecondStepForm(user=user),
                "js_data": {"request_options": begin_authentication(user)},
                "kept": kept.as_text(),
            }
            response = render(self.request, "mfa/authenticate.html", context)
        return response, goes_on
