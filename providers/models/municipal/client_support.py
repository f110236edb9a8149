"""Who supports a family for free when it talks with the municipality (cliëntondersteuning)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.geography import Municipality
from providers.phones import PhoneField


class ClientSupport(models.Model):
    """The organisation a municipality pays to support its people for free."""

    municipality = models.OneToOneField(
        Municipality,
        models.CASCADE,
        related_name="client_support",
        verbose_name=_("gemeente"),
        error_messages={"unique": _("Deze gemeente heeft al een organisatie.")},
    )
    name = models.CharField(_("organisatie"), max_length=150)
    phone = PhoneField(_("telefoon"), max_length=20, blank=True)
    website = models.URLField(_("website"), blank=True, max_length=300)

    class Meta:
        ordering = ["municipality__name"]
        verbose_name = _("cliëntondersteuning")
        verbose_name_plural = _("cliëntondersteuning")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", website=""),
                name="client_support_can_be_reached",
                violation_error_message=_("Vul een telefoonnummer of een website in."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.name}"
