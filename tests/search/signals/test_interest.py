"""'Ik heb iemand voor deze groep': one tap without a log-in, and taking it back."""

import pytest
from django.test import Client
from django.utils import timezone

from providers.models import Interest
from search.signals.taps import COOKIE, TapThrottle
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    OfferFactory,
    days_ago,
)
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

SAID = {"count": "2", "age_band": "8-11", "municipality": "GM0546"}


@pytest.fixture
def run(region):
    offer = OfferFactory(title="Samen sterk", municipalities=[region.leiden, region.katwijk])
    programme = GroupProgrammeFactory(offer=offer, min_size=5)
    return GroupRunFactory(programme=programme, places=6, places_left=3)


def of_run(run):
    return f"/groepen/start/{run.pk}/belangstelling/"


def of_group(run):
    return f"/groepen/{run.programme.offer_id}/belangstelling/"


def test_a_tap_is_kept_and_counted_on_the_run(client, run):
    answer = client.post(of_run(run), SAID, follow=True)
    assert answer.redirect_chain == [(of_run(run), 302)]
    assert "Uw melding telt mee" in answer.content.decode()
    page = client.get("/groepen/").content.decode()
    assert "3 van 6 aangemeld, minder dan 5 belangstellend" in page
    assert "nog 2 nodig om te starten" in page


def test_nothing_is_kept_but_number_age_and_municipality(client, run):
    client.post(of_run(run), SAID | {"name": "Isa", "note": "somber"})
    row = Interest.objects.values().get()
    unnamed = {row.pop("id"), row.pop("sender"), row.pop("network")}
    assert "Isa" not in str(unnamed)
    assert row == {
        "programme_id": run.programme_id,
        "run_id": run.pk,
        "count": 2,
        "age_band": "8-11",
        "municipality_id": "GM0546",
        "created_on": timezone.localdate(),
        "expires_on": days_ago(-60),
    }


def test_a_double_tap_counts_once(client, run):
    client.get(of_run(run))
    # The second leaves before the answer to the first is there.
    other_tap = StrictClient()
    other_tap.cookies.load({name: one.value for name, one in client.cookies.items()})
    client.post(of_run(run), SAID)
    other_tap.post(of_run(run), SAID)
    assert Interest.objects.get().count == 2


def test_another_browser_counts_as_another(client, run):
    client.post(of_run(run), SAID)
    StrictClient().post(of_run(run), SAID)
    assert Interest.objects.count() == 2


