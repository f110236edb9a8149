"""Help for a danger, or for afterwards, is shown only to those who spoke of it.

Nobody who asks about sleep should be shown a chat for people who hurt themselves, and nobody who
fears for a child should read what other parents did after an attempt. So help whose main question
is a danger (`HelpQuestion.signal`) is reserved for those who ask about one of the dangers it is
for; help for afterwards (`HelpQuestion.after`) for those who ask about exactly that, or about
something it is for as well that mostly comes after it; and help that only comes after care for
those who speak of the end of care.

The search index holds for which questions an offer is reserved (`OfferIndex.reserved_for`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from providers.enums import CarePhase
from providers.models import HelpQuestion

COLUMN = "reserved_for"
# What is asked by whom the phase after care is chosen for, in the vocabulary.
END_OF_CARE = "stoppen-met-hulp"
# What has nearly always happened to who asks this. A parent may also have died or never been there;
# who asks then sees help for after a divorce that does no harm, as it says what it is for. Not so
# for parents who quarrel and may stay together, for somebody near who is dying and alive, or for
# who is pressed and not yet arrested.
PRESUPPOSED = {
    "nieuw-gezin": "scheiding",
    "ouder-uit-beeld": "scheiding",
    "rouw-na-zelfdoding": "rouw",
}
ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def reserved_for(
    questions: Sequence[HelpQuestion], phases: Collection[CarePhase]
) -> tuple[str, ...]:
    """Return the codes of which one has to be asked for help to be shown; none for other help.

    `questions` are those of an offer, the main one first; `phases` those in which it helps.
    """
    if questions and questions[0].after:
        happened = questions[0].pk
        later = (one.pk for one in questions[1:] if PRESUPPOSED.get(one.pk) == happened)
        return (happened, *later)
    if questions and questions[0].signal:
        return tuple(one.pk for one in questions if one.signal and not one.after)
    return (END_OF_CARE,) if set(phases) == {CarePhase.AFTER} else ()


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """Whether help may be shown to somebody who asked these questions.

    `codes` are codes of help questions. Three forms of the same rule: on the value of the column,
    for the ORM, and as SQL; a test holds them to each other.
    """

    codes: Collection[str]

    @classmethod
    def with_phases(cls, questions: Iterable[str], phases: Collection[str]) -> Self:
        """Return the rule for who asked these questions and chose these phases of care."""
        return cls([*questions, *((END_OF_CARE,) if CarePhase.AFTER in phases else ())])

    def allows(self, reserved: str) -> bool:
        """Whether a row of the index with this value may be shown."""
        return not reserved or any(f"|{code}|" in reserved for code in self.codes)

    def condition(self, via: str = "") -> Q:
        """Return the condition; `via="index__"` gets there from the offers themselves."""
        allowed = Q(**{f"{via}{COLUMN}": ""})
        for code in self.codes:
            allowed |= Q(**{f"{via}{COLUMN}__contains": f"|{code}|"})
        return allowed

    def sql(self, row: str = "i") -> str:
        """Return the condition on a row of the index; `values` are what it names."""
        tests = [f"{row}.{COLUMN} = ''"]
        tests += [f"{row}.{COLUMN} LIKE %({name})s ESCAPE '\\'" for name in self.values]
        return f"({' OR '.join(tests)})"

    @property
    def values(self) -> dict[str, str]:
        """Return the values of `sql` by name."""
        patterns = (f"%|{code.translate(ESCAPED)}|%" for code in self.codes)
        return {f"spoken_{number}": pattern for number, pattern in enumerate(patterns)}
