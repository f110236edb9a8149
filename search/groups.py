"""The groups that start, soonest first."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils import formats, timezone

from providers.availability import Availability, of_run
from providers.filters import OfferFilterSet
from providers.models import GroupRun, OfferIndex
from search.cards import ages_words, places_words, when_words

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run in the list."""

    title: str
    url: str
    provider: str
    town: str
    day: str
    when: str
    places: str
    ages: str
    kind: str
    audience: str
    expert: bool
    pill: Availability


class GroupsPage:
    """The list of groups for the parameters of its address."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.today = timezone.localdate()
        self.filterset = OfferFilterSet(
            params, queryset=OfferIndex.objects.visible(), today=self.today
        )

    @property
    def form(self) -> Any:
        """Return the form with the fields this page shows."""
        return self.filterset.form

    @cached_property
    def page(self) -> Page[GroupRun]:
        """Return one page of runs that still have a place, or of which that is not known."""
        runs = (
            GroupRun.objects.visible()
            .upcoming(self.today)
            .open_on(self.today)
            .filter(programme__offer__in=self.filterset.qs.order_by().values("pk"))
            .filter(self._with_a_place())
            .select_related("programme__offer__provider", "location")
            .order_by("starts_on", "start_time", "id")
        )
        return Paginator(runs, PAGE_SIZE).get_page(self.params.get("pagina"))

    def _with_a_place(self) -> Q:
        """Full runs stay findable, but only when asked for."""
        return Q() if self.with_full else Q(places_left__isnull=True) | Q(places_left__gt=0)

    @property
    def with_full(self) -> bool:
        """Whether full runs are shown too."""
        return self.params.get("vol") == "ja"

    @property
    def query(self) -> str:
        """Return the other parameters, for the pager."""
        params = self.params.copy()
        params.pop("pagina", None)
        return params.urlencode()

    @cached_property
    def months(self) -> list[tuple[str, list[RunCard]]]:
        """Return the runs on this page under the month in which they start."""
        found: dict[str, list[RunCard]] = {}
        for run in self.page:
            month = formats.date_format(run.starts_on, "F Y")
            found.setdefault(month, []).append(_run_card(run, self.today))
        return list(found.items())


def _run_card(run: GroupRun, today: dt.date) -> RunCard:
    programme = run.programme
    offer = programme.offer
    return RunCard(
        title=offer.title,
        url=offer.get_absolute_url(),
        provider=offer.provider.name,
        town=run.location.town if run.location else "",
        day=formats.date_format(run.starts_on, "l j F"),
        when=when_words(run),
        places=places_words(run),
        ages=ages_words(offer),
        kind=programme.get_kind_display(),
        audience=programme.get_audience_display(),
        expert=programme.expert_by_experience,
        pill=of_run(run, today),
    )


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
    return [_run_card(run, today) for run in runs]
