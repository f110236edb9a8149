"""What `check --deploy` says about our own settings."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host
from django.utils.translation import gettext as _


@checks.register(checks.Tags.security, deploy=True)
def links_in_mails(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when links in mails would lead to the machine of who reads them, or past HTTPS."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme == "https" and validate_host(address.hostname or "", settings.ALLOWED_HOSTS):
        return []
    return [
        checks.Warning(
            _("Links in mails wijzen naar %(url)s.") % {"url": settings.SITE_URL},
            hint=_("Zet SITE_URL op https:// met een naam die ook in ALLOWED_HOSTS staat."),
            id="socialekaart.W001",
        )
    ]
