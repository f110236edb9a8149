"""What else there is beside one offer that takes long or is heavy: advice, never a block.

Meanwhile: help that can start within two weeks while one waits. Lighter: help that may do
instead of what is heavier and takes longer. `search.alternatives.meanwhile` is for a page of
results.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.index.codes import split_codes
from providers.languages import lower_first
from providers.models import GroupRun, Offer, OfferIndex, ServiceArea
from providers.rules.ages import Ages, for_ages
from providers.rules.availability import (
    NOW_WEEKS,
    Availability,
)
from providers.rules.clocks import clocks_in
from providers.rules.danger import SpokenOf
from providers.rules.freshness import Clocks, Moment
from providers.rules.lightness import BRIDGES_WAIT, bridges_wait, is_light
from providers.rules.start import NEVER, is_stopped, start_weeks
from providers.vocabulary.choices import level_label
from search.cards.card import Alternative, nearest, offer_address, place_words
from search.finding.loading import questions_of
from search.finding.matching import facts_of, start_of
from search.finding.score import turn

MOST_ALTERNATIVES = 3
# Enough to choose from for every card on a page, few enough to fetch whole.
CHOICE = 60
LONG_WEEKS = 4
# Starting this much sooner is worth saying.
SOONER_WEEKS = 2


@dataclass(frozen=True, slots=True)
class SmallCard:
    """Other help on the page of an offer; `why` says why it may do instead.

    `is_meant` says whether it is most of all for what is asked, and not for that as well.
    """

    title: str
    url: str
    provider: str
    is_demo: bool
    place: str
    summary: str
    pill: Availability
    level: int
    level_label: str
    why: str = ""
    offer_id: int = 0
    phone: str = ""
    is_meant: bool = True


def is_long(offer: Offer, weeks: float, today: Moment) -> bool:
    """Whether an offer fetched with its next runs takes so long that it helps to know what else.

    When the weeks are not known (NEVER): where nobody is taken now, or the help is heavy.
    """
    if weeks < NEVER:
        return weeks > LONG_WEEKS
    return not is_light(offer.level) or is_stopped(offer, today)


def as_alternative(
    offer: Offer, today: Moment, municipality: str | None, search: str = ""
) -> Alternative:
    """Return the line for an offer fetched with its runs to come; `search` as in a card's link."""
    start = start_of(offer, today).text
    address = offer_address(offer, municipality, search)
    return Alternative(offer.title, address, lower_first(start))


def with_runs(rows: QuerySet[Any], today: dt.date) -> QuerySet[Any]:
    """Fetch rows of the index with their offers and the runs to come: two statements."""
    runs = GroupRun.objects.open_to_enrol(today)
    found: QuerySet[Any] = (
        rows.select_related("offer__programme")
        .defer("offer__description", "offer__not_for", "offer__how_to_start")
        .prefetch_related(Prefetch("offer__programme__runs", runs, to_attr="next_runs"))
    )
    return found


def small_card(
    offer: Offer,
    clocks: Clocks,
    here: str | None,
    search: str = "",
    *,
    why: str = "",
    is_meant: bool = True,
) -> SmallCard:
    """Return the card of an offer fetched with its runs, provider and locations."""
    locations = list(offer.locations.all())
    return SmallCard(
        title=offer.title,
        url=offer_address(offer, here, search),
        provider=offer.provider.plain_name,
        is_demo=offer.provider.is_demo,
        place=place_words(offer, nearest(locations, None)),
        summary=offer.summary,
        pill=start_of(offer, clocks),
        level=offer.level,
        level_label=level_label(offer.level),
        why=why,
        offer_id=offer.pk,
        phone=offer.provider.phone,
        is_meant=is_meant,
    )


