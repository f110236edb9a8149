from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The catalogue for other programs."""

    name = "api"
    verbose_name = _("API")
