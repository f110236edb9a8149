"""What a passkey is made for, and how it is called."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _


class SecondStepAdapter(DefaultMFAAdapter):
    """Our rules for the second step of a log-in."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's
        """Propose a name for one more passkey of this person."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Toegangssleutel %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the site that a passkey is for: the one of the settings, whatever was asked for.

        A passkey works on this host and those below it, and nowhere else.
        """
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}
