"""What `--quick` leaves out: it says early that something broke, never that nothing did.

By what a test takes and is, so that nobody has to keep a list; only what is slow for another
reason carries the marker `slow`.
"""

from collections import defaultdict

import pytest
from hypothesis import settings

LEFT_OUT = (
    "left out what looks at the whole demo or is marked slow, of a test with many cases all but "
    "its first and last, and of a property all but 10 examples"
)
PROFILE = "quick"
settings.register_profile(PROFILE, deadline=None, max_examples=10)


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what takes long."""
    cases = defaultdict(list)
    for item in items:
        if not takes_long(item):
            cases[item.parent, getattr(item, "originalname", item.name)].append(item)
    chosen = {id(item) for group in cases.values() for item in (group[0], group[-1])}
    left = [item for item in items if id(item) not in chosen]
    items[:] = [item for item in items if id(item) in chosen]
    config.hook.pytest_deselected(items=left)


def takes_long(item: pytest.Item) -> bool:
    whole_demo = "demo_database" in getattr(item, "fixturenames", ())
    return whole_demo or item.get_closest_marker("slow") is not None
