"""What a municipality answers to who reported that help is missing, and who answers there."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import AgeBand, SignalStatus
from providers.models.base import AppendOnly
from providers.models.geography import Municipality
from providers.models.offer import Offer
from providers.models.vocabulary import HelpQuestion

LONGEST_REASON = 300


class SignalAnswerQuerySet(models.QuerySet["SignalAnswer"]):
    """Chainable questions about answers."""

    def newest(self) -> Self:
        """The last answer of each municipality on each help question and age band."""
        same = ("municipality", "help_question", "age_band")
        last = self.order_by().values(*same).annotate(last=models.Max("pk")).values("last")
        return self.filter(pk__in=last)


class SignalAnswer(AppendOnly):
    """What a municipality does about help that is missing for one question; public.

    A new answer is a new row, so that everybody sees how it went. Without an age band it is about
    all ages. `offer` is the help that came of it.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    help_question = models.ForeignKey(
        HelpQuestion, models.CASCADE, related_name="+", verbose_name=_("hulpvraag")
    )
    age_band = models.CharField(_("leeftijd"), max_length=5, choices=AgeBand.choices, blank=True)
    status = models.CharField(_("stand"), max_length=12, choices=SignalStatus.choices)
    reason = models.CharField(_("omdat"), max_length=LONGEST_REASON, blank=True)
    offer = models.ForeignKey(
        Offer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("aanbod")
    )
    on = models.DateField(_("wanneer"), default=timezone.localdate)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )

    objects: ClassVar[SignalAnswerQuerySet] = SignalAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        verbose_name = _("antwoord op meldingen")
        verbose_name_plural = _("antwoorden op meldingen")
        indexes = [
            models.Index(fields=["municipality", "help_question"], name="signal_answer_of_question")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.CANNOT) | ~Q(reason=""),
                name="signal_answer_says_why_not",
                violation_error_message=_("Zeg waarom het niet kan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.help_question_id}: {self.status}"


class PolicyMailbox(models.Model):
    """The mailbox of a municipality's policy for youth: it stands below each of its answers."""

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, related_name="policy_mailbox", verbose_name=_("gemeente")
    )
    name = models.CharField(_("naam van de mailbox"), max_length=80)
    email = models.EmailField(_("e-mailadres"))

    class Meta:
        ordering = ["municipality"]
        verbose_name = _("mailbox voor beleid")
        verbose_name_plural = _("mailboxen voor beleid")

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
