"""What a provider gets back: true numbers, no small one, for its own people only."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers.enums import HelpKind, ReportKind, ReportReason, UseKind
from providers.models import Report
from providers.networks import Network
from providers.services.reminders import remind
from providers.services.reports import report_offer
from selfservice.insight.uses import news_of
from selfservice.insight.views import insight_page
from selfservice.reminders import reminders_for
from tests.factories import (
    DemandFactory,
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    OfferUseFactory,
    ReportFactory,
    ThemeFactory,
    WaitTimeFactory,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)
TODAY, OCTOBER, AUGUST = NOW.date(), dt.date(2026, 10, 1), dt.date(2026, 8, 20)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def second(provider, region):
    return OfferFactory(provider=provider, title="Tweede", municipalities=[region.leiden])


def page_of(provider, **kwargs):
    return insight_page(provider, today=TODAY, **kwargs)


def numbers(table, kind=UseKind.OPENED):
    """Return the column of one kind: the lines, and the total."""
    place = list(UseKind).index(kind)
    total = table.total.cells[place].words if table.total else None
    return [line.cells[place].words for line in table.lines], total


# --- who sees it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("colleague", 200), ("reader", 200), ("stranger", 404), ("staff", 404)],
)
def test_only_who_takes_part_sees_it(client, log_in_as, provider, who, status):
    log_in_as(who)
    assert client.get(f"/voor-aanbieders/aanbieder/{provider.pk}/inzicht/").status_code == status


def test_the_portal_leads_to_it(client, log_in_as, offer):
    log_in_as("reader")
    text = client.get("/voor-aanbieders/").content.decode()
    assert f"/voor-aanbieders/aanbieder/{offer.provider_id}/inzicht/" in text


# --- use -----------------------------------------------------------------------------------------


def test_it_shows_the_last_month_that_ended(offer):
    OfferUseFactory(offer=offer, month=OCTOBER, times=40)
    OfferUseFactory(offer=offer, month=dt.date(2026, 9, 1), times=30)
    assert numbers(page_of(offer.provider).uses.per_offer) == (["40"], "40")


def test_the_running_month_is_not_shown(offer):
    OfferUseFactory(offer=offer, month=dt.date(2026, 11, 1), times=40)
    uses = page_of(offer.provider, month="2026-11").uses
    assert (uses.month.code, numbers(uses.per_offer)) == ("2026-10", (["0"], "0"))


def test_an_earlier_month_can_be_chosen(offer):
    OfferUseFactory(offer=offer, month=dt.date(2026, 2, 1), times=12)
    assert numbers(page_of(offer.provider, month="2026-02").uses.per_offer) == (["12"], "12")


@pytest.mark.parametrize("month", ["x", "2026-13", "2024-01", "9999999-01", "'"])
def test_a_month_that_is_none_is_the_last_one(offer, month):
    assert page_of(offer.provider, month=month).uses.month.code == "2026-10"


def test_a_small_number_is_not_shown(offer):
    OfferUseFactory(offer=offer, month=OCTOBER, times=4)
    uses = page_of(offer.provider).uses
    assert numbers(uses.per_offer) == (["minder dan 5"], "minder dan 5")
    assert "4" not in numbers(uses.per_month)[0]


def test_a_small_number_does_not_follow_from_the_total(offer, second):
    OfferUseFactory(offer=offer, month=OCTOBER, times=3)
    OfferUseFactory(offer=second, month=OCTOBER, times=40)
    lines, total = numbers(page_of(offer.provider).uses.per_offer)
    assert "3" not in lines
    assert "40" not in lines or total != "43"


def test_an_archived_offer_still_counts_in_the_month_it_was_met(offer, second):
    OfferUseFactory(offer=offer, month=OCTOBER, times=10)
    offer.status = "gearchiveerd"
    offer.save()
    lines, total = numbers(page_of(second.provider).uses.per_offer)
    assert (sorted(lines), total) == (["0", "10"], "10")


def test_another_providers_use_is_not_counted(offer, region):
    OfferUseFactory(offer=OfferFactory(municipalities=[region.leiden]), month=OCTOBER, times=99)
    assert numbers(page_of(offer.provider).uses.per_offer) == (["0"], "0")


# --- what is asked -------------------------------------------------------------------------------


def test_it_names_what_is_asked_and_not_offered(offer):
    HelpQuestionFactory(code="tics", label="Tics")
    DemandFactory(day=AUGUST, help_question="tics", searches=7)
    DemandFactory(day=AUGUST, help_question="somberheid", searches=9)
    page = page_of(offer.provider)
    assert [one.label for one in page.open] == ["Tics"]
    assert [one.code for one in page.answered] == ["somberheid"]


def test_what_is_near_to_its_own_help_stands_first(offer):
    theme = offer.help_questions.first().theme
    HelpQuestionFactory(code="far", label="Ver", theme=ThemeFactory(code="school"))
    HelpQuestionFactory(code="near", label="Dichtbij", theme=theme)
    DemandFactory(day=AUGUST, help_question="far", searches=90)
    DemandFactory(day=AUGUST, help_question="near", searches=7)
    found = [(one.label, one.is_near) for one in page_of(offer.provider).open]
    assert found == [("Dichtbij", True), ("Ver", False)]


@pytest.mark.parametrize("facts", [{"searches": 4}, {"municipality": "GM0537", "searches": 50}])
def test_what_is_seldom_asked_or_elsewhere_is_not_named(offer, facts):
    HelpQuestionFactory(code="tics", label="Tics")
    DemandFactory(day=AUGUST, help_question="tics", **facts)
    assert page_of(offer.provider).open == ()


def test_what_is_asked_in_one_municipality_does_not_follow_by_adding_it(offer, region):
    """With exact numbers it would read 20 times, and 22 from the moment it works in Katwijk too."""
    HelpQuestionFactory(code="tics", label="Tics")
    DemandFactory(day=AUGUST, help_question="tics", searches=20)
    DemandFactory(day=AUGUST, help_question="tics", municipality="GM0537", searches=2)
    before = [one.words for one in page_of(offer.provider).open]
    OfferFactory(provider=offer.provider, municipalities=[region.katwijk])
    after = [one.words for one in page_of(offer.provider).open]
    assert before == after == ["ongeveer 20 keer gezocht, 20 keer niets gevonden"]


def test_what_was_asked_this_month_is_not_told_yet(offer):
    HelpQuestionFactory(code="tics", label="Tics")
    DemandFactory(day=TODAY, help_question="tics", searches=50)
    assert page_of(offer.provider).open == ()


# --- refusals ------------------------------------------------------------------------------------


def refused(offer, reason, times, **facts):
    for number in range(times):
        ReportFactory(
            offer=offer,
            kind=ReportKind.NO_FIT,
            reason=reason,
            network=f"net-{reason}-{number}",
            **{"created_on": AUGUST} | facts,
        )


def test_it_says_why_referrers_went_elsewhere(offer):
    refused(offer, ReportReason.REFUSED, 12)
    refused(offer, ReportReason.TOO_FAR, 6)
    found = page_of(offer.provider).refusals
    assert found.total == "20"
    assert [number for _reason, number in found.reasons] == ["10", "5"]


def test_a_reason_that_few_gave_does_not_follow(offer):
    refused(offer, ReportReason.REFUSED, 12)
    refused(offer, ReportReason.TOO_FAR, 2)
    found = page_of(offer.provider).refusals
    assert "2" not in dict(found.reasons).values()
    assert found.total == "5 of meer" or "10" not in dict(found.reasons).values()


def test_several_browsers_of_one_network_count_once(offer):
    for number in range(6):
        report_offer(
            by=None,
            offer=offer,
            kind=ReportKind.NO_FIT,
            reason=ReportReason.COST,
            sender=f"s{number}",
            network=Network("192.0.2.1"),
        )
    Report.objects.update(created_on=AUGUST)
    assert page_of(offer.provider).refusals.total == "minder dan 5"


@pytest.mark.parametrize("day", [dt.date(2025, 10, 31), TODAY])
def test_only_the_twelve_months_that_ended_count(offer, day):
    refused(offer, ReportReason.COST, 6, created_on=day)
    assert page_of(offer.provider).refusals.is_empty


def test_a_flood_does_not_count(offer):
    refused(offer, ReportReason.COST, 6, counts=False)
    assert page_of(offer.provider).refusals.is_empty


# --- waits ---------------------------------------------------------------------------------------


def measured(offer, weeks):
    WaitTimeFactory(
        offer=offer, intake_weeks=weeks, treatment_weeks=0, measured_on=dt.date(2026, 9, 1)
    )


def others(region, weeks, kind=HelpKind.MENTAL_HEALTH):
    for number in weeks:
        measured(OfferFactory(municipalities=[region.leiden], help_kind=kind), number)


@pytest.fixture
def clinic(offer):
    offer.help_kind = HelpKind.MENTAL_HEALTH
    offer.save()
    measured(offer, 4)
    return offer


def test_its_wait_stands_beside_the_median(clinic, region):
    others(region, [6, 8, 10, 12])
    (line,) = page_of(clinic.provider).waits.lines
    assert (line.own, line.median, line.n) == ("4 weken", "8 weken", 5)


def test_of_four_measurements_there_is_no_median(clinic, region):
    others(region, [6, 8, 10])
    (line,) = page_of(clinic.provider).waits.lines
    assert (line.median, line.n) == ("", 0)


def test_another_kind_of_help_is_not_compared_with(clinic, region):
    others(region, [6, 8, 10])
    others(region, [10], kind=HelpKind.PARENTING)
    (line,) = page_of(clinic.provider).waits.lines
    assert line.median == ""


def test_help_of_an_unknown_kind_is_said_to_have_no_like(clinic):
    clinic.help_kind = HelpKind.UNKNOWN
    clinic.save()
    (line,) = page_of(clinic.provider).waits.lines
    assert (line.has_kind, line.median) == (False, "")


# --- the mail ------------------------------------------------------------------------------------


def test_the_mail_has_the_number_that_comes_closest_to_help(offer, mailoutbox):
    OfferUseFactory(offer=offer, month=OCTOBER, kind=UseKind.SHOWN, times=300)
    OfferUseFactory(offer=offer, month=OCTOBER, kind=UseKind.CALLED, times=12)
    editor = MembershipFactory(provider=offer.provider)
    reminders = reminders_for(editor.user, today=TODAY)
    remind(by=None, person=editor.user, reminders=reminders)
    (mail,) = mailoutbox
    assert "In oktober 2026 tikte 12 keer iemand op het telefoonnummer" in mail.body


@pytest.mark.parametrize(
    ("kind", "times", "words"),
    [(UseKind.KEPT, 5, "5 keer bewaard"), (UseKind.SHOWN, 9, "9 keer in een zoekresultaat")],
)
def test_news_is_of_what_there_was(offer, kind, times, words):
    OfferUseFactory(offer=offer, month=OCTOBER, kind=kind, times=times)
    assert words in news_of(offer.provider, TODAY)


def test_a_small_number_is_no_news(offer):
    OfferUseFactory(offer=offer, month=OCTOBER, kind=UseKind.KEPT, times=4)
    assert news_of(offer.provider, TODAY) == ""


def test_a_total_from_which_a_small_number_follows_is_no_news(offer, second):
    """The page hides what the mail hides."""
    OfferUseFactory(offer=offer, month=OCTOBER, times=3)
    OfferUseFactory(offer=second, month=OCTOBER, times=4)
    _lines, total = numbers(page_of(offer.provider).uses.per_offer)
    shown = total.isdecimal()
    assert bool(news_of(offer.provider, TODAY)) is shown


# --- what it costs -------------------------------------------------------------------------------

STATEMENTS = [
    "municipalities",
    "help questions of its offers",
    "searches",
    "signals",
    "refusals in the municipalities",
    "use",
    "titles",
    "refusals",
    "region",
    "measurements",
    "titles of what waits",
]


def test_the_page_takes_as_many_statements_whatever_there_is(provider, offer, second):
    HelpQuestionFactory(code="tics", label="Tics")
    page_of(provider)  # what is cached of the vocabulary
    for each in (offer, second):
        OfferUseFactory(offer=each, month=OCTOBER, times=40)
        measured(each, 4)
        refused(each, ReportReason.COST, 3)
    DemandFactory(day=AUGUST, help_question="tics", searches=7)
    with CaptureQueriesContext(connection) as queries:
        page_of(provider)
    assert len(queries) == len(STATEMENTS), [one["sql"] for one in queries]
