"""Circuits of the lists, and the ages that go with them.

The domain's ages run from 0 to 27. An adult circuit therefore ends at 27, and care for the
elderly stands at 27 alone, the field's way of saying "27 or older": neither shows for a child.
"""

import re
from dataclasses import dataclass

from importing.pipeline.ages_text import OLDEST, Ages, ages_written


@dataclass(frozen=True, slots=True)
class Circuit:
    """A heading of the lists: how it is called in a title, and for which ages."""

    title: str
    ages: Ages


UNKNOWN_CIRCUIT = Circuit("Ggz", Ages(None, None))
CIRCUITS = {
    "Jeugd": Circuit("Jeugd-ggz", Ages(0, 17)),
    "Adolescenten": Circuit("Ggz 18-23 jaar", Ages(18, 23)),
    "Volwassenen": Circuit("Ggz voor volwassenen", Ages(18, OLDEST)),
    "Verslavingszorg": Circuit("Verslavingszorg", Ages(18, OLDEST)),
    "Forensisch": Circuit("Forensische ggz", Ages(18, OLDEST)),
    "Ouderen": Circuit("Ggz voor ouderen", Ages(OLDEST, OLDEST)),
}

ADULT = 18
AGELESS = {"Verslavingszorg", "Forensisch"}  # adult unless the row itself speaks of youth

_DURATION = re.compile(r"duur\b.*")  # "behandelduur 1 tot 2 jaar" is no age


def circuit_of(name: str) -> Circuit:
    """Return the circuit called ``name``; any other name is the unknown circuit."""
    return CIRCUITS.get(name, UNKNOWN_CIRCUIT)


def ages_of(circuit: str, written: str) -> Ages:
    """Return the ages of ``circuit``, made more exact by the diagnosis as ``written``."""
    text = _DURATION.sub("", written.lower())
    if circuit in AGELESS and "jeugd" in text:
        return CIRCUITS["Jeugd"].ages.narrowed(ages_written(text))
    return circuit_of(circuit).ages.narrowed(ages_written(text))


def is_for_youth(circuit: str, written: str) -> bool:
    """Whether a row is for children, or for who is on the way from youth care; unknown counts."""
    lowest = ages_of(circuit, written).low
    return circuit == "Adolescenten" or lowest is None or lowest < ADULT
