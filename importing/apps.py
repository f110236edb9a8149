from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Files of others, read into the domain."""

    name = "importing"
    verbose_name = _("Importeren")
