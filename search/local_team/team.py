"""A local team in words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from providers.enums import CareLevel, WaitStatus
from providers.models import LocalTeam
from providers.rules.availability import Availability, of_facts
from providers.rules.counting.facts import WaitFacts
from providers.rules.freshness import Clocks
from providers.rules.small_numbers import rounded_words

# More teams than these tell nobody whom to call: then the page asks for a postcode.
MOST_TEAMS = 3


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as it stands on a page.

    `wait` says when a first talk can be, `decision` how long a decision of the municipality takes
    after it; each is dated by itself and they are never added up.
    """

    name: str
    provider: str
    is_demo: bool
    phone: str
    consultation_hours: str
    wait: Availability
    decision: Availability
    # About how many; empty when that is not known.
    people_waiting: str


@dataclass(frozen=True, slots=True)
class LocalTeams:
    """The teams of a place; without a place there are none to name.

    `town` is the municipality, `postcode` the four digits when one was given. `has_more`: a
    municipality with more teams than can be named without a postcode.
    """

    label: str = ""
    town: str = ""
    postcode: str = ""
    teams: tuple[TeamCard, ...] = ()
    has_more: bool = False

    @property
    def heading(self) -> str:
        """Return the heading above them."""
        if not self.label:
            return _("Welk lokaal team hoort bij deze postcode?")
        return _("Het lokale team van %(place)s") % {"place": self.label}

    @property
    def asks_postcode(self) -> bool:
        """Whether a postcode would say more than there is now."""
        return not self.postcode and len(self.teams) != 1


def card_of(team: LocalTeam, clocks: Clocks) -> TeamCard:
    """Return a team, read with its provider, as it stands on a page."""
    return TeamCard(
        name=team.name,
        provider=team.provider.plain_name,
        is_demo=team.provider.is_demo,
        phone=team.phone_to_call,
        consultation_hours=team.consultation_hours,
        wait=dated_weeks(team.wait_weeks, team.measured_on, clocks),
        decision=dated_weeks(team.decision_weeks, team.measured_on, clocks),
        people_waiting=rounded_words(team.people_waiting),
    )


def dated_weeks(weeks: Decimal | None, on: dt.date | None, clocks: Clocks) -> Availability:
    """Return weeks of a day in words, with the rules and the clock of every other wait."""
    facts = WaitFacts(
        level=CareLevel.LOCAL_TEAM,
        wait_status=WaitStatus.UNKNOWN if weeks is None else WaitStatus.KNOWN,
        wait_weeks=weeks,
        wait_measured_on=None if weeks is None else on,
        confirmed_on=None,
        closed_from=None,
        closed_until=None,
    )
    return of_facts(facts, clocks)
