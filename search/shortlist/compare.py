"""The shortlist as a page: a few offers side by side, in a table that can be shared and printed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.validators import slug_re
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import GroupRun, Municipality, Offer
from providers.rules.availability import Availability, starts_by_run
from providers.rules.clocks import clocks_in
from providers.rules.freshness import Clocks
from providers.rules.reports import full_reports_words
from providers.vocabulary.choices import level_label
from search.alternatives.lighter import MOST_ALTERNATIVES, Alternatives, SmallCard
from search.asking.need import Need
from search.asking.whom_to_call import WhomToCall, whom_to_call_at
from search.cards.card import (
    ages_words,
    area_here,
    nearest,
    offer_address,
    place_words,
    places_words,
    wait_line,
    when_words,
)
from search.cards.contracts import contract_warning, contract_words
from search.finding.matching import facts_of, for_cards, next_run, start_of
from search.shortlist.shortlist import LONGEST_LIST, Shared, family_query, list_query


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One offer in the comparison."""

    offer_id: int
    title: str
    url: str
    provider: str
    is_demo: bool
    level: int
    level_label: str
    questions: str
    ages: str
    place: str
    access: str
    contract: str
    cost: str
    pill: Availability
    wait_line: str
    next_run: str
    phone: str
    hours: str
    reported: str


def chosen_municipality(text: str) -> Municipality | None:
    """Return the municipality with this name in addresses or this CBS code; None when unknown."""
    wanted = text.strip()[:80]
    # Anything else can be no municipality, and stays out of a statement.
    if not slug_re.match(wanted):
        return None
    return Municipality.objects.filter(Q(slug=wanted.lower()) | Q(code=wanted.upper())).first()


def compare_row(offer: Offer, clocks: Clocks, here: Municipality | None) -> CompareRow:
    """Return the row of an offer fetched with matching.for_cards, as seen from a municipality."""
    provider: Any = offer.provider
    area, run = area_here(offer), next_run(offer, clocks)
    point = (here.rd_x, here.rd_y) if here else None
    late = contract_warning(area, facts_of(offer, clocks))
    return CompareRow(
        offer_id=offer.pk,
        title=offer.title,
        url=offer_address(offer, here.code if here else None),
        provider=provider.name.removesuffix(" (demo)"),
        is_demo=provider.is_demo,
        level=offer.level,
        level_label=level_label(offer.level),
        questions=", ".join(link.help_question.label for link in offer.question_links.all()),
        ages=ages_words(offer) or _("leeftijd niet opgegeven"),
        place=place_words(offer, nearest(list(offer.locations.all()), point)),
        access=", ".join(str(route.label) for route in area.routes) if area else "",
        contract=" · ".join(filter(None, [contract_words(area), late])),
        cost=offer.cost or _("niet opgegeven"),
        pill=start_of(offer, clocks),
        wait_line="" if starts_by_run(offer, run, clocks) else wait_line(offer),
        next_run=_run_words(offer, run),
        phone=provider.referrer_phone or provider.phone,
        hours=provider.referrer_hours if provider.referrer_phone else "",
        reported=full_reports_words(offer, run, clocks),
    )


def _run_words(offer: Offer, run: GroupRun | None) -> str:
    """Return day, time and places of the run to come; empty for help that is no group."""
    if run is not None:
        day = formats.date_format(run.starts_on, "j F")
        return " · ".join([f"{when_words(run)}, {day}", places_words(run)])
    programme = getattr(offer, "programme", None)
    if programme is None:
        return ""
    return _("instromen kan altijd") if programme.is_open else _("geen start gepland")


class ShortlistPage:
    """One's own list, or a list that somebody shared: ids and a municipality, nothing else."""

    def __init__(
        self,
        own: Sequence[int],
        shared: Shared | None,
        municipality: str,
        today: dt.date,
        need: Need | None = None,
    ) -> None:
        self.need = need or Need()
        self.own = own
        self.shared = shared
        self.today = today
        self.asked_municipality = municipality
        self.wanted: Sequence[int] = shared.offers if shared else own

    @property
    def is_shared(self) -> bool:
        """Whether the list came with the address."""
        return self.shared is not None

    @cached_property
    def municipality(self) -> Municipality | None:
        """Return the municipality in view."""
        return chosen_municipality(self.asked_municipality)

    @property
    def municipalities(self) -> QuerySet[Municipality]:
        """Return the municipalities of this region, to choose from."""
        return Municipality.objects.filter(region=settings.REGION_CODE).order_by("name")

    @property
    def _code(self) -> str | None:
        return self.municipality.code if self.municipality else None

    @cached_property
    def offers(self) -> list[Offer]:
        """Return the offers that are still shown, in the order of the list."""
        rows = for_cards(
            Offer.objects.visible().filter(pk__in=self.wanted),
            today=self.today,
            municipality=self._code,
        )
        place = {pk: index for index, pk in enumerate(self.wanted)}
        return sorted(rows, key=lambda offer: place[offer.pk])

    @cached_property
    def rows(self) -> list[CompareRow]:
        """Return the table."""
        clocks = clocks_in(self._code, self.today)
        return [compare_row(offer, clocks, self.municipality) for offer in self.offers]

    @cached_property
    def meanwhile(self) -> list[SmallCard]:
        """Return the few that can start while one waits for the first of these that takes long."""
        for offer in self.offers:
            found = Alternatives(offer, self.today, self._code, age=self.need.age).meanwhile
            fresh = [other for other in found if other.offer_id not in self.wanted]
            if fresh:
                return fresh[:MOST_ALTERNATIVES]
        return []

    @cached_property
    def emergency(self) -> WhomToCall:
        """Return whom to call, when a danger came along from the search."""
        return whom_to_call_at(self.need, self._code, self.today)

    @property
    def query(self) -> str:
        """Return the parameters of the hand-out of this list."""
        return family_query((offer.pk for offer in self.offers), self._slug, self.need)

    @property
    def share_query(self) -> str:
        """Return the parameters that share this list: nothing of what was asked goes along."""
        return list_query((offer.pk for offer in self.offers), self._slug)

    @property
    def _slug(self) -> str:
        return self.municipality.slug if self.municipality else ""

    @property
    def notes(self) -> list[str]:
        """Return what of the list could not be shown, one sentence each."""
        gone = len(self.wanted) - len(self.offers) + (self.shared.unreadable if self.shared else 0)
        found = []
        if gone:
            words = ngettext(
                "%(n)s keuze staat niet meer op de kaart en is weggelaten.",
                "%(n)s keuzes staan niet meer op de kaart en zijn weggelaten.",
                gone,
            )
            found.append(words % {"n": gone})
        if self.shared and self.shared.left_off:
            words = _("Een lijst heeft hoogstens %(n)s keuzes: dit zijn de eerste.")
            found.append(words % {"n": LONGEST_LIST})
        if self.asked_municipality and self.municipality is None:
            found.append(_("Deze gemeente kennen we niet. Kies er een uit de lijst."))
        return found
