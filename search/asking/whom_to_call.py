"""Help in a crisis: which offers are meant, and which of them one can call at once.

For those who named a danger it is help for that danger; for those who only said that it is urgent
it is help for any crisis, never for one danger that nobody spoke of.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from providers.filters.offers import OfferFilterSet
from providers.index.codes import split_codes
from providers.models import HelpQuestion, OfferIndex, ServiceArea
from providers.phones import phone_text
from providers.rules.ages import Ages
from providers.rules.danger import SpokenOf
from providers.vocabulary.choices import choices
from search.asking.emergency import EmergencyLine, emergency_lines, region_of
from search.asking.need import QUESTION, Need
from search.asking.understanding.danger.urgency import HASTE

# Help for so many kinds of danger is for any crisis.
BROAD = 3


MOST_CRISIS_CARDS = 3


@dataclass(frozen=True, slots=True)
class Crisis:
    """What somebody in a hurry said: where, for whom, and which dangers were named.

    `questions` are the codes of the help questions asked, `kinds` the kinds of danger.
    """

    today: dt.date
    municipality: str | None
    age: Ages | None
    questions: tuple[str, ...]
    kinds: frozenset[str]

    @property
    def spoken_of(self) -> SpokenOf:
        """The questions asked, and all those about a danger that was named."""
        known: Mapping[str, Any] = choices(HelpQuestion)
        named = (code for code, one in known.items() if one.signal in self.kinds and not one.after)
        return SpokenOf([*self.questions, *named])

    def rows(self) -> list[OfferIndex]:
        """Return the rows of the index of what helps in this crisis, the broadest help first."""
        areas = ServiceArea.objects.current(self.today).filter(offer=OuterRef("pk"))
        if self.municipality:
            areas = areas.filter(municipality=self.municipality)
        else:
            areas = areas.filter(municipality__region=region_of(None))
        rows = OfferIndex.objects.visible().filter(Exists(areas), crisis=True)
        if self.age:
            rows = rows.suitable_for_ages(*self.age)
        found = [row for row in rows.select_related("offer__provider") if self._helps(row)]
        return sorted(found, key=self._rank)

    def _helps(self, row: OfferIndex) -> bool:
        return len(dangers_of(row)) >= BROAD or self.spoken_of.allows(row.reserved_for)

    def _rank(self, row: OfferIndex) -> tuple[int, int, int]:
        """The broadest first; of equals what is for all ages of a child, and the lightest."""
        return (-len(dangers_of(row)), row.level, row.pk)


def dangers_of(row: OfferIndex) -> set[str]:
    """Return the kinds of danger that an offer is for."""
    known = choices(HelpQuestion)
    codes = split_codes(row.questions)
    return {known[code].signal for code in codes if code in known and known[code].signal}


def service_of(rows: Iterable[OfferIndex], region: str) -> EmergencyLine | None:
    """Return the first of these that one can call: the crisis service of the region."""
    row = next((row for row in rows if row.offer.provider.phone), None)
    if row is None:
        return None
    provider: Any = row.offer.provider
    return EmergencyLine(
        label=provider.name.removesuffix(" (demo)"),
        number=phone_text(provider.phone),
        text=row.offer.summary,
        url=row.offer.get_absolute_url(),
        region=region,
        for_referrers=provider.referrer_phone,
        hours=provider.referrer_hours if provider.referrer_phone else "",
    )


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """The lines of a page that says whom to call, and the offers that help in this crisis."""

    lines: tuple[EmergencyLine, ...] = ()
    offers: tuple[int, ...] = ()
    is_urgent: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def service(self) -> EmergencyLine | None:
        """Return the crisis service of the region, when its number is known."""
        return next((line for line in self.lines if line.is_of_region), None)

    @property
    def buttons(self) -> list[EmergencyLine]:
        """Return the two to call at once: 112, and the service of the region or the next line."""
        numbered = [line for line in self.lines if line.number]
        return [*numbered[:1], *([self.service] if self.service else numbered[1:2])]


def whom_to_call(signals: Collection[str], filterset: OfferFilterSet) -> WhomToCall:
    """Return whom to call for the kinds of danger, or the haste, that an address names."""
    known = [signal for signal in signals if emergency_lines(signal)]
    if not known:
        return WhomToCall()
    crisis = Crisis(
        filterset.today,
        filterset.municipality,
        filterset.criteria.get("leeftijd"),
        tuple(filterset.spoken_of.codes),
        frozenset(known) - {HASTE},
    )
    region, rows = region_of(crisis.municipality), crisis.rows()
    named = next(iter(crisis.kinds), HASTE)
    return WhomToCall(
        emergency_lines(named, region, service_of(rows, region)),
        tuple(row.pk for row in rows[:MOST_CRISIS_CARDS]),
        is_urgent=HASTE in known,
    )


def whom_to_call_at(need: Need, municipality: str | None, today: dt.date) -> WhomToCall:
    """Return whom to call for what was asked, on a page without filters; CBS code or None."""
    query = QueryDict(mutable=True)
    query.setlist(QUESTION, list(need.questions))
    query["leeftijd"] = str(need.age) if need.age else ""
    query["gemeente"] = municipality or ""
    return whom_to_call(need.signals, OfferFilterSet(query, today=today))
