"""The dossier of one cell: what counted, what would change its class, who nearby has it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gaps.cells.cell import Cell, Supply, band_ages
from gaps.coverage.history import Moment, history_of
from gaps.coverage.report import Coverage, coverage_in_region
from gaps.coverage.words import (
    KindWords,
    band_label,
    distance_words,
    kind_words,
    named,
    norm_words,
    number,
    share_words,
    weeks_words,
    what_would_change,
)
from providers.enums import AlsoTakes, CareLevel
from providers.figures.demand import CellKey, DemandFigures
from providers.languages import grouped
from providers.models import HelpQuestion, Language, Municipality, Offer, TargetGroup
from providers.models.facts import FactsQuerySet
from providers.rules.availability import of_wait
from providers.rules.clocks import clocks_in
from providers.rules.danger import SpokenOf
from providers.vocabulary.choices import choices, labels, level_label

MOST_NEARBY = 20


@dataclass(frozen=True, slots=True)
class CountedOffer:
    """An offer that counted in the cell, as the dossier lists it."""

    title: str
    provider: str
    address: str
    level: str
    wait: str
    group: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same cell of another municipality in the region."""

    name: str
    words: KindWords
    offers: int
    best: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the page of one cell prints."""

    coverage: Coverage
    label: str
    ages: str
    band: str
    words: KindWords
    changes: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    offers: tuple[CountedOffer, ...]
    nearby: tuple[CountedOffer, ...]
    neighbours: tuple[Neighbour, ...]
    history: tuple[Moment, ...]


def dossier_of(place: Municipality, question: str, band: str, *, today: dt.date) -> Dossier:
    """Return the dossier of a cell; 404 for one that does not exist."""
    region = coverage_in_region(place, today=today)
    own = next(one for one in region if one.municipality.pk == place.pk)
    cell = own.by_key.get(CellKey(place.pk, question, band))
    if cell is None:
        raise Http404
    here, nearby = _offers(own, cell, today)
    return Dossier(
        coverage=own,
        label=choices(HelpQuestion)[question].label,
        ages=band_label(band),
        band=band,
        words=kind_words(cell.kind, own.thresholds),
        changes=tuple(what_would_change(cell, own.thresholds)),
        figures=tuple(figures_of(cell)),
        offers=here,
        nearby=nearby,
        neighbours=tuple(_neighbour(one, cell) for one in region if one is not own),
        history=history_of(place, cell.key, own.thresholds, today=today),
    )


def figures_of(cell: Cell) -> list[tuple[str, str]]:
    """Return what was counted, as name and figure."""
    return [*_supply_figures(cell.supply), *_demand_figures(cell.demand)]


def _demand_figures(demand: DemandFigures) -> list[tuple[str, str]]:
    return [
        (_("Keer gezocht in een jaar"), grouped(demand.searches or 0)),
        (_("Waarvan zonder resultaat, of niet op tijd"), str(demand.empty_searches or 0)),
        (_("Meldingen dat hulp ontbreekt in een jaar"), str(demand.signals or 0)),
        (_("Meldingen dat een aanbieder weigerde in een jaar"), str(demand.refusals or 0)),
    ]


def _supply_figures(supply: Supply) -> list[tuple[str, str]]:
    if not supply.offers:
        return [(_("Aanbod"), _("geen"))]
    steps = (
        f"{level_label(step)}: {count}"
        for step, count in zip(CareLevel, supply.by_level, strict=True)
        if count
    )
    return [
        (_("Aanbod"), str(supply.offers)),
        (_("Aanbieders"), str(supply.providers)),
        (_("Per trede"), "; ".join(steps) or "–"),
        (_("Lichte hulp (trede 0-2)"), share_words(supply, supply.light)),
        (_("In een groep"), share_words(supply, supply.groups)),
        (_("Kortste wachttijd die telt"), weeks_words(supply.best_weeks)),
        (_("Middelste wachttijd die telt"), weeks_words(supply.median_weeks)),
        (_("Binnen de norm van de regio"), norm_words(supply)),
        (_("Kan op tijd starten"), share_words(supply, supply.timely)),
        (_("Met een actuele opgave"), share_words(supply, supply.fresh)),
        (_("Afstand tot de dichtstbijzijnde plek"), distance_words(supply)),
        (_("Contract of geld loopt binnenkort af"), share_words(supply, supply.ending)),
        (_("Aanbieders die doorgaan"), number(supply.lasting_providers)),
        (_("Talen"), named(supply.languages, dict(labels(Language)))),
        (_("Doelgroepen"), named(supply.target_groups, dict(labels(TargetGroup)))),
        (_("Neemt ook aan bij"), named(supply.also_takes, _also_takes())),
    ]


def _also_takes() -> dict[str, str]:
    return {one.value: one.in_a_row for one in AlsoTakes}


def _neighbour(coverage: Coverage, cell: Cell) -> Neighbour:
    key = cell.key._replace(municipality=coverage.municipality.pk)
    other = coverage.by_key[key]
    return Neighbour(
        coverage.municipality.name,
        kind_words(other.kind, coverage.thresholds),
        other.supply.offers,
        weeks_words(other.supply.best_weeks),
    )


# --- the offers themselves: as they are now ------------------------------------------------------


def _offers(
    coverage: Coverage, cell: Cell, today: dt.date
) -> tuple[tuple[CountedOffer, ...], tuple[CountedOffer, ...]]:
    """Return the offers of the cell, and those elsewhere in the region that would be in it."""
    place = coverage.municipality
    clocks = clocks_in(place.pk, today)
    fitting = offers_for(cell.key).select_related("provider").order_by("level", "title", "pk")
    here = fitting.serving(place.pk, on=today)
    region = Q(service_areas__municipality__region=place.region_id)
    current = Q(service_areas__ends_on=None) | Q(service_areas__ends_on__gte=today)
    nearby = fitting.filter(region, current).exclude(pk__in=here.order_by().values("pk")).distinct()
    return (
        tuple(_counted(offer, clocks) for offer in here),
        tuple(_counted(offer, clocks) for offer in nearby[:MOST_NEARBY]),
    )


def offers_for(key: CellKey) -> FactsQuerySet:
    """Return what a search for this question at these ages would find, wherever it serves."""
    ages = band_ages(key.band)
    found = Offer.objects.visible().answering([key.question])
    return found.suitable_for_ages(ages.low, ages.high).filter(
        SpokenOf([key.question]).condition("index__")
    )


def _counted(offer: Offer, clocks: object) -> CountedOffer:
    return CountedOffer(
        title=offer.title,
        provider=offer.provider.name,
        address=offer.get_absolute_url(),
        level=level_label(CareLevel(offer.level)),
        wait=of_wait(offer, clocks).text,  # type: ignore[arg-type]
        group=offer.group,
    )
