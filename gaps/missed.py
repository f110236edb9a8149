"""What referrers in one municipality looked for and did not find, per help question."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from gaps.cells.cell import BANDS
from providers.models import MissingHelpSignal, Municipality
from providers.rules.small_numbers import is_small, rounded, shows_total, small_number_words

DAYS = 365


@dataclass(frozen=True, slots=True)
class Missed:
    """One help question, and how often help for it was missed in a year.

    `by_band` has those of each age that stands in the file on coverage.
    """

    label: str
    times: int
    by_band: tuple[int, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether the number is too small to be shown."""
        return is_small(self.times)

    @property
    def times_text(self) -> str:
        """The number, or that it is small."""
        return small_number_words(self.times)

    @property
    def published(self) -> int | None:
        """What a file has: rounded, and nothing beside a file in which a part of it is hidden."""
        return rounded(self.times) if shows_total(self.by_band) else None

    @property
    def status(self) -> str:
        """Why a file has no number; empty when it has one."""
        if self.is_small:
            return "minder-dan-5"
        return "niet-getoond" if self.published is None else ""


def missed_help(municipality: Municipality, *, today: dt.date) -> tuple[Missed, ...]:
    """Return the help questions that were missed in the past year, most often first: one query.

    A referrer who ticks three reasons for one question on one day counts once. Small numbers
    stand in the order of their names, so that the order does not tell what the number hides.
    """
    signals = MissingHelpSignal.objects.filter(
        municipality=municipality, counts=True, created_on__gt=today - dt.timedelta(days=DAYS)
    )
    names = ("help_question__label", "sender", "created_on", "age_band")
    taps: dict[tuple[str, str, dt.date], str] = {}
    for label, sender, day, band in signals.order_by("pk").values_list(*names):
        taps.setdefault((label, sender, day), band)
    bands: dict[str, Counter[str]] = defaultdict(Counter)
    for (label, _sender, _day), band in taps.items():
        bands[label][band] += 1
    found = [
        Missed(label, counts.total(), tuple(counts[band] for band in BANDS))
        for label, counts in bands.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (one.is_small, 0 if one.is_small else -one.times, one.label))
    )
