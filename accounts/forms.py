"""Forms of allauth with the rules of this site."""

from typing import Any

from allauth.account import forms
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.addresses import wanted_addresses
from accounts.after_response import after_response
from accounts.models import User


class SamePasswordTwice:
    """Says in our words that two passwords differ."""

    def add_error(self, field: str | None, error: Any) -> None:
        # allauth adds a text there; what Django's validators find is a ValidationError.
        if field == "password2" and not isinstance(error, ValidationError):
            error = _("Dit is niet hetzelfde als het wachtwoord hierboven.")
        super().add_error(field, error)  # type: ignore[misc]


class ChangePasswordForm(SamePasswordTwice, forms.ChangePasswordForm):
    """A new password for who knows the old one."""


class ResetPasswordKeyForm(SamePasswordTwice, forms.ResetPasswordKeyForm):
    """A new password for who followed the link in a mail."""


class AddEmailForm(forms.AddEmailForm):
    """Ask for another address: the account goes by the present one until its link is followed."""

    def save(self, request: HttpRequest) -> EmailAddress:
        """Record the wish in place of an earlier one, and send the link.

        allauth takes any unconfirmed address for the earlier wish, and most accounts here have
        never had to confirm theirs.
        """
        wanted_addresses(self.user).delete()
        address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address


class ResetPasswordForm(forms.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    def clean_email(self) -> str:
        """Look only at addresses in use: one that somebody wants to change to opens nothing."""
        email: str = self.cleaned_data["email"]
        address = User.normalize_username(email)
        self.users = list(User.objects.filter(email=address, is_active=True))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Do all the work after the answer: it takes as long for an address nobody has."""

        def send() -> None:
            with context.request_context(request):
                super(ResetPasswordForm, self).save(request, **kwargs)

        # What is sent in there has no answer to wait for any more.
        after_response(request, send)
        email: str = self.cleaned_data["email"]
        return email
