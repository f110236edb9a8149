from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """From a question to help that fits and is available."""

    name = "search"
    verbose_name = _("Zoeken")
