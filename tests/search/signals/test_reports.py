"""Reports by referrers: one tap, from a list, and nobody knows who."""

import datetime as dt
from urllib.parse import quote

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from providers.enums import OfferStatus, ReportKind, ReportReason
from providers.models import AuditEvent, Report
from providers.rules.reports import REASONS, wrong_reports
from search.signals import taps
from tests.factories import (
    ConfirmationFactory,
    HelpQuestionFactory,
    OfferFactory,
    ReportFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db


def report(client, offer, said="vol", **more):
    return client.post(f"/aanbod/{offer.pk}/melden/", {"melding": said, **more}, follow=True)


def let_two_referrers_report(offer):
    """Two who looked at the offer some minutes before, in two places, hours after each other."""
    now = timezone.now()
    for number in (1, 2):
        client = StrictClient(REMOTE_ADDR=f"203.0.113.{number}")
        with time_machine.travel(now - dt.timedelta(hours=10 - 5 * number, minutes=6)):
            client.get(offer.get_absolute_url())
        with time_machine.travel(now - dt.timedelta(hours=10 - 5 * number)):
            report(client, offer)


def page_of(offer):
    return " ".join(StrictClient().get(offer.get_absolute_url()).content.decode().split())


def test_a_tap_is_a_report_with_thanks(client):
    offer = OfferFactory()
    answer = report(client, offer)
    assert "Dank u. Uw melding helpt de volgende verwijzer." in answer.content.decode()
    assert Report.objects.get().kind == ReportKind.FULL


def test_a_tap_leads_back_to_the_offer_in_its_municipality(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    answer = client.post(f"/aanbod/{offer.pk}/melden/", {"melding": "vol", "gemeente": "GM0546"})
    assert answer.url == f"{offer.get_absolute_url()}?gemeente=GM0546#berichten"


@pytest.mark.parametrize(
    "said", [f"{kind.value}:{one.value}" for kind, all_of in REASONS.items() for one in all_of]
)
def test_each_answer_on_the_page_can_be_given(client, said):
    offer = OfferFactory()
    assert f'value="{said}"' in page_of(offer)
    report(client, offer, said)
    assert Report.objects.get().reason == said.partition(":")[2]


@pytest.mark.parametrize(
    "said", ["", "onzin", "klopt-niet", "past-niet:", "vol:taal", "klopt-niet:te-ver", "vol:onzin"]
)
def test_what_is_not_on_the_list_is_refused_with_a_sentence(client, said):
    answer = report(client, OfferFactory(), said)
    assert "Kies een van de" in answer.content.decode()
    assert not Report.objects.exists()


def test_words_of_ones_own_are_kept_nowhere(client):
    offer = OfferFactory()
    report(client, offer, "vol", toelichting="Jan Jansen uit Leiden")
    assert "Jansen" not in str([*Report.objects.values(), *AuditEvent.objects.values()])


def test_the_same_browser_says_it_once_a_day(client):
    offer = OfferFactory()
    report(client, offer)
    answer = report(client, offer)
    assert "U had dit vandaag al gemeld" in answer.content.decode()
    assert Report.objects.count() == 1


def test_two_quick_taps_of_a_browser_without_a_cookie_are_one():
    offer = OfferFactory()
    for _ in range(2):
        report(StrictClient(), offer)
    assert Report.objects.count() == 1


def test_who_taps_too_often_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(taps.TapThrottle, "rate", "1/hour")
    report(client, OfferFactory())
    answer = report(client, OfferFactory())
    assert "Probeer het over een uur opnieuw" in answer.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "delete", "put", "patch"])
def test_only_a_form_reports(client, method):
    address = f"/aanbod/{OfferFactory().pk}/melden/"
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_what_is_not_shown_cannot_be_reported(client, status):
    offer = OfferFactory(status=status)
    answer = client.post(f"/aanbod/{offer.pk}/melden/", {"melding": "vol"})
    assert answer.status_code == 404


