from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfserviceConfig(AppConfig):
    """Providers keep their own entries true."""

    name = "selfservice"
    verbose_name = _("Voor aanbieders")

    def ready(self) -> None:
        """Listen for log-ins."""
        from selfservice import at_desk  # noqa: F401
