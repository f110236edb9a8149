"""The groups: those that start, soonest first, and those one can join or ask for."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.filters.offers import OfferFilterSet
from providers.filters.runs import RunFilterSet
from providers.models import GroupProgramme, GroupRun, HelpQuestion, OfferIndex
from providers.rules.clocks import clocks_in
from providers.rules.freshness import Clocks
from providers.vocabulary.choices import labels
from search.asking.understanding import in_catalogue
from search.cards.groups import ProgrammeCard, RunCard, programme_card, run_card
from search.groups.month import SHOWN_PER_DAY, Month, read_month

PAGE_SIZE = 20
# Of the groups without a start: enough to see that they exist, with a link to the rest.
FEW = 6
WEEKS = (2, 4, 6, 12, 26)
CALENDAR = "kalender"
OPEN, ON_DEMAND = "altijd", "op-maat"
PARTS = {
    OPEN: (Q(is_open=True, on_demand=False), gettext_lazy("Instromen kan altijd")),
    ON_DEMAND: (Q(on_demand=True), gettext_lazy("Groep op maat")),
}


class GroupsPage:
    """The groups for the parameters of an address."""

    def __init__(self, params: QueryDict) -> None:
        self.params = without_empty(params)
        self.today = timezone.localdate()
        self.offers = OfferFilterSet(
            self.params, queryset=OfferIndex.objects.visible(), today=self.today
        )
        self.run_filters = RunFilterSet(self.params, queryset=self._runs(), today=self.clocks)

    def _runs(self) -> QuerySet[GroupRun]:
        runs = GroupRun.objects.visible().with_interest(self.today)
        return runs.select_related("programme__offer__provider", "location")

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks of the region that was asked for."""
        return clocks_in(self.offers.municipality, self.today)

    # --- what was asked ------------------------------------------------------------------------

    @property
    def form(self) -> Any:
        """Return the form with the filters on offers."""
        return self.offers.form

    @property
    def run_form(self) -> Any:
        """Return the form with the filters on runs."""
        return self.run_filters.form

    @property
    def weeks(self) -> list[int]:
        """The numbers of weeks to choose from, with the one that was asked for."""
        return sorted({*WEEKS, *filter(None, [self.asked.get("binnen")])})

    @property
    def question(self) -> str:
        """Code of the help question that the form shows."""
        return next(iter(self.offers.question_codes), "")

    @cached_property
    def questions(self) -> list[tuple[str, str]]:
        """Codes and labels of the help questions, in the order of the alphabet."""
        return sorted(labels(HelpQuestion), key=lambda pair: pair[1].lower())

    @property
    def errors(self) -> list[str]:
        """What in the address could not be read, by the name of its field."""
        return [
            f"{form.fields[name].label}: {' '.join(map(str, errors))}"
            for form in (self.form, self.run_form)
            for name, errors in form.errors.items()
        ]

    @property
    def is_calendar(self) -> bool:
        """Whether the month is shown instead of the list."""
        return self.params.get("weergave") == CALENDAR

    @property
    def part(self) -> str:
        """Which groups without a start are shown alone, if any."""
        asked = self.params.get("toon", "")
        return asked if asked in PARTS else ""

    @property
    def part_title(self) -> str:
        """The name of those groups."""
        return str(PARTS[self.part][1])

    @cached_property
    def query(self) -> str:
        """Return the filters in use, for links that change how the page looks.

        Only what could be read: whatever else was typed gets into no address.
        """
        used = self.offers.asked | self.asked
        known = QueryDict(mutable=True)
        for name in filter(used.__contains__, self.params):
            known.setlist(name, self._readable(name, used[name]))
        return known.urlencode()

    def _readable(self, name: str, value: Any) -> list[str]:
        if name == "woord":
            return in_catalogue(value)
        if name == "plaats":
            # As we write it ourselves. Of a full postcode the four digits only: six characters
            # can point at one street.
            return [value.key if value.key.isdigit() else value.label]
        if isinstance(value, list):
            return list(dict.fromkeys(self.params.getlist(name)))
        return [str(self.params[name]).strip()]

    @property
    def address(self) -> str:
        """Return the address of this page in what we know only."""
        look = [("weergave", CALENDAR)] if self.is_calendar else []
        look += [("toon", self.part)] if self.part else []
        query = "&".join(filter(None, [self.query, urlencode(look)]))
        return f"{reverse('search:groups')}?{query}" if query else reverse("search:groups")

    @property
    def all_days(self) -> str:
        """Return the address of the list without the one day that was asked for."""
        query = QueryDict(self.query, mutable=True)
        query.pop("op", None)
        return f"{reverse('search:groups')}?{query.urlencode()}".rstrip("?")

    @property
    def tap_query(self) -> str:
        """Return what the form for interest can fill in of what was asked."""
        asked = {
            "gemeente": self.offers.municipality,
            "leeftijd": self.offers.asked.get("leeftijd"),
        }
        known = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(known)}" if known else ""

    @property
    def pager_query(self) -> str:
        """Return the other parameters, for the pager."""
        return "&".join(filter(None, [self.query, f"toon={self.part}" if self.part else ""]))

    @property
    def detail_filters(self) -> bool:
        """Whether a filter is in use that is hidden until one asks for it."""
        return bool({"dag", "dagdeel", "wie", "instroom", "begeleiding", "vol"} & set(self.asked))

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked of runs."""
        return self.run_filters.asked

    # --- runs ----------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> QuerySet[GroupRun]:
        """Return the runs asked for, soonest first."""
        offers = self.offers.qs.order_by().values("pk")
        found: QuerySet[GroupRun] = self.run_filters.qs.filter(programme__offer__in=offers)
        return found

    def runs_or(self, others: Q) -> QuerySet[GroupRun]:
        """Return the runs asked for, and beside them those of `others` in the same groups."""
        filters = RunFilterSet(self.params, queryset=self._runs(), today=self.clocks, beside=others)
        offers = self.offers.qs.order_by().values("pk")
        found: QuerySet[GroupRun] = filters.qs.filter(programme__offer__in=offers)
        return found

    @cached_property
    def page(self) -> Page[Any]:
        """Return one page of the list."""
        rows = self._groups(self.part) if self.part else self.runs
        return Paginator(rows, PAGE_SIZE).get_page(self.params.get("pagina"))

    @cached_property
    def months(self) -> list[tuple[str, list[RunCard]]]:
        """Return the runs on this page under the month in which they start."""
        found: dict[str, list[RunCard]] = {}
        for card in self._cards(list(self.page)):
            heading = formats.date_format(card.starts_on, "F Y")
            if card.starts_on < self.today:
                heading = _("al begonnen")
            found.setdefault(heading, []).append(card)
        return list(found.items())

    @cached_property
    def month(self) -> Month:
        """Return the month asked for, with its runs by day."""
        first = read_month(self.params.get("maand", ""), self.today)
        month = Month(first, self.today)
        runs = self.runs.filter(starts_on__range=(month.first, month.last))
        counts = dict(runs.order_by().values_list("starts_on").annotate(Count("pk")))
        month.fill(self._cards(list(first_of_each_day(runs))), counts)
        return month

    def _cards(self, runs: list[GroupRun]) -> list[RunCard]:
        full = [run.programme_id for run in runs if run.is_full]
        following = self._following(full) if full else {}
        return [
            run_card(
                run,
                self.clocks,
                interested=getattr(run, "interested", 0),
                following=following.get(run.programme_id) if run.is_full else None,
                municipality=self.offers.municipality,
            )
            for run in runs
        ]

    def _following(self, programmes: Iterable[int]) -> dict[int, GroupRun]:
        """Return for each of these groups its next run that has a place: one statement."""
        runs = GroupRun.objects.upcoming(self.today).open_on(self.today).exclude(places_left=0)
        found: dict[int, GroupRun] = {}
        for run in runs.filter(programme__in=programmes).order_by("starts_on", "id"):
            found.setdefault(run.programme_id, run)
        return found

    # --- groups without a start ----------------------------------------------------------------

    @cached_property
    def parts(self) -> list[tuple[str, str, list[ProgrammeCard], int]]:
        """Return the groups one can join at any time or ask for: code, title, a few, how many."""
        if not self.is_calendar and self.page.number > 1:
            return []
        found = []
        for code, (_condition, title) in PARTS.items():
            rows = self._groups(code)
            few = self._programme_cards(rows[:FEW])
            number = len(few) if len(few) < FEW else rows.count()
            found.append((code, str(title), few, number))
        return [part for part in found if part[2]]

    @property
    def part_cards(self) -> list[ProgrammeCard]:
        """Return one page of the groups shown alone."""
        return self._programme_cards(self.page)

    def _groups(self, part: str) -> QuerySet[GroupProgramme]:
        offers = self.offers.qs.order_by().values("pk")
        rows = self.run_filters.groups().filter(PARTS[part][0], offer__in=offers)
        rows = rows.with_interest(self.today).select_related("offer__provider")  # type: ignore[attr-defined]
        found: QuerySet[GroupProgramme] = rows.prefetch_related("offer__locations")
        return found.order_by("offer__title", "pk")

    def _programme_cards(self, rows: Iterable[GroupProgramme]) -> list[ProgrammeCard]:
        here = self.offers.municipality
        return [programme_card(row, self.clocks, municipality=here) for row in rows]


def without_empty(params: QueryDict) -> QueryDict:
    """Return the parameters that say something: a form sends its empty fields along."""
    found = QueryDict(mutable=True)
    for name, values in params.lists():
        if any(values):
            found.setlist(name, [value for value in values if value])
    return found


def first_of_each_day(runs: QuerySet[GroupRun]) -> QuerySet[GroupRun]:
    """Return of runs in order those that the table of a month has room for."""
    order: Any = runs.query.order_by
    turn = Window(RowNumber(), partition_by="starts_on", order_by=order)
    found: QuerySet[GroupRun] = runs.annotate(turn=turn).filter(turn__lte=SHOWN_PER_DAY)
    return found


def soon_starting(today: dt.date, *, limit: int) -> list[RunCard]:
    """Return the first runs that start and have places."""
    runs = (
        GroupRun.objects.visible()
        .upcoming(today)
        .open_on(today)
        .with_places()
        .select_related("programme__offer__provider", "location")
        .order_by("starts_on", "id")[:limit]
    )
    return [run_card(run, Clocks(today)) for run in runs]
