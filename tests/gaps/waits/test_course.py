"""Waits over the quarters, drawn with norms: figure 6 of the Rotterdam monitor of 2017.

The report prints a mean wait of 7.5, 10.6 and 6.5 weeks over the second, third and fourth
quarter, with norms of 13 weeks for youth care and 14 for youth mental health care.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from gaps.waits.chart import courses
from gaps.waits.report import wait_report
from providers.enums import HelpKind, WaitMethod
from providers.models import WaitTime
from providers.services.waits import record_waits
from tests.factories import MembershipFactory, MunicipalityFactory, OfferFactory, WaitNormFactory
from tests.pages import element, elements, text_of

pytestmark = pytest.mark.django_db

FIGURE_6 = {
    dt.date(2017, 5, 15): Decimal("7.5"),
    dt.date(2017, 8, 15): Decimal("10.6"),
    dt.date(2017, 11, 15): Decimal("6.5"),
}
NORMS = {HelpKind.PARENTING: 13, HelpKind.MENTAL_HEALTH: 14}
TODAY = dt.date(2018, 1, 20)


@pytest.fixture
def rotterdam(db):
    """The city with its norms, and ten offers whose means are those of the figure."""
    city = MunicipalityFactory(code="GM0599", name="Rotterdam", slug="rotterdam")
    for kind, weeks in NORMS.items():
        WaitNormFactory(region=city.region, kind=kind, weeks=weeks, source="Monitor 2017, fig. 6")
    with time_machine.travel(TODAY, tick=False):
        for number in range(10):
            kind = list(NORMS)[number % 2]
            offer = OfferFactory(municipalities=[city], help_kind=kind)
            # A week more or less around the mean: half of them each.
            apart = Decimal(1) if number < 5 else Decimal(-1)
            record_waits(
                by=None,
                waits=[
                    WaitTime(
                        offer=offer,
                        measured_on=day,
                        start_weeks=mean + apart,
                        method=WaitMethod.MEAN,
                    )
                    for day, mean in FIGURE_6.items()
                ],
            )
    return city


def total(city):
    report = wait_report(city, today=TODAY)
    return next(one for one in courses(report.lines, report.norms) if one.lines[0].is_total)


def test_figure_6_comes_out_as_printed(rotterdam):
    chart = total(rotterdam).chart
    assert [point.weeks for point in chart.points] == ["7,5", "10,6", "6,5"]
    assert [point.label for point in chart.points] == ["K2 '17", "K3 '17", "K4 '17"]


def test_its_norms_are_lines_with_a_name(rotterdam):
    assert sorted(level.label for level in total(rotterdam).chart.norms) == [
        "norm Jeugd- en opvoedhulp: 13 weken",
        "norm Jeugd-ggz: 14 weken",
    ]


def test_a_kind_has_its_own_norm_only(rotterdam):
    report = wait_report(rotterdam, today=TODAY)
    (kind,) = [
        one
        for one in courses(report.lines, report.norms)
        if one.lines[0].kind == HelpKind.MENTAL_HEALTH
    ]
    assert [norm.weeks for norm in kind.norms] == [14]


def test_drawing_and_table_on_the_page_say_the_same(client, log_in, rotterdam):
    MembershipFactory(user=log_in(), provider=None, municipality=rotterdam)
    with time_machine.travel(TODAY, tick=False):
        page = client.get("/voor-gemeenten/rotterdam/wachttijden/").content.decode()
    drawing = element(page, "svg", role="img")
    assert "2017-K2: 7,5, 2017-K3: 10,6, 2017-K4: 6,5" in page
    assert [text_of(one) for one in elements(drawing, "text", class_="sk-chart__value")] == [
        "7,5",
        "10,6",
        "6,5",
    ]
    assert "Monitor 2017, fig. 6" in page


def test_the_line_breaks_where_a_quarter_is_missing(rotterdam):
    with time_machine.travel(TODAY, tick=False):
        WaitTime.objects.filter(measured_on=dt.date(2017, 8, 15)).delete()
    assert total(rotterdam).chart.path.count("M") == 2


def test_one_quarter_makes_no_drawing(rotterdam):
    WaitTime.objects.filter(measured_on__gt=dt.date(2017, 6, 30)).delete()
    assert total(rotterdam).chart is None
