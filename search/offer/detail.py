"""One offer with what is known of it on a day, for a reader in one municipality or in none.

What every surface needs of an offer; the page adds the rest (`search.offer.page`), the hand-out its
own sentences (`search.handout`). Runs no statement of its own.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from providers.models import (
    GroupProgramme,
    GroupRun,
    Offer,
    OfferHelpQuestion,
    ServiceArea,
    WaitTime,
)
from providers.phones import phone_text
from providers.rules.availability import Availability
from providers.rules.clocks import clocks_in
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Clocks
from providers.rules.publishing.closing import closed_words
from providers.rules.reports import full_reports_words
from providers.rules.start import StartFacts, has_ended, tells_start
from search.cards.contracts import contract_warning
from search.finding.matching import facts_of, next_run, start_of


def detail_queryset(offers: QuerySet[Offer] | None = None) -> QuerySet[Offer]:
    """Return offers, those that everybody sees unless others are given, with all of their page.

    In a fixed number of queries.
    """
    areas = ServiceArea.objects.select_related("municipality", "main_contractor", "current_wait")
    return (
        (Offer.objects.visible() if offers is None else offers)
        .select_related(
            "provider", "provider__subcontractor_of", "current_wait", "programme", "referral"
        )
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


@dataclass(frozen=True, slots=True)
class OfferDetail:
    """One offer as a reader on `today` sees it.

    `here` is the service area in the municipality in view, `start` what is known of when it can
    start, `pill` that in words. `warning` and `reported` stand on its card too.
    """

    offer: Offer
    today: dt.date
    clocks: Clocks
    here: ServiceArea | None
    programme: GroupProgramme | None
    coming: tuple[GroupRun, ...]
    start: StartFacts
    pill: Availability
    warning: str
    reported: str
    closed: str

    @property
    def wait(self) -> WaitTime | None:
        """The measurement that says when it can start."""
        wait = self.offer.current_wait
        return wait if tells_start(wait, self.offer) else None

    @property
    def stop_until(self) -> dt.date | None:
        """The day on which an intake stop ends, as long as it lasts."""
        until = self.offer.wait_stop_until
        return None if has_ended(until, self.today) else until

    @property
    def referral_text(self) -> str:
        """A few lines to paste into a referral letter; nothing about a child."""
        provider: Any = self.offer.provider
        lines = [self.offer.title, provider.name, self.pill.text, self.pill.note, self.warning]
        lines += [phone_text(provider.phone_of_intake), self.offer.how_to_start]
        return "\n".join(filter(None, lines))


def offer_detail(offer: Offer, today: dt.date, here: str = "") -> OfferDetail:
    """Return an offer of `detail_queryset` for a reader in the municipality with code `here`."""
    clocks = clocks_in(here, today)
    area = _area_in(offer, here, today)
    programme: Any = getattr(offer, "programme", None)
    coming = tuple(run for run in programme.all_runs if run.starts_on >= today) if programme else ()
    if programme:
        # Where the rule of the start looks for them.
        programme.next_runs = [run for run in coming if CanEnrol(today).holds(run)]
    start = facts_of(offer, clocks)
    return OfferDetail(
        offer=offer,
        today=today,
        clocks=clocks,
        here=area,
        programme=programme,
        coming=coming,
        start=start,
        pill=start_of(offer, clocks),
        warning=contract_warning(area, start),
        reported=full_reports_words(offer, next_run(offer, clocks), clocks),
        closed=closed_words(offer, clocks),
    )


def is_current(area: ServiceArea, today: dt.date) -> bool:
    """Whether the offer is still given there."""
    return area.ends_on is None or area.ends_on >= today


def _area_in(offer: Offer, municipality: str, today: dt.date) -> ServiceArea | None:
    """Return where the reader asked for it; None when it is not offered there."""
    areas = (area for area in offer.service_areas.all() if is_current(area, today))
    return next((area for area in areas if area.municipality_id == municipality), None)
