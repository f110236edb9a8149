"""Large figures are worked out one at a time."""

import threading

import pytest

from gaps.turns import one_at_a_time, turn


def others_wait():
    """Whether another thread would have to wait."""
    found = []
    other = threading.Thread(target=lambda: found.append(not turn.acquire(blocking=False)))
    other.start()
    other.join()
    return found[0]


def test_others_wait_while_one_is_worked_out():
    assert one_at_a_time(others_wait)()


def test_one_may_ask_for_another():
    assert one_at_a_time(one_at_a_time(others_wait))()


def test_nobody_waits_for_one_that_failed():
    @one_at_a_time
    def fails():
        raise OSError

    with pytest.raises(OSError):
        fails()
    assert not others_wait()