def test_a_form_of_another_site_reports_nothing():
    strict = StrictClient(enforce_csrf_checks=True)
    answer = strict.post(f"/aanbod/{OfferFactory().pk}/melden/", {"melding": "vol"})
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_the_audit_trail_does_not_know_who(client):
    report(client, OfferFactory(), "klopt-niet:contact")
    event = AuditEvent.objects.get(action="offer.reported")
    assert event.by is None
    assert event.changes == {"kind": "klopt-niet", "reason": ReportReason.CONTACT.value}
    assert Report.objects.get().sender not in str(event.__dict__)


# --- what others see ---------------------------------------------------------------------------


def test_one_report_is_not_shown():
    offer = OfferFactory()
    ReportFactory(offer=offer)
    assert "melden: vol" not in page_of(offer)


def test_two_referrers_are_shown_on_the_page():
    offer = WaitTimeFactory(measured_on=days_ago(3)).offer
    let_two_referrers_report(offer)
    assert "2 verwijzers melden: vol" in page_of(offer)


def test_two_referrers_are_shown_on_the_card(region):
    offer = OfferFactory(municipalities=[region.leiden])
    let_two_referrers_report(offer)
    address = "/?hulpvraag=somberheid&plaats=leiden"
    assert "2 verwijzers melden: vol" in StrictClient().get(address).content.decode()


@override_settings(PAGE_CACHE_SECONDS=60)
def test_a_page_that_was_kept_shows_it_at_once(region):
    offer = OfferFactory(municipalities=[region.leiden])
    address = "/?hulpvraag=somberheid&plaats=leiden"
    StrictClient().get(address)
    let_two_referrers_report(offer)
    assert "2 verwijzers melden: vol" in StrictClient().get(address).content.decode()


# --- the day of a confirmation ----------------------------------------------------------------


def wrong_since(hours, *, confirmed=True):
    """Return what still stands of a report that came so many hours after the confirmation."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    offer = OfferFactory(confirmed_on=days_ago(0))
    if confirmed:
        ConfirmationFactory(offer=offer, at=noon)
    at = noon + dt.timedelta(hours=hours)
    ReportFactory(offer=offer, kind=ReportKind.WRONG, reason=ReportReason.AGES, created_at=at)
    return wrong_reports([offer], timezone.localdate()).get(offer.pk, [])


def test_a_report_after_the_confirmation_of_that_day_stands():
    assert wrong_since(2) == ["De leeftijden kloppen niet (1×)"]


def test_a_report_before_it_is_over():
    assert wrong_since(-2) == []


def test_without_the_hour_a_report_of_that_day_is_over():
    assert wrong_since(2, confirmed=False) == []


def test_the_search_before_comes_along_with_the_report(client, region):
    HelpQuestionFactory(code="somberheid")
    offer = OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    before = {"gemeente": "GM0546", "hulpvraag": "somberheid", "leeftijd": "12-15"}
    report(client, offer, "past-niet:geweigerd", **before)
    row = Report.objects.get()
    assert (row.municipality_id, row.help_question_id, row.age_band) == tuple(before.values())


def test_what_is_no_code_of_ours_does_not_come_along(client):
    before = {"gemeente": "GM9999", "hulpvraag": "Jan de Vries", "leeftijd": "14"}
    report(client, OfferFactory(), "past-niet:geweigerd", **before)
    row = Report.objects.get()
    assert (row.municipality, row.help_question, row.age_band) == (None, None, "")


def test_the_page_of_an_offer_brings_the_search_along(client, region):
    HelpQuestionFactory(code="somberheid")
    offer = OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    back = quote("hulpvraag=somberheid&leeftijd=14")
    page = client.get(f"{offer.get_absolute_url()}?terug={back}").content.decode()
    assert 'name="hulpvraag" value="somberheid"' in page
    assert 'name="leeftijd" value="12-15"' in page
