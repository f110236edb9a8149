"""The shortlist as a page: a few offers side by side, in a table that can be shared and printed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.validators import slug_re
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import GroupRun, HelpQuestion, Municipality, Offer
from providers.rules.availability import Availability, starts_by_run
from providers.rules.clocks import clocks_in
from providers.rules.freshness import Clocks
from providers.rules.reports import full_reports_words
from providers.vocabulary.choices import choices, level_label
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
from search.finding.loading import fetch, places_of, questions_of
from search.finding.matching import facts_of, next_run, start_of
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
    """Return the row of an offer fetched for cards, as seen from a municipality."""
    provider, known = offer.provider, choices(HelpQuestion)
    area, run = area_here(offer), next_run(offer, clocks)
    point = (here.rd_x, here.rd_y) if here else None
    late = contract_warning(area, facts_of(offer, clocks))
    return CompareRow(
        offer_id=offer.pk,
        title=offer.title,
        url=offer_address(offer, here.code if here else None),
        provider=provider.plain_name,
        is_demo=provider.is_demo,
        level=offer.level,
        level_label=level_label(offer.level),
        questions=", ".join(known[code].label for code in questions_of(offer)),
        ages=ages_words(offer) or _("leeftijd niet opgegeven"),
        place=place_words(offer, nearest(places_of(offer), point)),
        access=", ".join(str(route.label) for route in area.routes) if area else "",
        contract=" · ".join(filter(None, [contract_words(area), late])),
        cost=offer.cost or _("niet opgegeven"),
        pill=start_of(offer, clocks),
        wait_line="" if starts_by_run(offer, run, clocks) else wait_line(offer),
        next_run=_run_words(offer, run),
        phone=provider.phone_of_intake,
        hours=provider.hours_of_intake,
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


@dataclass(frozen=True, slots=True)
class ShortlistPage:
    """One's own list, or a list that somebody shared: ids and a municipality, nothing else.

    `meanwhile` can start while one waits for the first of these that takes long; `query` are the
    parameters of the hand-out, `share_query` those that share the list: nothing of what was asked
    goes along. `notes` say what of the list could not be shown.
    """

    own: Sequence[int]
    is_shared: bool
    need: Need
    municipality: Municipality | None
    municipalities: Sequence[Municipality]
    rows: Sequence[CompareRow]
    meanwhile: Sequence[SmallCard]
    emergency: WhomToCall
    notes: Sequence[str]
    query: str
    share_query: str

    @property
    def offers(self) -> list[int]:
        """Return the offers that are still shown, in the order of the list."""
        return [row.offer_id for row in self.rows]


def shortlist_page(
    own: Sequence[int],
    shared: Shared | None,
    municipality: str,
    today: dt.date,
    need: Need | None = None,
) -> ShortlistPage:
    """Return the page for one's own list or a shared one; all statements run here."""
    need, here = need or Need(), chosen_municipality(municipality)
    code, slug = (here.code, here.slug) if here else (None, "")
    wanted, clocks = shared.offers if shared else own, clocks_in(code, today)
    offers = fetch(wanted, clocks=clocks, municipality=code)
    numbers = [offer.pk for offer in offers]
    notes = _notes(wanted, numbers, shared)
    if municipality and here is None:
        notes.append(_("Deze gemeente kennen we niet. Kies er een uit de lijst."))
    return ShortlistPage(
        own=own,
        is_shared=shared is not None,
        need=need,
        municipality=here,
        municipalities=_municipalities() if offers else (),
        rows=[compare_row(offer, clocks, here) for offer in offers],
        meanwhile=_meanwhile(offers, wanted, today, code, need),
        emergency=whom_to_call_at(need, code, today),
        notes=notes,
        query=family_query(numbers, slug, need),
        share_query=list_query(numbers, slug),
    )


def _municipalities() -> list[Municipality]:
    """Return the municipalities of this region, to choose from."""
    return list(Municipality.objects.filter(region=settings.REGION_CODE).order_by("name"))


def _meanwhile(
    offers: Sequence[Offer], wanted: Sequence[int], today: dt.date, code: str | None, need: Need
) -> list[SmallCard]:
    """Return what can start while one waits for the first of these offers that takes long."""
    for offer in offers:
        found = Alternatives(offer, today, code, age=need.age).meanwhile
        fresh = [other for other in found if other.offer_id not in wanted]
        if fresh:
            return fresh[:MOST_ALTERNATIVES]
    return []


def _notes(wanted: Sequence[int], found: Sequence[int], shared: Shared | None) -> list[str]:
    """Return what of the list could not be shown, one sentence each."""
    gone = len(wanted) - len(found) + (shared.unreadable if shared else 0)
    notes = []
    if gone:
        words = ngettext(
            "%(n)s keuze staat niet meer op de kaart en is weggelaten.",
            "%(n)s keuzes staan niet meer op de kaart en zijn weggelaten.",
            gone,
        )
        notes.append(words % {"n": gone})
    if shared and shared.left_off:
        words = _("Een lijst heeft hoogstens %(n)s keuzes: dit zijn de eerste.")
        notes.append(words % {"n": LONGEST_LIST})
    return notes
