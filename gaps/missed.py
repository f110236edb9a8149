"""What referrers in one municipality looked for and did not find, per help question."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from providers.models import MissingHelpSignal, Municipality
from providers.rules.small_numbers import is_small, small_number_words

DAYS = 365


@dataclass(frozen=True, slots=True)
class Missed:
    """One help question, and how often help for it was missed in a year."""

    label: str
    times: int

    @property
    def is_small(self) -> bool:
        """Whether the number is too small to be shown."""
        return is_small(self.times)

    @property
    def times_text(self) -> str:
        """The number, or that it is small."""
        return small_number_words(self.times)

    @property
    def times_in_file(self) -> str:
        """The same for a program that reads it."""
        return small_number_words(self.times, in_file=True)


def missed_help(municipality: Municipality, *, today: dt.date) -> tuple[Missed, ...]:
    """Return the help questions that were missed in the past year, most often first: one query.

    A referrer who ticks three reasons for one question on one day counts once. Small numbers
    stand in the order of their names, so that the order does not tell what the number hides.
    """
    signals = MissingHelpSignal.objects.filter(
        municipality=municipality, counts=True, created_on__gt=today - dt.timedelta(days=DAYS)
    )
    taps = signals.order_by().values_list("help_question__label", "sender", "created_on").distinct()
    times = Counter(label for label, _sender, _day in taps)
    found = [Missed(label, number) for label, number in times.items()]
    return tuple(
        sorted(found, key=lambda one: (one.is_small, 0 if one.is_small else -one.times, one.label))
    )
