"""When reports count, and when the provider is asked."""

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone

from providers.enums import DatedFact, OfferStatus, ReportKind, ReportReason, Role
from providers.models import Report
from providers.rules.reports import full_reports_words
from providers.services.confirmations import confirm_offer
from providers.services.groups import update_places
from providers.services.reports import report_offer
from providers.services.waits import record_wait
from tests.factories import (
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    RegionClockFactory,
    ReportFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.voices import say_full

pytestmark = pytest.mark.django_db


def words(offer, run=None):
    offer.refresh_from_db()
    return full_reports_words(offer, run, timezone.localdate())


def test_two_senders_are_enough():
    offer = OfferFactory()
    say_full(offer, "een", "twee")
    assert words(offer) == "2 verwijzers melden: vol"


def test_one_sender_twice_is_not():
    offer = OfferFactory()
    ReportFactory(offer=offer, sender="een", created_on=days_ago(2))
    say_full(offer, "een")
    assert words(offer) == ""


def test_each_sender_counts_once():
    offer = OfferFactory()
    ReportFactory(offer=offer, sender="een", created_on=days_ago(2))
    say_full(offer, "een", "twee", "drie")
    assert words(offer) == "3 verwijzers melden: vol"


def test_other_reports_say_nothing_about_full():
    offer = OfferFactory()
    for sender in ("een", "twee"):
        report_offer(
            by=None,
            offer=offer,
            kind=ReportKind.WRONG,
            reason=ReportReason.WAIT,
            sender=sender,
        )
    assert words(offer) == ""


def test_after_a_confirmation_reports_no_longer_count():
    offer = OfferFactory()
    say_full(offer, "een", "twee")
    confirm_offer(by=UserFactory(), offer=offer)
    assert words(offer) == ""


def test_after_a_new_wait_reports_no_longer_count():
    offer = OfferFactory()
    say_full(offer, "een", "twee")
    WaitTimeFactory(offer=offer)
    assert words(offer) == ""


def test_after_news_about_places_reports_no_longer_count():
    run = GroupRunFactory(places_confirmed_on=days_ago(3))
    say_full(run.programme.offer, "een", "twee")
    update_places(by=UserFactory(), run=run, places_left=3)
    run.refresh_from_db()
    assert words(run.programme.offer, run) == ""


def test_reports_from_before_a_confirmation_do_not_count_with_later_ones():
    offer = OfferFactory(confirmed_on=days_ago(2))
    ReportFactory(offer=offer, sender="een", created_on=days_ago(3))
    say_full(offer, "twee")
    assert words(offer) == ""


def at(hour):
    """Return a moment of a day of last week."""
    return timezone.make_aware(dt.datetime.combine(days_ago(7), dt.time(hour)))


def report_full_at(offer, hours):
    """Have a sender of its own report the offer full at each of these hours of one day."""
    for hour in hours:
        with time_machine.travel(at(hour), tick=False):
            report_offer(by=None, offer=offer, kind=ReportKind.FULL, sender=f"om {hour}")


def words_at(hour, offer, run=None):
    offer.refresh_from_db()
    with time_machine.travel(at(hour), tick=False):
        return full_reports_words(offer, run, timezone.localdate())


def give_wait(offer):
    record_wait(by=UserFactory(), offer=offer, start_weeks=3)


def confirm(offer):
    confirm_offer(by=UserFactory(), offer=offer)


@pytest.mark.parametrize("speak", [confirm, give_wait])
def test_reports_later_on_the_day_of_a_confirmation_count(speak):
    offer = OfferFactory(confirmed_on=None)
    with time_machine.travel(at(9), tick=False):
        speak(offer)
    report_full_at(offer, (10, 15))
    assert words_at(16, offer) == "2 verwijzers melden: vol"


@pytest.mark.parametrize("speak", [confirm, give_wait])
def test_reports_earlier_on_the_day_of_a_confirmation_do_not_count(speak):
    offer = OfferFactory(confirmed_on=None)
    report_full_at(offer, (8, 13))
    with time_machine.travel(at(14), tick=False):
        speak(offer)
    assert words_at(16, offer) == ""


def test_a_report_from_before_a_confirmation_of_that_day_adds_nothing_to_one_after():
    offer = OfferFactory(confirmed_on=None)
    report_full_at(offer, (8,))
    with time_machine.travel(at(9), tick=False):
        confirm(offer)
    report_full_at(offer, (15,))
    assert words_at(16, offer) == ""


def test_news_about_places_answers_what_was_reported_before_it_that_day():
    run = GroupRunFactory(places_confirmed_on=None, starts_on=days_ago(-40))
    offer = run.programme.offer
    with time_machine.travel(at(7), tick=False):
        update_places(by=UserFactory(), run=run, places_left=3)
    run.refresh_from_db()
    report_full_at(offer, (8, 13))
    assert words_at(14, offer, run) == "2 verwijzers melden: vol"
    with time_machine.travel(at(15), tick=False):
        update_places(by=UserFactory(), run=run, places_left=2)
    assert words_at(16, offer, run) == ""


def test_a_wait_of_which_only_the_day_is_known_answers_the_reports_of_that_day():
    offer = OfferFactory(confirmed_on=None)
    report_full_at(offer, (8, 13))
    on = at(8).date()
    with time_machine.travel(at(20) + dt.timedelta(days=2), tick=False):
        record_wait(by=None, offer=offer, measured_on=on, start_weeks=3)
    assert words_at(21, offer) == ""


def test_reports_count_as_long_as_a_wait_would(settings):
    offer = OfferFactory()
    too_old = settings.FRESHNESS_DAYS[DatedFact.WAIT] + 1
    ReportFactory(offer=offer, sender="een", created_on=days_ago(too_old))
    say_full(offer, "twee")
    assert words(offer) == ""


def test_reports_on_a_group_count_as_long_as_its_places_would(settings):
    run = GroupRunFactory(places_confirmed_on=None)
    too_old = settings.FRESHNESS_DAYS[DatedFact.PLACES] + 1
    ReportFactory(offer=run.programme.offer, sender="een", created_on=days_ago(too_old))
    say_full(run.programme.offer, "twee")
    assert words(run.programme.offer, run) == ""


def test_reports_grow_old_while_nobody_writes():
    offer = OfferFactory()
    say_full(offer, "een", "twee")
    later = days_ago(-60)
    assert full_reports_words(offer, None, later) == ""


def test_another_report_is_weighed_by_the_run_that_the_page_shows():
    full = GroupRunFactory(places_left=0, places_confirmed_on=days_ago(3))
    shown = GroupRunFactory(
        programme=full.programme, starts_on=days_ago(-40), places_confirmed_on=days_ago(10)
    )
    offer = full.programme.offer
    for sender in ("een", "twee"):
        ReportFactory(offer=offer, sender=sender, created_on=days_ago(5))
    say_full(offer, "drie")
    assert words(offer, shown) == "3 verwijzers melden: vol"


def test_the_clock_of_the_region_counts(region):
    RegionClockFactory(fact=DatedFact.WAIT, days=5)
    offer = OfferFactory(municipalities=[region.leiden])
    ReportFactory(offer=offer, sender="een", created_on=days_ago(6))
    say_full(offer, "twee")
    assert words(offer) == ""


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (ReportKind.FULL, ReportReason.COST),
        (ReportKind.WRONG, None),
        (ReportKind.WRONG, ReportReason.TOO_FAR),
        (ReportKind.NO_FIT, ReportReason.CONTACT),
    ],
)
def test_a_reason_belongs_to_its_kind(kind, reason):
    with pytest.raises(ValidationError):
        report_offer(by=None, offer=OfferFactory(), kind=kind, reason=reason, sender="een")


