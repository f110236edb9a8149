"""The demo region on paper: what was written by hand, and what is computed from the day."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest

from demo.content import DemoContentError, DemoRun, DemoWait, read_content
from demo.moments import chance, group_runs, on_weekday, still_to_come, wait_history
from providers.enums import WaitStatus

CONTENT = read_content()
TEXTS = [text for row in CONTENT for text in row.offers]
TODAY = dt.date(2026, 3, 4)


# --- what was written --------------------------------------------------------------------------


def test_every_organisation_says_that_it_is_made_up():
    assert all(row.name.endswith(" (demo)") for row in CONTENT)
    assert len({row.name for row in CONTENT}) == len(CONTENT)


def test_no_address_or_number_reaches_a_real_organisation():
    for row in CONTENT:
        assert not row.website or re.search(r"^https://[^/]+\.example(/|$)", row.website), row.key
        assert not row.email or row.email.endswith(".example"), row.key
        for phone in (row.phone, row.referrer_phone):
            assert not phone or re.fullmatch(r"(\d{4} 00|\d{3} 000|06 00 00) 00 \d\d", phone), phone


def test_titles_are_unique_and_no_text_is_used_twice():
    for name in ("title", "summary", "description"):
        times = Counter(getattr(text, name).casefold() for text in TEXTS)
        assert [value for value, number in times.items() if number > 1] == [], name


DAY_OF_MONTH = re.compile(r"\b(eerste|tweede|derde|vierde|laatste) \w+dag van de maand")


def test_no_text_names_a_day_of_the_month_for_the_days_go_by_the_day_it_is_loaded():
    texts = [" ".join((text.summary, text.description, text.how_to_start)) for text in TEXTS]
    assert [found[0] for text in texts if (found := DAY_OF_MONTH.search(text))] == []


def test_a_mistake_in_a_file_is_named(tmp_path):
    (tmp_path / "fout.toml").write_text('name = "Fout (demo)"\n', encoding="utf-8")
    with pytest.raises(DemoContentError, match=r"fout\.toml"):
        read_content(tmp_path)


# --- what depends on the day -------------------------------------------------------------------


def history(seed="a", **fields):
    wait = DemoWait(**({"status": "bekend", "intake": 6, "treatment": 12, "days_ago": 5} | fields))
    return list(wait_history(wait, level=3, today=TODAY, rng=chance(seed, "x")))


def test_the_newest_measurement_is_what_the_file_says():
    newest = history(waiting=9)[-1]
    assert (newest.intake_weeks, newest.treatment_weeks, newest.people_waiting) == (6, 12, 9)
    assert newest.measured_on == TODAY - dt.timedelta(5)


def test_measurements_follow_each_other_over_a_year():
    days = [wait.measured_on for wait in history()]
    assert days == sorted(set(days))
    assert 350 <= (days[-1] - days[0]).days <= 370


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_waits_move_as_their_trend_says(seed):
    rising = [wait.total_weeks for wait in history(seed, trend="stijgt")]
    falling = [wait.total_weeks for wait in history(seed, trend="daalt")]
    level = [wait.total_weeks for wait in history(seed, trend="vlak")]
    assert rising[0] < rising[-1]
    assert falling[0] > falling[-1]
    assert max(level) - min(level) < 8


def test_help_without_a_wait_never_had_a_negative_one():
    waits = history(intake=0, treatment=0, trend="grillig", waiting=0)
    assert min(wait.total_weeks for wait in waits) == 0
    assert min(wait.people_waiting for wait in waits) == 0


def test_a_stop_comes_after_a_long_wait_and_has_its_end():
    waits = history(status="stop", intake=None, treatment=None, stop_weeks=10)
    assert waits[0].status == WaitStatus.KNOWN
    assert waits[-1].status == WaitStatus.STOP
    assert waits[-1].stop_until == TODAY + dt.timedelta(weeks=10)


def test_an_unknown_wait_has_one_measurement_or_none():
    assert len(history(status="onbekend", intake=None, treatment=None)) == 1
    assert history(status="onbekend", intake=None, treatment=None, days_ago=None) == []


def test_another_seed_draws_another_past():
    assert [w.total_weeks for w in history("a")] != [w.total_weeks for w in history("b")]


def test_runs_start_on_their_weekday_and_enrolment_keeps_its_distance():
    written = DemoRun(16, "dinsdag", "16.00", places=10, places_left=4, enrol_by_days=12)
    group = next(text.group for text in TEXTS if text.group)
    text = replace(TEXTS[0], group=replace(group, runs=(written,)))
    (run,) = group_runs(text, today=TODAY, rng=chance("a", "x"))
    assert run.starts_on == dt.date(2026, 3, 24)
    assert run.starts_on.weekday() == 1
    assert run.enrol_by == run.starts_on - dt.timedelta(4)


def test_a_day_that_is_already_the_weekday_stays():
    assert on_weekday(TODAY, "woensdag") == TODAY


def test_contracts_never_end_in_the_past():
    assert still_to_come(dt.date(2024, 12, 31), TODAY) == dt.date(2026, 12, 31)
    assert still_to_come(dt.date(2027, 12, 31), TODAY) == dt.date(2027, 12, 31)
