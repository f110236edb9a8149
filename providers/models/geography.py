"""Youth regions, municipalities, postcodes and towns: reference data, loaded from fixtures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class YouthRegion(models.Model):
    """One of the 42 regions in which municipalities purchase youth care together."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name = models.CharField(_("naam"), max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name = _("jeugdregio")
        verbose_name_plural = _("jeugdregio's")

    def __str__(self) -> str:
        return self.name


class Point(models.Model):
    """A place on the map, in degrees (WGS84) and in metres of the national grid (RD).

    Distances are taken in RD: Pythagoras in plain SQL, the same on every engine.
    """

    lat = models.FloatField(_("breedtegraad"))
    lon = models.FloatField(_("lengtegraad"))
    rd_x = models.IntegerField(_("RD x (m)"))
    rd_y = models.IntegerField(_("RD y (m)"))

    class Meta:
        abstract = True


class Municipality(Point):
    """A municipality with its CBS code (GMdddd), centroid and numbers of people."""

    code = models.CharField(_("CBS-code"), max_length=6, primary_key=True)
    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("naam in adressen"), max_length=80, unique=True)
    region = models.ForeignKey(
        YouthRegion, models.PROTECT, related_name="municipalities", verbose_name=_("jeugdregio")
    )
    inhabitants = models.PositiveIntegerField(_("inwoners"), null=True)
    youths = models.PositiveIntegerField(_("jeugdigen 0-17 (schatting)"), null=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")

    def __str__(self) -> str:
        return self.name


class PostalArea(Point):
    """A four-digit postcode with its centroid."""

    code = models.CharField(_("postcode"), max_length=4, primary_key=True)
    town = models.CharField(_("plaats"), max_length=80)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="postal_areas", verbose_name=_("gemeente")
    )
    youths = models.PositiveIntegerField(_("jeugdigen 0-17 (schatting)"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("postcodegebied")
        verbose_name_plural = _("postcodegebieden")

    def __str__(self) -> str:
        return f"{self.code} {self.town}"


class Town(Point):
    """A place people name: town or village, under each name it goes by."""

    name = models.CharField(_("naam"), max_length=80)
    # Lower case, without accents or punctuation: what a typed name is compared with.
    key = models.CharField(_("zoeksleutel"), max_length=80, db_index=True)
    slug = models.SlugField(_("naam in adressen"), max_length=100, unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="towns", verbose_name=_("gemeente")
    )
    inhabitants = models.PositiveIntegerField(_("inwoners"), null=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("plaats")
        verbose_name_plural = _("plaatsen")

    def __str__(self) -> str:
        return self.name
