"""Everything of the demo that depends on the day: waits over a year, and runs around today.

Chance is drawn per offer from the seed and the offer's key, so that one text more in one file
changes nothing elsewhere.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

from demo.content import WEEKDAYS, DemoGroup, DemoOffer, DemoRun, DemoWait
from providers.enums import WaitStatus
from providers.models import GroupRun, WaitTime

DEFAULT_SEED = "holland-rijnland"
MEASUREMENTS = 12
DAYS_BETWEEN = 30
# Of a wait that rises over the year, the share that came in the course of that year.
TRENDS = {"stijgt": (-0.55, -0.25), "daalt": (0.3, 0.8), "vlak": (-0.08, 0.08)}
NOISE = {"stijgt": 0.06, "daalt": 0.06, "vlak": 0.07, "grillig": 0.35}


def chance(seed: str, *key: str) -> random.Random:
    """Return a source of chance that is the same for the same seed and key."""
    return random.Random("/".join((seed, *key)))  # noqa: S311 - made-up data, no secret


def wait_history(
    wait: DemoWait, *, level: int, today: dt.date, rng: random.Random
) -> Iterator[WaitTime]:
    """Yield a year of monthly measurements without their offer, oldest first.

    The newest is exactly what the file says; the earlier ones move as its trend says. An
    offer of which the wait is unknown has one measurement that says so, or none.
    """
    if wait.days_ago is None:
        return
    if wait.status == WaitStatus.UNKNOWN:
        yield WaitTime(measured_on=today - dt.timedelta(wait.days_ago), status=wait.status)
        return
    stopped_for = rng.randint(1, 4) if wait.status == WaitStatus.STOP else 0
    known = wait if wait.status == WaitStatus.KNOWN else _before_stop(wait, level, rng)
    course = _course(known.trend, rng)
    for months in range(MEASUREMENTS, -1, -1):
        days = wait.days_ago + months * DAYS_BETWEEN + (rng.randint(-3, 3) if months else 0)
        measured_on = today - dt.timedelta(days)
        if months < stopped_for:
            yield _stop(wait, measured_on, today)
        else:
            yield _measurement(known, measured_on, course[months], rng)


def _before_stop(wait: DemoWait, level: int, rng: random.Random) -> DemoWait:
    """The wait that led to a stop: long for its level, and rising."""
    weeks = rng.randint(8, 16) + 4 * level
    return DemoWait("bekend", weeks / 2, weeks / 2, wait.waiting, "stijgt", wait.days_ago)


def _course(trend: str, rng: random.Random) -> list[float]:
    """Return by how much the wait differed from today's, as a share, 0-12 months ago."""
    first = rng.uniform(*TRENDS[trend]) if trend in TRENDS else 0.0
    noise = NOISE[trend]
    return [0.0] + [
        max(-0.8, first * months / MEASUREMENTS + rng.uniform(-noise, noise))
        for months in range(1, MEASUREMENTS + 1)
    ]


def _measurement(
    wait: DemoWait, measured_on: dt.date, share: float, rng: random.Random
) -> WaitTime:
    now = (wait.intake or 0) + (wait.treatment or 0)
    waiting = wait.waiting
    if waiting is not None and share:
        waiting = max(0, round(waiting * (1 + share) + rng.uniform(-1, 1)))
    # Where there is hardly a wait, a share of it is nothing: then it moves by parts of a week.
    moved = share * max(now, 2) / max(now, 0.5)
    return WaitTime(
        measured_on=measured_on,
        intake_weeks=_weeks(wait.intake, moved),
        treatment_weeks=_weeks(wait.treatment, moved),
        people_waiting=waiting,
    )


def _weeks(weeks: float | None, share: float) -> Decimal | None:
    if weeks is None:
        return None
    if not share:
        return Decimal(str(weeks))
    return Decimal(max(0, round(weeks * (1 + share) * 2))) / 2


def _stop(wait: DemoWait, measured_on: dt.date, today: dt.date) -> WaitTime:
    until = today + dt.timedelta(weeks=wait.stop_weeks) if wait.stop_weeks else None
    return WaitTime(
        measured_on=measured_on,
        status=WaitStatus.STOP,
        people_waiting=wait.waiting,
        stop_until=until,
    )


def group_runs(offer: DemoOffer, *, today: dt.date, rng: random.Random) -> list[GroupRun]:
    """Return the editions of this group, without their programme and location.

    News about places is a few days old; of about one edition in eight it is too old to count,
    and where the places are unknown there never was any.
    """
    if offer.group is None:
        return []
    return [_run(run, offer.group, today, rng) for run in offer.group.runs]


def _run(run: DemoRun, group: DemoGroup, today: dt.date, rng: random.Random) -> GroupRun:
    starts_on = on_weekday(today + dt.timedelta(run.in_days), run.weekday)
    # Places of a run that is near are news; of later ones some were counted long ago.
    forgotten = rng.random() < 1 / 4 and run.in_days > 30
    days_old = rng.randint(16, 40) if forgotten else rng.randint(0, 12)
    known = run.places_left is not None
    hour, minute = run.time.split(".")
    gap = run.in_days - run.enrol_by_days if run.enrol_by_days is not None else None
    return GroupRun(
        starts_on=starts_on,
        start_time=dt.time(int(hour), int(minute)),
        end_time=_end(dt.time(int(hour), int(minute)), group),
        ends_on=_last_day(starts_on, group),
        places=run.places,
        places_left=run.places_left,
        places_confirmed_on=today - dt.timedelta(days_old) if known else None,
        enrol_by=starts_on - dt.timedelta(max(0, gap)) if gap is not None else None,
    )


def _end(start: dt.time, group: DemoGroup) -> dt.time | None:
    """When a meeting ends; not known where its length is not, or where it goes past midnight."""
    if group.minutes is None:
        return None
    end = dt.datetime.combine(dt.date.min, start) + dt.timedelta(minutes=group.minutes)
    return end.time() if end.date() == dt.date.min else None


def _last_day(first: dt.date, group: DemoGroup) -> dt.date | None:
    """Groups of the demo meet once a week; open ones go on."""
    if group.sessions is None or group.open:
        return None
    return first + dt.timedelta(weeks=group.sessions - 1)


def on_weekday(day: dt.date, weekday: str) -> dt.date:
    """Return the first day with this Dutch name at or after `day`."""
    return day + dt.timedelta((WEEKDAYS.index(weekday) - day.weekday()) % 7)


def still_to_come(day: dt.date, today: dt.date) -> dt.date:
    """Move a contract's last day on by whole years until it has not passed."""
    while day < today:
        # No contract of the demo ends on 29 February.
        day = day.replace(year=day.year + 1)
    return day
