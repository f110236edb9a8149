"""Figures as a report of others prints them: kept as given, never mended."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models.geography import YouthRegion


class ReportedTable(models.Model):
    """One table of one report, with where it stands.

    `periods` are the headings; each of `lines` is [label, [number or null, ...]]; `total` is
    printed, and need not be the sum of the lines: rounding and secrecy make it differ. All
    numbers have one unit.
    """

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="reported_tables", verbose_name=_("jeugdregio")
    )
    title = models.CharField(_("titel"), max_length=120)
    unit = models.CharField(_("eenheid"), max_length=40)
    source = models.CharField(_("bron"), max_length=200)
    periods: Any = models.JSONField(_("perioden"))
    lines: Any = models.JSONField(_("regels"))
    total: Any = models.JSONField(_("gedrukt totaal"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )
    recorded_at = models.DateTimeField(_("vastgelegd"), auto_now_add=True)

    class Meta:
        ordering = ["title", "id"]
        verbose_name = _("tabel uit een rapport")
        verbose_name_plural = _("tabellen uit rapporten")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title"],
                name="reported_table_once",
                violation_error_message=_("Er is al een tabel met deze titel."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
