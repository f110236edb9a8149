"""The cells of a municipality as they stood on one day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models import Municipality


class CoverageSnapshot(models.Model):
    """What there was in a municipality on a day, with the thresholds by which it was judged.

    `content` is written and read by gaps.coverage.stored only. It holds counts of offers, and
    nothing about people. A frozen one is never changed or deleted, so that a figure in a council
    paper can be looked up later.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    taken_on = models.DateField(_("stand van"))
    content = models.JSONField(_("cellen"))
    frozen_at = models.DateTimeField(_("vastgezet op"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    objects: ClassVar[models.Manager["CoverageSnapshot"]]

    class Meta:
        ordering = ["-taken_on"]
        verbose_name = _("stand van de dekking")
        verbose_name_plural = _("standen van de dekking")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "taken_on"],
                name="coverage_once_a_day",
                violation_error_message=_("Van deze dag is er al een stand."),
            ),
            models.CheckConstraint(
                condition=Q(frozen_by=None) | Q(frozen_at__isnull=False),
                name="coverage_frozen_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.taken_on}"

    def get_absolute_url(self) -> str:
        return reverse("gaps:stand", args=[self.municipality.slug, self.taken_on.isoformat()])
