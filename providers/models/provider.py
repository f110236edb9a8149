"""Providers and their locations."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import VISIBLE_STATUSES, PointPrecision, ProviderKind, Ternary
from providers.models.base import Sourced, unique_source_key
from providers.models.geography import Municipality

eight_digits = RegexValidator(r"^\d{8}\Z", _("Dit nummer heeft acht cijfers."))


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Chainable questions about providers."""

    def visible(self) -> Self:
        """Providers with at least one offer that is shown."""
        from providers.models.offer import Offer

        offers = Offer.objects.filter(provider=models.OuterRef("pk"), status__in=VISIBLE_STATUSES)
        return self.filter(models.Exists(offers))

    def of_member(self, user: User) -> Self:
        """Providers of which this user is a member."""
        return self.filter(memberships__user=user)


class Provider(Sourced):
    """Any organisation that offers help, from a neighbours' club to youth mental health care."""

    name = models.CharField(_("naam"), max_length=150)
    kind = models.CharField(
        _("soort organisatie"),
        max_length=20,
        choices=ProviderKind.choices,
        default=ProviderKind.UNKNOWN,
    )
    about = models.TextField(_("over de organisatie"), blank=True, max_length=2000)
    agb_code = models.CharField(_("AGB-code"), max_length=8, blank=True, validators=[eight_digits])
    kvk_number = models.CharField(
        _("KvK-nummer"), max_length=8, blank=True, validators=[eight_digits]
    )
    website = models.URLField(_("website"), blank=True, max_length=300)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Een algemeen adres, niet van één persoon.")
    )
    referrer_phone = models.CharField(_("telefoon voor verwijzers"), max_length=20, blank=True)
    referrer_hours = models.CharField(_("bereikbaar voor verwijzers"), max_length=120, blank=True)
    subcontractor_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subcontractors",
        verbose_name=_("onderaannemer van"),
    )
    is_demo = models.BooleanField(_("verzonnen voorbeeld"), default=False)
    confirmed_on = models.DateField(_("gegevens bevestigd op"), null=True, blank=True)
    created_at = models.DateTimeField(_("aangemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects: ClassVar[ProviderQuerySet] = ProviderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("aanbieder")
        verbose_name_plural = _("aanbieders")
        constraints = [
            unique_source_key("provider_source_key"),
            models.CheckConstraint(
                condition=Q(agb_code="") | Q(agb_code__regex=r"^[0-9]{8}$"),
                name="provider_agb_eight_digits",
                violation_error_message=_("Een AGB-code heeft acht cijfers."),
            ),
            models.CheckConstraint(
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"),
                name="provider_kvk_eight_digits",
                violation_error_message=_("Een KvK-nummer heeft acht cijfers."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:provider", args=[self.pk, slugify(self.name)[:60] or "aanbieder"])


class Location(Sourced):
    """A place of a provider. Without a point it stays in lists and is not on the map."""

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="locations", verbose_name=_("aanbieder")
    )
    name = models.CharField(_("naam van de plek"), max_length=150, blank=True)
    street = models.CharField(_("straat en huisnummer"), max_length=150, blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(
                r"^[1-9]\d{3}( [A-Z]{2})?\Z", _("Schrijf een postcode zoals 2311 AA of 2311.")
            )
        ],
    )
    town = models.CharField(_("plaats"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("gemeente"),
    )
    lat = models.FloatField(_("breedtegraad"), null=True, blank=True)
    lon = models.FloatField(_("lengtegraad"), null=True, blank=True)
    rd_x = models.IntegerField(_("RD x (m)"), null=True, blank=True, editable=False)
    rd_y = models.IntegerField(_("RD y (m)"), null=True, blank=True, editable=False)
    precision = models.CharField(
        _("nauwkeurigheid"),
        max_length=10,
        choices=PointPrecision.choices,
        default=PointPrecision.NONE,
    )
    wheelchair = models.CharField(
        _("rolstoeltoegankelijk"), max_length=8, choices=Ternary.choices, default=Ternary.UNKNOWN
    )
    opening_hours = models.CharField(_("openingstijden"), max_length=200, blank=True)

    class Meta:
        ordering = ["town", "street", "id"]
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        indexes = [models.Index(fields=["rd_x", "rd_y"], name="location_point")]
        constraints = [
            unique_source_key("location_source_key"),
            models.CheckConstraint(
                condition=(
                    Q(lat=None, lon=None, rd_x=None, rd_y=None, precision=PointPrecision.NONE)
                    # Said of each: to a database, a missing number in a range is not wrong.
                    | Q(
                        lat__isnull=False,
                        lon__isnull=False,
                        lat__range=(50.5, 53.8),
                        lon__range=(3.0, 7.5),
                        rd_x__isnull=False,
                        rd_y__isnull=False,
                    )
                    & ~Q(precision=PointPrecision.NONE)
                ),
                name="location_point_whole_and_in_nl",
                violation_error_message=_("Een punt op de kaart ligt in Nederland en is compleet."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.street, self.town])) or self.provider.name
