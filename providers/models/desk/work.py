"""What the desk of a region did: changes it looked at, calls it made, doubles it merged."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models.audit import AuditEvent
from providers.models.geography import YouthRegion
from providers.models.provider import Provider


class ByDesk(models.Model):
    """Something that somebody did at the desk of a region."""

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="+", verbose_name=_("regiodesk")
    )
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("door")
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    class Meta:
        abstract = True


class Review(ByDesk):
    """The desk looked at a provider or an offer, up to and including this change."""

    subject_type = models.CharField(_("soort"), max_length=40)
    subject_id = models.CharField(_("nummer"), max_length=50)
    event = models.ForeignKey(AuditEvent, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("beoordeling")
        verbose_name_plural = _("beoordelingen")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="review_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class Call(ByDesk):
    """The desk rang a provider; until some days later it is not on the list again."""

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="calls", verbose_name=_("aanbieder")
    )
    reached = models.BooleanField(_("gesproken"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("telefoontje")
        verbose_name_plural = _("telefoontjes")

    def __str__(self) -> str:
        return str(self.provider)


class FormerProvider(models.Model):
    """A provider that was merged into another: its old address leads there."""

    number = models.PositiveBigIntegerField(_("nummer"), primary_key=True)
    name = models.CharField(_("naam"), max_length=150)
    now = models.ForeignKey(Provider, models.CASCADE, related_name="formers", verbose_name=_("nu"))
    # What it takes to take the merge back (providers.services.desk.unmerging).
    snapshot = models.JSONField(_("stand van toen"), default=dict, blank=True, editable=False)
    merged_at = models.DateTimeField(_("samengevoegd"), default=timezone.now)

    class Meta:
        verbose_name = _("samengevoegde aanbieder")
        verbose_name_plural = _("samengevoegde aanbieders")

    def __str__(self) -> str:
        return self.name
