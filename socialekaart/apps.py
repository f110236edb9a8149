"""The admin under its own name, with the pages of our own apps only."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps as installed
from django.contrib.admin import apps


class AdminConfig(apps.SimpleAdminConfig):
    """Django's admin, with the site below.

    It does not look for admin modules in every package: the one of django-leaflet needs GDAL,
    which we do without.
    """

    default = False
    default_site = "socialekaart.admin.SocialekaartAdminSite"

    def ready(self) -> None:
        super().ready()
        import_module("socialekaart.checks")
        for name in ("accounts", "providers", "importing", "selfservice"):
            if installed.is_installed(name) and find_spec(f"{name}.admin"):
                import_module(f"{name}.admin")
