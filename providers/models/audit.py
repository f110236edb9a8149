"""Who changed what, when: written in the same transaction as the change."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models.base import AppendOnly
from providers.models.geography import YouthRegion
from providers.models.provider import Provider

# What AuditEvent.regions says of a change that shows on the pages of every region, or on none.
ON_EVERY_PAGE, ON_NO_PAGE = "*", ""
# So many regions are as good as all of them: few have help in more.
MOST_REGIONS = 8


def regions_text(codes: Iterable[str]) -> str:
    """Return codes of regions as AuditEvent.regions holds them."""
    named = sorted(set(codes))
    if len(named) > MOST_REGIONS or ON_EVERY_PAGE in named:
        return ON_EVERY_PAGE
    return "|".join(named)


def region_codes(text: str) -> list[str]:
    """Return what regions_text put together; ON_EVERY_PAGE stays as it is."""
    return text.split("|")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Chainable questions about what was done."""

    def at_desk(self, region: YouthRegion) -> Self:
        """What the desk of a region looks after: what shows there, and what is given there.

        What is given in many regions shows on every page; whether it is given here, its areas say.
        """
        areas = apps.get_model("providers", "ServiceArea").objects
        offers = areas.filter(municipality__region=region).values(number=_as_text("offer"))
        providers = Provider.objects.in_region(region).order_by().values(number=_as_text("pk"))
        given_here = Q(subject_type="offer", subject_id__in=offers) | Q(
            subject_type="provider", subject_id__in=providers
        )
        return self.filter(Q(regions__contains=region.pk) | Q(regions=ON_EVERY_PAGE) & given_here)


def _as_text(name: str) -> Cast:
    return Cast(name, models.CharField())


class AuditEvent(AppendOnly):
    """One change of one thing. `by` is empty for what the program did by itself."""

    at = models.DateTimeField(_("wanneer"), auto_now_add=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wie")
    )
    action = models.CharField(_("wat"), max_length=40)
    subject_type = models.CharField(_("soort"), max_length=40)
    # As long as the longest key: a help question goes by its code, not by a number.
    subject_id = models.CharField(_("nummer"), max_length=50)
    subject_label = models.CharField(_("naam"), max_length=200)
    changes = models.JSONField(_("wijzigingen"), default=dict)
    # Whose pages the change may show on: codes of youth regions. Unless somebody says so, all.
    regions = models.CharField(
        _("zichtbaar in"), max_length=60, default=ON_EVERY_PAGE, blank=True, editable=False
    )

    objects: ClassVar[AuditEventQuerySet] = AuditEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label}"


class SheetChange(models.Model):
    """One spreadsheet that was read in for a provider."""

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="sheet_changes", verbose_name=_("aanbieder")
    )
    at = models.DateTimeField(_("wanneer"), auto_now_add=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("door")
    )
    # Which table it was (providers/sheets).
    kind = models.CharField(_("tabel"), max_length=10, default="aanbod", editable=False)
    # Of each line what undoing it needs: its cells before and after, and what was added.
    rows = models.JSONField(_("rijen"), default=list)
    undone_at = models.DateTimeField(_("teruggedraaid"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("ingelezen rekenblad")
        verbose_name_plural = _("ingelezen rekenbladen")

    def __str__(self) -> str:
        return f"{self.provider} {self.at:%Y-%m-%d}"
