"""The report for the council: cover, three findings, map, tables and definitions, to print."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from gaps.cells.cell import CellClass
from gaps.coverage.findings import Finding, biggest_gaps
from gaps.coverage.matrix import KindCount, kind_counts
from gaps.coverage.region import RegionPage, region_page
from gaps.coverage.report import Coverage, coverage_of
from gaps.coverage.words import KindWords, legend
from gaps.exports.files import GuideRow, basis_of
from providers.models import HelpQuestion, Municipality, Theme
from providers.vocabulary.choices import choices, labels


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How many cells of one theme are of each class."""

    label: str
    counts: tuple[int, ...]
    cells: int


@dataclass(frozen=True, slots=True)
class CouncilReport:
    """Everything the report prints."""

    coverage: Coverage
    findings: tuple[Finding, ...]
    counts: tuple[KindCount, ...]
    legend: tuple[KindWords, ...]
    themes: tuple[ThemeCounts, ...]
    region: RegionPage
    basis: tuple[GuideRow, ...]


def council_report(place: Municipality, *, today: dt.date) -> CouncilReport:
    """Return the report of a municipality."""
    coverage = coverage_of(place, today=today)
    return CouncilReport(
        coverage=coverage,
        findings=tuple(biggest_gaps(coverage)),
        counts=kind_counts(coverage),
        legend=tuple(legend(coverage.thresholds)),
        themes=tuple(_themes(coverage)),
        region=region_page(place, today=today),
        basis=tuple(basis_of(coverage)),
    )


def _themes(coverage: Coverage) -> list[ThemeCounts]:
    by_theme: dict[str, Counter[CellClass]] = {}
    for cell in coverage.cells:
        question = choices(HelpQuestion)[cell.key.question]
        by_theme.setdefault(question.theme_id, Counter())[cell.kind] += 1
    return [
        ThemeCounts(label, tuple(counts[kind] for kind in CellClass), sum(counts.values()))
        for code, label in labels(Theme)
        if (counts := by_theme.get(code))
    ]
