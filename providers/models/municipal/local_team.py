"""The local team: where help that needs a decision of the municipality begins."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.days import check_measured
from providers.models.geography import PostalArea, YouthRegion
from providers.models.provider import Provider
from providers.phones import PhoneField

MOST_WEEKS = 260


def weeks_field(label: Any) -> Any:
    """Return a column of weeks (0-260) that may be unknown."""
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(MOST_WEEKS))],
    )


class LocalTeamQuerySet(models.QuerySet["LocalTeam"]):
    """Chainable questions about local teams."""

    def serving(self, postal_area: str) -> Self:
        """Teams that serve this four-digit postcode; a large one may have two."""
        return self.filter(postal_areas=postal_area)

    def of_municipality(self, code: str) -> Self:
        """Teams that serve at least one postcode of this municipality (CBS code)."""
        return self.filter(postal_areas__municipality=code).distinct()

    def in_region(self, region: YouthRegion) -> Self:
        """Teams that serve at least one postcode of this region."""
        return self.filter(postal_areas__municipality__region=region).distinct()


class LocalTeam(models.Model):
    """The team of a provider that serves these postcodes, with its own wait.

    `wait_weeks` runs from the first call to the first talk, `decision_weeks` from that talk to the
    decision of the municipality. Both are dated `measured_on`; null is unknown.
    """

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="local_teams", verbose_name=_("organisatie")
    )
    name = models.CharField(_("naam van het team"), max_length=150)
    phone = PhoneField(
        _("telefoon"), max_length=20, blank=True, help_text=_("Leeg: dat van de organisatie.")
    )
    consultation_hours = models.CharField(
        _("spreekuur"),
        max_length=200,
        blank=True,
        help_text=_("Dag, tijd en plek. Bijvoorbeeld: dinsdag 9-12 uur, Kade 1."),
    )
    wait_weeks = weeks_field(_("weken tot het eerste gesprek"))
    people_waiting = models.PositiveIntegerField(
        _("aantal wachtenden"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    decision_weeks = weeks_field(_("weken van gesprek tot besluit"))
    measured_on = models.DateField(
        _("gemeten op"), null=True, blank=True, validators=[check_measured]
    )
    postal_areas = models.ManyToManyField(
        PostalArea, related_name="local_teams", verbose_name=_("postcodegebieden")
    )
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects: ClassVar[LocalTeamQuerySet] = LocalTeamQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("lokaal team")
        verbose_name_plural = _("lokale teams")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"],
                name="local_team_once",
                violation_error_message=_("Deze organisatie heeft al een team met deze naam."),
            ),
            models.CheckConstraint(
                condition=(Q(wait_weeks=None) | Q(wait_weeks__range=(0, MOST_WEEKS)))
                & (Q(decision_weeks=None) | Q(decision_weeks__range=(0, MOST_WEEKS))),
                name="local_team_weeks_range",
                violation_error_message=_("Weken zijn 0 tot en met 260."),
            ),
            models.CheckConstraint(
                condition=Q(measured_on__isnull=False)
                | Q(wait_weeks=None, decision_weeks=None, people_waiting=None),
                name="local_team_figures_are_dated",
                violation_error_message=_("Vul in op welke dag dit gemeten is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_to_call(self) -> str:
        """Its own number, or that of its organisation; empty when neither is known."""
        return str(self.phone or self.provider.phone)
