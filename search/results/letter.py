"""The plan in words: its steps for the page, and a text to paste into a letter of referral."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from providers.languages import all_of, lower_first
from providers.models import HelpQuestion
from providers.phones import phone_text
from providers.vocabulary.choices import choices
from search.cards.card import Card


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is there for, and the help."""

    role: str
    card: Card


@dataclass(frozen=True, slots=True)
class Plan:
    """How it may begin; `for_family` are the parameters of the page for the family."""

    steps: Sequence[Step]
    for_family: str
    letter: str


def letter_of(steps: Sequence[Step], questions: Collection[str], today: dt.date) -> str:
    """Return an open referral: what for, the possibilities with their waits; nothing of a child."""
    lines = [_("Open verwijzing."), *_wanted(questions), "", _("Mogelijkheden:")]
    lines += [_possibility(step) for step in steps]
    day = formats.date_format(today, "j F Y")
    return "\n".join([*lines, "", _("Stand van %(day)s, uit de socialekaart.") % {"day": day}])


def _wanted(questions: Collection[str]) -> list[str]:
    known = choices(HelpQuestion)
    labels = [lower_first(known[code].label) for code in questions if code in known]
    if not labels:
        return []
    return [_("Hulp bij %(what)s, bij voorkeur in een groep.") % {"what": all_of(labels)}]


def _possibility(step: Step) -> str:
    one = step.card
    when = ", ".join(filter(None, [one.pill.text, one.row.line, one.warning]))
    facts = [
        f"{one.title}, {one.provider}",
        one.place,
        when,
        one.row.way_in,
        one.row.full_cost or one.row.cost,
    ]
    return f"- {step.role}: " + ". ".join(filter(None, [*facts, phone_text(one.row.phone)]))
