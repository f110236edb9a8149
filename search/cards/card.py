"""What a result card says: plain values, made once, that templates only have to print."""

import datetime as dt
import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote_plus, urlencode

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import (
    DatedFact,
    OfferFormat,
    PointPrecision,
    WaitStatus,
)
from providers.geography.geometry import distance_words
from providers.languages import cached_per_language, lower_first, weeks_words
from providers.models import GroupRun, Location, Offer, ServiceArea
from providers.rules.ages import Ages
from providers.rules.availability import Availability, Band, of_measurement, starts_by_run
from providers.rules.counting.facts import offer_age
from providers.rules.freshness import Clocks, FactAge, fact_age
from providers.rules.publishing.closing import closed_words
from providers.rules.reports import full_reports_words
from providers.rules.small_numbers import rounded_words
from providers.rules.start import tells_start
from providers.vocabulary.choices import level_label
from providers.vocabulary.words import normalise
from search.cards.contracts import contract_warning, contract_words
from search.cards.reasons import Reason, also_taken, reasons_of
from search.cards.row import RowFacts, row_facts
from search.finding.loading import places_of
from search.finding.matching import facts_of, next_run, start_of
from search.finding.score import Score

# The parameter with the search that somebody came from.
BACK = "terug"
# From the middle of a town or a municipality one cannot tell how far it is.
MEASURABLE = (PointPrecision.ADDRESS, PointPrecision.POSTCODE)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One line that points at other help and says when that starts."""

    title: str
    url: str
    start: str


@dataclass(frozen=True, slots=True)
class Card:
    """One result."""

    offer_id: int
    # Where it stands in a list; the same offer says the same everywhere.
    number: int | None = field(compare=False)
    title: str
    url: str
    provider: str
    is_demo: bool
    place: str
    distance: str
    summary: str
    pill: Availability
    wait_line: str
    group_line: str
    reasons: tuple[Reason, ...]
    level: int
    level_label: str
    contract: str
    fresh: str
    listed: bool
    lat: float | None
    lon: float | None
    score: Score | None = None
    wait_here: str = ""
    # Facts past their clock, which are shown grey.
    is_old: bool = False
    wait_is_old: bool = False
    # What enough referrers say against it: '2 verwijzers melden: vol'.
    reported: str = ""
    # That the contract ends before the help can start.
    warning: str = ""
    crisis: bool = False
    # That it is closed for a while, or will be.
    closed: str = ""
    row: RowFacts = field(default_factory=RowFacts)


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What the person asked for, as far as a card refers to it.

    `own_clocks` are the days that the region in view puts in place of the settings.
    """

    today: dt.date
    questions: Collection[str] = ()
    # What is the case beside the question.
    also: Collection[str] = ()
    age: Ages | None = None
    point: tuple[int, int] | None = None
    place: str = ""
    municipality: str | None = None
    own_clocks: Mapping[str, int] = field(default_factory=dict)
    # The parameters of the search itself: what is opened from it knows what was asked.
    query: str = ""

    @property
    def from_postcode(self) -> bool:
        """Whether a postcode was asked for, and not a whole town: '2311 Leiden'."""
        return self.place[:4].isdigit()

    @property
    def clocks(self) -> Clocks:
        """The clocks that apply where the person asks."""
        return Clocks(self.today, self.own_clocks)

    def way_back(self, offer: int) -> str:
        """Return the search with the card of this offer in it; empty where there is no search."""
        return f"{self.query}#aanbod-{offer}" if self.query else ""


