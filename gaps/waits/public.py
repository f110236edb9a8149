"""Public pages of waits: per kind of help and region, from five measurements on."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gaps.waits.chart import courses
from gaps.waits.guide import Topic, page_guide, waiting_words
from gaps.waits.lines import Line, headings, in_fives
from gaps.waits.page import CourseView, Table, course_view
from gaps.waits.report import WaitReport, wait_report
from providers.enums import VISIBLE_STATUSES, HelpKind
from providers.models import ServiceArea, YouthRegion
from providers.rules.small_numbers import FEWEST
from providers.statistics import SURVIVOR_BIAS, Quarter

NAV = "waits"
KINDS = tuple(kind for kind in HelpKind if kind is not HelpKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class RegionPage:
    """Each kind of help in one region, over the last quarter that has ended."""

    region: YouthRegion
    headings: tuple[str, ...]
    tables: tuple[Table, ...]
    # (code, name) of the kinds with a page.
    kinds: tuple[tuple[str, str], ...]
    waiting: str
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class KindPage:
    """One kind of help in one region, over the quarters."""

    region: YouthRegion
    kind: HelpKind
    headings: tuple[str, ...]
    courses: tuple[CourseView, ...]
    guide: tuple[Topic, ...]
    survivor_bias: str
    fewest: int = FEWEST


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the regions with help on the map, that of this site first."""
    areas = ServiceArea.objects.filter(
        municipality__region=OuterRef("pk"), offer__status__in=VISIBLE_STATUSES
    )
    regions = YouthRegion.objects.filter(Exists(areas))
    own = settings.REGION_CODE
    found = sorted(regions, key=lambda region: (region.pk != own, region.name))
    return render(request, "gaps/waits/regions.html", {"regions": found, "nav": NAV})


@require_safe
def region(request: HttpRequest, region: str) -> HttpResponse:
    """Show each kind of help in one region."""
    place = get_object_or_404(YouthRegion, pk=region)
    page = region_page(wait_report(place, today=timezone.localdate()))
    return render(request, "gaps/waits/region.html", {"page": page, "nav": NAV})


@require_safe
def kind(request: HttpRequest, region: str, kind: str) -> HttpResponse:
    """Show one kind of help in one region over the quarters."""
    if kind not in KINDS:
        raise Http404
    place = get_object_or_404(YouthRegion, pk=region)
    page = kind_page(wait_report(place, today=timezone.localdate()), HelpKind(kind))
    return render(request, "gaps/waits/kind.html", {"page": page, "nav": NAV})


def region_page(report: WaitReport) -> RegionPage:
    """Return what the page of a region shows: no total, so that none is subtracted from."""
    lines = [in_fives(line) for line in report.lines if line.kind in KINDS]
    chosen = _newest_ended(lines, Quarter.of(report.on))
    there = [line for line in lines if line.quarter == chosen]
    with_page = {line.kind for line in lines}
    return RegionPage(
        region=_region(report),
        headings=tuple(headings()),
        tables=_tables(there),
        kinds=tuple((one.value, str(one.label)) for one in KINDS if one in with_page),
        waiting=waiting_words(report),
    )


def kind_page(report: WaitReport, kind: HelpKind) -> KindPage:
    """Return what the page of one kind shows; without a measurement it has no courses."""
    lines = [in_fives(line) for line in report.lines if line.kind == kind]
    return KindPage(
        region=_region(report),
        kind=kind,
        headings=tuple(headings()),
        courses=tuple(course_view(one) for one in courses(lines, report.norms)),
        guide=tuple(page_guide(report)),
        survivor_bias=str(SURVIVOR_BIAS),
    )


def _region(report: WaitReport) -> YouthRegion:
    assert isinstance(report.place, YouthRegion)  # noqa: S101 - narrows the type
    return report.place


def _newest_ended(lines: list[Line], running: Quarter) -> Quarter | None:
    quarters = sorted({line.quarter for line in lines}, reverse=True)
    ended = [one for one in quarters if one != running]
    return next(iter(ended or quarters), None)


def _tables(lines: list[Line]) -> tuple[Table, ...]:
    methods = dict.fromkeys(line.method for line in lines)
    return tuple(
        Table(
            id=f"tabel-{method}",
            caption=_caption(of_it[0]),
            first=_("Soort hulp"),
            lines=tuple(of_it),
        )
        for method in methods
        if (of_it := [line for line in lines if line.method == method])
    )


def _caption(line: Line) -> str:
    words = line.quarter.words
    if line.is_running:
        words = _("%(quarter)s (loopt nog)") % {"quarter": words}
    return _("%(method)s, weken van aanmelding tot start, %(quarter)s") % {
        "method": line.method.label,
        "quarter": words,
    }
