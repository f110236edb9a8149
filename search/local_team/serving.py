"""Which local teams serve a place: one statement, or a part of the one that counts for a search."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from providers.geography.places import Place
from providers.index.sql import fetch_all, json_list
from providers.models import LocalTeam, Municipality, Provider
from providers.rules.clocks import clocks_in
from search.finding.counts import Found, Tally
from search.finding.loading import Columns
from search.local_team.team import MOST_TEAMS, LocalTeams, card_of

LOCAL_TEAMS = "local_teams"
TEAM = Columns(
    LocalTeam,
    "j",
    *("name", "phone", "consultation_hours", "people_waiting"),
    *("wait_weeks", "decision_weeks", "measured_on"),
)
PROVIDER = Columns(Provider, "p", "name", "is_demo", "phone")
_OF_PROVIDER = [f"j.provider_{name}" for name in PROVIDER.names]
# In the order of the model; one more than are named says that there are more.
_TEAMS = f"""SELECT t.*, {", ".join(f"p.{name} AS provider_{name}" for name in PROVIDER.names[1:])}
  FROM providers_localteam t JOIN providers_provider p ON p.id = t.provider_id
  WHERE t.id IN (SELECT k.localteam_id FROM providers_localteam_postal_areas k
    JOIN providers_postalarea c ON c.code = k.postalarea_id WHERE {{served}})
  ORDER BY t.name, t.id LIMIT {MOST_TEAMS + 1}"""  # noqa: S608 - our own names
SELECT = f"SELECT '{LOCAL_TEAMS}', {{teams}}, 0"


@dataclass(frozen=True, slots=True)
class Served:
    """The place that a team has to serve: a postcode of four digits, else a whole municipality.

    `code` is that of the municipality, `town` its name and `label` what the place is called.
    """

    label: str
    town: str
    code: str
    postcode: str = ""

    @property
    def sql(self) -> str:
        """Return the SELECT of these teams, as the one that counts takes it."""
        where = "c.code = %(team_at)s" if self.postcode else "c.municipality_id = %(team_at)s"
        teams = json_list([*TEAM.listed, *_OF_PROVIDER], _TEAMS.format(served=where))
        return SELECT.format(teams=teams)

    @property
    def values(self) -> dict[str, str]:
        """Return the values that it names."""
        return {"team_at": self.postcode or self.code}


def served_at(place: Place | None) -> Served | None:
    """Return what was asked for; without a place there is no team to name."""
    if place is None:
        return None
    postcode = place.key if place.key.isdigit() else ""
    return Served(place.label, place.municipality_name, place.municipality, postcode)


def served_in(municipality: Municipality | None) -> Served | None:
    """Return the whole of a municipality."""
    if municipality is None:
        return None
    return Served(municipality.name, municipality.name, municipality.pk)


def local_teams(served: Served | None, today: dt.date) -> LocalTeams:
    """Return the teams that serve a place: one statement, or none without a place."""
    if served is None:
        return LocalTeams()
    found = {
        name: [(teams, number)] for name, teams, number in fetch_all(served.sql, served.values)
    }
    return read_local_teams(found, served, today)


def request_local_teams(tally: Tally, served: Served | None) -> None:
    """Ask for what `read_local_teams` reads."""
    if served is not None:
        tally.put(**served.values)
        tally.add(served.sql)


def read_local_teams(found: Found, served: Served | None, today: dt.date) -> LocalTeams:
    """Return the teams that were asked for; of too many of them none."""
    if served is None:
        return LocalTeams()
    teams = [*_teams(text for text, _number in found.get(LOCAL_TEAMS, ()))]
    if len(teams) > MOST_TEAMS and not served.postcode:
        return LocalTeams(served.label, served.town, has_more=True)
    clocks = clocks_in(served.code, today)
    cards = tuple(card_of(team, clocks) for team in teams)
    return LocalTeams(served.label, served.town, served.postcode, cards)


def _teams(texts: Iterable[str | None]) -> Iterator[Any]:
    for text in texts:
        for values in json.loads(text or "[]"):
            own = len(TEAM.names)
            team = TEAM.make(values[:own])
            team.provider = PROVIDER.make(values[own:])
            yield team
