"""What referrers tell us with one tap. Never about a person: codes and counts only.

`sender` tells senders apart without knowing them: a keyed hash of a random number that the
sender's own browser keeps. It cannot be turned back into a person or a device.
"""

import datetime as dt
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.enums import AgeBand, MissingReason, ReferrerKind, ReportKind, ReportReason
from providers.models.geography import Municipality
from providers.models.groups import GroupProgramme, GroupRun
from providers.models.offer import Offer
from providers.models.vocabulary import HelpQuestion

INTEREST_DAYS = 60
MAX_INTEREST = 20


class InterestQuerySet(models.QuerySet["Interest"]):
    """Chainable questions about interest."""

    def current(self, on: dt.date) -> Self:
        """Interest that has not expired on this day."""
        return self.filter(expires_on__gt=on)

    def made_by(self, sender: str) -> Self:
        """What one browser has left, so that it can take it back."""
        return self.filter(sender=sender)


class Interest(models.Model):
    """A referrer has children or parents for this group: how many, an age band, a municipality.

    Expires by itself after 60 days (INTEREST_DAYS).
    """

    programme = models.ForeignKey(
        GroupProgramme, models.CASCADE, related_name="interest", verbose_name=_("groepsaanbod")
    )
    # Gone with its run. Without the run it would be interest in the group as a whole, and of that
    # the same sender may have said something already.
    run = models.ForeignKey(
        GroupRun,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="interest",
        verbose_name=_("groepsronde"),
    )
    count = models.PositiveSmallIntegerField(
        _("aantal"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_INTEREST)],
    )
    age_band = models.CharField(_("leeftijd"), max_length=5, choices=AgeBand.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    created_on = models.DateField(_("gemeld op"), default=timezone.localdate)
    expires_on = models.DateField(_("telt tot"), db_index=True)
    sender = models.CharField(_("afzender"), max_length=64, editable=False)
    # A keyed hash with a key per day (providers.networks): tells networks apart within that day.
    network = models.CharField(_("netwerk"), max_length=64, default="", blank=True, editable=False)

    objects: ClassVar[InterestQuerySet] = InterestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_on", "-id"]
        verbose_name = _("belangstelling")
        verbose_name_plural = _("belangstelling")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__range=(1, MAX_INTEREST)),
                name="interest_count_range",
                violation_error_message=_("Meld 1 tot en met 20 mensen."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("created_on")),
                name="interest_expires_later",
                violation_error_message=_("De einddatum ligt voor het begin."),
            ),
            # A second tap of one browser changes its number; it never counts people twice. Two
            # constraints, because to a database one empty run is never the same as another.
            models.UniqueConstraint(
                fields=["sender", "programme", "age_band", "municipality", "run"],
                condition=Q(run__isnull=False),
                name="interest_once_per_run",
                violation_error_message=_("U heeft dit al gemeld."),
            ),
            models.UniqueConstraint(
                fields=["sender", "programme", "age_band", "municipality"],
                condition=Q(run__isnull=True),
                name="interest_once_per_group",
                violation_error_message=_("U heeft dit al gemeld."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.count}"


class ReportQuerySet(models.QuerySet["Report"]):
    """Chainable questions about reports."""

    def since(self, day: dt.date) -> Self:
        """Reports of this day or later."""
        return self.filter(created_on__gte=day)

    def counting(self) -> Self:
        """Reports that are a voice of their own: not one browser's or network's flood."""
        return self.filter(counts=True)


class Report(models.Model):
    """A referrer's signal on an offer: full, wrong, or does not fit, with a reason from a list."""

    offer = models.ForeignKey(
        Offer, models.CASCADE, related_name="reports", verbose_name=_("aanbod")
    )
    kind = models.CharField(_("melding"), max_length=10, choices=ReportKind.choices)
    reason = models.CharField(_("reden"), max_length=16, choices=ReportReason.choices, blank=True)
    created_on = models.DateField(_("gemeld op"), default=timezone.localdate)
    created_at = models.DateTimeField(_("tijdstip"), default=timezone.now, editable=False)
    sender = models.CharField(_("afzender"), max_length=64, editable=False)
    # A keyed hash with a key per day (providers.networks): tells networks apart within that day.
    network = models.CharField(_("netwerk"), max_length=64, default="", blank=True, editable=False)
    # Decided when it came in: whether it is a voice of its own (providers.services.reports).
    counts = models.BooleanField(_("telt mee"), default=True, editable=False)
    # From the search that led to the offer, as far as it said so.
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gemeente"),
    )
    help_question = models.ForeignKey(
        HelpQuestion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hulpvraag"),
    )
    age_band = models.CharField(_("leeftijd"), max_length=5, choices=AgeBand.choices, blank=True)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_on", "-id"]
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        indexes = [models.Index(fields=["offer", "kind", "-created_on"], name="report_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "kind", "sender", "created_on"],
                name="report_once_a_day",
                violation_error_message=_("U heeft dit vandaag al gemeld."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind}"


class MissingHelpSignal(models.Model):
    """Help that a referrer looked for and that is not there: codes only, no words."""

    help_question = models.ForeignKey(
        HelpQuestion, models.CASCADE, related_name="+", verbose_name=_("hulpvraag")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    age_band = models.CharField(_("leeftijd"), max_length=5, choices=AgeBand.choices, blank=True)
    reason = models.CharField(_("wat ontbreekt"), max_length=12, choices=MissingReason.choices)
    referrer = models.CharField(
        _("soort verwijzer"), max_length=10, choices=ReferrerKind.choices, blank=True
    )
    # Whoever has this reads what became of the signal, and nobody else can think it up.
    follow = models.CharField(
        _("om te volgen"), max_length=32, blank=True, db_index=True, editable=False
    )
    created_on = models.DateField(_("gemeld op"), default=timezone.localdate, db_index=True)
    sender = models.CharField(_("afzender"), max_length=64, editable=False)
    # A keyed hash with a key per day (providers.networks): tells networks apart within that day.
    network = models.CharField(_("netwerk"), max_length=64, default="", blank=True, editable=False)
    # Decided when it came in: not the tenth of one browser or network (providers.services.signals).
    counts = models.BooleanField(_("telt mee"), default=True, editable=False)

    class Meta:
        ordering = ["-created_on", "-id"]
        verbose_name = _("gemist aanbod")
        verbose_name_plural = _("gemist aanbod")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "help_question",
                    "municipality",
                    "age_band",
                    "reason",
                    "sender",
                    "created_on",
                ],
                name="missing_once_a_day",
                violation_error_message=_("U heeft dit vandaag al gemeld."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.help_question_id} {self.municipality_id}"
