"""A region asks for the waits of a quarter: who is asked, who answered, who is reminded."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from providers.enums import HelpKind, MailEvery, Role
from providers.index.version import catalogue_versions
from providers.models import AuditEvent, WaitRequest, WaitTime
from providers.services.policy.wait_requests import Letter, mail_request, open_request
from selfservice.links import token_for
from selfservice.request.progress import letters_of, progress
from tests.factories import (
    MembershipFactory,
    OfferFactory,
    UserFactory,
    WaitRequestFactory,
    WaitTimeFactory,
    YouthRegionFactory,
)
from tests.pages import elements, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, region=region.leiden.region)
    return user


@pytest.fixture
def boei(region):
    """A provider with an offer one waits for, and Noor who keeps it true."""
    offer = OfferFactory(
        provider__name="De Boei", municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH
    )
    offer.noor = MembershipFactory(
        provider=offer.provider, user=UserFactory(email="noor@boei.example")
    ).user
    return offer


@pytest.fixture
def opened(region, boei, django_user_model):
    return open_request(
        by=UserFactory(), region=region.leiden.region, year=2026, quarter=4, answer_by=in_days(21)
    )


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_opening_a_request_throws_no_kept_page_away(region, boei):
    before = catalogue_versions()
    answer_by = in_days(21)
    place = region.leiden.region
    open_request(by=UserFactory(), region=place, year=2026, quarter=3, answer_by=answer_by)
    assert catalogue_versions().of(None) == before.of(None)


def row_of(request, name="De Boei"):
    found = progress(request, today=timezone.localdate())
    return next(row for row in found.rows if row.provider.name == name)


# --- who is asked ------------------------------------------------------------------------------


def test_providers_with_help_one_waits_for_are_asked(opened):
    assert [one.provider.name for one in opened.asked.all()] == ["De Boei"]


@pytest.mark.parametrize("kind", [HelpKind.COMMUNITY])
def test_neighbours_and_clubs_are_left_alone(region, kind):
    OfferFactory(municipalities=[region.leiden], help_kind=kind)
    request = open_request(
        by=UserFactory(), region=region.leiden.region, year=2026, quarter=4, answer_by=in_days(9)
    )
    assert not request.asked.exists()


def test_local_teams_are_asked(region):
    OfferFactory(
        provider__name="Jeugdteam", municipalities=[region.leiden], help_kind=HelpKind.LOCAL_TEAM
    )
    request = open_request(
        by=UserFactory(), region=region.leiden.region, year=2026, quarter=4, answer_by=in_days(9)
    )
    assert [one.provider.name for one in request.asked.all()] == ["Jeugdteam"]


def test_a_quarter_is_asked_for_once(opened):
    with pytest.raises(ValidationError, match="al een uitvraag"):
        open_request(
            by=UserFactory(), region=opened.region, year=2026, quarter=4, answer_by=in_days(9)
        )


@pytest.mark.parametrize("days", [-1, 93])
def test_the_last_day_lies_within_a_quarter(region, days):
    with pytest.raises(ValidationError, match="drie maanden"):
        open_request(
            by=UserFactory(),
            region=region.leiden.region,
            year=2026,
            quarter=4,
            answer_by=in_days(days),
        )


def test_opening_leaves_an_audit_row(opened):
    assert AuditEvent.objects.filter(action="wait_request.opened").count() == 1


# --- the desk's page ---------------------------------------------------------------------------


def test_the_desk_opens_a_request_and_everybody_gets_a_link(
    client, desk, boei, region, django_capture_on_commit_callbacks
):
    quarter = f"{timezone.localdate().year}-K{(timezone.localdate().month - 1) // 3 + 1}"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/regio/JZ18/uitvraag/", {"quarter": quarter, "answer_by": in_days(14).isoformat()}
        )
    request = WaitRequest.objects.get()
    assert response["Location"] == f"/regio/JZ18/uitvraag/{request.pk}/"
    assert [one.to for one in mail.outbox] == [["noor@boei.example"]]
    assert "/voor-aanbieders/klopt-nog/" in mail.outbox[0].body


def test_a_wrong_last_day_is_refused_beside_its_field(client, desk, region):
    response = client.post("/regio/JZ18/uitvraag/", {"quarter": "1999-K1", "answer_by": "gisteren"})
    assert response.status_code == 422
    assert not WaitRequest.objects.exists()


def test_who_reads_along_opens_nothing(client, log_in, region):
    MembershipFactory(user=log_in(), provider=None, region=region.leiden.region, role=Role.VIEWER)
    assert client.post("/regio/JZ18/uitvraag/", {}).status_code == 403


def test_the_page_says_who_answered(client, desk, opened, boei):
    WaitTimeFactory(offer=boei, people_waiting=12)
    page = client.get(f"/regio/JZ18/uitvraag/{opened.pk}/").content.decode()
    assert [text_of(one) for one in elements(page, "td", data_label="Stand")] == ["klaar"]
    assert [text_of(one) for one in elements(page, "td", data_label="Met aantal wachtenden")] == [
        "1 van 1"
    ]


def test_a_request_of_another_region_is_not_found(client, desk):
    other = WaitRequestFactory(region=YouthRegionFactory(code="JZ99"))
    assert client.get(f"/regio/JZ18/uitvraag/{other.pk}/").status_code == 404


# --- answers -----------------------------------------------------------------------------------


def test_a_wait_from_before_is_no_answer(opened, boei):
    WaitTimeFactory(offer=boei, measured_on=in_days(-1))
    assert row_of(opened).measured == 0


def test_a_provider_is_done_when_each_offer_has_a_wait(opened, boei, region):
    second = OfferFactory(
        provider=boei.provider, municipalities=[region.leiden], help_kind=HelpKind.DYSLEXIA
    )
    WaitTimeFactory(offer=boei)
    assert (row_of(opened).measured, row_of(opened).is_complete) == (1, False)
    WaitTimeFactory(offer=second)
    assert row_of(opened).is_complete


def test_the_link_asks_also_for_a_wait_that_is_still_fresh(client, opened, boei):
    """The month asks for what is stale; a request asks for every wait from its first day on."""
    WaitTimeFactory(offer=boei, measured_on=in_days(-2), people_waiting=None)
    page = client.get(f"/voor-aanbieders/klopt-nog/{token_for(boei.noor, boei.provider)}/")
    assert f"wacht-{boei.pk}-wachtenden" in page.content.decode()


def test_weeks_and_people_waiting_are_given_by_the_link(client, opened, boei):
    token = token_for(boei.noor, boei.provider)
    key = f"wacht-{boei.pk}"
    client.post(
        f"/voor-aanbieders/klopt-nog/{token}/",
        {
            f"{key}-doe": "anders",
            f"{key}-getal": "7",
            f"{key}-wachtenden": "23",
            f"{key}-stond": "",
            "aanbod": str(boei.pk),
        },
    )
    wait = WaitTime.objects.get()
    assert (wait.total_weeks, wait.people_waiting) == (7, 23)
    assert row_of(opened).is_complete


def test_the_statements_of_the_progress(opened, boei, django_assert_num_queries):
    # Who is asked, the offers, the measurements, who may write.
    with django_assert_num_queries(4):
        progress(opened, today=timezone.localdate())


# --- mails -------------------------------------------------------------------------------------


def test_only_who_is_not_done_is_reminded(opened, boei):
    assert [one.person for one in letters_of(opened, today=timezone.localdate())] == [boei.noor]
    WaitTimeFactory(offer=boei)
    assert letters_of(opened, today=timezone.localdate()) == []


def test_who_wants_no_mail_gets_none(opened, boei):
    boei.noor.memberships.update(mail_every=MailEvery.NEVER)
    assert letters_of(opened, today=timezone.localdate()) == []
    assert not row_of(opened).can_be_mailed


def test_a_second_press_on_one_day_mails_nobody(opened, boei, django_capture_on_commit_callbacks):
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            mail_request(by=None, request=opened, letters=letters_of(opened, today=in_days(0)))
    assert len(mail.outbox) == 1


def test_a_mail_that_nobody_took_is_tried_again(
    opened, boei, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.selfservice.request.test_wait_request.Refusing"
    with django_capture_on_commit_callbacks(execute=True):
        mail_request(
            by=None, request=opened, letters=[Letter(boei.noor, boei.provider, "https://x")]
        )
    row = opened.asked.get()
    assert (row.mailed_on, row.mails) == (None, 0)


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError


@pytest.mark.parametrize(("days", "mails"), [(14, 1), (20, 1), (10, 0)])
def test_reminders_go_a_week_and_a_day_before_it_closes(opened, boei, days, mails):
    with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
        boei.noor.memberships.update(reminded_on=in_days(0))
        call_command("send_reminders")
        asked = opened.asked.get()
    assert asked.mails == mails


# --- pooled ------------------------------------------------------------------------------------


def test_the_desk_sees_pooled_figures_of_the_region(client, desk, region):
    for _ in range(5):
        offer = OfferFactory(
            municipalities=[region.leiden, region.katwijk], help_kind=HelpKind.MENTAL_HEALTH
        )
        WaitTimeFactory(offer=offer, people_waiting=20)
    page = client.get("/regio/JZ18/wachttijden/").content.decode()
    assert "100" in [text_of(one) for one in elements(page, "td", data_label="Wachtenden")]
    assert "elke lijst één keer" in page
