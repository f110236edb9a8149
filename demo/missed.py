"""Help that made-up referrers looked for in the demo region and did not find.

One question in Leiden and one in Katwijk were missed often enough for a number; the others stay
below what a municipality gets to see as a number (five).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from demo.moments import chance
from providers.enums import AgeBand, MissingReason
from providers.models import MissingHelpSignal, Municipality

# No browser has such a mark: those of real senders are digests.
SENDER = "demo-"
PAST_DAYS = 300


class Missed(NamedTuple):
    """So many referrers missed help for one question in one municipality."""

    municipality: str
    help_question: str
    age_band: AgeBand
    reason: MissingReason
    times: int


MISSED = (
    Missed("Leiden", "schoolverzuim", AgeBand.TEEN, MissingReason.NO_GROUP, 9),
    Missed("Leiden", "komt-niet-buiten", AgeBand.OLDER, MissingReason.TOO_LATE, 6),
    Missed("Leiden", "rouw-na-zelfdoding", AgeBand.TEEN, MissingReason.TOO_FAR, 4),
    Missed("Leiden", "tics", AgeBand.MIDDLE, MissingReason.TOO_HEAVY, 2),
    Missed("Leiden", "opvoeden-twee-culturen", AgeBand.YOUNG, MissingReason.LANGUAGE, 3),
    Missed("Katwijk", "gamen-en-scherm", AgeBand.TEEN, MissingReason.NO_GROUP, 7),
    Missed("Katwijk", "zelfstandig-wonen", AgeBand.ADULT, MissingReason.NOTHING, 3),
    Missed("Katwijk", "scheiding", AgeBand.MIDDLE, MissingReason.TOO_LATE, 4),
    Missed("Nieuwkoop", "somberheid", AgeBand.TEEN, MissingReason.TOO_FAR, 5),
    Missed("Nieuwkoop", "jonge-mantelzorger", AgeBand.MIDDLE, MissingReason.NO_GROUP, 2),
    Missed("Zoeterwoude", "meedoen-met-beperking", AgeBand.YOUNG, MissingReason.COST, 1),
)


def remove_missed() -> None:
    """Remove the signals of the demo; those of real referrers stay."""
    MissingHelpSignal.objects.filter(sender__startswith=SENDER).delete()


def add_missed(*, today: dt.date, seed: str) -> None:
    """Add the signals, spread over the past year. On record with the load of the demo itself.

    Raises ValidationError for what is no code.
    """
    signals = list(_signals(today, seed))
    for signal in signals:
        signal.clean_fields()
    MissingHelpSignal.objects.bulk_create(signals)


def _signals(today: dt.date, seed: str) -> Iterator[MissingHelpSignal]:
    codes = dict(Municipality.objects.values_list("name", "code"))
    for row in MISSED:
        rng = chance(seed, "missed", row.municipality, row.help_question)
        for number in range(row.times):
            yield MissingHelpSignal(
                help_question_id=row.help_question,
                municipality_id=codes[row.municipality],
                age_band=row.age_band,
                reason=row.reason,
                created_on=today - dt.timedelta(rng.randrange(PAST_DAYS)),
                sender=f"{SENDER}{number}",
            )
