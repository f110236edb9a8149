"""What was read from whom, and what every row of it came to."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import CareLevel
from providers.models import Offer, YouthRegion

# Most of what municipalities keep a list of is light.
USUAL_LEVEL = CareLevel.PREVENTION


class ListSource(models.Model):
    """Somebody's list of organisations, and how its columns are to be read: mapped once."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name = models.CharField(_("naam van de lijst"), max_length=120)
    region = models.ForeignKey(
        YouthRegion, models.PROTECT, related_name="+", verbose_name=_("jeugdregio")
    )
    # Field by heading, as importing.lists.columns reads them.
    mapping = models.JSONField(_("kolommen"), default=dict, blank=True)
    level = models.PositiveSmallIntegerField(
        _("trede"), choices=CareLevel.choices, default=USUAL_LEVEL
    )
    serves_region = models.BooleanField(_("geldt in de hele regio"), default=False)
    # Help questions that the texts of this list suggest wrongly.
    not_suggested = models.JSONField(_("niet voorstellen"), default=list, blank=True)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("lijst")
        verbose_name_plural = _("lijsten")

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One file taken in: written in the same transaction as what it brought."""

    created_at = models.DateTimeField(_("ingelezen"), auto_now_add=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )
    source = models.SlugField(_("bron"), max_length=40)
    file_name = models.CharField(_("bestand"), max_length=255)
    sha256 = models.CharField(_("vingerafdruk"), max_length=64, db_index=True)
    counts = models.JSONField(_("aantallen"), default=dict)
    # The numbers of what it made, by kind, so that it can be undone in one step.
    made: Any = models.JSONField(_("gemaakt"), default=dict, editable=False)
    undone_at = models.DateTimeField(_("teruggedraaid"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("teruggedraaid door"),
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class ImportRow(models.Model):
    """What one row of a file came to, and why."""

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("rij"))
    action = models.CharField(_("wat er gebeurde"), max_length=20)
    reason = models.CharField(_("waarom"), max_length=300, blank=True)
    offer = models.ForeignKey(
        Offer, models.SET_NULL, null=True, related_name="+", verbose_name=_("aanbod")
    )

    class Meta:
        ordering = ["run", "number"]
        verbose_name = _("rij van een import")
        verbose_name_plural = _("rijen van imports")
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.action}"
