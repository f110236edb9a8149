"""What the pages of waits show, worked out before anything is printed."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from gaps.waits.chart import Course, courses
from gaps.waits.guide import Topic, page_guide, waiting_words
from gaps.waits.lines import Line, Part, headings
from gaps.waits.report import Comparison, Place, ProviderLine, WaitReport
from providers.models import Municipality, WaitNorm, YouthRegion
from providers.rules.norms import norm_words
from providers.rules.small_numbers import FEWEST
from providers.statistics import SURVIVOR_BIAS


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its caption, what its lines are about, and the lines."""

    id: str
    caption: str
    first: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One quarter and method: the table of kinds, and that of steps where there is one."""

    id: str
    title: str
    counts_only_started: bool
    kinds: Table
    steps: Table | None


@dataclass(frozen=True, slots=True)
class CourseView:
    """One kind of help over the quarters, with its norms in words."""

    id: str
    title: str
    course: Course
    norms: tuple[tuple[str, WaitNorm], ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Where a report leads: back, to its files, and to providers for who may compare them."""

    back: str
    back_words: str
    xlsx: str
    csv: str
    guide: str
    compare: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The tables and charts of one place."""

    place: Place
    links: Links
    headings: tuple[str, ...]
    newest: tuple[Section, ...]
    earlier: tuple[Section, ...]
    courses: tuple[CourseView, ...]
    waiting: str
    guide: tuple[Topic, ...]
    norms: tuple[tuple[str, WaitNorm], ...]
    survivor_bias: str
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The providers of one place beside each other."""

    place: Place
    headings: tuple[str, ...]
    title: str
    method: str
    # (code, words, whether it is the one shown)
    quarters: tuple[tuple[str, str, bool], ...]
    # Per kind of help, in the order of the table.
    kinds: tuple[tuple[str, tuple[ProviderLine, ...]], ...]
    survivor_bias: str

    @property
    def columns(self) -> int:
        """Return how many columns the table has: the providers and their figures."""
        return 1 + len(self.headings)


def links_of_municipality(place: Municipality, *, may_compare: bool) -> Links:
    """Return where the report of a municipality leads."""
    slug = [place.slug]
    return Links(
        back=reverse("gaps:municipality", args=slug),
        back_words=_("Wat er is in %(name)s") % {"name": place.name},
        xlsx=reverse("gaps:wait_times_xlsx", args=slug),
        csv=reverse("gaps:wait_times_csv", args=slug),
        guide=reverse("gaps:wait_times_guide", args=slug),
        compare=reverse("gaps:compare_providers", args=slug) if may_compare else "",
    )


def links_of_region(place: YouthRegion) -> Links:
    """Return where the report of a region leads."""
    return Links(
        back=reverse("desk:wait_requests", args=[place.pk]),
        back_words=_("Uitvraag van wachttijden"),
        xlsx=reverse("region_waits:xlsx", args=[place.pk]),
        csv=reverse("region_waits:csv", args=[place.pk]),
        guide=reverse("region_waits:guide", args=[place.pk]),
    )


def report_page(report: WaitReport, links: Links) -> ReportPage:
    """Return what the page of a place shows."""
    parts = report.parts
    newest = parts[0].quarter if parts else None
    sections = [(part, _section(part, report)) for part in parts]
    drawn = [one for one in courses(report.lines, report.norms) if one.chart]
    return ReportPage(
        place=report.place,
        links=links,
        headings=tuple(headings()),
        newest=tuple(section for part, section in sections if part.quarter == newest),
        earlier=tuple(section for part, section in sections if part.quarter != newest),
        courses=tuple(course_view(one) for one in drawn),
        waiting=waiting_words(report),
        guide=tuple(page_guide(report)),
        norms=tuple((norm_words(norm), norm) for norm in report.norms),
        survivor_bias=str(SURVIVOR_BIAS),
    )


def course_view(course: Course) -> CourseView:
    """Return one kind of help over the quarters as a page shows it."""
    kind = course.lines[0].kind or "alles"
    return CourseView(
        id=f"verloop-{kind}-{course.method}",
        title=f"{course.label}, {course.method.label}",
        course=course,
        norms=tuple((norm_words(norm), norm) for norm in course.norms),
    )


def _section(part: Part, report: WaitReport) -> Section:
    name = f"{part.quarter}-{part.method}"
    words = {
        "method": part.method.label,
        "place": report.place.name,
        "quarter": part.title,
        "lists": waiting_words(report),
    }
    kinds = _(
        "%(method)s, weken van aanmelding tot start in %(place)s, %(quarter)s. "
        "Wachtenden %(lists)s."
    )
    steps = _("%(method)s, specialistische hulp per trede in %(place)s, %(quarter)s")
    return Section(
        id=f"deel-{name}",
        title=part.title,
        counts_only_started=part.counts_only_started,
        kinds=Table(f"tabel-{name}", kinds % words, _("Soort hulp"), part.lines),
        steps=Table(f"tredes-{name}", steps % words, _("Trede"), part.steps)
        if part.steps
        else None,
    )


def comparison_page(place: Place, found: Comparison | None) -> ComparisonPage:
    """Return what the page with providers shows; without a measurement it has no lines."""
    if found is None:
        return ComparisonPage(place, tuple(headings()), "", "", (), (), "")
    bias = str(SURVIVOR_BIAS) if found.lines[0].line.counts_only_started else ""
    return ComparisonPage(
        place=place,
        headings=tuple(headings()),
        title=found.quarter.words,
        method=str(found.method.label),
        quarters=tuple((str(one), one.words, one == found.quarter) for one in found.quarters),
        kinds=tuple(
            (kind, tuple(lines))
            for kind, lines in groupby(found.lines, key=lambda one: one.line.label)
        ),
        survivor_bias=bias,
    )
