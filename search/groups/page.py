"""The groups: those that start, soonest first, and those one can join or ask for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import GroupKind
from providers.filters.runs import RunFilterSet
from providers.models import GroupProgramme, GroupRun
from providers.vocabulary.choices import labels_by_theme
from search.asking.need import Need
from search.asking.whom_to_call import WhomToCall, whom_to_call_at
from search.cards.groups import ProgrammeCard, RunCard
from search.groups.month import Month, read_month, within_reach
from search.groups.params import WITHOUT_START, GroupParams
from search.groups.runs import all_runs, first_of_each_day, programme_cards, run_cards

PAGE_SIZE = 20
# Of the groups without a start: enough to see that they exist, with a link to the rest.
FEW = 6
WEEKS = (2, 4, 6, 12, 26)


@dataclass(frozen=True, slots=True)
class PartWithoutStart:
    """Groups one can join at any time, or ask for: the first few, and how many there are."""

    code: str
    title: str
    cards: list[ProgrammeCard]
    total: int


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The page of groups, computed: either a list, a month, or one part alone."""

    params: GroupParams
    emergency: WhomToCall
    weeks: list[int]
    questions: list[tuple[str, list[tuple[str, str]]]]
    question: str
    kinds: list[GroupKind]
    page: Page[Any] | None
    months: list[tuple[str, list[RunCard]]]
    month: Month | None
    parts: list[PartWithoutStart]
    part_title: str
    part_cards: list[ProgrammeCard]


def groups_page(params: GroupParams) -> GroupsPage:
    """Return the page for these parameters; runs every statement it needs."""
    month = _month(params) if params.is_calendar and not params.part else None
    page = None if month else _one_page(params)
    return GroupsPage(
        params=params,
        emergency=_whom_to_call(params),
        weeks=sorted({*WEEKS, *filter(None, [params.runs.criteria.get("binnen")])}),
        questions=labels_by_theme(),
        kinds=list(GroupKind),
        question=next(iter(params.offers.question_codes), ""),
        page=page,
        months=[] if params.part or page is None else _months(page, params),
        month=month,
        parts=[] if params.part or (page and page.number > 1) else _parts(params),
        part_title=str(WITHOUT_START[params.part][1]) if params.part else "",
        part_cards=_programme_cards(page, params) if params.part and page else [],
    )


def _whom_to_call(params: GroupParams) -> WhomToCall:
    return whom_to_call_at(Need.read(params.raw), params.offers.municipality, params.today)


def runs_of(params: GroupParams) -> QuerySet[GroupRun]:
    """Return the runs asked for, soonest first."""
    found: QuerySet[GroupRun] = params.runs.qs.filter(programme__offer__in=_offers(params))
    return found


def runs_or(params: GroupParams, others: Q) -> QuerySet[GroupRun]:
    """Return the runs asked for, and those of `others` in the same groups."""
    filters = RunFilterSet(
        params.raw, queryset=all_runs(params.today), today=params.clocks, also_shown=others
    )
    found: QuerySet[GroupRun] = filters.qs.filter(programme__offer__in=_offers(params))
    return found


def _one_page(params: GroupParams) -> Page[Any]:
    rows = _without_start(params, params.part) if params.part else runs_of(params)
    return Paginator(rows, PAGE_SIZE).get_page(params.raw.get("pagina"))


def _offers(params: GroupParams) -> QuerySet[Any]:
    rows: QuerySet[Any] = params.offers.qs.order_by().values("pk")
    return rows


def _without_start(params: GroupParams, part: str) -> QuerySet[GroupProgramme]:
    rows = params.runs.groups().filter(WITHOUT_START[part][0], offer__in=_offers(params))
    rows = rows.with_interest(params.today).select_related("offer__provider")  # type: ignore[attr-defined]
    found: QuerySet[GroupProgramme] = rows.prefetch_related("offer__locations")
    return found.order_by("offer__title", "pk")


def _months(page: Page[Any], params: GroupParams) -> list[tuple[str, list[RunCard]]]:
    """Return the runs on a page under the month in which they start."""
    found: dict[str, list[RunCard]] = {}
    for card in run_cards(page, params.clocks, params.around):
        heading = formats.date_format(card.starts_on, "F Y")
        if card.starts_on < params.today:
            heading = _("al begonnen")
        found.setdefault(heading, []).append(card)
    return list(found.items())


def _month(params: GroupParams) -> Month:
    """Return the month asked for, with its runs by day."""
    month = Month(_first_of_month(params), params.today)
    runs = runs_of(params).filter(starts_on__range=(month.first, month.last))
    counts = dict(runs.order_by().values_list("starts_on").annotate(Count("pk")))
    cards = run_cards(first_of_each_day(runs), params.clocks, params.around)
    month.fill(cards, counts)
    return month


def _first_of_month(params: GroupParams) -> dt.date:
    """Return the month asked for; else the first one in which something starts: one statement."""
    wanted = params.raw.get("maand", "")
    if wanted:
        return read_month(wanted, params.today)
    coming = runs_of(params).filter(starts_on__gte=params.today).order_by("starts_on")
    first = coming.values_list("starts_on", flat=True).first() or params.today
    month = first.replace(day=1)
    return month if within_reach(month, params.today) else params.today.replace(day=1)


def _parts(params: GroupParams) -> list[PartWithoutStart]:
    """Return the groups one can join at any time or ask for, where there are any."""
    found = []
    for code, (_condition, title) in WITHOUT_START.items():
        rows = _without_start(params, code)
        cards = _programme_cards(rows[:FEW], params)
        total = len(cards) if len(cards) < FEW else rows.count()
        found.append(PartWithoutStart(code, str(title), cards, total))
    return [part for part in found if part.cards]


def _programme_cards(rows: Any, params: GroupParams) -> list[ProgrammeCard]:
    return programme_cards(rows, params.clocks, params.around)
