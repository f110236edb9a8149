"""How far a run has filled, in words."""

import datetime as dt

import pytest

from providers.models import GroupProgramme, GroupRun
from providers.occupancy import enrolled, exact_interest_words, interest_words, occupancy

TODAY = dt.date(2026, 3, 2)


def run_of(*, min_size=None, **fields):
    fields = {"starts_on": dt.date(2026, 3, 20), "places_confirmed_on": TODAY} | fields
    return GroupRun(programme=GroupProgramme(min_size=min_size), **fields)


def words(run, **given):
    found = occupancy(run, TODAY, **given)
    return found.places, found.filling, found.needed


def test_places_and_people():
    run = run_of(places=6, places_left=3)
    interest = interest_words(6)
    assert words(run, interest=interest) == (
        "nog 3 plekken",
        "3 van 6 aangemeld, 5 belangstellend",
        "",
    )


@pytest.mark.parametrize(
    ("people", "everybody", "organiser"),
    [
        (0, "", ""),
        (3, "minder dan 5 belangstellend", "3 belangstellend"),
        (8, "10 belangstellend", "8 belangstellend"),
    ],
)
def test_only_the_organiser_reads_exactly_how_many_look_for_it(people, everybody, organiser):
    assert (interest_words(people), exact_interest_words(people)) == (everybody, organiser)


@pytest.mark.parametrize(
    ("min_size", "left", "said"),
    [
        (5, 3, "nog 2 nodig om te starten"),
        (4, 3, "nog 1 nodig om te starten"),
        (3, 3, ""),
        (2, 3, ""),
        (None, 3, ""),
        (5, None, ""),
        (5, 0, ""),
    ],
)
def test_how_many_are_needed_before_it_starts(min_size, left, said):
    assert words(run_of(min_size=min_size, places=6, places_left=left))[2] == said


def test_without_the_number_of_places_nobody_knows_who_enrolled():
    run = run_of(min_size=4, places_left=3)
    assert enrolled(run) is None
    assert words(run) == ("nog 3 plekken", "", "")


def test_unknown_places_are_said():
    assert words(run_of(places=6), interest="5 belangstellend") == (
        "aantal plekken niet bekend",
        "5 belangstellend",
        "",
    )


@pytest.mark.parametrize(
    ("next_start", "said"),
    [
        (None, "vol, nog geen volgende start bekend"),
        (dt.date(2026, 4, 9), "vol, volgende start in april"),
        (dt.date(2026, 3, 27), "vol, volgende start op 27 maart"),
        (dt.date(2027, 3, 27), "vol, volgende start in maart"),
    ],
)
def test_a_full_run_says_when_the_next_starts(next_start, said):
    following = next_start and run_of(starts_on=next_start)
    assert words(run_of(places=6, places_left=0), following=following)[0] == said


@pytest.mark.parametrize(("left", "said"), [(2, "was: nog 2 plekken"), (0, "was: vol")])
def test_old_news_is_said_as_what_it_was(left, said):
    run = run_of(min_size=6, places=6, places_left=left, places_confirmed_on=dt.date(2026, 2, 1))
    found = occupancy(run, TODAY)
    assert (found.places, found.filling, found.needed, found.counts) == (said, "", "", False)
    assert "bel even" in found.dated


def test_what_began_needs_nobody_more():
    run = run_of(min_size=6, places=6, places_left=4, starts_on=dt.date(2026, 3, 1))
    assert words(run)[2] == ""
