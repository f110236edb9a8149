from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    """The domain: who offers which help, where, for whom, and when it can start."""

    name = "providers"
    verbose_name = _("Aanbod")

    def ready(self) -> None:
        from providers import account_events  # noqa: F401 - connects them
