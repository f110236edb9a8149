"""Who may do what for whom, and who is invited to."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import MailEvery, Role
from providers.models.geography import Municipality, YouthRegion
from providers.models.provider import Provider

INVITATION_DAYS = 14
BODIES = ("provider", "municipality", "region")


def only(name: str) -> Q:
    """Return the condition that a row is of this body, and of neither other."""
    return Q(**{f"{body}__isnull": body != name for body in BODIES})


def invitation_ends() -> dt.datetime:
    """Return until when an invitation of now works."""
    return timezone.now() + dt.timedelta(days=INVITATION_DAYS)


class OfOneBody(models.Model):
    """A role for one provider, one municipality, or the desk of one region."""

    provider = models.ForeignKey(
        Provider,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("aanbieder"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("gemeente"),
    )
    region = models.ForeignKey(
        YouthRegion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("jeugdregio"),
    )
    role = models.CharField(_("rol"), max_length=10, choices=Role.choices, default=Role.EDITOR)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=only("provider") | only("municipality") | only("region"),
                name="%(class)s_of_one_thing",
                violation_error_message=_("Kies een aanbieder, een gemeente of een regio."),
            )
        ]

    @property
    def body(self) -> Provider | Municipality | YouthRegion:
        """What it is for."""
        found = self.provider or self.municipality or self.region
        assert found is not None  # noqa: S101 - the constraint says so
        return found


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Chainable questions about memberships."""

    def of(self, user: User) -> Self:
        """Memberships of one user."""
        return self.filter(user=user)

    def active(self, *roles: Role) -> Self:
        """Memberships in one of these roles, of people who can still log in."""
        return self.filter(role__in=roles, user__is_active=True)

    def may_get_mail(self) -> Self:
        """Memberships of people who did not say that they want no reminders."""
        return self.exclude(mail_every=MailEvery.NEVER)

    def wants_quarter(self, quarter: str) -> Self:
        """Memberships of who wants the mail of this quarter ("2026-3") and did not get it yet."""
        wanting = self.filter(quarter_mail=True, user__is_active=True)
        return wanting.exclude(quarter_mailed__gte=quarter)

    def not_reminded_since(self, day: dt.date) -> Self:
        """Memberships that got no reminder on this day or later."""
        return self.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=day))


class Membership(OfOneBody):
    """One user's role for one provider, one municipality, or the desk of one region."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("gebruiker")
    )
    mail_every = models.PositiveSmallIntegerField(
        _("mail om bij te werken"), choices=MailEvery.choices, default=MailEvery.MONTH
    )
    # The last day on which this person was asked by mail to keep this provider's offers true.
    reminded_on = models.DateField(_("herinnerd op"), null=True, blank=True, editable=False)

    # Whether this person wants what changed each quarter, and which quarter was mailed last.
    quarter_mail = models.BooleanField(_("mail per kwartaal"), default=False)
    quarter_mailed = models.CharField(
        _("kwartaal van de laatste mail"), max_length=6, blank=True, editable=False
    )

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OfOneBody.Meta):
        abstract = False
        ordering = ["user__email", "id"]
        verbose_name = _("medewerkerschap")
        verbose_name_plural = _("medewerkerschappen")
        constraints = [
            *OfOneBody.Meta.constraints,
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
            models.UniqueConstraint(
                fields=["user", "region"],
                condition=Q(region__isnull=False),
                name="membership_region_once",
                violation_error_message=_("Deze persoon hoort al bij deze regio."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.body}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Chainable questions about invitations."""

    def open(self) -> Self:
        """Invitations that nobody accepted or withdrew; some may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def working(self, at: dt.datetime) -> Self:
        """Open invitations whose link works at this moment."""
        return self.open().filter(expires_at__gt=at)


class Invitation(OfOneBody):
    """Somebody is asked by mail to take part; its link works once, and for a while."""

    email = models.EmailField(_("e-mailadres"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )
    created_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    expires_at = models.DateTimeField(_("werkt tot"), default=invitation_ends)
    # When a mail server took the mail; empty while it has to be sent again.
    mailed_at = models.DateTimeField(_("gemaild op"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OfOneBody.Meta):
        abstract = False
        ordering = ["-created_at", "-id"]
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            *OfOneBody.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=["email", body],
                    condition=Q(accepted_at=None, withdrawn_at=None, **{f"{body}__isnull": False}),
                    name=f"invitation_{body}_open_once",
                )
                for body in BODIES
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    @property
    def has_expired(self) -> bool:
        """Whether its link stopped working by itself."""
        return self.expires_at <= timezone.now()
