"""What every mail of this site has in common: the sender's marks, and whole addresses."""

from django.conf import settings
from django.core.mail import EmailMessage

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
