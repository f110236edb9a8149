"""Claims and tips: somebody says something, and nothing is public before the desk decides."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import DeskState
from providers.models.fields import no_unseen
from providers.models.geography import Municipality, YouthRegion
from providers.models.provider import Provider, eight_digits
from providers.models.vocabulary import HelpQuestion

WAITING = (DeskState.OPEN, DeskState.ASKED)


class RequestQuerySet(models.QuerySet[Any]):
    """Chainable questions about what waits for a desk."""

    def waiting(self) -> Self:
        """What nobody decided on yet."""
        return self.filter(state__in=WAITING)

    def at_desk(self, region: YouthRegion) -> Self:
        """What waits at the desk of this region."""
        return self.filter(region=region)


class DeskRequest(models.Model):
    """Something for the desk of one region to decide on."""

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="+", verbose_name=_("regiodesk")
    )
    state = models.CharField(
        _("stand"), max_length=10, choices=DeskState.choices, default=DeskState.OPEN
    )
    created_at = models.DateTimeField(_("binnengekomen"), default=timezone.now)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    objects: ClassVar[RequestQuerySet] = RequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["created_at", "id"]


class Claim(DeskRequest):
    """Somebody says that an organisation is theirs: one on the map, or one to be put there."""

    provider = models.ForeignKey(
        Provider,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("aanbieder"),
    )
    # Of an organisation that is not on the map.
    name = models.CharField(
        _("naam van de organisatie"), max_length=150, blank=True, validators=[no_unseen]
    )
    about = models.CharField(_("wat de organisatie doet"), max_length=500, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    kvk_number = models.CharField(
        _("KvK-nummer"), max_length=8, blank=True, validators=[eight_digits]
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gemeente"),
    )
    person = models.CharField(_("naam"), max_length=150, validators=[no_unseen])
    email = models.EmailField(_("e-mailadres"))
    # What the desk asked, or why it refused: it went to the address above.
    answer = models.CharField(_("antwoord van de desk"), max_length=500, blank=True)

    class Meta(DeskRequest.Meta):
        abstract = False
        verbose_name = _("aanspraak")
        verbose_name_plural = _("aanspraken")
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=False, name="") | Q(provider=None) & ~Q(name=""),
                name="claim_known_or_new",
                violation_error_message=_("Kies een organisatie, of vul een naam in."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.provider)


class Tip(DeskRequest):
    """A referrer names help that is not on the map. Nothing is kept about who did."""

    name = models.CharField(_("naam van de hulp"), max_length=100, validators=[no_unseen])
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    help_question = models.ForeignKey(
        HelpQuestion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hulpvraag"),
    )

    class Meta(DeskRequest.Meta):
        abstract = False
        verbose_name = _("tip")
        verbose_name_plural = _("tips")

    def __str__(self) -> str:
        return self.name
