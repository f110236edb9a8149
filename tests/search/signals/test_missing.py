"""'Meld dat dit ontbreekt': codes only, without log-in, and each tap counts once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from providers.models import AuditEvent, MissingHelpSignal
from providers.rules.ages import Ages, band_of
from providers.services.signals import report_missing_help
from search.signals.missing import MissingHelpForm
from search.signals.taps import TapThrottle
from tests.factories import HelpQuestionFactory, OfferFactory
from tests.pages import element, elements
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

ADDRESS = "/meld-ontbrekend-aanbod/"
SAID = {"andere": "somberheid", "gemeente": "GM0546", "leeftijd": "12-15", "reden": "niets"}


@pytest.fixture(autouse=True)
def vocabulary(region):
    HelpQuestionFactory(code="somberheid", label="Somber")
    HelpQuestionFactory(code="angst", label="Angstig")


def signals():
    names = ("help_question", "municipality", "age_band", "reason")
    return list(MissingHelpSignal.objects.order_by("pk").values_list(*names))


# --- the form ------------------------------------------------------------------------------------


def test_what_is_missing_is_kept_as_codes(client):
    assert client.post(ADDRESS, SAID).url.startswith("/meld-ontbrekend-aanbod/bedankt/?volg=")
    assert signals() == [("somberheid", "GM0546", "12-15", "niets")]


def test_each_question_that_was_asked_counts(client):
    client.post(ADDRESS, SAID | {"hulpvraag": ["somberheid", "angst"], "andere": ""})
    assert [row[0] for row in signals()] == ["somberheid", "angst"]


def test_the_age_may_be_left_open(client):
    client.post(ADDRESS, SAID | {"leeftijd": ""})
    assert signals() == [("somberheid", "GM0546", "", "niets")]


def test_the_form_has_no_field_for_words(client):
    page = client.get(f"{ADDRESS}?hulpvraag=somberheid").content.decode()
    form = element(page, "form", class_="sk-form")
    assert not list(elements(form, "textarea"))
    assert not list(elements(form, "input", type="text"))


def test_without_a_search_the_list_of_questions_is_required(client):
    form = client.get(ADDRESS).context["form"]
    assert form.fields["andere"].required
    form = client.get(f"{ADDRESS}?hulpvraag=somberheid").context["form"]
    assert not form.fields["andere"].required


def test_a_question_in_a_label_is_not_followed_by_a_colon(client):
    page = client.post(ADDRESS, {}).content.decode()
    assert "In welke gemeente? Kies een gemeente." in page
    assert "Hulpvraag: Kies een hulpvraag." in page


def test_a_search_fills_the_form_in(client):
    page = client.get(f"{ADDRESS}?hulpvraag=somberheid&ook=angst&plaats=katwijk&leeftijd=13-14")
    form = page.context["form"]
    assert form.initial == {
        "hulpvraag": ["somberheid", "angst"],
        "gemeente": "GM0537",
        "leeftijd": "12-15",
    }


@pytest.mark.parametrize(
    ("ages", "band"),
    [
        (Ages(0, 0), "0-3"),
        (Ages(14, 14), "12-15"),
        (Ages(9, 11), "8-11"),
        (Ages(11, 12), ""),
        (Ages(27, 27), "19-27"),
        (None, ""),
    ],
)
def test_an_age_lies_in_one_band_or_in_none(ages, band):
    assert band_of(ages) == band


def test_what_is_no_code_is_not_filled_in():
    form = MissingHelpForm(criteria=QueryDict("hulpvraag=Fleurtje&leeftijd=veel&gemeente=thuis"))
    assert form.initial == {"hulpvraag": [], "gemeente": "", "leeftijd": ""}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("andere", "", "Kies een hulpvraag."),
        ("andere", "bestaat-niet", "Kies een hulpvraag uit de lijst."),
        ("gemeente", "", "Kies een gemeente."),
        ("gemeente", "GM9999", "Kies een gemeente uit de lijst."),
        ("leeftijd", "14", "Kies een leeftijd uit de lijst."),
        ("reden", "", "Kies wat er ontbreekt."),
        ("reden", "Fleurtje is zo alleen", "Kies uit de lijst."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_kept(client, name, value, words):
    answer = client.post(ADDRESS, SAID | {name: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [words]}
    assert signals() == []


def test_a_question_that_does_not_exist_is_left_out(client):
    client.post(ADDRESS, SAID | {"hulpvraag": ["bestaat-niet"]})
    assert [row[0] for row in signals()] == ["somberheid"]


def test_few_results_lead_to_the_form_with_the_codes_of_the_search(client):
    page = client.get("/?hulpvraag=somberheid&plaats=leiden&leeftijd=14&woord=fleurtje&vorm=groep")
    link = f"{ADDRESS}?hulpvraag=somberheid&amp;plaats=leiden&amp;leeftijd=14"
    assert f'href="{link}"' in page.content.decode()


def test_many_results_do_not_ask_what_is_missing(client, region):
    OfferFactory.create_batch(6, help_questions=["somberheid"])
    assert ADDRESS not in client.get("/?hulpvraag=somberheid").content.decode()


# --- who may, and how often ----------------------------------------------------------------------


def test_the_same_said_twice_on_a_day_counts_once(client):
    client.post(ADDRESS, SAID)
    client.post(ADDRESS, SAID)
    assert len(signals()) == 1


def test_two_quick_taps_of_one_browser_count_once(client):
    client.get(ADDRESS)
    # The second leaves before the answer to the first is there.
    other_tap = StrictClient()
    other_tap.cookies.load({name: one.value for name, one in client.cookies.items()})
    client.post(ADDRESS, SAID)
    other_tap.post(ADDRESS, SAID)
    assert len(signals()) == 1


def test_another_browser_counts_apart(client):
    client.post(ADDRESS, SAID)
    StrictClient().post(ADDRESS, SAID)
    assert len(signals()) == 2


def test_nothing_of_who_it_was_is_kept(client, log_in):
    user = log_in()
    client.post(ADDRESS, SAID, REMOTE_ADDR="203.0.113.9")
    kept = str([*MissingHelpSignal.objects.values(), *AuditEvent.objects.values()])
    assert "203.0.113.9" not in kept
    assert user.email not in kept
    assert AuditEvent.objects.get().by is None


def test_the_record_tells_neither_age_nor_sender(client):
    client.post(ADDRESS, SAID)
    event = AuditEvent.objects.get(action="missing_help.reported")
    assert (event.subject_id, event.changes) == (
        "GM0546",
        {"help_questions": ["somberheid"], "reason": "niets"},
    )


def test_too_much_at_once_is_refused(client, monkeypatch):
    monkeypatch.setattr(TapThrottle, "rate", "2/hour")
    found = [
        client.post(ADDRESS, SAID | {"leeftijd": band}).status_code
        for band in ("0-3", "4-7", "8-11")
    ]
    assert found == [302, 302, 429]
    assert len(signals()) == 2


def test_a_form_without_its_token_is_refused():
    assert StrictClient(enforce_csrf_checks=True).post(ADDRESS, SAID).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_the_thanks_say_what_happens(client):
    assert "De gemeente ziet" in client.get(f"{ADDRESS}bedankt/").content.decode()


# --- the service ---------------------------------------------------------------------------------


def report(**changes):
    said = {
        "help_questions": ["somberheid"],
        "municipality": "GM0546",
        "age_band": "",
        "reason": "niets",
        "sender": "iemand",
    }
    return report_missing_help(by=None, **said | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"help_questions": ["bestaat-niet"]},
        {"help_questions": []},
        {"help_questions": ["somberheid"] * 6},
        {"municipality": "GM9999"},
        {"age_band": "14"},
        {"reason": "zomaar"},
    ],
)
def test_only_codes_are_written(changes):
    with pytest.raises(ValidationError):
        report(**changes)
    assert signals() == []


def test_one_wrong_code_stops_all_of_them():
    with pytest.raises(ValidationError):
        report(help_questions=["somberheid", "bestaat-niet"])
    assert signals() == []


def test_somebody_has_to_have_said_it():
    with pytest.raises(ValueError, match="sender"):
        report(sender="")


def test_the_next_day_it_counts_again():
    report()
    MissingHelpSignal.objects.update(created_on=dt.date(2026, 1, 1))
    assert report().new == 1
