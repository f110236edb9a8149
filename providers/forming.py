"""Groups that could be formed: what people ask for in an area, beside what runs there.

An area is a municipality with its neighbours in the same youth region. What is asked comes from
demand sources; numbers of different sources count different things and are never added up.
Areas overlap, and whoever looks chooses the area: exact numbers of two of them would tell how many
there are in one municipality. So every number of people is rounded (`rounded_words`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from providers.enums import AgeBand, GroupAudience
from providers.models import (
    GroupProgramme,
    HelpQuestion,
    Interest,
    Municipality,
    Offer,
    ServiceArea,
)
from providers.rules.ages import Ages, suits_ages
from providers.rules.clocks import clocks_in
from providers.rules.counting.facts import waits_that_count
from providers.rules.small_numbers import FEWEST as ENOUGH
from providers.rules.small_numbers import rounded, rounded_words
from providers.rules.start import SOON_START_WEEKS, runs_with_places_within
from providers.vocabulary.choices import choices

# As far as a group may be for its members: this many metres between two municipal centres.
NEARBY_METRES = 10_000
WHO = {
    AgeBand.TODDLER: gettext_lazy("kinderen"),
    AgeBand.YOUNG: gettext_lazy("kinderen"),
    AgeBand.MIDDLE: gettext_lazy("kinderen"),
    AgeBand.TEEN: gettext_lazy("jongeren"),
    AgeBand.OLDER: gettext_lazy("jongeren"),
    AgeBand.ADULT: gettext_lazy("jongvolwassenen"),
    AgeBand.PARENT: gettext_lazy("ouders"),
}


class DemandKind(StrEnum):
    """What a number of people counts."""

    # Referrers who said that they have somebody for a group.
    INTEREST = "interest"
    # People on the wait lists of help for the same question.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality with the municipalities around it."""

    centre: Municipality
    codes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The area as people call it."""
        if len(self.codes) == 1:
            return self.centre.name
        return _("%(name)s en omgeving") % {"name": self.centre.name}


def area_around(centre: Municipality) -> Area:
    """Return a municipality with those of its region within NEARBY_METRES: one statement."""
    places = Municipality.objects.filter(region=centre.region_id)
    near = [place.pk for place in places if _square(place, centre) <= NEARBY_METRES**2]
    return Area(centre, tuple(sorted({*near, centre.pk})))


def _square(one: Municipality, other: Municipality) -> int:
    return (one.rd_x - other.rd_x) ** 2 + (one.rd_y - other.rd_y) ** 2


# --- what people ask for -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people with one help question; the age band is empty when it is not known."""

    question: str
    age_band: str
    people: int
    # In how many places they were counted: lists, or groups.
    places: int


class DemandSource(Protocol):
    """Where demand comes from. Counts of searches join as one more of these."""

    kind: DemandKind

    def demand(self, area: Area, today: dt.date) -> Iterable[Demand]:
        """Yield at most one row per help question and age band, in one statement."""
        ...


class InterestSource:
    """What referrers said they have, by the main question of the group."""

    kind = DemandKind.INTEREST

    def demand(self, area: Area, today: dt.date) -> Iterable[Demand]:
        """Yield current interest from the municipalities of this area."""
        rows = Interest.objects.current(today).filter(
            municipality__in=area.codes, programme__offer__question_links__rank=0
        )
        counted = (
            rows.order_by()
            .values_list("programme__offer__question_links__help_question", "age_band")
            .annotate(people=Sum("count"), places=Count("programme", distinct=True))
        )
        for question, band, people, places in counted:
            yield Demand(question, band, people, places)


class WaitSource:
    """Who waits for help that serves the area, by its main question and without an age.

    One person may be on several lists, and come from elsewhere: a sign, not a count of children.
    """

    kind = DemandKind.WAITING

    def demand(self, area: Area, today: dt.date) -> Iterable[Demand]:
        """Yield the people waiting by measurements that still count."""
        clocks = clocks_in(area.centre.pk, today)
        offers = Offer.objects.visible().filter(
            Exists(_served(area, today)),
            waits_that_count(clocks),
            question_links__rank=0,
            current_wait__people_waiting__gt=0,
        )
        counted = (
            offers.order_by()
            .values_list("question_links__help_question")
            .annotate(people=Sum("current_wait__people_waiting"), places=Count("pk"))
        )
        for question, people, places in counted:
            yield Demand(question, "", people, places)


SOURCES: tuple[DemandSource, ...] = (InterestSource(), WaitSource())


def _served(area: Area, today: dt.date) -> QuerySet[ServiceArea]:
    areas = ServiceArea.objects.current(today).filter(municipality__in=area.codes)
    return areas.filter(offer=OuterRef("pk"))


