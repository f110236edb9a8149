"""What is asked: the wait of an offer, or the places of a run, with what stands there now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import DatedFact, HelpKind, WaitStatus
from providers.languages import lower_first
from providers.models import GroupRun, Offer, Provider
from providers.occupancy import left_words
from providers.rules.counting.facts import wait_age
from providers.rules.freshness import fact_age
from selfservice.portal import KeptFact, OfferRow, ProviderPart, wait_of

# The waits that are most often given; zero is the help that can begin at once.
USUAL_WEEKS = (0, 2, 4, 8, 12)


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that is asked for: the wait of an offer, or the places of a run."""

    provider: Provider
    row: OfferRow
    fact: KeptFact

    @property
    def offer(self) -> Offer:
        """Whose fact it is."""
        return self.row.offer

    @property
    def run(self) -> GroupRun | None:
        """The run of places; None for a wait."""
        return self.fact.run

    @property
    def key(self) -> str:
        """What its fields begin with."""
        return f"plekken-{self.run.pk}" if self.run else f"wacht-{self.offer.pk}"

    @property
    def title(self) -> str:
        """What is asked."""
        return f"{self.offer.title}: {self.subject}"

    @property
    def subject(self) -> str:
        """Which fact of the offer."""
        if self.run is None:
            return _("wachttijd")
        day = formats.date_format(self.run.starts_on, "j F")
        return _("plekken, start %(day)s") % {"day": day}

    @property
    def age(self) -> str:
        """How old the last answer is."""
        run = self.run
        if run is None:
            return wait_age(self.offer, self.row.moment).age
        return fact_age(self.fact.kind, run.places_confirmed_on, self.row.moment).age

    @property
    def counts_people(self) -> bool:
        """Whether to ask how many wait: not for neighbours and clubs, which keep no list."""
        return self.run is None and self.offer.help_kind != HelpKind.COMMUNITY

    @property
    def page(self) -> str:
        """Where more can be said of it than one number."""
        name = "group" if self.run else "add_wait"
        return reverse(f"selfservice:{name}", args=[self.offer.pk])

    @property
    def mark(self) -> str:
        """What stood on the page, to see whether somebody else changed it since."""
        value = self.run.places_left if self.run else self.offer.current_wait_id
        return "" if value is None else str(value)

    @property
    def now(self) -> str:
        """The last answer in words; empty when there is nothing that may still be so."""
        if self.run is not None:
            left = self.run.places_left
            return "" if left is None else left_words(left) if left else _("vol")
        known = self.offer.wait_status == WaitStatus.KNOWN and self.offer.wait_weeks is not None
        stopped = self.offer.wait_status == WaitStatus.STOP and self.fact.days_left >= 0
        words = wait_of(self.offer, self.row.moment).text.removeprefix(_("Was: "))
        return lower_first(words) if known or stopped else ""

    @property
    def stands(self) -> str:
        """The last answer in words, also when there is none."""
        unknown = _("aantal plekken niet bekend") if self.run else _("wachttijd onbekend")
        return self.now or unknown

    @property
    def usual(self) -> list[tuple[str, Any]]:
        """The answers to choose from without typing."""
        if self.run is not None:
            return [("0", _("Vol"))]
        return [(str(weeks), str(weeks) if weeks else _("Direct")) for weeks in USUAL_WEEKS]


def questions_of(part: ProviderPart) -> list[Question]:
    """Return every wait and run that may be asked for, what runs out first on top."""
    found = [
        Question(part.provider, row, fact)
        for row in part.visible_rows
        for fact in row.facts
        if fact.kind is not DatedFact.OFFER
    ]
    return sorted(found, key=lambda one: one.fact.days_left)


def open_questions(part: ProviderPart) -> list[Question]:
    """Return those that a mail of today asks for."""
    open_facts = [fact for row in part.visible_rows for fact in part.asked_facts(row)]
    return [one for one in questions_of(part) if one.fact in open_facts]
