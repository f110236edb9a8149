"""From rows to offers: which rows are one offer, and what each row came to. Pure.

Rows are one offer when provider, location, circuit, diagnosis as written and kind of care are
the same. Nothing is added up or averaged: a repeated row is skipped as a duplicate, and where
rows of one offer contradict each other its wait is unknown and both texts are kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from importing.nza.rows import NzaRow
from importing.nza.skips import reason_to_skip
from importing.pipeline.keys import digest
from importing.pipeline.outcome import Action, Outcome
from importing.pipeline.places import Gazetteer, Place
from importing.pipeline.wait_text import WaitStatus
from providers.vocabulary.words import normalise

_UNKNOWN = WaitStatus.UNKNOWN


class Saying(NamedTuple):
    """What a row says about waiting; two rows with the same saying do not contradict."""

    status: WaitStatus
    intake: Decimal | None
    treatment: Decimal | None


@dataclass(frozen=True, slots=True)
class Site:
    """A location as the list names it, and where that is; ``key`` tells it from others."""

    key: str
    name: str
    town: str
    place: Place


@dataclass(slots=True)
class FoundOffer:
    """Rows that are one offer. ``lead`` is the first; ``contradicting`` holds other sayings."""

    key: str
    provider_key: str
    lead: NzaRow
    measured_on: date
    saying: Saying
    sites: list[Site] = field(default_factory=list)
    main_groups: list[str] = field(default_factory=list)
    contradicting: list[NzaRow] = field(default_factory=list)
    split: bool = False  # by main group, from rows that are else the same

    @property
    def municipalities(self) -> tuple[str, ...]:
        """CBS codes of all municipalities served, each once."""
        codes = (code for site in self.sites for code in site.place.municipalities)
        return tuple(dict.fromkeys(codes))


def provider_key(row: NzaRow) -> str:
    """Return what tells providers of one list apart: their number there and their name."""
    return f"{row.provider_id or 'zonder'}:{normalise(row.provider_name)}"[:200]


def location_key(row: NzaRow) -> str:
    """Return what tells locations of one list apart."""
    return digest(provider_key(row), row.location_name, row.town)


def place_of(row: NzaRow, gazetteer: Gazetteer) -> Place:
    """Say where ``row`` is."""
    return gazetteer.place_of(
        town=row.town,
        location_name=row.location_name,
        municipality_codes=row.municipality_codes,
    )


def saying_of(row: NzaRow) -> Saying:
    """Return what ``row`` says about waiting; a stop goes before figures beside it."""
    intake, treatment = row.intake, row.treatment
    if WaitStatus.STOP in (intake.status, treatment.status):
        return Saying(WaitStatus.STOP, None, None)
    known = intake.weeks is not None or treatment.weeks is not None
    status = WaitStatus.KNOWN if known else _UNKNOWN
    return Saying(status, intake.weeks, treatment.weeks)


def find_offers(
    rows: Iterable[NzaRow], gazetteer: Gazetteer, today: date, *, all_ages: bool
) -> tuple[list[FoundOffer], list[Outcome[NzaRow]]]:
    """Return the offers in ``rows``, in order, and one outcome for every row, in row order."""
    outcomes: list[Outcome[NzaRow]] = []
    groups: dict[tuple[str, ...], list[NzaRow]] = defaultdict(list)
    for row in rows:
        if reason := reason_to_skip(row, today, all_ages=all_ages):
            outcomes.append(Outcome(row, Action.SKIPPED, reason))
        else:
            groups[_same_offer(row)].append(row)
    offers = []
    for identity, members in groups.items():
        found, reports = _offers_of(identity, members, gazetteer)
        offers += found
        outcomes += reports
    return offers, sorted(outcomes, key=lambda outcome: outcome.row.number)


def _same_offer(row: NzaRow) -> tuple[str, ...]:
    subject = normalise(row.diagnosis) or row.main_group
    return provider_key(row), row.location_name, row.circuit, subject, row.care_type


def _offers_of(
    identity: tuple[str, ...], members: Sequence[NzaRow], gazetteer: Gazetteer
) -> tuple[list[FoundOffer], list[Outcome[NzaRow]]]:
    """Settle the rows place by place, then join places where the same is said."""
    offers: dict[tuple[object, ...], FoundOffer] = {}
    outcomes: list[Outcome[NzaRow]] = []
    for rows in _by(members, lambda row: (row.town, *row.municipality_codes)):
        place = place_of(rows[0], gazetteer)
        for part in _parts_of_place(rows):
            found = _settled(identity, part, place, split=len(part) < len(rows))
            same = found.saying, *found.main_groups, found.key if found.contradicting else ""
            joined = offers.setdefault(same, found)
            if joined is not found:
                joined.sites += found.sites
            outcomes += _reports(joined, part, first=found.lead)
    return list(offers.values()), outcomes


def _parts_of_place(rows: Sequence[NzaRow]) -> list[list[NzaRow]]:
    """Main groups with waits of their own are offers of their own; others stay together."""
    parts: dict[tuple[object, ...], list[NzaRow]] = defaultdict(list)
    for group in _by(rows, lambda row: (row.main_group,)):
        sayings = {saying_of(row) for row in group if saying_of(row).status is not _UNKNOWN}
        parts[tuple(sorted(map(str, sayings)))] += group
    return list(parts.values())


def _by(
    rows: Sequence[NzaRow], identity: Callable[[NzaRow], tuple[str, ...]]
) -> Iterable[list[NzaRow]]:
    groups: dict[tuple[str, ...], list[NzaRow]] = defaultdict(list)
    for row in rows:
        groups[identity(row)].append(row)
    return groups.values()


def _settled(
    identity: tuple[str, ...], rows: Sequence[NzaRow], place: Place, split: bool
) -> FoundOffer:
    """Make one offer of rows in one place; rows that say nothing yield to rows that do."""
    telling = [row for row in rows if saying_of(row).status is not _UNKNOWN]
    lead = (telling or rows)[0]
    saying = saying_of(lead)
    return FoundOffer(
        key=digest(*identity, lead.town, *lead.municipality_codes, lead.main_group),
        provider_key=provider_key(lead),
        lead=lead,
        measured_on=cast(date, lead.measured_on),  # rows without a date were skipped
        saying=saying,
        sites=[Site(location_key(lead), lead.location_name, lead.town, place)],
        main_groups=list(dict.fromkeys(row.main_group for row in rows if row.main_group)),
        contradicting=[row for row in telling if saying_of(row) != saying],
        split=split,
    )


def _reports(offer: FoundOffer, rows: Sequence[NzaRow], first: NzaRow) -> list[Outcome[NzaRow]]:
    """Say of each of ``rows``, what it came to within ``offer``; ``first`` speaks for them."""
    seen: set[tuple[str, Saying]] = set()
    outcomes = []
    for row in (first, *(row for row in rows if row is not first)):
        action, reason = _fate(offer, row, first, seen)
        seen.add((row.main_group, saying_of(row)))
        outcomes.append(Outcome(row, action, reason, offer.key))
    return outcomes


def _fate(
    offer: FoundOffer, row: NzaRow, first: NzaRow, seen: set[tuple[str, Saying]]
) -> tuple[Action, str]:
    if any(row is other for other in offer.contradicting):
        return Action.CONTRADICTORY, f"spreekt rij {offer.lead.number} tegen: wachttijd onbekend"
    if row is offer.lead:
        return Action.TAKEN, "tegengesproken: wachttijd onbekend" if offer.contradicting else ""
    if row is first:
        where = row.town or row.location_name
        return Action.MERGED, f"zelfde aanbod als rij {offer.lead.number}, ook in {where}"
    if row.main_group not in {group for group, _ in seen}:
        return Action.MERGED, f"zelfde aanbod als rij {first.number}, ook {row.main_group}"
    if (row.main_group, saying_of(row)) in seen:
        return Action.DUPLICATE, f"gelijk aan een eerdere rij van het aanbod van rij {first.number}"
    return Action.DUPLICATE, f"zegt niets over wachten; rij {first.number} van dit aanbod wel"
