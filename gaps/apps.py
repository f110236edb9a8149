from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GapsConfig(AppConfig):
    """What is missing, too far or too late, for municipalities."""

    name = "gaps"
    verbose_name = _("Voor gemeenten")
