"""How many examples a property test tries: a few in every run, the profile's number at night."""

from hypothesis import settings

EVERY_RUN = 100


def at_most(number: int) -> int:
    """Return this number; with `--hypothesis-profile nightly` the number of that profile."""
    wanted: int = settings().max_examples
    return wanted if wanted > EVERY_RUN else number
