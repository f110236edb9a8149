"""Whether the facts of an offer count: its confirmation, and its wait.

A wait counts within its clock. What is always open, light help that starts at once, need not be
measured every month: that it starts at once counts as long as the offer itself is confirmed.

Held together by tests/providers/rules/test_counting.py: Python on an offer, the ORM on offers or
rows of the index, and SQL on a row `i` of the index.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from providers.enums import CareLevel, DatedFact, WaitStatus
from providers.models import Offer, WaitTime
from providers.rules.freshness import (
    Clocks,
    FactAge,
    Freshness,
    Moment,
    clocks_on,
    still_counts,
    still_counts_sql,
)

# Where the door stands open rather than a place being free for now.
OPEN_LEVELS = (CareLevel.COMMUNITY, CareLevel.PREVENTION)


class WaitFacts(NamedTuple):
    """What decides whether a wait counts, for one who has it without its offer."""

    level: int
    wait_status: str
    wait_weeks: Decimal | None
    wait_measured_on: dt.date | None
    confirmed_on: dt.date | None
    closed_from: dt.date | None
    closed_until: dt.date | None


def facts_of(wait: WaitTime, offer: Offer) -> WaitFacts:
    """Return the facts of another measurement of an offer, such as that of one municipality."""
    return WaitFacts(
        offer.level,
        wait.status,
        wait.total_weeks,
        wait.measured_on,
        offer.confirmed_on,
        offer.closed_from,
        offer.closed_until,
    )


def clocks_of(offer: Offer | WaitFacts, moment: Moment) -> Clocks:
    """Return the clocks that run for this offer: they stand still while it is closed."""
    return clocks_on(moment).while_closed(offer.closed_from, offer.closed_until)


def offer_age(offer: Offer, moment: Moment) -> FactAge:
    """Return how long ago somebody said that an offer is right, and whether that counts."""
    return clocks_of(offer, moment).fact_age(DatedFact.OFFER, offer.confirmed_on)


def is_always_open(offer: Offer | WaitFacts) -> bool:
    """Whether an offer is light help that starts at once."""
    is_known = offer.wait_status == WaitStatus.KNOWN and offer.wait_measured_on is not None
    return is_known and offer.wait_weeks == 0 and offer.level in OPEN_LEVELS


def wait_state(offer: Offer | WaitFacts, moment: Moment) -> Freshness:
    """Return the state of what is known of the wait."""
    clocks = clocks_of(offer, moment)
    return clocks.state(*_fact_of_wait(offer, clocks))


def wait_age(offer: Offer | WaitFacts, moment: Moment) -> FactAge:
    """Return the same with words: how old the fact is that makes the wait count."""
    clocks = clocks_of(offer, moment)
    return clocks.fact_age(*_fact_of_wait(offer, clocks))


def wait_counts(offer: Offer | WaitFacts, moment: Moment) -> bool:
    """Whether what is known of the wait is still taken to be true."""
    return wait_state(offer, moment).counts


def _fact_of_wait(offer: Offer | WaitFacts, clocks: Clocks) -> tuple[DatedFact, dt.date | None]:
    """Return by which fact the wait counts, and its day."""
    measured = DatedFact.WAIT, offer.wait_measured_on
    if not _counts_by_offer(offer, clocks) or clocks.state(*measured) is Freshness.FRESH:
        return measured
    confirmed = DatedFact.OFFER, offer.confirmed_on
    return confirmed if clocks.state(*confirmed).counts else measured


def wait_days_left(offer: Offer, moment: Moment) -> int:
    """Return for how many more days the wait counts; -1 once it does not."""
    clocks = clocks_of(offer, moment)
    left = clocks.days_left(DatedFact.WAIT, offer.wait_measured_on)
    if not _counts_by_offer(offer, clocks):
        return left
    return max(left, clocks.days_left(DatedFact.OFFER, offer.confirmed_on))


def _counts_by_offer(offer: Offer | WaitFacts, clocks: Clocks) -> bool:
    # A measurement that is dated after today says nothing yet.
    on = offer.wait_measured_on
    return is_always_open(offer) and on is not None and on <= clocks.today


# --- the database ------------------------------------------------------------------------------


def waits_that_count(moment: Moment) -> Q:
    """Offers, or rows of the index, whose wait counts."""
    always_open = Q(
        wait_status=WaitStatus.KNOWN,
        wait_weeks=0,
        level__in=OPEN_LEVELS,
        wait_measured_on__lte=clocks_on(moment).today,
    )
    by_offer = always_open & still_counts("confirmed_on", DatedFact.OFFER, moment)
    return still_counts("wait_measured_on", DatedFact.WAIT, moment) | by_offer


# The same in SQL on a row `i` of the index, with the values of freshness.days_of; null without a
# measurement.
_OPEN_LEVELS = ", ".join(str(level.value) for level in OPEN_LEVELS)
_ALWAYS_OPEN = (
    f"i.wait_status = '{WaitStatus.KNOWN.value}' AND i.wait_weeks = 0"
    f" AND i.level IN ({_OPEN_LEVELS}) AND i.wait_measured_on <= %(today)s"
)
_WITHIN_ITS_CLOCK = still_counts_sql("i.wait_measured_on", DatedFact.WAIT)
_OFFER_COUNTS = still_counts_sql("i.confirmed_on", DatedFact.OFFER)
WAIT_COUNTS = f"({_WITHIN_ITS_CLOCK} OR ({_ALWAYS_OPEN} AND {_OFFER_COUNTS}))"
