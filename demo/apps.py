from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demo region, and the page that shows every component in every state."""

    name = "demo"
    verbose_name = _("Demonstratie")
