"""A region asks its providers and local teams, once a quarter, how long people wait."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models.geography import YouthRegion
from providers.models.provider import Provider


class WaitRequestQuerySet(models.QuerySet["WaitRequest"]):
    """Chainable questions about requests."""

    def open(self, on: dt.date) -> Self:
        """Requests that may still be answered on this day."""
        return self.filter(opened_on__lte=on, answer_by__gte=on)


class WaitRequest(models.Model):
    """The request of one quarter.

    Answers are ordinary measurements from the day it opened, so that what is given for the
    region also counts on the map, and works without any data from messages.
    """

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="wait_requests", verbose_name=_("jeugdregio")
    )
    year = models.PositiveSmallIntegerField(_("jaar"))
    quarter = models.PositiveSmallIntegerField(_("kwartaal"))
    opened_on = models.DateField(_("geopend op"))
    answer_by = models.DateField(_("antwoord uiterlijk op"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    objects: ClassVar[WaitRequestQuerySet] = WaitRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year", "-quarter", "-id"]
        verbose_name = _("uitvraag van wachttijden")
        verbose_name_plural = _("uitvragen van wachttijden")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "quarter"],
                name="wait_request_once",
                violation_error_message=_("Voor dit kwartaal is er al een uitvraag."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="wait_request_quarter",
                violation_error_message=_("Een kwartaal is 1, 2, 3 of 4."),
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("opened_on")),
                name="wait_request_days_in_order",
                violation_error_message=_("Antwoorden kan pas na het openen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.year}-K{self.quarter}"


class AskedProvider(models.Model):
    """A provider that a request is for, and when it was last mailed about it."""

    request = models.ForeignKey(
        WaitRequest, models.CASCADE, related_name="asked", verbose_name=_("uitvraag")
    )
    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="+", verbose_name=_("aanbieder")
    )
    mailed_on = models.DateField(_("gemaild op"), null=True, blank=True)
    mails = models.PositiveSmallIntegerField(_("aantal mails"), default=0)

    class Meta:
        ordering = ["provider__name", "id"]
        verbose_name = _("gevraagde aanbieder")
        verbose_name_plural = _("gevraagde aanbieders")
        constraints = [
            models.UniqueConstraint(fields=["request", "provider"], name="asked_provider_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.provider_id}"
