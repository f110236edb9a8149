"""The three gaps that touch most young people, each in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gaps.cells.cell import BANDS, Cell, CellClass, band_ages
from gaps.coverage.report import Coverage
from providers.languages import grouped
from providers.models import HelpQuestion
from providers.rules.ages import Ages
from providers.rules.small_numbers import rounded
from providers.vocabulary.choices import choices

MOST = 3
# Of these classes nobody gets help now; they go before help that is there but not good enough.
NO_HELP = (CellClass.NOTHING, CellClass.TOO_FAR, CellClass.TOO_LATE)
NO_GAP = (CellClass.UNKNOWN, CellClass.COVERED)
# The ages of which the number of young people in a municipality is known, all together.
COUNTED_AGES = 18


@dataclass(frozen=True, slots=True)
class Finding:
    """One help question with one class, at all ages at which it has that class.

    `youths` is an estimate of how many young people of those ages live in the municipality, not of
    how many have the question; None where the number of inhabitants is not known. `missed` are
    signals and searches that found nothing, in the past year, as the files give them per age.
    """

    question: str
    label: str
    kind: CellClass
    ages: str
    bands: tuple[str, ...]
    youths: int | None
    missed: int

    @property
    def sentence(self) -> str:
        """The gap in a sentence, without the number of young people."""
        return _sentence(self.kind) % {"question": self.label, "ages": self.ages}

    @property
    def youths_words(self) -> str:
        """How many young people of those ages live there, roughly; empty when not known."""
        if not self.youths:
            return ""
        return ngettext(
            "Er woont naar schatting %(n)s kind of jongere van die leeftijd.",
            "Er wonen naar schatting %(n)s kinderen en jongeren van die leeftijd.",
            self.youths,
        ) % {"n": grouped(self.youths)}


def _sentence(kind: CellClass) -> str:
    return {
        CellClass.NOTHING: _("%(question)s, %(ages)s: er is niets."),
        CellClass.TOO_FAR: _("%(question)s, %(ages)s: de hulp is te ver weg."),
        CellClass.TOO_LATE: _("%(question)s, %(ages)s: alle hulp begint te laat."),
        CellClass.ONLY_HEAVY: _("%(question)s, %(ages)s: er is alleen zware hulp."),
        CellClass.NO_GROUP: _("%(question)s, %(ages)s: er is geen groep."),
        CellClass.FRAGILE: _("%(question)s, %(ages)s: de hulp is kwetsbaar."),
        CellClass.UNKNOWN: _("%(question)s, %(ages)s: niet bekend of hulp op tijd begint."),
        CellClass.COVERED: _("%(question)s, %(ages)s: er is hulp."),
    }[kind]


def biggest_gaps(coverage: Coverage, *, most: int = MOST) -> list[Finding]:
    """Return the gaps that touch most young people, each question once.

    First where nobody gets help, then by what was missed there, by young people, by class and by
    the order of the vocabulary.
    """
    found: dict[tuple[str, CellClass], list[Cell]] = {}
    for cell in coverage.cells:
        if cell.kind not in NO_GAP:
            found.setdefault((cell.key.question, cell.kind), []).append(cell)
    findings = [
        _finding(question, kind, cells, coverage.municipality.youths)
        for (question, kind), cells in found.items()
    ]
    findings.sort(key=_order)
    once: dict[str, Finding] = {}
    for finding in findings:
        once.setdefault(finding.question, finding)
    return list(once.values())[:most]


def _order(finding: Finding) -> tuple[bool, int, int, int]:
    return (
        finding.kind not in NO_HELP,
        -finding.missed,
        -(finding.youths or 0),
        finding.kind.rank,
    )


def _finding(question: str, kind: CellClass, cells: list[Cell], youths: int | None) -> Finding:
    bands = tuple(cell.key.band for cell in cells)
    return Finding(
        question=question,
        label=choices(HelpQuestion)[question].label,
        kind=kind,
        ages=ages_words(bands),
        bands=bands,
        youths=youths_of_ages(bands, youths),
        missed=sum(map(_missed, cells)),
    )


def _missed(cell: Cell) -> int:
    """Return what the files say was missed, so that the order tells no more than they do."""
    signals, vain = cell.demand.signals or 0, cell.demand.empty_searches or 0
    return (rounded(signals) or 0) + (rounded(vain) or 0)


def youths_of_ages(bands: Iterable[str], youths: int | None) -> int | None:
    """Return roughly how many young people of these bands live there.

    Only the number of those of 0-17 together is known, so each year of age counts alike; 18 counts
    as any other year.
    """
    if youths is None:
        return None
    years = sum(1 for band in bands for _age in _each_age(band_ages(band)))
    return round(youths * years / COUNTED_AGES / 10) * 10


def _each_age(ages: Ages) -> range:
    return range(ages.low, ages.high + 1)


def ages_words(bands: Iterable[str]) -> str:
    """Return bands as people say them, what lies next to each other together."""
    order = [band.value for band in BANDS]
    places = sorted(order.index(band) for band in bands)
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    spans = [
        Ages(band_ages(order[run[0]]).low, band_ages(order[run[-1]]).high).words for run in runs
    ]
    return _(" en ").join(spans)
