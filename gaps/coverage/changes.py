"""What changed in a municipality since the end of the last quarter: by what was stored."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaps.cells.cell import CellClass
from gaps.coverage.history import last_quarter
from gaps.coverage.report import Coverage, coverage_of
from gaps.coverage.words import KindWords, band_label, kind_words
from providers.figures.demand import CellKey
from providers.models import HelpQuestion, Municipality
from providers.vocabulary.choices import choices


@dataclass(frozen=True, slots=True)
class Change:
    """One cell whose class is another one now."""

    question: str
    label: str
    band: str
    ages: str
    before: KindWords
    now: KindWords
    offers_before: int
    offers_now: int


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What got worse and what got better; `since` is None when nothing was stored before."""

    municipality: Municipality
    on: dt.date
    since: dt.date | None
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    # By class: how many cells there were, and are.
    counts: tuple[tuple[KindWords, int, int], ...]

    @property
    def title(self) -> str:
        """Its heading."""
        return _("Wat er veranderde in %(name)s") % {"name": self.municipality.name}


def changes_page(place: Municipality, *, today: dt.date) -> ChangesPage:
    """Return what changed since the last day stored before this quarter."""
    now = coverage_of(place, today=today)
    before = last_quarter(place, today=today)
    if before is None:
        return ChangesPage(place, today, None, (), (), ())
    found = changes_between(before, now)
    words = [kind_words(kind, now.thresholds) for kind in CellClass]
    return ChangesPage(
        municipality=place,
        on=today,
        since=before.on,
        worse=tuple(one for one in found if one.now.kind.rank < one.before.kind.rank),
        better=tuple(one for one in found if one.now.kind.rank > one.before.kind.rank),
        counts=tuple((one, before.counts[one.kind], now.counts[one.kind]) for one in words),
    )


def changes_between(before: Coverage, now: Coverage) -> list[Change]:
    """Return the cells that exist at both moments and are of another class, worst now first."""
    found = [
        _change(key, before, now)
        for key, cell in now.by_key.items()
        if key in before.by_key and before.by_key[key].kind is not cell.kind
    ]
    return sorted(found, key=lambda one: (one.now.kind.rank, one.label, one.band))


def _change(key: CellKey, before: Coverage, now: Coverage) -> Change:
    then, today = before.by_key[key], now.by_key[key]
    question = choices(HelpQuestion).get(key.question)
    return Change(
        question=key.question,
        label=question.label if question else key.question,
        band=key.band,
        ages=band_label(key.band),
        before=kind_words(then.kind, before.thresholds),
        now=kind_words(today.kind, now.thresholds),
        offers_before=then.supply.offers,
        offers_now=today.supply.offers,
    )
