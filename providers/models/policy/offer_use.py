"""How often referrers met an offer, in whole months, without anybody who did."""

import datetime as dt
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import UseKind
from providers.models.offer import Offer


class Used(NamedTuple):
    """One offer, and what somebody did with it (UseKind)."""

    offer: int
    kind: str

    @property
    def cell(self) -> tuple[str, str]:
        """What a network counts for only so often a day."""
        return str(self.offer), self.kind

    @property
    def repeat(self) -> tuple[str, str]:
        """What is the same again, when the same visitor does it again."""
        return self.cell


class OfferUseQuerySet(models.QuerySet["OfferUse"]):
    """Chainable questions about the use of offers."""

    def in_months(self, first: dt.date, last: dt.date) -> Self:
        """Use in the months that begin on these days or between them."""
        return self.filter(month__range=(first, last))


class OfferUse(models.Model):
    """How often one offer was shown, opened, kept, handed out or called about in a month."""

    # No constraint in the database: counts are written a minute later, when the offer may be gone.
    offer = models.ForeignKey(
        Offer,
        models.CASCADE,
        db_constraint=False,
        related_name="uses",
        verbose_name=_("aanbod"),
    )
    month = models.DateField(_("maand"))
    kind = models.CharField(_("wat"), max_length=8, choices=UseKind.choices)
    times = models.PositiveIntegerField(_("keren"))

    objects: ClassVar[OfferUseQuerySet] = OfferUseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-month", "offer", "kind"]
        verbose_name = _("gebruik van aanbod")
        verbose_name_plural = _("gebruik van aanbod")
        constraints = [
            models.UniqueConstraint(fields=["offer", "month", "kind"], name="use_counted_once"),
            models.CheckConstraint(condition=Q(times__gt=0), name="use_of_somebody"),
            models.CheckConstraint(condition=Q(month__day=1), name="use_month_on_its_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.offer_id} {self.kind}: {self.times}"
