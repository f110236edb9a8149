"""Providers and their locations."""

from typing import ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.days import check_happened
from providers.enums import VISIBLE_STATUSES, PointPrecision, ProviderKind, Ternary
from providers.geography.geometry import EAST, NORTH, SOUTH, WEST, in_netherlands, to_grid
from providers.languages import lower_first
from providers.models.base import Sourced, unique_source_key
from providers.models.fields import PostcodeField, no_unseen
from providers.models.geography import Municipality, PostalArea, YouthRegion
from providers.phones import PhoneField

OUTSIDE = _("Dit ligt buiten Nederland: daar is het %(low)s tot en met %(high)s graden.")
eight_digits = RegexValidator(r"^\d{8}\Z", _("Dit nummer heeft acht cijfers."))

DEMO_MARK = " (demo)"


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Chainable questions about providers."""

    def visible(self) -> Self:
        """Providers with at least one offer that is shown."""
        # By name: an offer knows its provider, and an import back would close a circle.
        rows = apps.get_model("providers", "Offer").objects
        offers = rows.filter(provider=models.OuterRef("pk"), status__in=VISIBLE_STATUSES)
        return self.filter(models.Exists(offers))

    def in_region(self, region: YouthRegion) -> Self:
        """Providers that give help in this region, have a place there, or came in by its desk."""
        areas = apps.get_model("providers", "ServiceArea").objects.filter(
            offer__provider=models.OuterRef("pk"), municipality__region=region
        )
        places = Location.objects.filter(
            provider=models.OuterRef("pk"), municipality__region=region
        )
        known = models.Exists(areas) | models.Exists(places) | Q(desk=region)
        return self.filter(known)

    def named(self, name: str) -> Self:
        """Providers of this name, however it is written: capitals and spaces do not matter."""
        return self.filter(name__iexact=" ".join(name.split()))

    def of_member(self, user: User) -> Self:
        """Providers of which this user is a member."""
        return self.filter(memberships__user=user)


class Provider(Sourced):
    """Any organisation that offers help, from a neighbours' club to youth mental health care."""

    name = models.CharField(_("naam"), max_length=150, validators=[no_unseen])
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
    phone = PhoneField(_("telefoon"), max_length=20, blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Een algemeen adres, niet van één persoon.")
    )
    referrer_phone = PhoneField(_("telefoon voor verwijzers"), max_length=20, blank=True)
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
    # The region whose desk brought it in; what else it has to do with a region, its help says.
    desk = models.ForeignKey(
        YouthRegion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regiodesk"),
    )
    confirmed_on = models.DateField(
        _("gegevens bevestigd op"), null=True, blank=True, validators=[check_happened]
    )
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

    @property
    def phone_of_intake(self) -> str:
        """The number that whoever refers calls first; empty when none is known."""
        return str(self.referrer_phone or self.phone)

    @property
    def hours_of_intake(self) -> str:
        """When the number of referrers is answered; of another number that is not known."""
        return str(self.referrer_hours) if self.referrer_phone else ""

    def __str__(self) -> str:
        return self.name

    @property
    def plain_name(self) -> str:
        """Return the name without the mark of made-up data, where another mark stands beside it."""
        return self.name.removesuffix(DEMO_MARK)

    def get_absolute_url(self) -> str:
        return reverse("search:provider", args=[self.pk, slugify(self.name)[:60] or "aanbieder"])


class Location(Sourced):
    """A place of a provider. Without a point it stays in lists and is not on the map.

    A point may be left out: the middle of its postcode area then stands for it, which
    `precision` says.
    """

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="locations", verbose_name=_("aanbieder")
    )
    name = models.CharField(
        _("naam van de plek"), max_length=150, blank=True, validators=[no_unseen]
    )
    street = models.CharField(
        _("straat en huisnummer"), max_length=150, blank=True, validators=[no_unseen]
    )
    postcode = PostcodeField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("plaats"), max_length=80, blank=True, validators=[no_unseen])
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

    @property
    def is_exact(self) -> bool:
        """Whether its point is that of the address, and not the middle of an area."""
        return self.precision == PointPrecision.ADDRESS

    @property
    def about(self) -> str:
        """How far the point can be trusted, in words; empty for an exact one and for none."""
        if self.is_exact or self.precision == PointPrecision.NONE:
            return ""
        words = str(PointPrecision(self.precision).label)
        return lower_first(words)

    def clean(self) -> None:
        """Check the point beside the fields it is typed in, and work out what follows from it."""
        check_point(self.lat, self.lon)
        if self._needs_point_of_postcode():
            self._take_point_of_postcode()
        elif self.lat is not None and self.lon is not None:
            self.rd_x, self.rd_y = to_grid(self.lat, self.lon)
            if self.precision == PointPrecision.NONE:
                self.precision = PointPrecision.ADDRESS
        else:
            self.rd_x = self.rd_y = None
            self.precision = PointPrecision.NONE

    def _needs_point_of_postcode(self) -> bool:
        """Whether nobody gave a point, or the one there is stands for a postcode of before."""
        if self.lat is None:
            return bool(self.postcode)
        if self.precision != PointPrecision.POSTCODE or self.pk is None:
            return False
        before = Location.objects.filter(pk=self.pk, precision=PointPrecision.POSTCODE).first()
        if before is None:
            return False
        if (before.lat, before.lon) != (self.lat, self.lon):
            # Somebody put it in place by hand.
            self.precision = PointPrecision.ADDRESS
            return False
        return bool(before.postcode[:4] != self.postcode[:4])

    def _take_point_of_postcode(self) -> None:
        area = PostalArea.objects.filter(pk=self.postcode[:4]).first()
        self.lat, self.lon = (area.lat, area.lon) if area else (None, None)
        self.rd_x, self.rd_y = (area.rd_x, area.rd_y) if area else (None, None)
        self.precision = PointPrecision.POSTCODE if area else PointPrecision.NONE


def check_point(lat: float | None, lon: float | None) -> None:
    """Raise ValidationError beside the coordinate that is missing or is not in the Netherlands."""
    if lat is None and lon is None:
        return
    if lat is None:
        raise ValidationError({"lat": _("Vul ook de breedtegraad in, of maak allebei leeg.")})
    if lon is None:
        raise ValidationError({"lon": _("Vul ook de lengtegraad in, of maak allebei leeg.")})
    if in_netherlands(lat, lon):
        return
    if in_netherlands(lon, lat):
        raise ValidationError(
            {"lat": _("Breedtegraad en lengtegraad staan andersom. Draai ze om.")}
        )
    errors = {}
    for name, value, low, high in (("lat", lat, SOUTH, NORTH), ("lon", lon, WEST, EAST)):
        if not low <= value <= high:
            errors[name] = OUTSIDE % {"low": number_format(low), "high": number_format(high)}
    raise ValidationError(errors)
