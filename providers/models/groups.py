"""Groups: what an offer in a group adds, and its runs."""

import datetime as dt
from typing import ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from providers.days import check_day, check_happened
from providers.enums import VISIBLE_STATUSES, GroupAudience, GroupKind
from providers.models.base import Sourced, unique_source_key
from providers.models.offer import Offer
from providers.models.provider import Location
from providers.rules.enrolment import CanEnrol, StillToCome
from providers.rules.meeting_hours import are_meeting_hours, meeting_hours_in_database

END_BEFORE_START = _("De eindtijd is niet later dan het begin.")


def _interest_in(field: str, on: dt.date) -> Coalesce:
    """How many people current interest counts for the row of the query at hand."""
    rows = apps.get_model("providers", "Interest")._default_manager.current(on)
    sums = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(sums.annotate(total=Sum("count")).values("total")), Value(0))


class GroupProgrammeQuerySet(models.QuerySet["GroupProgramme"]):
    """Chainable questions about groups."""

    def visible(self) -> Self:
        """Groups of offers that are shown."""
        return self.filter(offer__status__in=VISIBLE_STATUSES)

    def with_interest(self, on: dt.date) -> Self:
        """Annotate `interested`: people for whom somebody looks for this group, on this day."""
        return self.annotate(interested=_interest_in("programme", on))


class GroupProgramme(models.Model):
    """What an offer in a group adds: kind, size, sessions, who leads it."""

    offer = models.OneToOneField(
        Offer, models.CASCADE, related_name="programme", verbose_name=_("aanbod")
    )
    kind = models.CharField(_("soort groep"), max_length=20, choices=GroupKind.choices)
    audience = models.CharField(
        _("voor wie"), max_length=8, choices=GroupAudience.choices, default=GroupAudience.CHILD
    )
    min_size = models.PositiveSmallIntegerField(
        _("nodig om te starten"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    max_size = models.PositiveSmallIntegerField(
        _("grootte"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    sessions = models.PositiveSmallIntegerField(_("aantal keren"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minuten per keer"), null=True, blank=True)
    is_open = models.BooleanField(_("instromen kan altijd"), default=False)
    on_demand = models.BooleanField(_("groep op maat: start als er genoeg vraag is"), default=False)
    leaders = models.CharField(_("begeleiding"), max_length=200, blank=True)
    expert_by_experience = models.BooleanField(_("met ervaringsdeskundige"), default=False)
    outcome = models.TextField(_("wat levert het op"), blank=True, max_length=500)
    # Words of somebody who took part; who that was only as far as nobody can be known by it.
    quote = models.CharField(_("uitspraak van een deelnemer"), blank=True, max_length=300)
    quote_by = models.CharField(_("van wie"), blank=True, max_length=80)

    objects: ClassVar[GroupProgrammeQuerySet] = GroupProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("groepsaanbod")
        verbose_name_plural = _("groepsaanbod")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(min_size__isnull=True)
                    | Q(max_size__isnull=True)
                    | Q(min_size__lte=F("max_size"))
                ),
                name="programme_sizes_in_order",
                violation_error_message=_("Het minimum is groter dan de groep."),
            ),
            models.CheckConstraint(
                condition=Q(quote_by="") | ~Q(quote=""),
                name="programme_quote_by_of_a_quote",
                violation_error_message=_("Van wie hoort bij een uitspraak."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer)


class GroupRunQuerySet(models.QuerySet["GroupRun"]):
    """Chainable questions about runs."""

    def visible(self) -> Self:
        """Runs of offers that are shown."""
        return self.filter(programme__offer__status__in=VISIBLE_STATUSES)

    def upcoming(self, on: dt.date) -> Self:
        """Runs that start on this day or later and are not cancelled."""
        return self.filter(StillToCome(on).condition)

    def open_to_enrol(self, on: dt.date) -> Self:
        """Those of them that one can still enrol in on this day."""
        return self.filter(CanEnrol(on).condition)

    def with_places(self) -> Self:
        """Runs with at least one place known to be free."""
        return self.filter(places_left__gt=0)

    def with_interest(self, on: dt.date) -> Self:
        """Annotate `interested`: people for whom somebody looks for this run, on this day."""
        return self.annotate(interested=_interest_in("run", on))


class GroupRun(Sourced):
    """One edition of a group: when it starts and how many places are left."""

    programme = models.ForeignKey(
        GroupProgramme, models.CASCADE, related_name="runs", verbose_name=_("groepsaanbod")
    )
    starts_on = models.DateField(_("startdatum"), validators=[check_day])
    start_time = models.TimeField(_("tijd"), null=True, blank=True)
    end_time = models.TimeField(_("eindtijd"), null=True, blank=True)
    ends_on = models.DateField(_("laatste keer"), null=True, blank=True, validators=[check_day])
    location = models.ForeignKey(
        Location,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("locatie"),
    )
    places = models.PositiveSmallIntegerField(_("plekken"), null=True, blank=True)
    places_left = models.PositiveSmallIntegerField(_("plekken vrij"), null=True, blank=True)
    places_confirmed_on = models.DateField(
        _("plekken bevestigd op"), null=True, blank=True, validators=[check_happened]
    )
    enrol_by = models.DateField(
        _("aanmelden tot en met"), null=True, blank=True, validators=[check_day]
    )
    cancelled = models.BooleanField(_("gaat niet door"), default=False)
    # What calendars go by: raised by every change of day, time, place or cancellation, and not
    # by news about places.
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects: ClassVar[GroupRunQuerySet] = GroupRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_on", "start_time", "id"]
        verbose_name = _("groepsronde")
        verbose_name_plural = _("groepsrondes")
        indexes = [
            models.Index(fields=["programme", "starts_on"], name="run_next"),
            # The first page shows the soonest of all: read without it is every run of the country.
            models.Index(fields=["starts_on", "id"], name="run_soonest"),
        ]
        constraints = [
            unique_source_key("run_source_key"),
            models.CheckConstraint(
                condition=(
                    Q(places__isnull=True)
                    | Q(places_left__isnull=True)
                    | Q(places_left__lte=F("places"))
                ),
                name="run_places_left_fit",
                violation_error_message=_("Er zijn meer plekken vrij dan er plekken zijn."),
            ),
            models.CheckConstraint(
                condition=Q(enrol_by__isnull=True) | Q(enrol_by__lte=F("starts_on")),
                name="run_enrol_before_start",
                violation_error_message=_("Aanmelden kan tot en met de startdatum."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="run_ends_after_start",
                violation_error_message=_("De laatste keer is voor de startdatum."),
            ),
            models.CheckConstraint(
                condition=meeting_hours_in_database("start_time", "end_time"),
                name="run_meeting_hours",
                violation_error_message=END_BEFORE_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.starts_on}"

    def clean(self) -> None:
        """Refuse hours that no meeting has; the database knows only the coarsest of them."""
        if self.start_time and not are_meeting_hours(self.start_time, self.end_time):
            raise ValidationError({"end_time": END_BEFORE_START})

    @property
    def is_full(self) -> bool:
        """Whether it is known that no place is left."""
        return self.places_left == 0
