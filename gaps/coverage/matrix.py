"""The matrix: a row per help question, a column per age band, a letter per cell."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from gaps.cells.cell import BANDS, Cell, CellClass
from gaps.coverage.findings import Finding, biggest_gaps
from gaps.coverage.report import Coverage
from gaps.coverage.words import KindWords, band_label, legend
from providers.figures.demand import CellKey
from providers.models import HelpQuestion, Theme
from providers.vocabulary.choices import choices, labels


@dataclass(frozen=True, slots=True)
class Square:
    """One cell as the matrix shows it; without words where the question is not asked."""

    band: str
    ages: str
    words: KindWords | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One help question."""

    label: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """The help questions of one theme."""

    code: str
    label: str
    lines: tuple[Line, ...]

    @property
    def counts(self) -> list[tuple[KindWords, int]]:
        """How many of its cells are of each class, the worst first; only classes it has."""
        found = Counter(
            square.words for line in self.lines for square in line.squares if square.words
        )
        return sorted(found.items(), key=lambda item: item[0].kind.rank)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many cells are of one class."""

    words: KindWords
    cells: int
    share: int


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Everything the page of the matrix prints."""

    coverage: Coverage
    bands: tuple[tuple[str, str], ...]
    themes: tuple[ThemeLines, ...]
    counts: tuple[KindCount, ...]
    findings: tuple[Finding, ...]
    chosen: KindWords | None
    # Whether each theme shows its questions at once: some 500 links are too many to tab through.
    is_open: bool


def matrix_page(coverage: Coverage, *, only: str = "", is_open: bool = False) -> MatrixPage:
    """Return the matrix; `only` is the code of a class, and leaves out questions without it."""
    words = {one.kind: one for one in legend(coverage.thresholds)}
    chosen = next((one for one in words.values() if one.code == only), None)
    return MatrixPage(
        coverage=coverage,
        bands=tuple((band.value, band_label(band)) for band in BANDS),
        themes=tuple(_themes(coverage, words, chosen)),
        counts=kind_counts(coverage),
        findings=tuple(biggest_gaps(coverage)),
        chosen=chosen,
        is_open=is_open or chosen is not None,
    )


def kind_counts(coverage: Coverage) -> tuple[KindCount, ...]:
    """Return how many cells there are of each class, the worst first, also of those without."""
    total = len(coverage.cells)
    return tuple(
        KindCount(
            words,
            coverage.counts[words.kind],
            round(100 * coverage.counts[words.kind] / total) if total else 0,
        )
        for words in legend(coverage.thresholds)
    )


def _themes(
    coverage: Coverage, words: dict[CellClass, KindWords], chosen: KindWords | None
) -> list[ThemeLines]:
    by_theme: dict[str, list[Line]] = {}
    for question in choices(HelpQuestion).values():
        squares = _squares(coverage, question, words)
        kinds = {square.words for square in squares if square.words}
        if kinds and (chosen is None or chosen in kinds):
            by_theme.setdefault(question.theme_id, []).append(Line(question.label, squares))
    return [
        ThemeLines(code, label, tuple(by_theme[code]))
        for code, label in labels(Theme)
        if code in by_theme
    ]


def _squares(
    coverage: Coverage, question: HelpQuestion, words: dict[CellClass, KindWords]
) -> tuple[Square, ...]:
    found: list[Square] = []
    for band in BANDS:
        key = CellKey(coverage.municipality.pk, question.pk, band.value)
        cell = coverage.by_key.get(key)
        found.append(
            Square(band.value, band_label(band), words[cell.kind], cell_address(coverage, cell))
            if cell
            else Square(band.value, band_label(band), None)
        )
    return tuple(found)


def cell_address(coverage: Coverage, cell: Cell) -> str:
    """Return the address of the dossier of a cell."""
    slug = coverage.municipality.slug
    return reverse("gaps:cell", args=[slug, cell.key.question, cell.key.band])
