"""Offers: one kind of help by one provider, and the municipalities it serves."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import (
    VISIBLE_STATUSES,
    CareLevel,
    CarePhase,
    OfferFormat,
    OfferStatus,
    WaitStatus,
)
from providers.models.base import Sourced, unique_source_key
from providers.models.provider import Location, Provider
from providers.models.vocabulary import HelpQuestion, Language, TargetGroup
from providers.models.waits import WaitTime

MAX_AGE = 27

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


class OfferQuerySet(models.QuerySet["Offer"]):
    """Chainable questions about offers: adjectives filter, with_x annotates."""

    def visible(self) -> Self:
        """What everybody may see."""
        return self.filter(status__in=VISIBLE_STATUSES)

    def of_member(self, user: User) -> Self:
        """Offers of the providers of which this user is a member."""
        return self.filter(provider__memberships__user=user)

    def suitable_for_age(self, age: int) -> Self:
        """Offers for this age (years); an unknown bound excludes nobody."""
        return self.filter(
            Q(age_min__isnull=True) | Q(age_min__lte=age),
            Q(age_max__isnull=True) | Q(age_max__gte=age),
        )

    def serving(self, municipality: str, *, on: dt.date) -> Self:
        """Offers that serve this municipality (CBS code) on this day."""
        from providers.models.areas import ServiceArea

        areas = ServiceArea.objects.current(on).filter(
            offer=OuterRef("pk"), municipality=municipality
        )
        return self.filter(Exists(areas))

    def answering(self, codes: Iterable[str], words: Iterable[str]) -> Self:
        """Offers for at least one of these help questions, or with one of these words."""
        return self.filter(answers(codes, words))

    def with_fit(self, codes: Iterable[str], words: Iterable[str]) -> Self:
        """Annotate `fit`: two points per main help question, one per other or per word."""
        points = Case(When(rank=0, then=Value(2)), default=Value(1), output_field=IntegerField())
        links = _links(codes).order_by().values("offer").annotate(total=Sum(points))
        fit: Combinable = Coalesce(Subquery(links.values("total")), Value(0))
        for word in words:
            fit = fit + Case(
                When(words__text__contains=f" {word}", then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        return self.annotate(fit=fit)

    def with_square_distance(self, x: int, y: int) -> Self:
        """Annotate `square_distance`: square metres to the nearest location (RD), or null."""
        # Times 1.0 first: the square of 300 km does not fit PostgreSQL's four-byte integer.
        dx, dy = (F("rd_x") - x) * 1.0, (F("rd_y") - y) * 1.0
        square = ExpressionWrapper(dx * dx + dy * dy, output_field=models.FloatField())
        nearest = (
            Location.objects.filter(offers=OuterRef("pk"), rd_x__isnull=False)
            .order_by()
            .values("offers")
            .annotate(nearest=Min(square))
            .values("nearest")
        )
        return self.annotate(square_distance=Subquery(nearest))

    def with_next_start(self, on: dt.date) -> Self:
        """Annotate `next_start_on`: first day a run with places starts, or null.

        A run whose places are unknown does not count: it may be full.
        """
        from providers.models.groups import GroupRun

        runs = (
            GroupRun.objects.upcoming(on)
            .open_on(on)
            .with_places()
            .filter(programme__offer=OuterRef("pk"))
            .order_by("starts_on", "id")
            .values("starts_on")[:1]
        )
        return self.annotate(next_start_on=Subquery(runs))


def answers(codes: Iterable[str], words: Iterable[str]) -> Q:
    """Return the condition that an offer is for one of these help questions or has one word.

    Words are normalised and match from their beginning. This is the one place where text
    meets the catalogue.
    """
    # IN and not EXISTS: few offers have the question, and so the engine starts from those.
    links = OfferHelpQuestion.objects.filter(help_question__in=list(codes))
    question = Q(pk__in=links.order_by().values("offer"))
    for word in words:
        question |= Q(words__text__contains=f" {word}")
    return question


def _links(codes: Iterable[str]) -> "models.QuerySet[OfferHelpQuestion]":
    return OfferHelpQuestion.objects.filter(offer=OuterRef("pk"), help_question__in=list(codes))


class Offer(Sourced):
    """One kind of help by one provider: what, for whom, where, and how to get in."""

    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="offers", verbose_name=_("aanbieder")
    )
    status = models.CharField(
        _("status"), max_length=13, choices=OfferStatus.choices, default=OfferStatus.DRAFT
    )
    title = models.CharField(_("titel"), max_length=120)
    summary = models.CharField(_("in het kort"), max_length=300, blank=True)
    description = models.TextField(_("hoe werkt het"), blank=True, max_length=4000)
    not_for = models.CharField(_("niet voor"), max_length=500, blank=True)
    how_to_start = models.CharField(_("hoe begint het"), max_length=500, blank=True)
    cost = models.CharField(_("kosten"), max_length=150, blank=True)
    level = models.PositiveSmallIntegerField(_("trede"), choices=CareLevel.choices)
    crisis = models.BooleanField(_("hulp bij crisis"), default=False)

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

    confirmed_on = models.DateField(_("bevestigd op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bevestigd door"),
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
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_min__range=(0, MAX_AGE)),
                name="offer_age_min_range",
                violation_error_message=_("Een leeftijd is 0 tot en met 27 jaar."),
            ),
            models.CheckConstraint(
                condition=Q(age_max__isnull=True) | Q(age_max__range=(0, MAX_AGE)),
                name="offer_age_max_range",
                violation_error_message=_("Een leeftijd is 0 tot en met 27 jaar."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max"))
                ),
                name="offer_ages_in_order",
                violation_error_message=_("'Vanaf' is hoger dan 'tot en met'. Draai ze om."),
            ),
            models.CheckConstraint(
                condition=Q(level__range=(0, 6)),
                name="offer_level_on_ladder",
                violation_error_message=_("Een trede is 0 tot en met 6."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                    | Q(confirmed_on__isnull=False, confirmed_by__isnull=False)
                ),
                name="offer_confirmation_who_and_when",
                violation_error_message=_("Bij een bevestiging horen een datum en een persoon."),
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
    def is_upstream(self) -> bool:
        """Whether this is light help: steps 0-2."""
        return self.level <= CareLevel.LOCAL_TEAM


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


class OfferWords(models.Model):
    """The words of an offer as the search compares them; apart, to keep offers narrow."""

    offer = models.OneToOneField(
        Offer, models.CASCADE, primary_key=True, related_name="words", verbose_name=_("aanbod")
    )
    text = models.TextField(_("woorden"))

    class Meta:
        verbose_name = _("zoektekst")
        verbose_name_plural = _("zoekteksten")

    def __str__(self) -> str:
        return self.text[:80]
