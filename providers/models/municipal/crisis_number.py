"""A number of a region that is called in a crisis, beside those of the whole country."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.geography import YouthRegion
from providers.models.vocabulary import Signal
from providers.phones import PhoneField

# Urgency without a danger that was named; the other kinds are those of Signal.
ACUTE = "acute"
DANGERS = (
    *((kind.value, kind.label) for kind in Signal if kind),
    (ACUTE, _("Spoed, zonder dat er een gevaar genoemd is")),
)
SEPARATOR = "|"


class CrisisNumberQuerySet(models.QuerySet["CrisisNumber"]):
    """Chainable questions about the numbers of regions."""

    def in_region(self, region: YouthRegion) -> Self:
        """The numbers of this region."""
        return self.filter(region=region)


class CrisisNumber(models.Model):
    """Whom to call in this region when somebody is in danger, and for which dangers.

    `phone` is for everybody, `referrer_phone` for those who refer, answered in `hours`.
    """

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="crisis_numbers", verbose_name=_("regio")
    )
    label = models.CharField(_("naam"), max_length=80)
    phone = PhoneField(_("telefoon"), max_length=20)
    text = models.CharField(_("wanneer bellen"), max_length=200)
    website = models.URLField(_("website"), blank=True, max_length=300)
    referrer_phone = PhoneField(_("telefoon voor verwijzers"), max_length=20, blank=True)
    hours = models.CharField(_("wanneer verwijzers kunnen bellen"), max_length=80, blank=True)
    # Codes of DANGERS in their order, as emergency_lines.csv has them.
    dangers = models.CharField(_("bij welk gevaar"), max_length=80)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects: ClassVar[CrisisNumberQuerySet] = CrisisNumberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["region", "id"]
        verbose_name = _("crisisnummer")
        verbose_name_plural = _("crisisnummers")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "label"],
                name="crisis_number_once",
                violation_error_message=_("Er is al een nummer met deze naam."),
            ),
            models.CheckConstraint(
                condition=~Q(phone=""),
                name="crisis_number_can_be_called",
                violation_error_message=_("Vul een telefoonnummer in."),
            ),
            models.CheckConstraint(
                condition=~Q(dangers=""),
                name="crisis_number_is_for_a_danger",
                violation_error_message=_("Kies bij welk gevaar dit nummer staat."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a danger that no page knows."""
        if not set(self.kinds) <= dict(DANGERS).keys():
            raise ValidationError({"dangers": _("Kies uit de lijst.")})

    @property
    def kinds(self) -> list[str]:
        """The codes of the dangers it is for."""
        return self.dangers.split(SEPARATOR) if self.dangers else []


def dangers_text(kinds: list[str]) -> str:
    """Return codes of dangers as a row holds them."""
    return SEPARATOR.join(kind for kind, _label in DANGERS if kind in kinds)


def danger_words(dangers: str) -> str:
    """Return in words what a row holds; an unknown code as it is."""
    labels = dict(DANGERS)
    return ", ".join(str(labels.get(kind, kind)) for kind in dangers.split(SEPARATOR) if kind)
