"""Wait measurements: dated facts, kept for ever, of which the newest valid one counts."""

from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.days import check_day
from providers.enums import VISIBLE_STATUSES, WaitMethod, WaitSource, WaitStatus
from providers.models.base import AppendOnly
from providers.models.geography import Municipality

MAX_WEEKS = 260
NO_PARTS = Q(intake_weeks__isnull=True, treatment_weeks__isnull=True)


def total_of(
    intake: Decimal | None, treatment: Decimal | None, start: Decimal | None
) -> Decimal | None:
    """Return the weeks from referral to the start of help, as one number or as its two parts."""
    if start is not None or intake is None or treatment is None:
        return start
    return intake + treatment


# The same for the database. SQLite adds up as floats: 0.1 + 0.2 would be a little over 0.3.
TOTAL_WEEKS = Coalesce("start_weeks", Round(F("intake_weeks") + F("treatment_weeks"), precision=2))


class WaitTimeQuerySet(models.QuerySet["WaitTime"]):
    """Chainable questions about measurements."""

    def valid(self) -> Self:
        """Measurements that say something about waiting for everybody.

        Process time is no wait (the time before the allocation is missing), and a measurement
        for one municipality does not hold for the others.
        """
        return self.real().filter(municipality=None)

    def real(self) -> Self:
        """Measurements of a wait, for everybody or for one municipality, not taken back."""
        return self.standing().exclude(method=WaitMethod.PROCESS)

    def standing(self) -> Self:
        """Measurements that nobody took back."""
        return self.filter(retraction=None)

    def for_one_municipality(self) -> Self:
        """Measurements of a wait that hold in one municipality only."""
        return self.real().filter(municipality__isnull=False)

    def of_visible_offers(self) -> Self:
        """Measurements of offers that everybody may see."""
        return self.filter(offer__status__in=VISIBLE_STATUSES)

    def holding_in(self, municipality: str) -> Self:
        """Measurements that hold in this municipality (CBS code), for it alone or for all."""
        return self.filter(Q(municipality=None) | Q(municipality=municipality))

    def newest_first(self) -> Self:
        """By date; on one date what is expected now goes before what has been."""
        rank = Case(
            When(method=WaitMethod.FORECAST, then=Value(0)),
            When(method=WaitMethod.MEDIAN, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by("-measured_on", rank, "-id")


class WaitTime(AppendOnly):
    """One dated measurement for one offer.

    Weeks run from referral to the first intake (`intake_weeks`) and from the intake to the
    start of help (`treatment_weeks`), the two clocks of the Dutch Healthcare Authority; their
    sum is the total wait. Who knows only the total gives `start_weeks`, and neither part. What is
    not known is null, never zero.
    """

    offer = models.ForeignKey(
        "providers.Offer", models.CASCADE, related_name="wait_times", verbose_name=_("aanbod")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("alleen voor gemeente"),
    )
    measured_on = models.DateField(_("gemeten op"), validators=[check_day])
    status = models.CharField(
        _("wat is bekend"), max_length=10, choices=WaitStatus.choices, default=WaitStatus.KNOWN
    )
    intake_weeks = models.DecimalField(
        _("weken tot de intake"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_WEEKS)],
    )
    treatment_weeks = models.DecimalField(
        _("weken van intake tot start"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_WEEKS)],
    )
    start_weeks = models.DecimalField(
        _("weken tot de hulp begint"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_WEEKS)],
    )
    people_waiting = models.PositiveIntegerField(_("aantal wachtenden"), null=True, blank=True)
    stop_until = models.DateField(
        _("aanmeldstop tot"), null=True, blank=True, validators=[check_day]
    )
    method = models.CharField(
        _("methode"), max_length=12, choices=WaitMethod.choices, default=WaitMethod.FORECAST
    )
    source = models.CharField(
        _("bron"), max_length=10, choices=WaitSource.choices, default=WaitSource.PROVIDER
    )
    as_written = models.CharField(_("zoals opgeschreven"), max_length=300, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("vastgelegd"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    objects: ClassVar[WaitTimeQuerySet] = WaitTimeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-measured_on", "-id"]
        verbose_name = _("wachttijd")
        verbose_name_plural = _("wachttijden")
        indexes = [models.Index(fields=["offer", "-measured_on", "-id"], name="wait_newest")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status=WaitStatus.KNOWN)
                    & (
                        Q(intake_weeks__isnull=False)
                        | Q(treatment_weeks__isnull=False)
                        | Q(start_weeks__isnull=False)
                    )
                    | ~Q(status=WaitStatus.KNOWN) & NO_PARTS & Q(start_weeks__isnull=True)
                ),
                name="wait_numbers_or_a_reason",
                violation_error_message=_(
                    "Vul weken in, of zeg dat er een aanmeldstop is of dat de wachttijd "
                    "onbekend is."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    (Q(intake_weeks__isnull=True) | Q(intake_weeks__range=(0, MAX_WEEKS)))
                    & (Q(treatment_weeks__isnull=True) | Q(treatment_weeks__range=(0, MAX_WEEKS)))
                    & (Q(start_weeks__isnull=True) | Q(start_weeks__range=(0, MAX_WEEKS)))
                ),
                name="wait_weeks_within_bounds",
                violation_error_message=_("Een wachttijd is 0 tot en met 260 weken."),
            ),
            models.CheckConstraint(
                condition=Q(start_weeks__isnull=True) | NO_PARTS,
                name="wait_total_or_its_parts",
                violation_error_message=_("Geef het totaal, of de weken voor en na de intake."),
            ),
            models.CheckConstraint(
                condition=Q(stop_until__isnull=True) | Q(status=WaitStatus.STOP),
                name="wait_stop_date_needs_stop",
                violation_error_message=_("Een einddatum hoort bij een aanmeldstop."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.measured_on}"

    def clean(self) -> None:
        """Refuse a measurement in the future; the database has no clock to say so."""
        from django.core.exceptions import ValidationError

        if self.measured_on and self.measured_on > timezone.localdate():
            raise ValidationError({"measured_on": _("Deze datum ligt in de toekomst.")})

    @property
    def total_weeks(self) -> Decimal | None:
        """Weeks from referral to the start of help; None when a part is unknown."""
        return total_of(self.intake_weeks, self.treatment_weeks, self.start_weeks)


class WaitRetraction(AppendOnly):
    """Somebody took a measurement back, such as 60 weeks typed for 6: it no longer counts."""

    wait = models.OneToOneField(
        WaitTime, models.CASCADE, related_name="retraction", verbose_name=_("wachttijd")
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("teruggenomen wachttijd")
        verbose_name_plural = _("teruggenomen wachttijden")

    def __str__(self) -> str:
        return f"{self.wait_id} {self.at:%Y-%m-%d}"
