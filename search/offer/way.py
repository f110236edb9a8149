"""The way to an offer from one municipality: team, decision, provider, as dated legs.

Each leg has a wait of its own, measured by somebody else on another day; they are never added up.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.models import ServiceArea, WaitTime
from providers.rules.availability import Availability
from search.local_team.team import LocalTeams, TeamCard, dated_weeks
from search.offer.detail import OfferDetail


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of the way: what happens, with whom, and how long that takes by itself.

    `wait` is None where there is nothing to wait for.
    """

    title: str
    text: str = ""
    phone: str = ""
    wait: Availability | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How one gets to an offer from the municipality in view.

    `others` are ways in besides this one, in words. `asks_place`: without a municipality nobody
    can say; `asks_postcode`: several teams serve this municipality.
    """

    legs: tuple[Leg, ...] = ()
    others: tuple[str, ...] = ()
    asks_place: bool = False
    asks_postcode: bool = False


def needs_team(detail: OfferDetail) -> bool:
    """Whether the way to this offer goes past the local team."""
    area = detail.here
    return area is not None and area.via_local_team and not area.walk_in


def way_to(detail: OfferDetail, teams: LocalTeams) -> Way:
    """Return the legs to an offer; `teams` are those of the place in view. Runs no statement."""
    area = detail.here
    if area is None:
        return Way(asks_place=True)
    return Way(
        legs=(*_until_provider(detail, area, teams), *_at_provider(detail)),
        others=tuple(_others(area)),
        asks_postcode=needs_team(detail) and teams.asks_postcode,
    )


def _until_provider(detail: OfferDetail, area: ServiceArea, teams: LocalTeams) -> list[Leg]:
    if area.walk_in:
        return [Leg(_("Zelf aanmelden"), _("Geen verwijzing en geen besluit nodig."))]
    if area.via_local_team:
        return [*_at_team(detail, area, teams), _decision(detail, area, teams)]
    if area.via_doctor:
        words = _(
            "De huisarts, jeugdarts of medisch specialist verwijst. Een besluit is niet nodig."
        )
        return [Leg(_("Verwijzing van een arts"), words)]
    if area.via_court:
        words = _("De rechter of een gecertificeerde instelling bepaalt dit.")
        return [Leg(_("Via de rechter"), words)]
    return [Leg(_("Toegang niet bekend"), _("Vraag de aanbieder hoe iemand binnenkomt."))]


def _at_team(detail: OfferDetail, area: ServiceArea, teams: LocalTeams) -> list[Leg]:
    named = [
        Leg(
            _("Gesprek met %(team)s") % {"team": team.name},
            team.consultation_hours
            and _("Spreekuur: %(hours)s") % {"hours": team.consultation_hours},
            team.phone,
            team.wait,
        )
        for team in teams.teams
    ]
    return named[:1] if len(named) == 1 else [_unnamed_team(detail, area)]


def _unnamed_team(detail: OfferDetail, area: ServiceArea) -> Leg:
    title = _("Gesprek met het lokale team van %(place)s") % {"place": area.municipality.name}
    return Leg(title, wait=dated_weeks(None, None, detail.clocks))


def _decision(detail: OfferDetail, area: ServiceArea, teams: LocalTeams) -> Leg:
    known: TeamCard | None = teams.teams[0] if len(teams.teams) == 1 else None
    wait = known.decision if known else dated_weeks(None, None, detail.clocks)
    title = _("Besluit van de gemeente %(place)s") % {"place": area.municipality.name}
    return Leg(title, _("Of deze hulp wordt vergoed."), wait=wait)


def _at_provider(detail: OfferDetail) -> list[Leg]:
    """Return the wait at the provider: its two parts where both are known, else one."""
    provider = detail.offer.provider
    name, phone = provider.plain_name, provider.phone_of_intake
    wait = _of_here(detail)
    if wait is None or wait.intake_weeks is None or wait.treatment_weeks is None:
        return [Leg(_("Start bij %(name)s") % {"name": name}, phone=phone, wait=detail.pill)]
    first = dated_weeks(wait.intake_weeks, wait.measured_on, detail.clocks)
    then = dated_weeks(wait.treatment_weeks, wait.measured_on, detail.clocks)
    return [
        Leg(_("Eerste gesprek bij %(name)s") % {"name": name}, phone=phone, wait=first),
        Leg(_("Daarna begint de hulp"), wait=then),
    ]


def _of_here(detail: OfferDetail) -> WaitTime | None:
    """Return the measurement for the municipality in view, else the one for all."""
    own = detail.here.current_wait if detail.here else None
    return own if own is not None else detail.wait


def _others(area: ServiceArea) -> list[str]:
    if area.walk_in:
        return []
    words = []
    if area.via_local_team and area.via_doctor:
        words.append(_("Kan ook met een verwijzing van een arts: dan is er geen besluit nodig."))
    if area.via_court and (area.via_local_team or area.via_doctor):
        words.append(_("Kan ook via de rechter."))
    return words
