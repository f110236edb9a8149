"""What the page of a list shows before it is taken in: everything is computed here."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from importing.lists.importer import Preview
from importing.lists.report import report_lines
from importing.lists.rows import ListRow
from importing.pipeline.outcome import Outcome, counts_of
from providers.models import HelpQuestion, TargetGroup
from providers.vocabulary.choices import choices

MOST_SHOWN = 100
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row, in words."""

    number: int
    name: str
    action: str
    reason: str
    suggestions: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a list would bring, in words."""

    number: int
    outcomes: list[tuple[str, int]]
    written: list[tuple[str, int]]
    rows: list[RowShown]
    suggested: list[Cell]
    mark: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are shown."""
        return self.number > len(self.rows)


def page_of(preview: Preview) -> PreviewPage:
    """Return what there is to see of ``preview``."""
    questions, groups = choices(HelpQuestion), choices(TargetGroup)
    names = {code: row.label for code, row in (questions | groups).items()}
    return PreviewPage(
        number=len(preview.outcomes),
        outcomes=[(action.value, n) for action, n in counts_of(preview.outcomes).items()],
        written=[(name, n) for name, n in preview.plan.counts.items() if n],
        rows=[_row(outcome, preview, names) for outcome in preview.outcomes[:MOST_SHOWN]],
        suggested=_suggested(preview, names),
        mark=mark_of(preview),
    )


def mark_of(preview: Preview) -> str:
    """Return what tells this preview from another, to see that it is still what was shown."""
    lines = hashlib.sha256()
    for cells in report_lines(preview):
        lines.update(repr(cells).encode())
    return lines.hexdigest()[:32]


def _row(outcome: Outcome[ListRow], preview: Preview, names: dict[str, str]) -> RowShown:
    row, found = outcome.row, preview.suggestions.get(outcome.row.number)
    codes = (*found.help_questions, *found.target_groups) if found else ()
    return RowShown(
        number=row.number,
        name=" · ".join(filter(None, (row.organisation, row.title))),
        action=outcome.action.value,
        reason=outcome.reason,
        suggestions=", ".join(names.get(code, code) for code in codes),
    )


def _suggested(preview: Preview, names: dict[str, str]) -> list[Cell]:
    """Return each suggested help question with how many offers it is suggested for."""
    drafts = preview.plan.offers.values()
    counts = Counter(code for draft in drafts for code in draft.help_questions)
    for code in preview.source.not_suggested:
        counts.setdefault(code, 0)
    return [(code, f"{names.get(code, code)} ({n})") for code, n in counts.most_common()]
