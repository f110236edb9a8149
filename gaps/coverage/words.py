"""How cells are put in words: plain Dutch for every class, figure and threshold."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gaps.cells.cell import Cell, CellClass, Supply, Thresholds
from gaps.cells.classes import also_true
from providers.enums import AgeBand
from providers.languages import grouped
from providers.languages import weeks_words as words_of_weeks

NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class KindWords:
    """One class as people read it. The letter says it where there is no room or no colour."""

    kind: CellClass
    letter: str
    label: str
    meaning: str

    @property
    def code(self) -> str:
        """What style sheets and addresses call it."""
        return self.kind.value


def kind_words(kind: CellClass, thresholds: Thresholds) -> KindWords:
    """Return a class in words, with the threshold by which it is judged."""
    letter, label, meaning = _words(thresholds)[kind]
    return KindWords(kind, letter, label, meaning)


def legend(thresholds: Thresholds) -> list[KindWords]:
    """Return every class in words, the worst first."""
    return [kind_words(kind, thresholds) for kind in CellClass]


def _words(thresholds: Thresholds) -> dict[CellClass, tuple[str, str, str]]:
    limits = {
        "km": number(thresholds.far_km),
        "weeks": number(thresholds.late_weeks),
        "months": round(thresholds.ends_days / 30.5),
        "fewest": number(thresholds.fewest_providers),
    }
    late = _(
        "Van elk aanbod is de laatst bekende start later dan de norm van de regio, of er is een"
        " stop. Waar geen norm is, geldt %(weeks)s weken."
    )
    fragile = _(
        "Minder dan %(fewest)s aanbieders gaan door. De rest heeft een contract of geld dat binnen"
        " %(months)s maanden afloopt."
    )
    unknown = _("Van geen enkel aanbod is actueel bekend dat het op tijd kan starten.")
    return {
        CellClass.NOTHING: ("N", _("niets"), _("Er is geen aanbod.")),
        CellClass.TOO_FAR: (
            "V",
            _("te ver"),
            _("De dichtstbijzijnde plek is gemiddeld verder dan %(km)s km.") % limits,
        ),
        CellClass.TOO_LATE: ("L", _("te laat"), late % limits),
        CellClass.ONLY_HEAVY: (
            "Z",
            _("alleen zwaar"),
            _("Er is geen lichte hulp (trede 0 tot en met 2)."),
        ),
        CellClass.NO_GROUP: ("G", _("geen groep"), _("Er is geen aanbod in een groep.")),
        CellClass.FRAGILE: ("K", _("kwetsbaar"), fragile % limits),
        CellClass.UNKNOWN: ("?", _("onbekend"), unknown),
        CellClass.COVERED: (
            "D",
            _("gedekt"),
            _("Er is lichte hulp en een groep, dichtbij en op tijd, van meer dan één aanbieder."),
        ),
    }


def band_label(band: str) -> str:
    """Return an age band in words: '12 tot en met 15 jaar'."""
    return str(AgeBand(band).label)


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number as people write it: '10', '2,5'; a dash for none."""
    if value is None:
        return NO_FIGURE
    rounded = round(value, decimals or 1)
    whole = rounded == int(rounded) and not decimals
    return grouped(int(rounded)) if whole else str(formats.number_format(rounded))


def weeks_words(weeks: float | None) -> str:
    """Return weeks with one decimal, or that they are not known."""
    return _("niet bekend") if weeks is None else words_of_weeks(Decimal(str(round(weeks, 1))))


def distance_words(supply: Supply) -> str:
    """Return how far the nearest place is, or why that says nothing."""
    parts = []
    if supply.nearest_km is not None:
        parts.append(_("gemiddeld %(km)s km") % {"km": number(supply.nearest_km)})
    if supply.come_along:
        parts.append(
            ngettext(
                "%(n)s komt thuis, op school of online",
                "%(n)s komen thuis, op school of online",
                supply.come_along,
            )
            % {"n": supply.come_along}
        )
    if supply.place_unknown:
        parts.append(
            ngettext(
                "van %(n)s is de plek niet bekend",
                "van %(n)s is de plek niet bekend",
                supply.place_unknown,
            )
            % {"n": supply.place_unknown}
        )
    return "; ".join(parts) or NO_FIGURE


def norm_words(supply: Supply) -> str:
    """Return how many of the waits that can be compared are within the norm of the region."""
    if not supply.with_norm:
        return _("geen norm, of geen actuele wachttijd")
    return _("%(within)s van %(all)s") % {"within": supply.within_norm, "all": supply.with_norm}


def share_words(supply: Supply, part: int) -> str:
    """Return so many of the offers with their share: '3 van 8 (38%)'."""
    if not supply.offers:
        return NO_FIGURE
    return _("%(part)s van %(all)s (%(share)s%%)") % {
        "part": part,
        "all": supply.offers,
        "share": supply.percentage(part),
    }


def what_would_change(cell: Cell, thresholds: Thresholds) -> list[str]:
    """Return what has to happen for this cell to be covered, what matters most first."""
    changes = {
        CellClass.NOTHING: _("Hulp bij deze vraag, op deze leeftijd, die deze gemeente bedient."),
        CellClass.TOO_FAR: _(
            "Een plek binnen %(km)s km, of hulp die thuis, op school of online komt."
        )
        % {"km": number(thresholds.far_km)},
        CellClass.TOO_LATE: _("Aanbod dat binnen de norm of binnen %(weeks)s weken kan starten.")
        % {"weeks": number(thresholds.late_weeks)},
        CellClass.ONLY_HEAVY: _("Lichte hulp: sociale basis, preventie of het lokale team."),
        CellClass.NO_GROUP: _("Een groep."),
        CellClass.FRAGILE: _("Een tweede aanbieder, of een contract of geld dat doorloopt."),
        CellClass.UNKNOWN: _(
            "Een opgave van nu: aanbieders vragen om hun wachttijd of vrije plekken."
        ),
    }
    return [changes[kind] for kind in also_true(cell.supply, thresholds)]


def named(codes: Iterable[str], labels: dict[str, str]) -> str:
    """Return codes of a vocabulary by their names; a dash for none."""
    return ", ".join(labels[code] for code in codes if code in labels) or NO_FIGURE