def card(
    offer: Offer,
    context: SearchContext,
    *,
    number: int | None = None,
    score: Score | None = None,
) -> Card:
    """Return the card of an offer fetched for cards."""
    clocks, area = context.clocks, area_here(offer)
    location = nearest(places_of(offer), context.point)
    run, pill = next_run(offer, clocks), start_of(offer, clocks)
    by_run = starts_by_run(offer, run, clocks)
    confirmed, start = offer_age(offer, clocks), facts_of(offer, clocks)
    group, waits = group_line(offer, run, has_day=by_run), wait_line(offer)
    # What tells most goes first: when the group is and its places, the waits, the ages.
    line = (short_group_line(run) if run else group) or waits or ages_words(offer)
    return Card(
        offer_id=offer.pk,
        number=number,
        title=offer.title,
        url=offer_address(offer, context.municipality, context.way_back(offer.pk)),
        provider=offer.provider.plain_name,
        is_demo=offer.provider.is_demo,
        place=place_words(offer, location),
        distance=distance_to(location, context),
        summary=offer.summary,
        pill=pill,
        wait_line="" if by_run else waits,
        group_line=_dated(group, run, pill, clocks),
        reasons=(
            *reasons_of(offer, context.questions, area, ages_words(offer)),
            *also_taken(offer, context.also),
        ),
        level=offer.level,
        level_label=level_label(offer.level),
        contract=contract_words(area),
        warning=contract_warning(area, start),
        fresh=_fresh(offer, confirmed),
        listed=offer.is_taken_over,
        lat=location.lat if location else None,
        lon=location.lon if location else None,
        score=score,
        wait_here=wait_here(offer, area, clocks),
        is_old=not confirmed.state.counts,
        wait_is_old=pill.kind is Band.STALE,
        reported=full_reports_words(offer, run, clocks),
        crisis=offer.crisis,
        closed=closed_words(offer, clocks),
        row=row_facts(offer, area, line, run, clocks, start.weeks),
    )


def short_group_line(run: GroupRun) -> str:
    """Return when a run is and its places, as short as a row has room for: 'di 16.00'."""
    day = formats.date_format(run.starts_on, "D")
    when = day if run.start_time is None else f"{day} {run.start_time:%H.%M}"
    return f"{when} · {places_words(run)}"


def _dated(line: str, run: GroupRun | None, pill: Availability, clocks: Clocks) -> str:
    """Add when the places of a run were confirmed, unless the pill says so already."""
    if run is None:
        return line
    words = fact_age(DatedFact.PLACES, run.places_confirmed_on, clocks).words
    return line if pill.note == words else f"{line} · {words}"


def wait_here(offer: Offer, area: ServiceArea | None, clocks: Clocks) -> str:
    """Return the wait that holds in this municipality only, with its age; empty without one."""
    if area is None or not tells_start(area.current_wait, offer):
        return ""
    found = of_measurement(area.current_wait, offer, clocks)
    return _("In %(municipality)s: %(wait)s (%(when)s)") % {
        "municipality": area.municipality.name,
        "wait": lower_first(found.text),
        "when": found.note,
    }


def offer_address(offer: Offer, municipality: str | None, search: str = "") -> str:
    """Return the address of an offer, with the municipality (CBS code) that was asked for.

    `search` are the parameters of the search it was found by, to respect and to return to.
    """
    address = _address(offer.pk, offer.title)
    # What stands behind the mark differs from card to card, and the rest of all links is the same.
    before = search.partition("#")[0]
    query = _query(municipality, before) + quote_plus(search[len(before) :] if before else "")
    return f"{address}?{query}" if query else address


# For the cards of the pages being made, and no longer: it says what people look for.
@functools.lru_cache(maxsize=8)
def _query(municipality: str | None, search: str) -> str:
    given = {"gemeente": municipality, BACK: search}
    return urlencode({name: value for name, value in given.items() if value})


@functools.lru_cache(maxsize=10_000)
def _address(pk: int, title: str) -> str:
    return Offer(pk=pk, title=title).get_absolute_url()


def _fresh(offer: Offer, confirmed: FactAge) -> str:
    if offer.is_taken_over and offer.listed_on:
        day = formats.date_format(offer.listed_on, "j F Y")
        return _("overgenomen uit een lijst van %(day)s, nog niet bevestigd") % {"day": day}
    if offer.is_taken_over:
        return _("overgenomen uit een landelijke lijst, nog niet bevestigd")
    return confirmed.words


def nearest(locations: list[Location], point: tuple[int, int] | None) -> Location | None:
    """Return the location nearest to a point (RD), or the first that is on the map."""
    on_map = [place for place in locations if place.rd_x is not None and place.rd_y is not None]
    if not on_map:
        return locations[0] if locations else None
    return min(on_map, key=lambda place: _square(place, point)) if point else on_map[0]


def _square(location: Location, point: tuple[int, int]) -> int:
    return (int(location.rd_x or 0) - point[0]) ** 2 + (int(location.rd_y or 0) - point[1]) ** 2


def distance_to(location: Location | None, context: SearchContext) -> str:
    """Return how far it is, no more precisely than the place asked for is known.

    In the town that was asked for nothing: a town is no point to measure from.
    """
    if location is None or context.point is None or location.precision not in MEASURABLE:
        return ""
    metres = _square(location, context.point) ** 0.5
    if context.from_postcode:
        return _distance_words(round(metres / 100))
    if normalise(location.town) == normalise(context.place):
        return ""
    return _("ongeveer %(n)s km") % {"n": max(1, round(metres / 1000))}