def test_what_is_not_shown_cannot_be_reported():
    offer = OfferFactory(status=OfferStatus.ARCHIVED)
    with pytest.raises(ValidationError):
        report_offer(by=None, offer=offer, kind=ReportKind.FULL, sender="een")


def test_reporting_is_no_edit():
    offer = OfferFactory()
    before = (offer.version, offer.updated_at, offer.confirmed_on)
    say_full(offer, "een", "twee")
    assert (offer.version, offer.updated_at, offer.confirmed_on) == before


# --- the mail ----------------------------------------------------------------------------------


@pytest.fixture
def offer():
    """An offer with somebody to ask."""
    offer = OfferFactory(title="Samen koken")
    MembershipFactory(provider=offer.provider, user__email="redactie@aanbieder.example")
    return offer


def test_the_second_sender_makes_a_mail(offer, django_capture_on_commit_callbacks, settings):
    settings.SITE_URL = "https://kaart.example"
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
    (sent,) = mail.outbox
    assert sent.to == ["redactie@aanbieder.example"]
    assert "Samen koken" in sent.subject
    assert "2 verwijzers melden" in sent.body
    assert "https://kaart.example/voor-aanbieders/" in sent.body


def test_a_title_of_two_lines_is_one_line_in_the_mail(offer, django_capture_on_commit_callbacks):
    type(offer).objects.update(title="Samen\nkoken")
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
    assert [sent.subject for sent in mail.outbox] == ["Klopt het dat 'Samen koken' vol is?"]


def test_the_third_sender_makes_no_second_mail(offer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee", "drie")
    assert len(mail.outbox) == 1


def test_after_an_answer_new_reports_make_a_new_mail(offer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
        type(offer).objects.filter(pk=offer.pk).update(confirmed_on=days_ago(2))
        Report.objects.update(created_on=days_ago(3))
        say_full(offer, "een", "twee")
    assert len(mail.outbox) == 2


def test_one_sender_makes_no_mail(offer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een")
    assert mail.outbox == []


def test_only_who_may_change_it_is_asked(offer, django_capture_on_commit_callbacks):
    MembershipFactory(provider=offer.provider, role=Role.VIEWER)
    MembershipFactory(provider=offer.provider, user__is_active=False)
    MembershipFactory()
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
    assert [message.to for message in mail.outbox] == [["redactie@aanbieder.example"]]


def test_an_address_that_is_refused_keeps_the_mail_from_no_colleague(
    offer, django_capture_on_commit_callbacks, monkeypatch
):
    for name in ("weg", "ook"):
        MembershipFactory(provider=offer.provider, user__email=f"{name}@aanbieder.example")
    send = EmailMessage.send

    def refuse_who_left(message):
        if message.to == ["weg@aanbieder.example"]:
            raise SMTPRecipientsRefused({})
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", refuse_who_left)
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
    assert {address for message in mail.outbox for address in message.to} == {
        "redactie@aanbieder.example",
        "ook@aanbieder.example",
    }


def test_a_mail_server_that_is_down_breaks_nothing(
    offer, django_capture_on_commit_callbacks, monkeypatch
):
    def refuse(_offer):
        raise OSError

    monkeypatch.setattr("providers.emails.ask_whether_full", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        say_full(offer, "een", "twee")
    assert words(offer) == "2 verwijzers melden: vol"