def test_a_tap_for_a_group_without_a_date(client, run):
    open_group = GroupProgrammeFactory(offer__municipalities=["GM0546"], is_open=True)
    client.post(f"/groepen/{open_group.offer_id}/belangstelling/", SAID)
    row = Interest.objects.get()
    assert (row.programme, row.run) == (open_group, None)
    assert b"minder dan 5 belangstellend" in client.get("/groepen/").content


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"count": ""}, "count", "1 tot en met 20"),
        ({"count": "0"}, "count", "1 tot en met 20"),
        ({"count": "21"}, "count", "1 tot en met 20"),
        ({"count": "twee"}, "count", "1 tot en met 20"),
        ({"count": "9" * 400}, "count", "1 tot en met 20"),
        ({"age_band": ""}, "age_band", "Kies een leeftijd."),
        ({"age_band": "9"}, "age_band", "uit de lijst"),
        ({"municipality": ""}, "municipality", "Kies een gemeente."),
        # Leiderdorp: not served by this group.
        ({"municipality": "GM0547"}, "municipality", "uit de lijst"),
        ({"municipality": "\x00"}, "municipality", "Null-tekens"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    client, run, typed, field, text
):
    answer = client.post(of_run(run), SAID | typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert text in str(form.errors[field])
    kept = {name: form[name].value() for name in SAID if name != field}
    assert kept == {name: SAID[name] for name in kept}
    assert not Interest.objects.exists()


def test_too_many_taps_are_refused_and_nothing_is_lost(client, run, monkeypatch):
    monkeypatch.setattr(TapThrottle, "rate", "1/hour")
    client.post(of_run(run), SAID)
    answer = client.post(of_run(run), SAID | {"age_band": "12-15"})
    assert answer.status_code == 429
    assert "over een uur opnieuw" in answer.content.decode()
    assert answer.context["form"]["age_band"].value() == "12-15"
    assert Interest.objects.count() == 1


def test_a_mistake_does_not_count_as_a_tap(client, run, monkeypatch):
    monkeypatch.setattr(TapThrottle, "rate", "1/hour")
    client.post(of_run(run), SAID | {"count": "0"})
    assert client.post(of_run(run), SAID).status_code == 302


def test_the_form_knows_what_the_address_of_the_list_said(client, run):
    form = client.get(f"{of_run(run)}?leeftijd=9&gemeente=GM0537").context["form"]
    assert (form["age_band"].value(), form["municipality"].value()) == ("8-11", "GM0537")


@pytest.mark.parametrize(
    ("asked", "band"), [("9-11", "8-11"), ("11-12", ""), ("0", "0-3"), ("27", "19-27")]
)
def test_ages_that_lie_in_one_band_choose_it(client, run, asked, band):
    form = client.get(f"{of_run(run)}?leeftijd={asked}").context["form"]
    assert form["age_band"].value() == band


@pytest.mark.parametrize("query", ["leeftijd=99", "leeftijd=x", "leeftijd=²", "gemeente=%00"])
def test_an_address_that_says_nothing_sensible_fills_in_nothing(client, run, query):
    answer = client.get(f"{of_run(run)}?{query}")
    assert (answer.status_code, answer.context["form"]["age_band"].value()) == (200, "")


def test_a_group_for_parents_begins_with_parents(client, run):
    run.programme.audience = "ouders"
    run.programme.save()
    assert client.get(of_run(run)).context["form"]["age_band"].value() == "ouder"


# --- who may see what --------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("status", ["concept", "gearchiveerd"])
def test_what_nobody_may_see_does_not_exist(client, run, status, method):
    offer = run.programme.offer
    offer.status = status
    offer.save()
    for address in (of_run(run), of_group(run)):
        assert getattr(client, method)(address, SAID).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_was_never_there_does_not_exist(client, db, method):
    for address in ("/groepen/start/999999/belangstelling/", "/groepen/999999/belangstelling/"):
        assert getattr(client, method)(address, SAID).status_code == 404


def test_an_offer_without_a_group_takes_none(client, db):
    assert client.get(f"/groepen/{OfferFactory().pk}/belangstelling/").status_code == 404


@pytest.mark.parametrize(
    "over", [{"cancelled": True}, {"starts_on": days_ago(1)}], ids=["cancelled", "started"]
)
def test_a_run_that_is_over_leads_to_its_group(client, region, over):
    run = GroupRunFactory(**over)
    for answer in (client.get(of_run(run)), client.post(of_run(run), SAID)):
        assert (answer.status_code, answer["Location"]) == (302, of_group(run))
    assert not Interest.objects.exists()


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_other_methods_are_refused(client, run, method):
    assert getattr(client, method)(of_run(run)).status_code == 405


def test_a_post_without_its_token_is_refused(run):
    client = Client(enforce_csrf_checks=True)
    assert client.post(of_run(run), SAID).status_code == 403
    assert not Interest.objects.exists()


# --- taking it back ----------------------------------------------------------------------------


def take_back(client, interest):
    return client.post(f"/groepen/belangstelling/{interest.pk}/weg/")


def test_what_you_said_stands_on_the_page_of_groups(client, run):
    client.post(of_run(run), SAID)
    page = client.get("/groepen/")
    assert "Wat u hebt gemeld" in page.content.decode()
    assert "2 mensen, 8 tot en met 11 jaar, Leiden" in page.content.decode()
    assert "private" in page["Cache-Control"]
    assert "Wat u hebt gemeld" not in StrictClient().get("/groepen/").content.decode()


def test_what_you_said_can_be_taken_back(client, run):
    client.post(of_run(run), SAID)
    answer = take_back(client, Interest.objects.get())
    assert answer.status_code == 302
    assert not Interest.objects.exists()
    assert "belangstellend" not in client.get("/groepen/").content.decode()


def test_what_others_said_cannot_be_taken_back(client, run):
    client.post(of_run(run), SAID)
    other = InterestFactory(programme=run.programme, run=run)
    assert take_back(client, other).status_code == 404
    assert take_back(StrictClient(), other).status_code == 404
    assert Interest.objects.count() == 2


def test_a_forged_cookie_is_nobody(client, run):
    client.post(of_run(run), SAID)
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-2] + "xx"
    assert take_back(client, Interest.objects.get()).status_code == 404


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_taking_back_takes_a_post(client, run, method):
    client.post(of_run(run), SAID)
    address = f"/groepen/belangstelling/{Interest.objects.get().pk}/weg/"
    assert getattr(client, method)(address).status_code == 405
    assert Interest.objects.count() == 1


def test_who_only_looks_around_gets_no_cookie(client, run):
    client.get("/groepen/")
    assert COOKIE not in client.cookies
