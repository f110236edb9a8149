"""Service areas: in which municipality an offer is given, the way in, and who pays."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.days import check_day
from providers.enums import AccessRoute, ContractStatus
from providers.models.geography import Municipality
from providers.models.offer import Offer
from providers.models.provider import Provider
from providers.models.waits import WaitTime

ROUTE_FIELDS = {
    AccessRoute.WALK_IN: "walk_in",
    AccessRoute.LOCAL_TEAM: "via_local_team",
    AccessRoute.DOCTOR: "via_doctor",
    AccessRoute.COURT: "via_court",
}


# So long before an area ends, its provider and the desk hear of it: time for a new contract.
AREA_ENDS_SOON_DAYS = 60


class ServiceAreaQuerySet(models.QuerySet["ServiceArea"]):
    """Chainable questions about service areas."""

    def current(self, on: dt.date) -> Self:
        """Areas that have not ended on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def ending(self, on: dt.date) -> Self:
        """Areas that end within AREA_ENDS_SOON_DAYS from this day, or on it."""
        return self.filter(ends_on__range=(on, on + dt.timedelta(days=AREA_ENDS_SOON_DAYS)))


class ServiceArea(models.Model):
    """An offer serves a municipality: how one gets in, and who pays.

    No route at all means that the way in is not known.
    """

    offer = models.ForeignKey(
        Offer, models.CASCADE, related_name="service_areas", verbose_name=_("aanbod")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="service_areas", verbose_name=_("gemeente")
    )
    walk_in = models.BooleanField(AccessRoute.WALK_IN.label, default=False)
    via_local_team = models.BooleanField(AccessRoute.LOCAL_TEAM.label, default=False)
    via_doctor = models.BooleanField(AccessRoute.DOCTOR.label, default=False)
    via_court = models.BooleanField(AccessRoute.COURT.label, default=False)
    contract = models.CharField(
        _("contract"),
        max_length=14,
        choices=ContractStatus.choices,
        default=ContractStatus.UNKNOWN,
    )
    main_contractor = models.ForeignKey(
        Provider,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hoofdaannemer"),
    )
    ends_on = models.DateField(_("tot en met"), null=True, blank=True, validators=[check_day])
    # A copy of the newest measurement for this municipality alone, when the provider gives one;
    # kept by providers.services.waits, so that a card can say it without another statement.
    current_wait = models.ForeignKey(
        WaitTime, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar[ServiceAreaQuerySet] = ServiceAreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["municipality__name", "id"]
        verbose_name = _("werkgebied")
        verbose_name_plural = _("werkgebieden")
        constraints = [
            # In this order: the search asks "which offers serve this municipality".
            models.UniqueConstraint(
                fields=["municipality", "offer"],
                name="service_area_once",
                violation_error_message=_("Deze gemeente staat er al."),
            )
        ]
        indexes = [
            # That question is answered from the index alone: the rows lie all over the table.
            models.Index(fields=["municipality", "offer", "ends_on"], name="service_area_current")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.municipality_id}"

    @property
    def routes(self) -> list[AccessRoute]:
        """The ways in; empty when they are not known."""
        return [choice for choice, field in ROUTE_FIELDS.items() if getattr(self, field)]
