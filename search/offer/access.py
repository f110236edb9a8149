"""The ways in to an offer, per municipality: routes, contract, and a wait of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.models import ServiceArea
from providers.rules.availability import of_measurement
from providers.rules.contract import contract_until_words, ends_before_start, routes_words
from providers.rules.start import tells_start
from search.offer.detail import OfferDetail, is_current

# More names than this say less than their number.
MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Municipalities with the same way in and the same contract.

    `is_here`: the municipality in view, which has a row to itself.
    """

    municipalities: str
    routes: str
    contract: str
    wait: str = ""
    is_here: bool = False


def area_rows(detail: OfferDetail) -> list[AreaRow]:
    """Return the ways in, municipalities with the same ones together, that in view first."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for area in detail.offer.service_areas.all():
        if area == detail.here or not is_current(area, detail.today):
            continue
        together.setdefault(_terms(area, detail), []).append(area.municipality.name)
    rows = [AreaRow(_names(names), *terms) for terms, names in together.items()]
    if detail.here is None:
        return rows
    name = detail.here.municipality.name
    return [AreaRow(name, *_terms(detail.here, detail), is_here=True), *rows]


def _terms(area: ServiceArea, detail: OfferDetail) -> tuple[str, str, str]:
    own = area.current_wait
    tells = tells_start(own, detail.offer)
    wait = of_measurement(own, detail.offer, detail.clocks) if own and tells else None
    words = f"{wait.text} ({wait.note})" if wait else ""
    contract = contract_until_words(area)
    if ends_before_start(area.ends_on, detail.start):
        contract = _("%(contract)s (let op: dat is voor de start)") % {"contract": contract}
    return routes_words(area), contract, words


def _names(names: list[str]) -> str:
    if len(names) > MOST_NAMES:
        return _("%(n)s gemeenten") % {"n": len(names)}
    return ", ".join(names)
