"""What referrers report in a municipality: the figures, small numbers hidden, and the answers."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gaps.signals.figures import Tap, parts_of, signals_page
from providers.enums import MissingReason, ReportKind, ReportReason, Role, SignalStatus
from providers.models import AuditEvent, SignalAnswer
from providers.rules.small_numbers import FEWEST, is_small
from tests.factories import (
    DemandFactory,
    HelpQuestionFactory,
    MembershipFactory,
    MissingHelpSignalFactory,
    OfferFactory,
    PolicyMailboxFactory,
    ReportFactory,
    SignalAnswerFactory,
    days_ago,
)
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

PAGE = "/voor-gemeenten/leiden/meldingen/"


@pytest.fixture
def somber(region):
    return HelpQuestionFactory(code="somberheid", label="Somber")


def missed(region, question, times, **facts):
    fields = {"age_band": "12-15", "reason": MissingReason.NO_GROUP} | facts
    return MissingHelpSignalFactory.create_batch(
        times, municipality=region.leiden, help_question=question, **fields
    )


def figures(region):
    return signals_page(region.leiden, today=timezone.localdate())


def only(region):
    (one,) = figures(region).questions
    return one


# --- figures -------------------------------------------------------------------------------------


def test_signals_stand_beside_searches_and_help(region, somber):
    missed(region, somber, 9)
    DemandFactory(help_question="somberheid", searches=30, outcome="veel")
    DemandFactory(help_question="somberheid", searches=12, outcome="niets")
    DemandFactory(help_question="somberheid", searches=8, outcome="te-laat")
    OfferFactory.create_batch(2, municipalities=[region.leiden], help_questions=["somberheid"])
    one = only(region)
    assert (one.signals, one.searches, one.empty_searches, one.offers) == ("9", "50", "20", 2)


def test_reason_and_age_from_five_on(region, somber):
    missed(region, somber, 6)
    missed(region, somber, 7, age_band="4-7", reason=MissingReason.TOO_LATE)
    found = [(part.number, part.ages, part.reason) for part in only(region).parts]
    assert found == [
        (7, "4 tot en met 7 jaar", "Wat er is, duurt te lang"),
        (6, "12 tot en met 15 jaar", "Er is geen groep"),
    ]


def test_a_part_from_which_a_small_one_follows_is_hidden(region, somber):
    missed(region, somber, 6)
    missed(region, somber, 2, age_band="4-7")
    assert (only(region).signals, only(region).parts) == ("8", ())


def test_four_signals_are_fewer_than_five(region, somber):
    missed(region, somber, 4)
    assert (only(region).signals, only(region).parts) == ("minder dan 5", ())


def test_a_small_number_of_empty_searches_does_not_follow(region, somber):
    missed(region, somber, 5)
    DemandFactory(help_question="somberheid", searches=30, outcome="veel")
    DemandFactory(help_question="somberheid", searches=2, outcome="niets")
    assert (only(region).searches, only(region).empty_searches) == ("32", "–")


def test_one_sender_of_a_day_counts_once_whatever_the_reasons(region, somber):
    missed(region, somber, 5)
    missed(region, somber, 1, reason=MissingReason.COST, sender="zes")
    missed(region, somber, 1, reason=MissingReason.TOO_FAR, sender="zes")
    assert only(region).signals == "6"


def test_what_counts_for_nothing_is_in_no_figure(region, somber):
    missed(region, somber, 6, counts=False)
    missed(region, somber, 6, created_on=days_ago(365))
    assert figures(region).questions == ()


def test_the_days_to_new_help_are_a_figure(region, somber):
    missed(region, somber, 5, created_on=days_ago(40))
    with time_machine.travel(timezone.now() - dt.timedelta(days=6), tick=False):
        OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    assert (only(region).days, figures(region).median_days) == (34, 34)


def test_help_from_before_the_signal_is_no_answer_to_it(region, somber):
    with time_machine.travel(timezone.now() - dt.timedelta(days=60), tick=False):
        OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    missed(region, somber, 5, created_on=days_ago(40))
    assert only(region).days is None


def test_what_was_taken_over_from_a_list_is_no_answer_either(region, somber):
    missed(region, somber, 5, created_on=days_ago(40))
    OfferFactory(
        municipalities=[region.leiden],
        help_questions=["somberheid"],
        source="lijst",
        external_id="1",
    )
    assert (only(region).offers, only(region).days) == (1, None)


def test_why_help_does_not_fit_begins_with_a_refusal(region):
    offer = OfferFactory(municipalities=[region.leiden])
    ReportFactory.create_batch(
        5,
        offer=offer,
        kind=ReportKind.NO_FIT,
        reason=ReportReason.REFUSED,
        municipality=region.leiden,
    )
    lines = figures(region).refusals
    assert len(lines) == 8
    assert (lines[0].label, lines[0].number) == (ReportReason.REFUSED.label, "5")


TAPS = st.lists(
    st.builds(
        Tap,
        reason=st.sampled_from(["niets", "te-ver", "te-laat"]),
        age_band=st.sampled_from(["", "4-7", "12-15"]),
        on=st.just(dt.date(2026, 1, 1)),
    ),
    min_size=FEWEST,
    max_size=40,
)


@given(TAPS)
def test_no_small_number_follows_from_the_parts_and_their_total(taps):
    parts = parts_of(taps)
    assert all(part.number >= FEWEST for part in parts)
    assert not is_small(len(taps) - sum(part.number for part in parts))


# --- answers -------------------------------------------------------------------------------------


@pytest.fixture
def officer(region, log_in):
    """Somebody who speaks for Leiden, logged in."""
    return log_in(MembershipFactory(provider=None, municipality=region.leiden).user)


def test_an_answer_is_written_once_and_on_record(client, region, somber, officer):
    PolicyMailboxFactory(municipality=region.leiden)
    data = {"status": "kan-niet", "reason": "er te weinig vraag is", "age_band": "12-15"}
    assert client.post(f"{PAGE}vraag/somberheid/", data).status_code == 302
    row = SignalAnswer.objects.get()
    assert (row.status, row.by, row.age_band) == (SignalStatus.CANNOT, officer, "12-15")
    assert AuditEvent.objects.get(action="signals.answered").by == officer
    assert "Kan niet, omdat er te weinig vraag is" in on_the_search()


def on_the_search(more="&leeftijd=14"):
    address = f"/?hulpvraag=somberheid&plaats=leiden{more}"
    return StrictClient().get(address).content.decode()


def test_the_answer_stands_on_the_search_that_gave_nothing(region, somber):
    box = PolicyMailboxFactory(municipality=region.leiden)
    SignalAnswerFactory(municipality=region.leiden, help_question=somber)
    page = on_the_search()
    assert "In gesprek" in page
    assert box.email in page


def test_only_the_newest_answer_stands_there(region, somber):
    for status in (SignalStatus.SEEN, SignalStatus.TAKEN_UP):
        SignalAnswerFactory(municipality=region.leiden, help_question=somber, status=status)
    page = on_the_search()
    assert "Opgepakt" in page
    assert "Gezien" not in page


@pytest.mark.parametrize(("more", "stands"), [("&leeftijd=14", False), ("&leeftijd=5", True)])
def test_an_answer_on_other_ages_stands_elsewhere(region, somber, more, stands):
    SignalAnswerFactory(municipality=region.leiden, help_question=somber, age_band="4-7")
    assert ("In gesprek" in on_the_search(more)) is stands


def test_an_answer_of_another_municipality_stands_elsewhere(region, somber):
    SignalAnswerFactory(municipality=region.katwijk, help_question=somber)
    assert "In gesprek" not in on_the_search()


def test_where_there_is_enough_no_answer_stands(region, somber):
    SignalAnswerFactory(municipality=region.leiden, help_question=somber)
    OfferFactory.create_batch(5, municipalities=[region.leiden], help_questions=["somberheid"])
    assert "In gesprek" not in on_the_search()


def test_help_that_came_of_it_stands_with_the_answer(region, somber):
    offer = OfferFactory(municipalities=[region.leiden], title="Samen sterk")
    SignalAnswerFactory(
        municipality=region.leiden, help_question=somber, status="opgepakt", offer=offer
    )
    assert offer.get_absolute_url() in on_the_search()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Kies wat de gemeente doet."),
        ({"status": "kan-niet"}, "Zeg waarom het niet kan."),
        ({"status": "zomaar"}, "Kies uit de lijst."),
        ({"status": "gezien", "reason": "x" * 301}, "Schrijf hoogstens 300 tekens."),
        ({"status": "gezien", "offer": "0"}, "Kies uit de lijst."),
    ],
)
def test_a_wrong_answer_is_said_and_not_written(client, region, somber, officer, data, sentence):
    PolicyMailboxFactory(municipality=region.leiden)
    answer = client.post(f"{PAGE}vraag/somberheid/", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SignalAnswer.objects.exists()


def test_without_a_mailbox_there_is_no_answer(client, region, somber, officer):
    answer = client.post(f"{PAGE}vraag/somberheid/", {"status": "gezien"})
    assert "Noem eerst de mailbox" in answer.content.decode()
    client.post(f"{PAGE}mailbox/", {"name": "Jeugd", "email": "jeugd@leiden.example"})
    assert client.post(f"{PAGE}vraag/somberheid/", {"status": "gezien"}).status_code == 302


def test_who_only_reads_along_answers_nothing(client, region, somber, log_in):
    reader = MembershipFactory(provider=None, municipality=region.leiden, role=Role.VIEWER)
    log_in(reader.user)
    assert "vraag/somberheid" not in client.get(PAGE).content.decode()
    for address in (f"{PAGE}vraag/somberheid/", f"{PAGE}mailbox/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"status": "gezien"}).status_code == 403


def test_the_page_takes_as_many_statements_for_one_question_as_for_ten(
    client, region, officer, django_assert_num_queries
):
    for number in range(10):
        question = HelpQuestionFactory(code=f"vraag-{number}")
        missed(region, question, 5)
        SignalAnswerFactory(municipality=region.leiden, help_question=question)
    # The session and user, the municipality, its members; the eight of the figures; the mailbox;
    # whether this person may answer.
    with django_assert_num_queries(14):
        assert client.get(PAGE).status_code == 200
