"""Whatever may be known of when an offer can start: drawn at random, and stored."""

from hypothesis import strategies as st

from providers.enums import CareLevel, WaitStatus
from providers.models import Offer
from tests.factories import GroupProgrammeFactory, GroupRunFactory, OfferFactory, WaitTimeFactory
from tests.factories import days_ago as ago

# Days on either side of every clock and term; what is dated after today never counts.
AGES = st.sampled_from([-2_900_000, -1, 0, 14, 15, 30, 31, 34, 39, 40])
AHEAD = st.sampled_from([-1, 0, 1, 13, 14, 15, 41, 42, 43, 46, 84, 85, 200, 400])
RUNS = st.fixed_dictionaries(
    {
        "ahead": AHEAD,
        "left": st.sampled_from([None, 0, 3]),
        "age": st.none() | AGES,
        "enrol": st.sampled_from([None, -1, 0]),
        "cancelled": st.sampled_from([False, False, True]),
    }
)
WAITS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(WaitStatus),
        "weeks": st.sampled_from([None, 0, 2, 5, 6, 7, 30, 60]),
        "age": AGES,
        "until": st.sampled_from([None, -1, 0, 1]),
    }
)
FACTS = st.fixed_dictionaries(
    {
        "is_open": st.sampled_from([None, True, False]),
        "runs": st.lists(RUNS, max_size=3),
        "wait": st.none() | WAITS,
        # From and through which day it is closed, in days from today.
        "closed": st.sampled_from([None, None, (0, 0), (-9, -1), (1, 9), (-9, 0), (-3, 14)]),
        # Of light help that starts at once the wait counts as long as this does.
        "confirmed": st.none() | st.sampled_from([-1, 0, 90, 91, 99, 100]),
        "level": st.sampled_from(CareLevel),
    }
)


def stored(facts, **fields):
    """Store an offer with these facts, and return it with its group."""
    if facts.get("closed"):
        first, last = facts["closed"]
        fields |= {"closed_from": ago(-first), "closed_until": ago(-last)}
    if "level" in facts:
        fields |= {"level": facts["level"], "confirmed_on": _day(facts["confirmed"])}
    offer = OfferFactory(help_questions=[], municipalities=[], **fields)
    if facts["wait"]:
        store_wait(offer, **facts["wait"])
    if facts["is_open"] is not None:
        programme = GroupProgrammeFactory(offer=offer, is_open=facts["is_open"])
        for run in facts["runs"]:
            store_run(programme, **run)
    return Offer.objects.select_related("programme").get(pk=offer.pk)


def _day(age):
    return None if age is None else ago(age)


def store_wait(offer, *, status, weeks, age, until):
    fields = {}
    if status == WaitStatus.KNOWN:
        fields = {"intake_weeks": 1 if weeks is None else weeks}
        fields["treatment_weeks"] = None if weeks is None else 0
    if status == WaitStatus.STOP and until is not None:
        fields["stop_until"] = ago(-until)
    WaitTimeFactory(offer=offer, status=status, measured_on=ago(age), **fields)


def store_run(programme, *, ahead, left, age, enrol, cancelled):
    day = ago(-ahead)
    GroupRunFactory(
        programme=programme,
        starts_on=day,
        places_left=left,
        places_confirmed_on=_day(age),
        enrol_by=None if enrol is None else min(day, ago(-enrol)),
        cancelled=cancelled,
    )
