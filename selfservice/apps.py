from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfserviceConfig(AppConfig):
    """Providers keep their own entries true."""

    name = "selfservice"
    verbose_name = _("Voor aanbieders")
