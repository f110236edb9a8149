"""Rules that a region sets for itself: its clocks and its norms. Both are empty by default."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import DatedFact, HelpKind
from providers.models.geography import YouthRegion


class RegionClock(models.Model):
    """How many days a kind of fact stays fresh in one region, instead of the setting."""

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="clocks", verbose_name=_("jeugdregio")
    )
    fact = models.CharField(_("gegeven"), max_length=8, choices=DatedFact.choices)
    days = models.PositiveSmallIntegerField(
        _("dagen geldig"), validators=[MinValueValidator(1), MaxValueValidator(730)]
    )

    class Meta:
        ordering = ["region__name", "fact"]
        verbose_name = _("houdbaarheid per regio")
        verbose_name_plural = _("houdbaarheid per regio")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "fact"],
                name="region_clock_once",
                violation_error_message=_("Deze regio heeft hiervoor al een termijn."),
            ),
            models.CheckConstraint(
                condition=Q(days__range=(1, 730)),
                name="region_clock_range",
                violation_error_message=_("Een termijn is 1 tot en met 730 dagen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.get_fact_display()}: {self.days}"


class WaitNorm(models.Model):
    """The longest wait a region has agreed on for one kind of help, with where that is written.

    Weeks from referral to the start of help. There is no national norm for youth care, so a
    wait is compared with nothing unless a region fills this in.
    """

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="wait_norms", verbose_name=_("jeugdregio")
    )
    kind = models.CharField(_("soort hulp"), max_length=12, choices=HelpKind.choices)
    weeks = models.DecimalField(
        _("weken in totaal"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(260))],
    )
    source = models.CharField(_("bron"), max_length=200)
    source_url = models.URLField(_("adres van de bron"), blank=True)

    class Meta:
        ordering = ["region__name", "kind"]
        verbose_name = _("norm voor wachttijd")
        verbose_name_plural = _("normen voor wachttijden")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind"],
                name="wait_norm_once",
                violation_error_message=_("Deze regio heeft hiervoor al een norm."),
            ),
            models.CheckConstraint(
                condition=Q(weeks__range=(0, 260)),
                name="wait_norm_range",
                violation_error_message=_("Een norm is 0 tot en met 260 weken."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=HelpKind.UNKNOWN),
                name="wait_norm_of_a_kind",
                violation_error_message=_("Een norm hoort bij een soort hulp die bekend is."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="wait_norm_has_source",
                violation_error_message=_("Een norm zonder bron laten wij niet zien."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.get_kind_display()}: {self.weeks}"
