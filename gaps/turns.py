"""Large figures are worked out one at a time.

The rows of a whole region take some fifty megabytes while they are counted. Four threads of a
process that count beside each other take four times that, and as long, as they share a processor.
"""

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# One that counts may ask for another.
turn = threading.RLock()


def one_at_a_time(function: Callable[P, R]) -> Callable[P, R]:
    """Let a call wait until no other of such functions is running in this process."""

    @functools.wraps(function)
    def in_turn(*args: P.args, **kwargs: P.kwargs) -> R:
        with turn:
            return function(*args, **kwargs)

    return in_turn