# --- beside what there is ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Supply:
    """The groups in an area that fit one need."""

    # Groups with a run that starts within six weeks and has places by recent news.
    soon: int = 0
    # Groups that one can join at any time.
    open: int = 0

    @property
    def words(self) -> str:
        """What runs, or that nothing does."""
        if not self.soon and not self.open:
            return _("geen groep die binnen %(n)s weken start") % {"n": SOON_START_WEEKS}
        parts = []
        if self.soon:
            parts.append(
                ngettext(
                    "%(n)s groep start binnen %(weeks)s weken",
                    "%(n)s groepen starten binnen %(weeks)s weken",
                    self.soon,
                )
                % {"n": self.soon, "weeks": SOON_START_WEEKS}
            )
        if self.open:
            parts.append(
                ngettext(
                    "%(n)s groep waar instromen altijd kan",
                    "%(n)s groepen waar instromen altijd kan",
                    self.open,
                )
                % {"n": self.open}
            )
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class BandNeed:
    """Interest of one age band in one help question, beside the groups for it."""

    age_band: str
    people: int
    supply: Supply

    @property
    def age_label(self) -> str:
        """The band in words."""
        return str(AgeBand(self.age_band).label)

    @property
    def ages(self) -> str:
        """The ages, for what follows the number of people; parents have none."""
        if self.age_band == AgeBand.PARENT:
            return ""
        return _("van %(ages)s") % {"ages": self.age_label}

    @property
    def words(self) -> str:
        """'10 kinderen', 'minder dan 5 ouders'."""
        who = WHO[AgeBand(self.age_band)]
        return _("%(number)s %(who)s") % {"number": rounded_words(self.people), "who": who}

    @property
    def is_unmet(self) -> bool:
        """Whether enough people ask for a group and none starts."""
        return self.people >= ENOUGH and not (self.supply.soon or self.supply.open)


@dataclass(slots=True)
class Need:
    """All that is known of one help question in an area."""

    question: str
    label: str
    supply: Supply
    bands: list[BandNeed] = field(default_factory=list)
    waiting: int = 0
    lists: int = 0

    @property
    def waiting_words(self) -> str:
        """How many people wait for help with this question; empty when nobody does."""
        if not self.waiting:
            return ""
        lists = ngettext("%(n)s wachtlijst", "%(n)s wachtlijsten", self.lists) % {"n": self.lists}
        return _("%(number)s mensen op %(lists)s") % {
            "number": rounded_words(self.waiting),
            "lists": lists,
        }

    @property
    def weight(self) -> tuple[bool, int, int]:
        """What comes first: unmet, then many; the order tells no more than the numbers shown."""
        people = max((rounded(band.people) or 0 for band in self.bands), default=0)
        return any(band.is_unmet for band in self.bands), people, rounded(self.waiting) or 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An area with its needs: those that somebody has people for, and those people only wait for.

    The unmet come first.
    """

    area: Area
    wanted: list[Need]
    only_waiting: list[Need]


def picture_of(area: Area, today: dt.date) -> Picture:
    """Return what people ask for in an area beside what runs there."""
    found = needs(area, today)
    return Picture(
        area,
        wanted=[need for need in found if need.bands],
        only_waiting=[need for need in found if not need.bands],
    )


def needs(area: Area, today: dt.date, *, sources: Iterable[DemandSource] = SOURCES) -> list[Need]:
    """Return per help question what people ask for here and what runs, the unmet first.

    Five statements, however much there is: one per source, and three for what runs. What counts
    as recent is for the region of the area to say.
    """
    found = {source.kind: list(source.demand(area, today)) for source in sources}
    codes = {row.question for rows in found.values() for row in rows}
    known: Mapping[str, HelpQuestion] = choices(HelpQuestion)
    groups = _groups(area, codes, today)
    rows = [
        _need(known[code], found, groups.get(code, [])) for code in sorted(codes) if code in known
    ]
    rows.sort(key=lambda need: need.label)
    return sorted(rows, key=lambda need: need.weight, reverse=True)


def _need(
    question: HelpQuestion,
    found: Mapping[DemandKind, list[Demand]],
    groups: list[GroupProgramme],
) -> Need:
    need = Need(question.pk, question.label, _supply(groups, ""))
    for row in found.get(DemandKind.WAITING, []):
        if row.question == question.pk:
            need.waiting, need.lists = row.people, row.places
    order = list(AgeBand.values)
    need.bands = sorted(
        (
            BandNeed(row.age_band, row.people, _supply(groups, row.age_band))
            for row in found.get(DemandKind.INTEREST, [])
            if row.question == question.pk
        ),
        key=lambda band: order.index(band.age_band),
    )
    return need


def _groups(area: Area, codes: set[str], today: dt.date) -> dict[str, list[GroupProgramme]]:
    """Return the groups that serve the area by help question, with their runs at hand."""
    soon = runs_with_places_within(SOON_START_WEEKS, clocks_in(area.centre.pk, today))
    offers = Offer.objects.filter(Exists(_served(area, today))).answering(codes)
    rows = (
        GroupProgramme.objects.visible()
        .filter(offer__in=offers.order_by().values("pk"))
        .select_related("offer")
        .prefetch_related("offer__question_links", Prefetch("runs", soon, to_attr="soon_runs"))
    )
    found: dict[str, list[GroupProgramme]] = {}
    for programme in rows:
        for link in programme.offer.question_links.all():
            found.setdefault(link.help_question_id, []).append(programme)
    return found


def _supply(groups: list[GroupProgramme], band: str) -> Supply:
    fitting = [programme for programme in groups if _is_for(programme, band)]
    soon = [bool(getattr(programme, "soon_runs", [])) for programme in fitting]
    joinable = [
        programme.is_open and not starts for programme, starts in zip(fitting, soon, strict=True)
    ]
    return Supply(sum(soon), sum(joinable))


def _is_for(programme: GroupProgramme, band: str) -> bool:
    """Whether a group is for this age band; an age that is not known excludes nobody."""
    if not band:
        return True
    if band == AgeBand.PARENT:
        return programme.audience != GroupAudience.CHILD
    ages = Ages(*(ages_of(band) or (0, 0)))
    return programme.audience != GroupAudience.PARENTS and suits_ages(programme.offer, ages)


def ages_of(band: str) -> tuple[int, int] | None:
    """Return the youngest and oldest age (years) of a band; None for parents."""
    if band == AgeBand.PARENT:
        return None
    low, high = band.split("-")
    return int(low), int(high)
