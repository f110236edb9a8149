"""What the page of one offer says."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from providers.availability import Availability, of_run
from providers.enums import CareLevel, ContractStatus, OfferStatus
from providers.freshness import Fact, Freshness, confirmed_words, freshness, measured_words
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea, WaitTime
from search.alternatives import Alternatives
from search.cards import (
    Reason,
    ages_words,
    places_words,
    when_words,
)
from search.chart import Chart, wait_chart
from search.matching import start_of

YEAR = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Municipalities with the same way in and the same contract."""

    municipalities: str
    routes: str
    contract: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class RunRow:
    """One edition of the group."""

    day: str
    when: str
    places: str
    enrol_by: str
    pill: Availability


def detail_queryset() -> QuerySet[Offer]:
    """Return visible offers with everything their page shows, in a fixed number of queries."""
    areas = ServiceArea.objects.select_related("municipality", "main_contractor")
    return (
        Offer.objects.visible()
        .select_related("provider", "provider__subcontractor_of", "current_wait", "programme")
        .prefetch_related(
            Prefetch("question_links", OfferHelpQuestion.objects.select_related("help_question")),
            "target_groups",
            "languages",
            "locations",
            Prefetch("service_areas", areas),
            Prefetch(
                "programme__runs",
                GroupRun.objects.filter(cancelled=False).select_related("location"),
                to_attr="all_runs",
            ),
        )
    )


class OfferDetail:
    """One offer as its page shows it."""

    def __init__(self, offer: Offer, today: dt.date, here: str = "") -> None:
        self.offer = offer
        self.today = today
        self.here = _area_in(offer, here, today)
        programme = getattr(offer, "programme", None)
        self.programme = programme
        runs: list[GroupRun] = programme.all_runs if programme else []
        self.coming = [run for run in runs if run.starts_on >= today]
        if programme:
            programme.next_runs = [run for run in self.coming if run.is_open_on(today)]

    @property
    def level_label(self) -> str:
        """Return the name of the step."""
        return str(CareLevel(self.offer.level).label)

    @property
    def is_listed(self) -> bool:
        """Whether this was taken over from a list and confirmed by nobody."""
        return self.offer.status == OfferStatus.LISTED

    @cached_property
    def pill(self) -> Availability:
        """Return when it can start."""
        return start_of(self.offer, self.today)

    @property
    def reasons(self) -> list[Reason]:
        """Return for whom it is, in short."""
        labels = [link.help_question.label for link in self.offer.question_links.all()]
        ages = ages_words(self.offer)
        found = [Reason(label) for label in labels]
        found.append(Reason(ages) if ages else Reason(_("leeftijd niet opgegeven"), good=False))
        return found

    # --- waiting -------------------------------------------------------------------------------

    @property
    def wait(self) -> WaitTime | None:
        """Return the measurement that counts."""
        return self.offer.current_wait

    @property
    def wait_source(self) -> str:
        """Return who measured, how, and how long ago."""
        wait = self.wait
        if wait is None:
            return ""
        return _("%(source)s, %(when)s. %(method)s.") % {
            "source": wait.get_source_display(),
            "when": measured_words(wait.measured_on, self.today),
            "method": wait.get_method_display(),
        }

    @property
    def wait_is_stale(self) -> bool:
        """Whether the measurement is too old to count."""
        state = freshness(Fact.WAIT, self.offer.wait_measured_on, self.today)
        return state is Freshness.STALE

    @cached_property
    def waits(self) -> list[WaitTime]:
        """Return the valid measurements of the last year, oldest first."""
        newest = self.offer.wait_measured_on or self.today
        valid = self.offer.wait_times.valid().filter(measured_on__gte=newest - YEAR)
        return list(reversed(valid.newest_first()[:60]))

    @cached_property
    def chart(self) -> Chart | None:
        """Return the line of the year."""
        return wait_chart(self.waits, stale=self.wait_is_stale)

    @cached_property
    def beside(self) -> Alternatives:
        """Return what else there is: meanwhile, or lighter."""
        here = self.here.municipality_id if self.here else None
        return Alternatives(self.offer, self.today, here)

    # --- groups --------------------------------------------------------------------------------

    @property
    def runs(self) -> list[RunRow]:
        """Return the editions to come."""
        return [
            RunRow(
                day=formats.date_format(run.starts_on, "j F Y"),
                when=when_words(run),
                places=places_words(run),
                enrol_by=formats.date_format(run.enrol_by, "j F") if run.enrol_by else "",
                pill=of_run(run, self.today),
            )
            for run in self.coming
        ]

    # --- access --------------------------------------------------------------------------------

    @cached_property
    def areas(self) -> list[AreaRow]:
        """Return the ways in, municipalities with the same ones together."""
        together: dict[tuple[str, str], list[str]] = {}
        for area in self.offer.service_areas.all():
            if area == self.here or not _is_current(area, self.today):
                continue
            key = (_routes(area), _contract(area))
            together.setdefault(key, []).append(area.municipality.name)
        rows = [
            AreaRow(_names(names), routes, contract)
            for (routes, contract), names in together.items()
        ]
        if self.here is None:
            return rows
        name = self.here.municipality.name
        return [AreaRow(name, _routes(self.here), _contract(self.here), asked=True), *rows]

    @property
    def confirmed(self) -> str:
        """Return when somebody last said that this is right."""
        return confirmed_words(self.offer.confirmed_on, self.today)

    @property
    def contact_confirmed(self) -> str:
        """Return when the provider last said that its details are right."""
        return confirmed_words(self.offer.provider.confirmed_on, self.today)

    @property
    def referral_text(self) -> str:
        """Return a few lines to paste into a referral letter; nothing about a child."""
        provider: Any = self.offer.provider
        lines = [self.offer.title, provider.name, self.pill.text, self.pill.note]
        lines += [provider.referrer_phone or provider.phone, self.offer.how_to_start]
        return "\n".join(filter(None, lines))


def _is_current(area: ServiceArea, today: dt.date) -> bool:
    return area.ends_on is None or area.ends_on >= today


def _area_in(offer: Offer, municipality: str, today: dt.date) -> ServiceArea | None:
    """Return where the reader asked for it; None when it is not offered there."""
    areas = (area for area in offer.service_areas.all() if _is_current(area, today))
    return next((area for area in areas if area.municipality_id == municipality), None)


def _routes(area: ServiceArea) -> str:
    if not area.routes:
        return _("niet bekend")
    return ", ".join(str(route.label) for route in area.routes)


def _contract(area: ServiceArea) -> str:
    status = ContractStatus(area.contract)
    words = str(status.label)
    if status is ContractStatus.SUBCONTRACTOR and area.main_contractor:
        words = _("Via %(name)s") % {"name": area.main_contractor.name}
    if area.ends_on:
        day = formats.date_format(area.ends_on, "j F Y")
        return _("%(words)s, tot en met %(day)s") % {"words": words, "day": day}
    return words


def _names(names: list[str]) -> str:
    if len(names) > 30:
        return _("%(n)s gemeenten") % {"n": len(names)}
    return ", ".join(names)
