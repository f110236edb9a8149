"""What the page of one offer says."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import ContractStatus, DatedFact, OfferFormat
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea, WaitTime
from providers.phones import phone_text
from providers.rules.ages import Ages
from providers.rules.availability import Availability, of_measurement, of_run
from providers.rules.clocks import clocks_in
from providers.rules.contract import ends_before_start
from providers.rules.freshness import Told, measured_words, told
from providers.rules.norms import is_within, norm_for, norm_words
from providers.rules.reports import full_reports_words
from providers.rules.start import StartFacts, enters_at_start, tells_start
from providers.vocabulary.choices import level_label
from search.alternatives.lighter import Alternatives
from search.cards.card import (
    ages_words,
    places_words,
    weeks_words,
    when_words,
)
from search.cards.contracts import contract_warning
from search.cards.reasons import Reason
from search.finding.matching import facts_of, next_run, start_of
from search.offer.wait_chart import Chart, wait_chart

YEAR = dt.timedelta(days=400)
WITHOUT_ADDRESS = (OfferFormat.ONLINE, OfferFormat.HOME, OfferFormat.SCHOOL)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Municipalities with the same way in and the same contract."""

    municipalities: str
    routes: str
    contract: str
    wait: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Norm:
    """What a region has agreed on, where that is written, and whether this wait stays within.

    `met` is None when the wait is not known, or is too old to compare.
    """

    words: str
    source: str
    source_url: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """A part of a wait as a figure: 'tot de intake', '2,5', 'weken'."""

    label: str
    number: str
    unit: str


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
    areas = ServiceArea.objects.select_related("municipality", "main_contractor", "current_wait")
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

    def __init__(
        self,
        offer: Offer,
        today: dt.date,
        here: str = "",
        asked: Collection[str] = (),
        age: Ages | None = None,
        search: str = "",
    ) -> None:
        self.offer = offer
        self.today = today
        self.asked = asked
        self.age = age
        self.search = search
        self.clocks = clocks_in(here, today)
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
        return level_label(self.offer.level)

    @property
    def is_listed(self) -> bool:
        """Whether this was taken over from a list and confirmed by nobody."""
        return self.offer.is_taken_over

    @cached_property
    def pill(self) -> Availability:
        """Return when it can start."""
        return start_of(self.offer, self.clocks)

    @cached_property
    def start(self) -> StartFacts:
        """Return what is known of when it can start."""
        return facts_of(self.offer, self.clocks)

    @property
    def warning(self) -> str:
        """Return that the contract in the municipality in view ends before that, as on its card."""
        return contract_warning(self.here, self.start)

    @property
    def reported(self) -> str:
        """Return what enough referrers say against it, as on its card."""
        run = next_run(self.offer, self.clocks)
        return full_reports_words(self.offer, run, self.clocks)

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
        """Return the measurement that says when it can start."""
        wait = self.offer.current_wait
        return wait if tells_start(wait, self.offer) else None

    @property
    def starts_by_run_only(self) -> bool:
        """Whether one can only join when a run starts, so that no wait says when."""
        return enters_at_start(self.offer)

    @property
    def wait_parts(self) -> list[Weeks]:
        """Return the weeks of that measurement, each part by itself and together."""
        wait = self.wait
        if wait is None:
            return []
        parts = [
            (_("tot de intake"), wait.intake_weeks),
            (_("daarna tot de start"), wait.treatment_weeks),
            (_("samen"), wait.total_weeks),
        ]
        told = ((label, *weeks_words(weeks).split()) for label, weeks in parts if weeks is not None)
        return [Weeks(*one) for one in told]

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
        measured_on = self.offer.wait_measured_on
        return bool(measured_on) and not self._told(DatedFact.WAIT, measured_on).state.counts

    @property
    def stop_until(self) -> dt.date | None:
        """Return the day on which an intake stop ends, as long as it lasts."""
        until = self.offer.wait_stop_until
        return until if until and until > self.today else None

    @cached_property
    def wait_here(self) -> Availability | None:
        """Return the wait in the municipality in view, when the provider gives one for it."""
        wait = self.here.current_wait if self.here else None
        return of_measurement(wait, self.clocks) if tells_start(wait, self.offer) else None

    @cached_property
    def norm(self) -> Norm | None:
        """Return the norm of the region in view for this kind of help; there may well be none."""
        region = self.here.municipality.region_id if self.here else None
        norm = norm_for(self.offer.help_kind, region)
        if norm is None:
            return None
        counts = self.wait is not None and not self.wait_is_stale
        weeks = self.offer.wait_weeks if counts else None
        return Norm(norm_words(norm), norm.source, norm.source_url, is_within(norm, weeks))

    def _told(self, fact: DatedFact, on: dt.date | None) -> Told:
        return told(fact, on, self.clocks)

    @cached_property
    def waits(self) -> list[WaitTime]:
        """Return the valid measurements of the last year, oldest first."""
        if self.starts_by_run_only:
            return []
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
        return Alternatives(self.offer, self.today, here, self.asked, self.age, self.search)

    @property
    def reached(self) -> str:
        """Return how help without an address reaches people."""
        labels = [str(one.label).lower() for one in self.offer.formats if one in WITHOUT_ADDRESS]
        if not labels:
            return _("Geen adres opgegeven. Vraag waar het is.")
        return _("Geen adres: %(ways)s.") % {"ways": _(" of ").join(labels)}

    # --- groups --------------------------------------------------------------------------------

    @property
    def runs(self) -> list[RunRow]:
        """Return the editions to come."""
        return [
            RunRow(
                day=formats.date_format(run.starts_on, "j F Y"),
                when=when_words(run),
                # Of which day it is stands beside it already.
                places=_("vol") if run.is_full else places_words(run),
                enrol_by=formats.date_format(run.enrol_by, "j F") if run.enrol_by else "",
                pill=of_run(run, self.clocks),
            )
            for run in self.coming
        ]

    # --- access --------------------------------------------------------------------------------

    @cached_property
    def areas(self) -> list[AreaRow]:
        """Return the ways in, municipalities with the same ones together."""
        together: dict[tuple[str, str, str], list[str]] = {}
        for area in self.offer.service_areas.all():
            if area == self.here or not _is_current(area, self.today):
                continue
            together.setdefault(self._terms(area), []).append(area.municipality.name)
        rows = [AreaRow(_names(names), *terms) for terms, names in together.items()]
        if self.here is None:
            return rows
        own = AreaRow(self.here.municipality.name, *self._terms(self.here), asked=True)
        return [own, *rows]

    def _terms(self, area: ServiceArea) -> tuple[str, str, str]:
        own = area.current_wait
        wait = of_measurement(own, self.clocks) if tells_start(own, self.offer) else None
        words = f"{wait.text} ({wait.note})" if wait else ""
        contract = _contract(area)
        if ends_before_start(area.ends_on, self.start):
            contract = _("%(contract)s (let op: dat is voor de start)") % {"contract": contract}
        return _routes(area), contract, words

    @property
    def areas_have_waits(self) -> bool:
        """Whether the provider gives a wait of its own for at least one municipality."""
        return any(row.wait for row in self.areas)

    @property
    def confirmed(self) -> Told:
        """Return when somebody last said that this is right."""
        return self._told(DatedFact.OFFER, self.offer.confirmed_on)

    @property
    def contact_confirmed(self) -> Told:
        """Return when the provider last said that its details are right."""
        return self._told(DatedFact.CONTACT, self.offer.provider.confirmed_on)

    @property
    def referral_text(self) -> str:
        """Return a few lines to paste into a referral letter; nothing about a child."""
        provider: Any = self.offer.provider
        lines = [self.offer.title, provider.name, self.pill.text, self.pill.note, self.warning]
        lines += [phone_text(provider.referrer_phone or provider.phone), self.offer.how_to_start]
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
