from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Connect signals, and have log-ins counted where all limits are.

        allauth has no setting for its cache.
        """
        from allauth.core.internal import ratelimit
        from allauth.mfa.totp.internal import auth as totp

        from accounts import signals  # noqa: F401 - connects them
        from accounts.limits import limits

        ratelimit.cache = totp.cache = limits
