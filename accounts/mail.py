"""What every mail of this site has in common: the sender's marks, and whole addresses."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from accounts.addresses import is_taken
from accounts.after_response import after_response

# RFC 3834: no out-of-office reply to a program, and none that sets off the next mail.
HEADERS = {"Auto-Submitted": "auto-generated"}


def message(subject: str, body: str, to: str) -> EmailMessage:
    """Return a mail of this site to one address."""
    return EmailMessage(subject, body, to=[to], headers=dict(HEADERS))


def site_address(path: str) -> str:
    """Return the whole address of a page of this site.

    Never from the host of a request: that is whatever the visitor's program says it is.
    """
    return f"{settings.SITE_URL.rstrip('/')}{path}"


class MailAdapter(DefaultAccountAdapter):
    """Our rules for the mails about log-ins."""

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Send the link; who has an account with this address gets an explanation instead.

        The page says the same in both cases: it must not tell which addresses have an account.
        """
        address = emailconfirmation.email_address
        if is_taken(address.email, but_for=address.user):
            self.send_mail("account/email/address_in_use", address.email, {})
            return
        super().send_confirmation_mail(request, emailconfirmation, signup)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # The pattern of allauth has a hyphen between the two parts of the key.
        uid, _hyphen, token = key.partition("-")
        return site_address(reverse("account_reset_password_from_key", args=[uid, token]))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return site_address(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Render a mail with the name and the address of this site, not of the request's host."""
        site = SimpleNamespace(
            name=settings.SITE_NAME,
            domain=urlsplit(settings.SITE_URL).netloc,
            url=site_address("/"),
        )
        ours = {"current_site": site, "contact_email": settings.CONTACT_EMAIL}
        mail: EmailMessage = super().render_mail(
            template_prefix, email, context | ours, HEADERS | (headers or {})
        )
        return mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now and send after the answer: how long sending takes tells something."""
        context = {"request": self.request, "email": email, **context}
        mail = self.render_mail(template_prefix, email, context)
        after_response(self.request, mail.send)
