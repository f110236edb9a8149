"""The demo region in the database: what is in it, and how it is loaded.

Loading it takes seconds, so it is done once for this module, in a transaction that is undone at
the end; a test that changes the demo does so within a savepoint.
"""

import datetime as dt
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Min, Q
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from demo import loader, national
from demo.accounts import PASSWORD
from demo.content import read_content
from providers.enums import ContractStatus, DatedFact, PointPrecision, WaitStatus
from providers.models import (
    AuditEvent,
    Confirmation,
    GroupProgramme,
    GroupRun,
    HelpQuestion,
    Location,
    MissingHelpSignal,
    Municipality,
    Offer,
    PostalArea,
    Provider,
    ServiceArea,
    WaitTime,
)
from providers.reference import vocabulary_rows
from providers.rules.start import fresh_stop, fresh_wait
from providers.services import audit
from tests.factories import MissingHelpSignalFactory, OfferFactory

# Without it a run of this file alone would not get a database of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CONTENT = read_content()


# --- in the database ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo with its accounts once; gives the offers of the demo."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load_demo(with_accounts=True)
        yield Offer.objects.filter(provider__is_demo=True)
        transaction.set_rollback(True)


@pytest.fixture
def undo(demo):
    """Undo what the test does to the demo."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small(undo, monkeypatch):
    """Make the next loads small: five providers."""
    few = tuple(replace(row, subcontractor_of="") for row in CONTENT[:5])
    for module in (loader, national):
        monkeypatch.setattr(module, "read_content", lambda: few)
    return SimpleNamespace(providers=few, offers=sum(len(row.offers) for row in few))


def test_it_covers_the_region_every_step_and_every_question(demo):
    municipalities = Municipality.objects.filter(service_areas__offer__in=demo).distinct()
    assert municipalities.count() == 13
    assert set(municipalities.values_list("region", flat=True)) == {"JZ18"}
    assert Provider.objects.filter(is_demo=True).count() >= 70
    assert demo.visible().count() >= 300
    assert set(demo.values_list("level", flat=True)) == set(range(7))
    assert HelpQuestion.objects.count() == len(vocabulary_rows("help_questions"))
    assert not HelpQuestion.objects.exclude(offers__in=demo).exists()


def test_it_has_groups_that_start_around_today(demo):
    today = timezone.localdate()
    near = (today - dt.timedelta(60), today + dt.timedelta(120))
    runs = GroupRun.objects.filter(programme__offer__in=demo)
    assert GroupProgramme.objects.filter(offer__in=demo).count() >= 90
    assert runs.filter(starts_on__range=near).count() >= 140
    assert runs.upcoming(today).filter(starts_on__lte=today + dt.timedelta(7)).exists()
    assert runs.filter(starts_on__lt=today).exists()


def test_it_has_a_year_of_measurements(demo):
    measured = demo.filter(wait_status=WaitStatus.KNOWN).annotate(
        times=Count("wait_times"), first=Min("wait_times__measured_on")
    )
    assert not measured.filter(times__lt=12).exists()
    year_ago = timezone.localdate() - dt.timedelta(320)
    assert not measured.filter(first__gt=year_ago).exists()


REAL_LIFE = {
    "help without an address": lambda demo: demo.filter(locations=None),
    "online help": lambda demo: demo.filter(online=True),
    "help at home": lambda demo: demo.filter(at_home=True, locations=None),
    "an intake stop": lambda demo: demo.filter(fresh_stop(timezone.localdate())),
    "a stale wait": lambda demo: demo.filter(wait_status=WaitStatus.KNOWN).exclude(
        fresh_wait(timezone.localdate())
    ),
    "a wait that is said to be unknown": lambda demo: demo.filter(
        wait_status=WaitStatus.UNKNOWN, current_wait__isnull=False
    ),
    "a wait nobody measured": lambda demo: demo.filter(current_wait=None),
    "a start within two weeks": lambda demo: demo.filter(
        fresh_wait(timezone.localdate()), wait_weeks__lte=2
    ),
    "a wait of months": lambda demo: demo.filter(wait_weeks__gte=26),
    "a full group": lambda demo: demo.filter(
        programme__runs__places_left=0, programme__runs__starts_on__gt=timezone.localdate()
    ),
    "a group with unknown places": lambda demo: demo.filter(
        programme__runs__isnull=False, programme__runs__places_left=None
    ),
    "an open group": lambda demo: demo.filter(programme__is_open=True),
    "a group without a date": lambda demo: demo.filter(
        programme__isnull=False, programme__runs=None
    ),
    "places confirmed too long ago": lambda demo: demo.filter(
        programme__runs__places_confirmed_on__lt=timezone.localdate() - dt.timedelta(14)
    ),
    "a contract in 3 of 13 municipalities": lambda demo: demo.annotate(
        contracted=Count(
            "service_areas", filter=Q(service_areas__contract=ContractStatus.CONTRACTED)
        )
    ).filter(contracted=3),
    "a subcontractor": lambda demo: demo.filter(
        service_areas__contract=ContractStatus.SUBCONTRACTOR,
        service_areas__main_contractor__isnull=False,
    ),
    "other terms in one municipality": lambda demo: demo.annotate(
        terms=Count("service_areas__contract", distinct=True)
    ).filter(terms__gt=1),
    "pgb only": lambda demo: demo.filter(service_areas__contract=ContractStatus.PGB),
    "another language": lambda demo: demo.filter(languages="ar"),
    "languages not stated": lambda demo: demo.filter(languages=None),
    "ages not known": lambda demo: demo.filter(age_min=None, age_max=None),
    "crisis": lambda demo: demo.filter(crisis=True),
    "not confirmed for 90 days": lambda demo: demo.filter(
        confirmed_on__lt=timezone.localdate() - dt.timedelta(90)
    ),
    "wheelchair access unknown": lambda demo: demo.filter(locations__wheelchair="onbekend"),
}


@pytest.mark.parametrize("kind", REAL_LIFE)
def test_it_has_what_real_life_has(demo, kind):
    assert REAL_LIFE[kind](demo).exists()


def test_every_place_is_near_the_middle_of_its_postcode_and_none_covers_another(demo):
    places = list(Location.objects.filter(provider__is_demo=True))
    areas = PostalArea.objects.in_bulk()
    for place in places:
        area = areas[place.postcode[:4]]
        assert place.precision == PointPrecision.POSTCODE
        assert place.municipality_id == area.municipality_id
        assert abs(place.rd_x - area.rd_x) <= 250
        assert abs(place.rd_y - area.rd_y) <= 250
    assert len({(place.rd_x, place.rd_y) for place in places}) == len(places)


def test_places_lie_in_the_region(demo):
    outside = Location.objects.filter(provider__is_demo=True).exclude(municipality__region="JZ18")
    assert not outside.exists()


def test_no_measurement_or_confirmation_lies_in_the_future(demo):
    today = timezone.localdate()
    assert not WaitTime.objects.filter(measured_on__gt=today).exists()
    assert not GroupRun.objects.filter(places_confirmed_on__gt=today).exists()
    assert not demo.filter(confirmed_on__gt=today).exists()
    assert not ServiceArea.objects.filter(ends_on__lt=today).exists()


# --- loading -----------------------------------------------------------------------------------


def run_command(*args):
    out = StringIO()
    call_command("load_demo", *args, stdout=out)
    return out.getvalue()


def snapshot():
    """Everything of the demo that somebody can see, without row numbers of what hangs on it."""
    return {
        "offers": list(Offer.objects.order_by("pk").values_list("pk", "title", "confirmed_on")),
        "waits": list(
            WaitTime.objects.order_by("offer", "measured_on").values_list(
                "offer", "measured_on", "status", "intake_weeks", "treatment_weeks", "stop_until"
            )
        ),
        "runs": list(
            GroupRun.objects.order_by("programme__offer", "starts_on", "places_left").values_list(
                "programme__offer", "starts_on", "places_left", "places_confirmed_on"
            )
        ),
        "places": list(Location.objects.order_by("external_id").values_list("rd_x", "rd_y")),
    }


def test_loading_again_on_the_same_day_changes_nothing(demo, django_assert_max_num_queries):
    before = set(demo.values_list("pk", "updated_at"))
    with django_assert_max_num_queries(20):
        said = run_command()
    assert "staat er al" in said
    assert set(demo.values_list("pk", "updated_at")) == before


def test_the_same_day_and_seed_give_the_same_demo_at_the_same_addresses(small):
    run_command("--fresh")
    before = snapshot()
    run_command("--fresh")
    assert snapshot() == before


def test_another_day_moves_the_demo_along(small):
    run_command("--fresh")
    before = snapshot()
    with time_machine.travel(timezone.now() + dt.timedelta(7)):
        assert "is geladen" in run_command()
        after = snapshot()
    week = dt.timedelta(7)
    assert [row[1] + week for row in before["runs"]] == [row[1] for row in after["runs"]]
    assert [row[1] + week for row in before["waits"]] == [row[1] for row in after["waits"]]
    assert [row[0] for row in before["offers"]] == [row[0] for row in after["offers"]]


def test_data_of_others_is_left_alone(small):
    real = OfferFactory(title="Echt aanbod")
    event = audit.record(by=None, action="offer.created", subject=real)
    run_command("--fresh")
    real.refresh_from_db()
    assert real.title == "Echt aanbod"
    assert not real.provider.is_demo
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_it_leaves_one_history_behind_not_two(small):
    run_command("--fresh")
    before = AuditEvent.objects.exclude(action=loader.LOADED).count()
    run_command("--fresh")
    assert AuditEvent.objects.exclude(action=loader.LOADED).count() == before


def test_a_failure_halfway_leaves_the_old_demo(demo, monkeypatch):
    broken = replace(CONTENT[0], subcontractor_of="Bestaat niet (demo)")
    monkeypatch.setattr(loader, "read_content", lambda: (broken,))
    before = demo.count()
    with pytest.raises(CommandError, match="Bestaat niet"):
        run_command("--fresh")
    assert demo.count() == before


def test_the_country_has_as_many_offers_as_asked_for_and_all_are_demo(small):
    run_command("--scale", "national", "--offers", str(small.offers + 42))
    assert Offer.objects.count() == small.offers + 42
    assert not Provider.objects.filter(is_demo=False).exists()
    assert Municipality.objects.filter(service_areas__isnull=False).distinct().count() > 30
    assert "staat er al" in run_command("--scale", "national", "--offers", str(small.offers + 42))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--offers", "0"], "hoort bij"),
        (["--scale", "national", "--offers", "0"], "1 of hoger"),
        (["--scale", "national", "--offers", "-5"], "1 of hoger"),
    ],
)
def test_a_number_of_offers_that_cannot_be_is_refused(args, words):
    with pytest.raises(CommandError, match=words):
        run_command(*args)


def test_the_country_copies_groups_for_which_somebody_looks(undo, monkeypatch):
    asked = [
        row for row in CONTENT if any(offer.group and offer.group.interest for offer in row.offers)
    ][:3]
    for module in (loader, national):
        monkeypatch.setattr(module, "read_content", lambda: asked)
    written = sum(len(row.offers) for row in asked)
    run_command("--scale", "national", "--offers", str(written + 60))
    assert Offer.objects.count() == written + 60


# --- accounts ----------------------------------------------------------------------------------


def test_the_accounts_have_the_published_password_and_their_roles(demo):
    users = {user.email.split("@")[0]: user for user in User.objects.all()}
    for name in ("aanbieder", "collega", "gemeente", "beheer"):
        assert users[name].check_password(PASSWORD)
    assert {str(m.provider) for m in users["aanbieder"].memberships.all()} == {
        "Buurthuis De Waterlijn (demo)",
        "Jeugd-ggz Rijnoever (demo)",
    }
    assert {m.municipality.name for m in users["gemeente"].memberships.all()} == {
        "Leiden",
        "Katwijk",
    }
    assert users["beheer"].is_superuser
    assert not users["aanbieder"].is_staff


def test_somebody_made_up_without_an_account_confirmed_the_demo(demo):
    said = Confirmation.objects.filter(offer__in=demo, fact=DatedFact.OFFER)
    assert set(said.values_list("who", "by")) == {("Verzonnen medewerker (demo)", None)}
    assert said.count() == demo.count()


def test_no_accounts_without_demo_unless_asked(small):
    User.objects.filter(email__endswith="@demo.example", is_active=True).delete()
    assert "geen accounts" in run_command("--fresh")
    assert not User.objects.filter(email="beheer@demo.example").exists()
    assert PASSWORD in run_command("--fresh", "--with-accounts")
    assert User.objects.filter(email="beheer@demo.example").exists()


def test_a_demo_site_makes_the_accounts(small):
    User.objects.filter(email__endswith="@demo.example", is_active=True).delete()
    with override_settings(DEMO=True):
        assert PASSWORD in run_command("--fresh")


# --- what made-up referrers missed -------------------------------------------------------------


def missed_in(name):
    rows = MissingHelpSignal.objects.filter(municipality__name=name).order_by()
    return sorted(
        rows.values_list("help_question").annotate(n=Count("pk")).values_list("n", flat=True)
    )


@pytest.mark.parametrize("name", ["Leiden", "Katwijk"])
def test_the_demo_municipalities_see_numbers_and_small_numbers(demo, name):
    times = missed_in(name)
    assert times[-1] >= 5
    assert len([number for number in times if number < 5]) >= 2


def test_missing_help_is_of_the_past_year(demo):
    days = MissingHelpSignal.objects.values_list("created_on", flat=True)
    today = timezone.localdate()
    assert all(today - dt.timedelta(365) < day <= today for day in days)


def test_loading_again_replaces_what_was_missed_but_not_what_is_real(small):
    run_command("--fresh")
    before = missed_in("Leiden")
    question = HelpQuestion.objects.get(pk="angst")
    leiden = Municipality.objects.get(name="Leiden")
    real = MissingHelpSignalFactory(help_question=question, municipality=leiden, sender="f00")
    run_command("--fresh")
    assert MissingHelpSignal.objects.filter(pk=real.pk).exists()
    assert sorted([*before, 1]) == missed_in("Leiden")
