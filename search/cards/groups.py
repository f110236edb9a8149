"""What the card of a run, or of a group without runs, says."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from providers.models import GroupProgramme, GroupRun
from providers.occupancy import Occupancy, interest_words, occupancy
from providers.rules.availability import Availability, Band, availability, of_run
from providers.rules.enrolment import StillToCome
from providers.rules.freshness import Clocks
from search.cards.card import (
    SearchContext,
    ages_words,
    distance_to,
    nearest,
    offer_address,
    place_words,
)


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run in the list."""

    title: str
    url: str
    provider: str
    town: str
    distance: str
    starts_on: dt.date
    day: str
    when: str
    hours: str
    filled: Occupancy
    ages: str
    kind: str
    audience: str
    expert: bool
    open: bool
    pill: Availability
    interest_url: str


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """One group without a start: one can join it at any time, or ask for it."""

    title: str
    url: str
    provider: str
    town: str
    distance: str
    how: str
    interest: str
    ages: str
    kind: str
    audience: str
    expert: bool
    pill: Availability
    interest_url: str


def run_card(
    run: GroupRun,
    clocks: Clocks,
    *,
    interested: int = 0,
    following: GroupRun | None = None,
    around: SearchContext | None = None,
) -> RunCard:
    """Return the card of a run fetched with its group, offer, provider and location.

    `around` is where the reader looks: how far it is, and in which municipality its page opens.
    """
    programme = run.programme
    offer = programme.offer
    return RunCard(
        title=offer.title,
        url=offer_address(offer, around.municipality if around else None),
        provider=offer.provider.name,
        town=run.location.town if run.location else "",
        distance=distance_to(run.location, around) if around else "",
        starts_on=run.starts_on,
        day=formats.date_format(run.starts_on, "l j F"),
        when=_("%(day)s %(hours)s")
        % {"day": formats.date_format(run.starts_on, "l"), "hours": _hours(run)},
        hours=_hours(run),
        filled=occupancy(run, clocks, interest=interest_words(interested), following=following),
        ages=ages_words(offer),
        kind=programme.get_kind_display(),
        audience=programme.get_audience_display(),
        expert=programme.expert_by_experience,
        open=programme.is_open,
        pill=_pill(run, clocks),
        interest_url=_interest_url(run, clocks.today),
    )


def _hours(run: GroupRun) -> str:
    """Return when in the day it is: '16.00-17.30 uur'."""
    if run.start_time is None:
        return _("(tijd niet bekend)")
    start = run.start_time.strftime("%H.%M")
    if run.end_time is None:
        return _("%(start)s uur") % {"start": start}
    return _("%(start)s-%(end)s uur") % {"start": start, "end": run.end_time.strftime("%H.%M")}


def _pill(run: GroupRun, clocks: Clocks) -> Availability:
    day = formats.date_format(run.starts_on, "j F")
    if run.cancelled:
        return Availability(Band.STOP, _("Gaat niet door"))
    if run.starts_on < clocks.today:
        return Availability(Band.LONG, _("Begon %(day)s") % {"day": day})
    return of_run(run, clocks)


def _interest_url(run: GroupRun, today: dt.date) -> str:
    """Return where one says that one has somebody: for what began or was cancelled, the group."""
    if not StillToCome(today).holds(run):
        return reverse("search:group_interest", args=[run.programme.offer_id])
    return reverse("search:run_interest", args=[run.pk])


def programme_card(
    programme: GroupProgramme, clocks: Clocks, *, around: SearchContext | None = None
) -> ProgrammeCard:
    """Return the card of a group fetched with its offer, provider, locations and interest."""
    offer = programme.offer
    place = nearest(list(offer.locations.all()), around.point if around else None)
    return ProgrammeCard(
        title=offer.title,
        url=offer_address(offer, around.municipality if around else None),
        provider=offer.provider.name,
        town=place_words(offer, place),
        distance=distance_to(place, around) if around else "",
        how=how_it_starts(programme),
        interest=interest_words(getattr(programme, "interested", 0)),
        ages=ages_words(offer),
        kind=programme.get_kind_display(),
        audience=programme.get_audience_display(),
        expert=programme.expert_by_experience,
        pill=availability(offer, today=clocks),
        interest_url=reverse("search:group_interest", args=[offer.pk]),
    )


def how_it_starts(programme: GroupProgramme) -> str:
    """Return how a group without a date begins."""
    if not programme.on_demand:
        return _("Instromen kan altijd")
    if programme.min_size is None:
        return _("Start als er genoeg vraag is: zeg het als u iemand hebt")
    return _("Start bij %(least)s mensen: zeg het als u iemand hebt") % {
        "least": programme.min_size
    }
