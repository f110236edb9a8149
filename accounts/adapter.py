"""How people come in: by invitation of an editor only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import throttling
from accounts.addresses import is_taken
from accounts.kept_form import carried_form, hand_back
from accounts.mail import MailAdapter
from accounts.models import User
from accounts.network import network_of

OWN_WORDS = {
    "account_inactive": _("Dit account is gesloten. Vraag de beheerder van uw regio."),
    "duplicate_email": _("Dit adres staat al bij uw account."),
    "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar."),
    "enter_current_password": _("Dit is niet uw huidige wachtwoord."),
    "incorrect_code": _("Deze code klopt niet. Neem de code die de app nu laat zien."),
    "incorrect_password": _("Dit wachtwoord klopt niet."),
    "rate_limited": _("Dat ging te snel achter elkaar. Wacht een paar minuten."),
    "too_many_login_attempts": _(
        "Er is te vaak een verkeerd wachtwoord gegeven. Wacht vijf minuten, of kies een nieuw "
        "wachtwoord met 'Wachtwoord vergeten?': dat werkt altijd."
    ),
}


class AccountAdapter(MailAdapter):
    """Our rules for log-ins.

    Registration is closed: an account gives rights over a provider's entries.
    """

    error_messages = DefaultAccountAdapter.error_messages | OWN_WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom a limit on log-ins counts: the same network as every other limit."""
        return network_of(request)

    # --- guessing passwords ---

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong guesses per account *and* network or known browser.

        Per account alone, ten wrong guesses by anybody lock its owner out.
        """
        return throttling.attempts_key(request, credentials.get("email", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when too many guesses were wrong, from here or from everywhere."""
        email = credentials.get("email", "")
        if not throttling.is_known_browser(request, email):
            super().pre_authenticate(request, **credentials)
        usage = throttling.consume(request, email)
        if usage is None:
            raise self.validation_error("too_many_login_attempts")
        own = getattr(self, "_login_failed_rl_usage", None)
        if own:
            usage.usage.extend(own.usage)
        # Given back by allauth after the right password.
        self._login_failed_rl_usage = usage

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Begin counting anew after a password was chosen by mail."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        throttling.forgive(request, credentials.get("email", ""))

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.stages.AuthenticateStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Go to the page of this person, or back to the form that they were filling in.

        The browser is remembered, so that nobody who guesses can keep its owner out.
        """
        response: HttpResponse = super().post_login(request, user, **kwargs)
        kept = carried_form(request)
        if kept:
            response = hand_back(request, kept)
        throttling.remember_browser(response, user)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Met uw wachtwoord"),
            "mfa_reauthenticate": _("Met een code"),
            "mfa_reauthenticate:webauthn": _("Met uw toegangssleutel"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**one, "description": words.get(one["id"], one["description"])} for one in methods]

    # --- addresses ---

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Only an address that was asked for and not confirmed can be taken back."""
        return bool(email_address.email != email_address.user.email)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Start using an address; not when somebody else has come to use it in the meantime."""
        try:
            with transaction.atomic():
                if not is_taken(email_address.email, but_for=email_address.user):
                    return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            pass  # the same, in the same second
        return False
