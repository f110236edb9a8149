"""Confirmations: somebody says that a fact is still right, apart from any edit."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import ConfirmedVia, DatedFact
from providers.models.base import AppendOnly
from providers.models.groups import GroupRun
from providers.models.offer import Offer


class Confirmation(AppendOnly):
    """Somebody said on this moment that this is still right.

    `who` is the name of the person or the system at that moment and stays when the account
    goes; `by` is the account, when there is one.
    """

    offer = models.ForeignKey(
        Offer, models.CASCADE, related_name="confirmations", verbose_name=_("aanbod")
    )
    fact = models.CharField(_("wat"), max_length=8, choices=DatedFact.choices)
    run = models.ForeignKey(
        GroupRun,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("groepsronde"),
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    # As long as an e-mail address: that is what an account without a name goes by.
    who = models.CharField(_("wie"), max_length=254)
    via = models.CharField(_("hoe"), max_length=8, choices=ConfirmedVia.choices)

    # Who it was when that was not said.
    NOBODY: ClassVar[str] = "onbekend"

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("bevestiging")
        verbose_name_plural = _("bevestigingen")
        indexes = [models.Index(fields=["offer", "fact", "-at"], name="confirmation_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(who=""),
                name="confirmation_says_who",
                violation_error_message=_("Bij een bevestiging hoort wie het zei."),
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=True) | Q(fact=DatedFact.PLACES),
                name="confirmation_run_has_places",
                violation_error_message=_("Alleen vrije plekken horen bij een groepsronde."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.fact} {self.at:%Y-%m-%d}"
