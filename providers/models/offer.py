"""Offers: one kind of help by one provider, and the municipalities it serves."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.days import check_day, check_happened
from providers.enums import (
    CareLevel,
    CarePhase,
    HelpKind,
    OfferFormat,
    OfferStatus,
    WaitStatus,
)
from providers.models.base import MAX_AGE, Sourced, ages_in_order, unique_source_key
from providers.models.facts import FactsQuerySet
from providers.models.fields import no_unseen
from providers.models.provider import Location, Provider
from providers.models.vocabulary import HelpQuestion, Language, TargetGroup
from providers.models.waits import WaitTime

FORMAT_FIELDS = {
    OfferFormat.INDIVIDUAL: "individual",
    OfferFormat.GROUP: "group",
    OfferFormat.ONLINE: "online",
    OfferFormat.HOME: "at_home",
    OfferFormat.SCHOOL: "at_school",
}
PHASE_FIELDS = {
    CarePhase.BEFORE: "before_care",
    CarePhase.WAITING: "while_waiting",
    CarePhase.IN_CARE: "in_care",
    CarePhase.AFTER: "after_care",
}


class OfferQuerySet(FactsQuerySet):
    """Chainable questions about offers."""

    def of_member(self, user: User) -> Self:
        """Offers of the providers of which this user is a member."""
        return self.filter(provider__memberships__user=user)

    def copies_of(self, template: "Offer") -> Self:
        """What the same provider copied of an offer and did not archive."""
        rows = self.filter(template=template.pk, provider=template.provider_id)
        return rows.exclude(status=OfferStatus.ARCHIVED)


class Offer(Sourced):
    """One kind of help by one provider: what, for whom, where, and how to get in."""

    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="offers", verbose_name=_("aanbieder")
    )
    # The offer that this is a copy of: the same help in another place (services.publishing.copies).
    template = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("kopie van"),
    )
    status = models.CharField(
        _("status"), max_length=13, choices=OfferStatus.choices, default=OfferStatus.DRAFT
    )
    title = models.CharField(_("titel"), max_length=120, validators=[no_unseen])
    summary = models.CharField(_("in het kort"), max_length=300, blank=True)
    description = models.TextField(_("hoe werkt het"), blank=True, max_length=4000)
    not_for = models.CharField(_("niet voor"), max_length=500, blank=True)
    how_to_start = models.CharField(_("hoe begint het"), max_length=500, blank=True)
    cost = models.CharField(_("kosten"), max_length=150, blank=True)
    level = models.PositiveSmallIntegerField(_("trede"), choices=CareLevel.choices)
    crisis = models.BooleanField(_("hulp bij crisis"), default=False)
    help_kind = models.CharField(
        _("soort hulp"), max_length=12, choices=HelpKind.choices, default=HelpKind.UNKNOWN
    )

    age_min = models.PositiveSmallIntegerField(
        _("leeftijd vanaf"), null=True, blank=True, validators=[MaxValueValidator(MAX_AGE)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("leeftijd tot en met"), null=True, blank=True, validators=[MaxValueValidator(MAX_AGE)]
    )

    individual = models.BooleanField(OfferFormat.INDIVIDUAL.label, default=False)
    group = models.BooleanField(OfferFormat.GROUP.label, default=False)
    online = models.BooleanField(OfferFormat.ONLINE.label, default=False)
    at_home = models.BooleanField(OfferFormat.HOME.label, default=False)
    at_school = models.BooleanField(OfferFormat.SCHOOL.label, default=False)

    before_care = models.BooleanField(CarePhase.BEFORE.label, default=False)
    while_waiting = models.BooleanField(CarePhase.WAITING.label, default=False)
    in_care = models.BooleanField(CarePhase.IN_CARE.label, default=False)
    after_care = models.BooleanField(CarePhase.AFTER.label, default=False)

    help_questions = models.ManyToManyField(
        HelpQuestion,
        through="OfferHelpQuestion",
        related_name="offers",
        verbose_name=_("hulpvragen"),
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="offers", verbose_name=_("doelgroepen")
    )
    languages = models.ManyToManyField(
        Language, blank=True, related_name="offers", verbose_name=_("talen")
    )
    locations = models.ManyToManyField(
        Location, blank=True, related_name="offers", verbose_name=_("locaties")
    )

    # What was taken over from somebody's list is as old as that list.
    listed_on = models.DateField(
        _("stand van de lijst"), null=True, blank=True, validators=[check_happened]
    )

    # A copy of the day of the newest Confirmation, kept by providers.services.confirmations.
    confirmed_on = models.DateField(
        _("bevestigd op"), null=True, blank=True, validators=[check_happened]
    )

    # A copy of the newest valid measurement, kept by providers.services.waits: filtering and
    # sorting on the current wait must not look through a year of measurements per offer.
    current_wait = models.ForeignKey(
        WaitTime, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    wait_status = models.CharField(
        _("wachttijd"),
        max_length=10,
        choices=WaitStatus.choices,
        default=WaitStatus.UNKNOWN,
        editable=False,
    )
    wait_weeks = models.DecimalField(
        _("weken tot de start"), max_digits=6, decimal_places=2, null=True, editable=False
    )
    wait_measured_on = models.DateField(_("gemeten op"), null=True, editable=False)
    wait_stop_until = models.DateField(_("aanmeldstop tot"), null=True, editable=False)

    # Copies of what referrers report, kept by providers.services.reports: a card must not look
    # through all reports. Whether they still count is for providers.rules.reports to say.
    full_reports = models.PositiveSmallIntegerField(
        _("verwijzers die vol melden"), default=0, editable=False
    )
    full_reported_on = models.DateField(_("vol gemeld op"), null=True, editable=False)

    # Closed for a while, both days included (providers.rules.publishing.closing).
    closed_from = models.DateField(
        _("dicht vanaf"), null=True, blank=True, editable=False, validators=[check_day]
    )
    closed_until = models.DateField(
        _("dicht tot en met"), null=True, blank=True, editable=False, validators=[check_day]
    )

    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    created_at = models.DateTimeField(_("aangemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["title", "id"]
        verbose_name = _("aanbod")
        verbose_name_plural = _("aanbod")
        indexes = [
            models.Index(
                fields=["status", "level", "wait_weeks", "wait_measured_on", "id"],
                name="offer_scan",
            ),
        ]
        constraints = [
            unique_source_key("offer_source_key"),
            *ages_in_order("offer"),
            models.CheckConstraint(
                condition=Q(closed_from=None, closed_until=None)
                # Said of each: to a database, a missing day that is compared is not wrong.
                | Q(
                    closed_from__isnull=False,
                    closed_until__isnull=False,
                    closed_from__lte=F("closed_until"),
                ),
                name="offer_closed_days_in_order",
                violation_error_message=_("De laatste dag is voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(level__range=(0, 6)),
                name="offer_level_on_ladder",
                violation_error_message=_("Een trede is 0 tot en met 6."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("search:offer", args=[self.pk, slugify(self.title)[:60] or "aanbod"])

    @property
    def formats(self) -> list[OfferFormat]:
        """The formats of this offer; empty when they are not known."""
        return [choice for choice, field in FORMAT_FIELDS.items() if getattr(self, field)]

    @property
    def phases(self) -> list[CarePhase]:
        """The phases in which this offer helps."""
        return [choice for choice, field in PHASE_FIELDS.items() if getattr(self, field)]

    @property
    def is_taken_over(self) -> bool:
        """Whether this comes from a list of others and nobody at the provider confirmed it yet."""
        return self.status == OfferStatus.LISTED and self.confirmed_on is None


class OfferHelpQuestion(models.Model):
    """Which help questions an offer answers; rank 0 is the main one."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="question_links")
    help_question = models.ForeignKey(
        HelpQuestion, models.PROTECT, related_name="offer_links", verbose_name=_("hulpvraag")
    )
    rank = models.PositiveSmallIntegerField(_("rang"), default=0)

    class Meta:
        ordering = ["rank", "id"]
        verbose_name = _("hulpvraag bij aanbod")
        verbose_name_plural = _("hulpvragen bij aanbod")
        constraints = [
            models.UniqueConstraint(
                fields=["help_question", "offer"],
                name="offer_question_once",
                violation_error_message=_("Deze hulpvraag staat er al."),
            )
        ]

    def __str__(self) -> str:
        return str(self.help_question_id)
