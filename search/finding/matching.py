"""From filters to results: in what order, in which parts, and how many."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from providers.filters.question import AlsoFilter
from providers.index.codes import split_codes
from providers.models import GroupRun, Offer
from providers.rules.availability import Availability, availability, run_to_show
from providers.rules.freshness import Moment
from providers.rules.sections import SECTIONS, Section
from providers.rules.start import SOON_START_WEEKS, StartFacts, start_facts
from search.finding.answers import choose_answers
from search.finding.conditions import Conditions
from search.finding.facets import left_out_of_hits
from search.finding.nearby import nearby_of_hits
from search.finding.ranking import LEADING, MOST_RANKED, ROW, Ranked, Wanted, ranked
from search.finding.score import Score

PAGE_SIZE = 20
TOP_OF_SECTION = 5


class Order(TextChoices):
    """The orders on offer; the first is the default."""

    BEST = "past", _("Past het best")
    NEAREST = "dichtbij", _("Dichtbij eerst")
    SHORTEST = "wachttijd", _("Kortste wachttijd")
    LIGHTEST = "licht", _("Lichtste hulp eerst")


class Hit(NamedTuple):
    """One result, as far as choosing what to show and explaining it needs it."""

    offer: int
    part: str
    score: Score


class Listed(Sequence[tuple[Any, ...]]):
    """The results as one list, of which all or only the page that was asked for was read."""

    def __init__(self, total: int, rows: Sequence[tuple[Any, ...]]) -> None:
        self._total, self._rows = total, rows

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, page: Any) -> Any:
        if len(self._rows) == self._total:
            return self._rows[page]
        return [row for row in self._rows if page.start < row[PLACE] <= page.stop]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The results: those that are shown in their order, and how many there are, per section.

    Past MOST_RANKED there are more than were ranked and counted: `is_bounded`.
    """

    found: Ranked

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Return those that were read, in their order."""
        return self.found.rows

    @property
    def ids(self) -> list[int]:
        """Return the number of every offer that was read."""
        return [row[0] for row in self.rows]

    @property
    def total(self) -> int:
        """Return how many offers fit."""
        return sum(number for _part, _weeks, number in self.found.starts)

    @property
    def is_bounded(self) -> bool:
        """Whether there are more than were ranked, so that no number is known."""
        return self.total > MOST_RANKED

    @property
    def starts(self) -> list[tuple[float, int]]:
        """Return in how many weeks how many of them start."""
        return [(weeks, number) for _part, weeks, number in self.found.starts]

    @property
    def soon(self) -> int:
        """Return how many of them are known to be able to start within six weeks."""
        return sum(number for weeks, number in self.starts if weeks <= SOON_START_WEEKS)

    @property
    def per_section(self) -> dict[Section, int]:
        """Return how many there are per part, the parts in their order."""
        found: Counter[int] = Counter()
        for part, _weeks, number in self.found.starts:
            found[part] += number
        return {part: found[n] for n, part in enumerate(SECTIONS) if n in found}

    @property
    def as_list(self) -> Listed:
        """Return the results to page through."""
        return Listed(self.total, self.rows)

    def best_of_each_section(
        self, questions: Sequence[str] = (), besides: Collection[int] = ()
    ) -> list[Hit]:
        """Return the best few of each part but for some offers, the parts in their order.

        Each of the `questions` asked (codes) that something in a part is for is answered there.
        """
        parts: list[list[Any]] = [[] for _part in SECTIONS]
        for row in self.rows:
            if row[0] not in besides:
                parts[row[PART]].append(row)
        return [as_hit(row) for rows in parts for row in best_rows(rows, questions)]


PART, PLACE = ROW.index("part"), ROW.index("place")
# The column that the filter on further questions counts: the codes of an offer, main one first.
QUESTIONS = ROW.index(AlsoFilter.param)


def best_rows(rows: Sequence[tuple[Any, ...]], questions: Sequence[str]) -> Sequence[Any]:
    """Return the best few of the rows of one part, in their order, with each question answered."""
    if len(questions) < 2 or len(rows) <= TOP_OF_SECTION:
        return rows[:TOP_OF_SECTION]
    places = choose_answers(
        [split_codes(row[QUESTIONS]) for row in rows], questions, TOP_OF_SECTION
    )
    return [rows[place] for place in places]


def as_hit(row: tuple[Any, ...]) -> Hit:
    """Return a row of the ranking by name."""
    return Hit(row[0], SECTIONS[row[PART]].value, Score(*row[2 : len(LEADING)]))


def wanted_page(text: str | None) -> int:
    """Return how many results stand before the page with this number; -1 for the last page."""
    try:
        number = int(text or 1)
    except ValueError:
        return 0
    return (number - 1) * PAGE_SIZE if 0 < number <= MOST_RANKED else -1


def rank(conditions: Conditions, order: Order, wanted: Wanted | None = None) -> Ranking:
    """Return the results in the order asked for, what was called by name before all others.

    Ties always end in the same order. All rows are read, unless some are `wanted`.
    """
    near = "square_distance NULLS LAST, " if conditions.search.place else ""
    called = conditions.is_named("pk")
    first = f"CASE WHEN {called} THEN 0 ELSE 1 END, " if conditions.search.named else ""
    keys = {
        Order.BEST: "part, unknowns, score DESC",
        Order.NEAREST: f"unknowns, {near}score DESC",
        Order.SHORTEST: "unknowns, start_weeks, score DESC",
        Order.LIGHTEST: "unknowns, scored.level, score DESC",
    }
    counted = [*nearby_of_hits(conditions), *left_out_of_hits(conditions)]
    return Ranking(ranked(conditions, first + keys[order], wanted or Wanted(), counted))


def next_run(offer: Offer, today: Moment) -> GroupRun | None:
    """Return the run to show of an offer fetched with its next runs."""
    programme = getattr(offer, "programme", None)
    return run_to_show(getattr(programme, "next_runs", ()), today)


def facts_of(offer: Offer, today: Moment) -> StartFacts:
    """Return what is known of the start of an offer fetched with its next runs."""
    programme = getattr(offer, "programme", None)
    return start_facts(offer, getattr(programme, "next_runs", ()), today)


def start_of(offer: Offer, today: Moment) -> Availability:
    """Return when an offer fetched with its next runs can start."""
    return availability(offer, today=today, next_run=next_run(offer, today))
