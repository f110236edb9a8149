"""Who may do what for whom."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import Role
from providers.models.geography import Municipality
from providers.models.provider import Provider


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Chainable questions about memberships."""

    def of(self, user: User) -> Self:
        """Memberships of one user."""
        return self.filter(user=user)

    def active(self, *roles: Role) -> Self:
        """Memberships in one of these roles, of people who can still log in."""
        return self.filter(role__in=roles, user__is_active=True)

    def not_reminded_since(self, day: dt.date) -> Self:
        """Memberships that got no reminder on this day or later."""
        return self.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=day))


class Membership(models.Model):
    """One user's role for one provider or one municipality."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("gebruiker")
    )
    provider = models.ForeignKey(
        Provider,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("aanbieder"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("gemeente"),
    )
    role = models.CharField(_("rol"), max_length=10, choices=Role.choices, default=Role.EDITOR)
    # The last day on which this person was asked by mail to keep this provider's offers true.
    reminded_on = models.DateField(_("herinnerd op"), null=True, blank=True, editable=False)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["user__email", "id"]
        verbose_name = _("medewerkerschap")
        verbose_name_plural = _("medewerkerschappen")
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=True) ^ Q(municipality__isnull=True),
                name="membership_of_one_thing",
                violation_error_message=_("Kies een aanbieder of een gemeente, niet allebei."),
            ),
            models.UniqueConstraint(
                fields=["user", "provider"],
                condition=Q(provider__isnull=False),
                name="membership_provider_once",
                violation_error_message=_("Deze persoon hoort al bij deze aanbieder."),
            ),
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=Q(municipality__isnull=False),
                name="membership_municipality_once",
                violation_error_message=_("Deze persoon hoort al bij deze gemeente."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.provider or self.municipality}"
