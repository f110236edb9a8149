"""Demand: how often help was searched for, without anybody who searched."""

import datetime as dt
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import AgeBand, DemandOutcome


class Searched(NamedTuple):
    """One help question of one search, in codes; empty where nothing was asked.

    `formats` and `filters` are codes with commas between them, in the order of the alphabet:
    which formats were asked for, and which other filters were in use (not with what value).
    """

    municipality: str
    postal_area: str
    help_question: str
    age_band: str
    formats: str
    outcome: str
    filters: str

    @property
    def repeat(self) -> tuple[str, ...]:
        """What is the same again, however it ended, when the same visitor asks it again."""
        return self._replace(outcome="")

    @property
    def cell(self) -> tuple[str, str, str]:
        """The municipality, help question and age band: where a gap is looked for."""
        return self.municipality, self.help_question, self.age_band


# Searches that found nothing, or nothing in the time asked for.
IN_VAIN = Q(outcome__in=(DemandOutcome.NONE, DemandOutcome.LATE))


class DemandQuerySet(models.QuerySet["Demand"]):
    """Chainable questions about demand."""

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Demand of these days, both included; months that began within them."""
        return self.filter(day__range=(first, last))

    def in_vain(self) -> Self:
        """Searches that found nothing, or nothing in the time asked for."""
        return self.filter(IN_VAIN)


class Demand(models.Model):
    """How often one help question was searched for on one day, in one municipality.

    Codes and no references: what was searched stays true when a question is dropped or a
    municipality merges. A search with two help questions counts once for each. After 90 days the
    days of a month become one row, on the first of that month (providers.services.policy.demand).
    """

    day = models.DateField(_("dag"))
    is_month = models.BooleanField(_("hele maand"), default=False)
    municipality = models.CharField(_("gemeente"), max_length=6, blank=True)
    postal_area = models.CharField(_("postcodegebied"), max_length=4, blank=True)
    help_question = models.CharField(_("hulpvraag"), max_length=50, blank=True)
    age_band = models.CharField(_("leeftijd"), max_length=5, choices=AgeBand.choices, blank=True)
    formats = models.CharField(_("vorm"), max_length=60, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=8, choices=DemandOutcome.choices)
    filters = models.CharField(_("filters"), max_length=160, blank=True)
    searches = models.PositiveIntegerField(_("keren gezocht"))

    objects: ClassVar[DemandQuerySet] = DemandQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-day", "id"]
        verbose_name = _("vraag")
        verbose_name_plural = _("vraag")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "day", "is_month", *Searched._fields[1:]],
                name="demand_counted_once",
            ),
            models.CheckConstraint(condition=Q(searches__gt=0), name="demand_of_somebody"),
            models.CheckConstraint(
                condition=Q(is_month=False) | Q(day__day=1), name="demand_month_on_its_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.municipality} {self.help_question}: {self.searches}"
