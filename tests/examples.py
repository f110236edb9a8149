"""How many examples a property test tries: as many as it says, or as the profile in use says."""

from hypothesis import settings

EVERY_RUN = 100


def at_most(number: int) -> int:
    """Return this number; the profile `nightly` means more, `quick` (of `--quick`) fewer."""
    wanted: int = settings().max_examples
    if wanted == EVERY_RUN:
        return number
    return wanted if wanted > EVERY_RUN else min(wanted, number)
