"""The month on one screen: all waits and places of a member, saved together or not at all."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import ConfirmedVia, Role, WaitStatus
from providers.models import AuditEvent, Confirmation, GroupRun, Offer, WaitTime
from providers.services.groups import update_places
from providers.services.waits import record_wait
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.form_fields import Fields

pytestmark = pytest.mark.django_db

MONTH = "/voor-aanbieders/bijwerken/"


@pytest.fixture
def wait(offer):
    return WaitTimeFactory(offer=offer, measured_on=days_ago(20), intake_weeks=2, treatment_weeks=3)


@pytest.fixture
def run(provider):
    group = OfferFactory(provider=provider, title="Samen sterk", group=True)
    programme = GroupProgrammeFactory(offer=group)
    return GroupRunFactory(
        programme=programme, places=10, places_left=4, places_confirmed_on=days_ago(5)
    )


@pytest.fixture
def member(log_in_as):
    return log_in_as("colleague")


def fields(client):
    data = Fields(client.get(MONTH).content.decode()).data
    data.pop("csrfmiddlewaretoken", None)
    return data


def save(client, **typed):
    """Press 'Bewaar alles', with these answers besides what the page proposes."""
    return client.post(MONTH, fields(client) | typed, follow=True)


def undo(client):
    return client.post(reverse("selfservice:undo_month"), follow=True).content.decode()


# --- what stands on it ---------------------------------------------------------------------------


def test_all_organisations_stand_in_one_table_what_runs_out_first_on_top(
    client, member, offer, wait, run
):
    other = OfferFactory(title="Koken met je buren", provider__name="De Kade")
    MembershipFactory(user=member, provider=other.provider, role=Role.EDITOR)
    WaitTimeFactory(offer=other, measured_on=days_ago(28))
    page = client.get(MONTH).content.decode()
    titles = ["Koken met je buren", "Samen sterk", "Samen hardlopen"]
    places = [page.index(f'sk-own-month__title">{title}') for title in titles]
    assert places == sorted(places)
    assert "De Kade ·" in page


def test_the_last_value_stands_in_its_place(client, member, wait, run):
    page = client.get(MONTH).content.decode()
    assert "Wachttijd: <b>ongeveer 5 weken</b>" in page
    assert ": <b>nog 4 plekken</b>" in page


def test_nothing_is_chosen_beforehand(client, member, wait, run):
    page = save(client).content.decode()
    assert "Er is niets bewaard" in page
    assert WaitTime.objects.count() == 1


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_may_not_write_sees_none_of_it(client, log_in_as, wait, who):
    log_in_as(who)
    assert "Samen hardlopen" not in client.get(MONTH).content.decode()


def test_it_takes_as_many_statements_for_more_offers(
    client, member, provider, wait, django_assert_max_num_queries
):
    client.get(MONTH)
    for other in OfferFactory.create_batch(20, provider=provider):
        WaitTimeFactory(offer=other)
    with django_assert_max_num_queries(12):
        client.get(MONTH)


# --- what it saves -------------------------------------------------------------------------------


def test_a_tick_repeats_the_last_measurement_as_of_today(client, member, offer, wait):
    save(client, **{f"wacht-{offer.pk}-doe": "zo"})
    newest = WaitTime.objects.first()
    assert (newest.measured_on, newest.intake_weeks, newest.treatment_weeks) == (
        timezone.localdate(),
        2,
        3,
    )
    assert Confirmation.objects.filter(via=ConfirmedVia.LOGIN).count() == 1


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [({"doe": "0"}, 0), ({"doe": "8"}, 8), ({"doe": "anders", "getal": "6,5"}, 6.5)],
)
def test_another_wait_is_chosen_or_typed(client, member, offer, wait, typed, weeks):
    save(client, **{f"wacht-{offer.pk}-{name}": value for name, value in typed.items()})
    offer.refresh_from_db()
    assert offer.wait_weeks == weeks


@pytest.mark.parametrize("until", [None, days_ago(-40)])
def test_a_stop_may_have_an_end(client, member, offer, wait, until):
    day = until.isoformat() if until else ""
    save(client, **{f"wacht-{offer.pk}-doe": "stop", f"wacht-{offer.pk}-tot": day})
    offer.refresh_from_db()
    assert (offer.wait_status, offer.wait_stop_until) == (WaitStatus.STOP, until)


@pytest.mark.parametrize(("typed", "left"), [({"doe": "0"}, 0), ({"getal": "7"}, 7)])
def test_places_are_chosen_or_typed(client, member, run, typed, left):
    save(client, **{f"plekken-{run.pk}-{name}": value for name, value in typed.items()})
    run.refresh_from_db()
    assert (run.places_left, run.places_confirmed_on) == (left, timezone.localdate())


def test_two_runs_filled_in_are_two_runs_saved(client, member, run):
    second = GroupRunFactory(
        programme=run.programme, starts_on=days_ago(-90), places=8, places_left=8
    )
    save(client, **{f"plekken-{run.pk}-getal": "1", f"plekken-{second.pk}-getal": "2"})
    assert set(GroupRun.objects.values_list("places_left", flat=True)) == {1, 2}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"getal": "300"}, "Een wachttijd is 0 tot en met 260 weken."),
        ({"getal": "vijf"}, "Typ een getal, bijvoorbeeld 6 of 2,5."),
        ({"doe": "anders"}, "Vul een getal in."),
        ({"doe": "stop", "getal": "4"}, "Kies weken of een aanmeldstop, niet allebei."),
        ({"doe": "stop", "tot": days_ago(3).isoformat()}, "Deze datum is al voorbij."),
        ({"doe": "37"}, "Selecteer een geldige keuze."),
    ],
)
def test_what_is_wrong_stands_in_its_row_and_nothing_is_written(
    client, member, offer, wait, run, typed, words
):
    typed = {f"wacht-{offer.pk}-{name}": value for name, value in typed.items()}
    page = save(client, **typed, **{f"plekken-{run.pk}-getal": "1"}).content.decode()
    row = page[page.index('sk-field--error"') :]
    assert words in row[: row.index("</fieldset>")]
    run.refresh_from_db()
    assert (WaitTime.objects.count(), run.places_left) == (1, 4)


def test_what_a_colleague_changed_meanwhile_stops_all_of_it(client, member, offer, wait, run):
    data = fields(client) | {f"wacht-{offer.pk}-doe": "zo", f"plekken-{run.pk}-getal": "1"}
    update_places(by=None, run=run, places_left=0)
    answer = client.post(MONTH, data)
    assert answer.status_code == 409
    assert "Een collega heeft dit net gewijzigd" in answer.content.decode()
    assert WaitTime.objects.count() == 1
    # What was typed stands there still, and may be saved now.
    again = Fields(answer.content.decode()).data
    again.pop("csrfmiddlewaretoken", None)
    assert client.post(MONTH, again).status_code == 302
    run.refresh_from_db()
    assert run.places_left == 1


def test_places_beyond_the_size_of_the_group_are_refused_in_their_row(client, member, run):
    page = save(client, **{f"plekken-{run.pk}-getal": "11"}).content.decode()
    assert "Er zijn 10 plekken in deze groep." in page


def test_an_offer_of_another_is_not_answered(client, member, offer, wait):
    other = WaitTimeFactory(offer=OfferFactory(), measured_on=days_ago(20)).offer
    save(client, **{f"wacht-{other.pk}-doe": "8", f"wacht-{other.pk}-getal": "1"})
    other.refresh_from_db()
    assert other.wait_weeks == 6


# --- how it stands afterwards, and undo ----------------------------------------------------------


def test_it_says_how_it_stands_now(client, member, offer, wait, run):
    typed = {f"wacht-{offer.pk}-doe": "8", f"plekken-{run.pk}-doe": "zo"}
    page = save(client, **typed).content.decode()
    saved = page[page.index("Zo staat het er nu") : page.index("Maak ongedaan")]
    assert "ongeveer 8 weken" in saved
    assert "nog 4 plekken" in saved


def state():
    offers = Offer.objects.order_by("pk").values_list("wait_weeks", "wait_measured_on")
    runs = GroupRun.objects.order_by("pk").values_list("places_left", "places_confirmed_on")
    return list(offers), list(runs)


def test_undo_puts_everything_back_as_it_was(client, member, offer, wait, run):
    before = state()
    save(client, **{f"wacht-{offer.pk}-doe": "8", f"plekken-{run.pk}-getal": "0"})
    assert state() != before
    assert "Het staat er weer zoals het was." in undo(client)
    assert state() == before
    assert AuditEvent.objects.filter(action__in=["wait.retracted", "run.places_restored"]).count()


def test_undo_leaves_what_was_changed_again_since(client, member, offer, wait, run):
    save(client, **{f"wacht-{offer.pk}-doe": "8", f"plekken-{run.pk}-getal": "0"})
    record_wait(by=None, offer=offer, start_weeks=3)
    assert "1 antwoord is intussen weer gewijzigd" in undo(client)
    offer.refresh_from_db()
    run.refresh_from_db()
    assert (offer.wait_weeks, run.places_left) == (3, 4)


def test_undo_without_anything_saved_changes_nothing(client, member, offer, wait):
    undo(client)
    assert WaitTime.objects.standing().count() == 1


def test_who_left_meanwhile_takes_nothing_back(client, member, offer, wait):
    save(client, **{f"wacht-{offer.pk}-doe": "8"})
    member.memberships.all().delete()
    undo(client)
    offer.refresh_from_db()
    assert offer.wait_weeks == 8


def test_the_portal_leads_to_it_first(client, member, offer):
    page = client.get(reverse("selfservice:portal")).content.decode()
    assert page.index(MONTH) < page.index('class="sk-panel')
