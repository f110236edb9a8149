"""How it may begin: a few of the results, one after another, with each question answered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.rules.sections import Section

# So many are proposed, unless more questions than that were asked.
MOST = 4
# What a step is there for, in the order in which the steps stand.
ROLES: dict[Section, Promise] = {
    Section.NOW: _("voor het kind"),
    Section.AROUND: _("voor het gezin"),
    Section.SPECIALIST: _("verwijs nu alvast"),
    Section.LATER: _("daarna"),
}
_ORDER = list(ROLES)


@dataclass(frozen=True, slots=True)
class Option:
    """A result that may be a step: its part, its questions (main one first), weeks to its start."""

    offer: int
    section: Section
    questions: tuple[str, ...]
    weeks: float

    @property
    def role(self) -> str:
        """Return what it is there for, in words."""
        return str(ROLES[self.section])

    @property
    def main(self) -> str:
        """Return the code of its main question; empty without one."""
        return self.questions[0] if self.questions else ""


def plan_of(
    found: Sequence[Option], asked: Sequence[str], kept: Collection[int] = ()
) -> list[Option]:
    """Return the steps of a plan, from `found`: the best result first.

    First each question of those `asked` gets the soonest light help that is mainly for it, else
    heavier help, else help that is for it as well. Then each part of the results that has no step
    gets its soonest, as long as there is room. Who asked in other words gets the first of all.
    What somebody keeps goes before what is sooner, and fills the room that is left.
    """
    chosen = [one for one in found if one.offer in kept]
    if not asked:
        return chosen[:MOST] or list(found[:1])
    steps: list[Option] = []
    for question in asked:
        answer = _answer(question, chosen) or _answer(question, found)
        if answer and question not in {one.main for one in steps}:
            steps += [] if answer in steps else [answer]
    for section in _ORDER[:3]:
        rest = [one for one in found if one.section is section and one.main in asked]
        rest = [one for one in rest if one in chosen] or rest
        if rest and len(steps) < MOST and section not in {one.section for one in steps}:
            steps.append(_soonest(rest))
    steps += [one for one in chosen if one not in steps][: max(0, MOST - len(steps))]
    return sorted(steps, key=_when)


def _when(step: Option) -> tuple[int, float, int]:
    """Return its place in a plan: child, family, then what starts later, the soonest first."""
    place = _ORDER.index(step.section)
    return min(place, _ORDER.index(Section.SPECIALIST)), step.weeks, place


def role_of(step: Option, steps: Sequence[Option]) -> str:
    """Return what a step is there for; nothing goes before the first, so that is for the child."""
    is_first_later = step.section is Section.LATER and step == steps[0]
    return str(ROLES[Section.NOW]) if is_first_later else step.role


def _answer(question: str, found: Iterable[Option]) -> Option | None:
    fitting = [one for one in found if question in one.questions]
    mainly = [one for one in fitting if one.main == question]
    return _soonest(mainly or fitting) if fitting else None


def _soonest(some: Collection[Option]) -> Option:
    """Return the first that can start soonest, light before heavy."""
    return min(some, key=lambda one: (one.section is Section.SPECIALIST, one.weeks))