# The same few distances, waits, days, ages and questions come back on every page: words for them
# are made once.
@cached_per_language(4000)
def _distance_words(hundreds: int) -> str:
    return distance_words(hundreds * 100)


def place_words(offer: Offer, location: Location | None) -> str:
    """Return the town, or how help without an address reaches people."""
    if location is not None and location.town:
        return location.town
    if OfferFormat.ONLINE in offer.formats:
        return _("Online")
    if OfferFormat.HOME in offer.formats:
        return _("Bij iemand thuis")
    return _("Plaats niet opgegeven")


def wait_line(offer: Offer) -> str:
    """Return the two waits apart and how many wait; empty where help starts at once."""
    wait = offer.current_wait
    if wait is None:
        return ""
    if wait.status == WaitStatus.STOP:
        return "" if wait.stop_until else _("Neemt nu niemand aan; einde niet bekend")
    if not tells_start(wait, offer):
        return waiting_words(wait.people_waiting)
    starts_at_once = wait.total_weeks is not None and wait.total_weeks <= 0
    line = "" if starts_at_once else _two_waits(wait.intake_weeks, wait.treatment_weeks)
    waiting = waiting_words(wait.people_waiting)
    return " · ".join(filter(None, [line, waiting]))


@cached_per_language(4000)
def _two_waits(intake: Decimal | None, treatment: Decimal | None) -> str:
    parts = []
    if intake is not None:
        after = _("Intake na %(weeks)s") % {"weeks": weeks_words(intake)}
        parts.append(after if intake else _("Intake meteen"))
    if treatment is not None and (treatment or intake is None):
        parts.append(_("start %(weeks)s later") % {"weeks": weeks_words(treatment)})
    return ", ".join(parts)


@cached_per_language(1000)
def waiting_words(people: int | None) -> str:
    """Return about how many people wait; nothing when nobody does, or that is not known."""
    return _("%(n)s wachtenden") % {"n": rounded_words(people)} if people else ""


def group_line(offer: Offer, run: GroupRun | None, *, has_day: bool) -> str:
    """Return when the run to come is and its places; its date unless `has_day`: that is shown."""
    programme = getattr(offer, "programme", None)
    if programme is None:
        return ""
    parts = [when_words(run), places_words(run)] if run else []
    if run and not (has_day or run.is_full):
        parts[0] = f"{parts[0]}, {formats.date_format(run.starts_on, 'j F')}"
    if run is None:
        parts.append(_("instromen kan altijd") if programme.is_open else _("geen start gepland"))
    if programme.expert_by_experience:
        parts.append(_("met ervaringsdeskundige"))
    return " · ".join(filter(None, parts))


def when_words(run: GroupRun) -> str:
    """Return the weekday and hour of a run."""
    return _when_words(run.starts_on, run.start_time)


@cached_per_language(1000)
def _when_words(on: dt.date, at: dt.time | None) -> str:
    day = formats.date_format(on, "l")
    return day if at is None else _("%(day)s %(time)s uur") % {"day": day, "time": f"{at:%H.%M}"}


def places_words(run: GroupRun) -> str:
    """Return how many places are left, or that this is not known."""
    if run.places_left is None:
        return _("aantal plekken niet bekend")
    if run.is_full:
        return _("vol, start %(day)s") % {"day": formats.date_format(run.starts_on, "j F")}
    if run.places is None:
        return ngettext("nog %(n)s plek", "nog %(n)s plekken", run.places_left) % {
            "n": run.places_left
        }
    return _("nog %(left)s van %(places)s plekken") % {
        "left": run.places_left,
        "places": run.places,
    }


def ages_words(offer: Offer) -> str:
    """Return the ages, 'tot en met' said in words; empty when nothing is known."""
    return _ages_words(offer.age_min, offer.age_max)


@cached_per_language(1000)
def _ages_words(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if low is None:
        return _("tot en met %(high)s jaar") % {"high": high}
    if high is None:
        return _("vanaf %(low)s jaar") % {"low": low}
    return _("%(low)s tot en met %(high)s jaar") % {"low": low, "high": high}


def area_here(offer: Offer) -> ServiceArea | None:
    """Return the service area in the municipality asked for, when it was fetched."""
    areas: list[ServiceArea] = getattr(offer, "areas_here", [])
    return areas[0] if areas else None