class Alternatives:
    """What else there is beside one offer, in at most three statements.

    `here` is the code of the municipality the reader asked about; without it any municipality
    that the offer serves will do. `questions` are the codes of the help questions the reader has,
    for somebody of this `age`; `search` are the parameters of the search the reader came from.
    """

    def __init__(
        self,
        offer: Offer,
        today: dt.date,
        here: str | None = None,
        questions: Collection[str] = (),
        age: Ages | None = None,
        search: str = "",
    ) -> None:
        self.offer = offer
        self.today = today
        self.here = here
        self.questions = questions
        self.age = age
        self.search = search
        self.clocks = clocks_in(here, today)
        self.weeks = known_weeks(offer, self.clocks)

    @property
    def is_heavy(self) -> bool:
        """Whether this is specialist help."""
        return not is_light(self.offer.level)

    @property
    def is_long(self) -> bool:
        """Whether one waits long, nobody is taken now, or nobody knows and it is heavy."""
        return is_long(self.offer, self.weeks, self.clocks)

    @cached_property
    def meanwhile(self) -> list[SmallCard]:
        """Return the few that can start while one waits."""
        return [self._card(row) for row in self._now]

    @cached_property
    def lighter(self) -> list[SmallCard]:
        """Return the few that are lighter and start sooner: best fit first, then lightest."""
        if not self.is_heavy:
            return []
        taken = {row.pk for row in self._now}
        rows = [row for row in self._choice if row.pk not in taken and self._is_lighter(row)]
        rows.sort(key=lambda row: (-row.fit, row.level))
        return [self._card(row, why=self._why(row)) for row in rows[:MOST_ALTERNATIVES]]

    def _is_lighter(self, row: Any) -> bool:
        if not self._shared.intersection(split_codes(row.questions)):
            return False
        weeks = known_weeks(row.offer, self.clocks, default=row.start_weeks)
        return row.level < self.offer.level and weeks <= self.weeks - SOONER_WEEKS

    @cached_property
    def _now(self) -> list[Any]:
        light = (row for row in self._choice if bridges_wait(row))
        return [row for row in light if row.start_weeks <= NOW_WEEKS][:MOST_ALTERNATIVES]

    @cached_property
    def _shared(self) -> set[str]:
        """Return the questions that both the reader and the offer have; else its main one.

        Being for a side question as well makes no help an answer to what this offer is for.
        """
        codes = questions_of(self.offer)
        return set(codes).intersection(self.questions) or set(codes[:1])

    @property
    def _wanted(self) -> set[str]:
        """Return the questions to bridge the wait for: all that the reader has."""
        is_about_what_was_asked = not self._shared.isdisjoint(self.questions)
        return self._shared.union(self.questions if is_about_what_was_asked else ())

    @cached_property
    def _choice(self) -> list[Any]:
        """Return lighter help for the same question and age that starts sooner."""
        codes = self._wanted
        if not codes or not self.is_long:
            return []
        rows = OfferIndex.objects.visible().exclude(pk=self.offer.pk).answering(codes)
        rows = rows.filter(SpokenOf(codes).condition())
        same_ages = for_ages(self.offer.age_min, self.offer.age_max)
        rows = rows.filter(BRIDGES_WAIT | Q(level__lt=self.offer.level), same_ages, self._served())
        rows = rows.with_fit(codes).annotate(
            start_weeks=start_weeks(self.clocks), walk_in=self._served(walk_in=True)
        )
        if self.age:
            rows = rows.suitable_for_ages(*self.age)
        sooner = rows.filter(start_weeks__lt=self.weeks)
        ordered = sooner.order_by("-fit", "start_weeks", "level", turn(self.today), "pk")
        whole = with_runs(ordered.select_related("offer__provider"), self.today)
        return list(whole.prefetch_related("offer__locations")[:CHOICE])

    def _served(self, **way_in: bool) -> Exists:
        areas = ServiceArea.objects.current(self.today)
        own = areas.filter(offer=self.offer).order_by().values("municipality")
        there: Any = [self.here] if self.here else own
        return Exists(areas.filter(offer=OuterRef("pk"), municipality__in=there, **way_in))

    def _why(self, row: Any) -> str:
        reasons = [self._sooner(row)]
        if row.group and not self.offer.group:
            reasons.append(_("in een groep"))
        if row.walk_in:
            reasons.append(_("zonder verwijzing"))
        return _("%(reasons)s.") % {"reasons": ", ".join(reasons)}

    def _sooner(self, row: Any) -> str:
        weeks = round(known_weeks(row.offer, self.clocks, default=row.start_weeks))
        if weeks < 1:
            return _("Kan direct starten")
        start = ngettext("Start over %(n)s week", "Start over %(n)s weken", weeks) % {"n": weeks}
        if self.weeks == NEVER:
            return start
        return _("%(start)s in plaats van %(long)s") % {"start": start, "long": round(self.weeks)}

    def _card(self, row: Any, *, why: str = "") -> SmallCard:
        is_meant = split_codes(row.questions)[0] in self._wanted
        return small_card(
            row.offer, self.clocks, self.here, self.search, why=why, is_meant=is_meant
        )


def known_weeks(offer: Offer, today: Moment, *, default: float = NEVER) -> float:
    """Return the weeks until an offer can start by what is known; `default` when nothing is."""
    weeks = facts_of(offer, today).weeks
    return weeks if weeks < NEVER else default
