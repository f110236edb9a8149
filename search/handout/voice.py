"""To whom the page for the family speaks: "je" to a young person, "u" to parents."""

from enum import StrEnum

from providers.rules.ages import Ages

# A child of this age gets a page of its own (years).
OWN_PAGE = 12


class Voice(StrEnum):
    """How the reader is addressed; the values stand in addresses."""

    YOUNG = "kind"
    PARENTS = "ouders"

    def say(self, je: str, u: str) -> str:
        """Return the sentence for this reader."""
        return je if self is Voice.YOUNG else u


def voice_for(chosen: str, age: Ages | None, youngest: list[int | None]) -> Voice:
    """Return the voice that was chosen; else by the age searched for, else by the offers.

    `youngest` are the lowest ages of the offers, in years; an unknown one may be a small child.
    """
    if chosen in list(Voice):
        return Voice(chosen)
    low = age.low if age else min((one or 0 for one in youngest), default=0)
    return Voice.YOUNG if low >= OWN_PAGE else Voice.PARENTS
