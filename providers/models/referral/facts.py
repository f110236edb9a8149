"""What a referrer wants to know before calling: who else is taken, for how long, and with whom
one can talk first.

Each fact is yes, no or unknown, and says on which day somebody stated it. No row is unknown.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.days import check_day, check_happened
from providers.enums import AlsoTakes, Ternary
from providers.models.offer import Offer

# The columns of the index that say so.
TAKES_FIELDS = {
    AlsoTakes.DISABILITY: "takes_disability",
    AlsoTakes.ADDICTION: "takes_addiction",
    AlsoTakes.AUTISM: "takes_autism",
    AlsoTakes.SUICIDALITY: "takes_suicidality",
    AlsoTakes.NO_SCHOOL: "takes_no_school",
}


class CanAlsoTake(models.Model):
    """Whether an offer takes somebody for whom this is the case too; without a row: unknown."""

    offer = models.ForeignKey(
        Offer, models.CASCADE, related_name="can_also_take", verbose_name=_("aanbod")
    )
    condition = models.CharField(_("bij"), max_length=14, choices=AlsoTakes.choices)
    answer = models.BooleanField(_("neemt ook aan"))
    stated_on = models.DateField(_("opgegeven op"), validators=[check_happened])

    class Meta:
        ordering = ["condition"]
        verbose_name = _("neemt ook aan bij")
        verbose_name_plural = _("neemt ook aan bij")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "condition"],
                name="also_takes_once",
                violation_error_message=_("Dit staat er al."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.condition}: {self.answer}"


class ReferralFacts(models.Model):
    """What else decides a referral to an offer; without a row all of it is unknown."""

    offer = models.OneToOneField(
        Offer, models.CASCADE, related_name="referral", verbose_name=_("aanbod")
    )
    continues_after_18 = models.CharField(
        _("loopt door na 18"), max_length=8, choices=Ternary.choices, default=Ternary.UNKNOWN
    )
    continues_stated_on = models.DateField(null=True, blank=True, validators=[check_happened])
    consult = models.CharField(
        _("overleg zonder aanmelding"),
        max_length=8,
        choices=Ternary.choices,
        default=Ternary.UNKNOWN,
    )
    consult_who = models.CharField(_("met wie"), max_length=120, blank=True)
    consult_when = models.CharField(_("wanneer"), max_length=120, blank=True)
    consult_about = models.CharField(_("waarover"), max_length=200, blank=True)
    consult_stated_on = models.DateField(null=True, blank=True, validators=[check_happened])
    funding_ends = models.CharField(
        _("geld voor een bepaalde tijd"),
        max_length=8,
        choices=Ternary.choices,
        default=Ternary.UNKNOWN,
    )
    funded_until = models.DateField(
        _("gefinancierd tot en met"), null=True, blank=True, validators=[check_day]
    )
    funding_stated_on = models.DateField(null=True, blank=True, validators=[check_happened])

    class Meta:
        verbose_name = _("gegevens voor verwijzers")
        verbose_name_plural = _("gegevens voor verwijzers")
        constraints = [
            models.CheckConstraint(
                condition=Q(funded_until=None) | Q(funding_ends=Ternary.YES),
                name="funded_until_is_an_end",
                violation_error_message=_("Een dag hoort bij geld voor een bepaalde tijd."),
            ),
            models.CheckConstraint(
                condition=Q(consult=Ternary.YES)
                | Q(consult_who="", consult_when="", consult_about=""),
                name="consult_details_of_a_consult",
                violation_error_message=_("Met wie en wanneer horen bij overleg dat kan."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer)
