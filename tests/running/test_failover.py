"""What `python -m benchmarks.failover` calls lost, failed or old: it must be able to say no."""

import pytest

from benchmarks.breaking.visits import Readers, Saved, Visit, Writer
from benchmarks.failover import Run, judge, lost_numbers, stale_reads


def visit(at, *, places=5, status=200):
    return Visit(at, "places", status, 0.1, f'"next_run":{{"id":1,"places_left":{places}}}')


def writer(*, waits=(), places=()):
    made = Writer(member=None, offer=1, run=1, places_left=9)
    made.waits = [Saved(number, at, at - 1) for number, at in waits]
    made.places = [Saved(number, at, at - 1) for number, at in places]
    return made


@pytest.mark.parametrize(
    ("at", "places", "is_stale"),
    [(105.5, 5, True), (104.5, 5, False), (105.5, 4, False), (105.5, 3, False)],
)
def test_a_read_is_old_when_it_offers_a_place_taken_over_five_seconds_before(at, places, is_stale):
    assert bool(stale_reads([visit(at, places=places)], [Saved(4, 100.0, 99.0)])) is is_stale


@pytest.mark.parametrize(
    ("stored", "lost"),
    [
        ({"waits": [1, 2, 3], "places": 4}, []),
        ({"waits": [1, 3], "places": 4}, [2]),
        ({"waits": [1, 2, 3], "places": 5}, [4]),
    ],
)
def test_a_number_that_was_saved_and_is_not_there_is_lost(stored, lost):
    saved = writer(waits=[(1, 10.0), (2, 11.0)], places=[(5, 10.0), (4, 11.0)])
    assert lost_numbers(saved, stored) == lost


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        ({}, None),
        ({"failed": 1}, 1),
        ({"back": 61.0}, 2),
        # On its way when the primary died: it says nothing of a new one.
        ({"back": 30.5}, 2),
        ({"rejoined": float("inf")}, 4),
    ],
)
def test_each_promise_can_be_broken(fault, broken):
    visits = [visit(20.0)] * 100 + [visit(20.0, status=503)] * fault.get("failed", 0)
    readers = Readers(0, [], 1)
    readers.visits = visits
    saved = writer(waits=[(1, 10.0), (2, fault.get("back", 40.0))], places=[(5, 10.0)])
    run = Run(readers, saved, 0.0, {"primary": 30.0}, {}, fault.get("rejoined", 9.0))
    rows = judge(run, {"waits": [1, 2], "places": 5})
    assert [n for n, row in enumerate(rows) if not row["held"]] == (
        [] if broken is None else [broken]
    )
