"""Interest in a group: a number of people, and nothing about them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from providers.models import AuditEvent, GroupProgramme, GroupRun, Interest
from providers.services.interest import (
    express_interest,
    remove_expired_interest,
    withdraw_interest,
)
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(region):
    return GroupRunFactory()


def tap(run, /, **changed):
    """One browser has three children for a run."""
    said = {
        "programme": run.programme,
        "run": run,
        "count": 3,
        "age_band": "8-11",
        "municipality": "GM0546",
        "sender": "een",
    }
    return express_interest(by=None, **(said | changed))


def tap_for_group(run, /, **changed):
    """One browser has three children for the group, whenever it starts."""
    return tap(run, **{"run": None, **changed})


def interested(run):
    return GroupRun.objects.with_interest(timezone.localdate()).get(pk=run.pk).interested


def test_what_different_senders_say_adds_up(run):
    tap(run, sender="een", count=3)
    tap(run, sender="twee", count=2)
    assert interested(run) == 5


def test_a_second_tap_of_one_sender_replaces_the_first(run):
    tap(run, count=3)
    tap(run, count=1)
    assert interested(run) == 1


def test_one_sender_may_speak_for_two_ages(run):
    tap(run, age_band="8-11")
    tap(run, age_band="12-15")
    assert interested(run) == 6


def test_a_second_tap_for_the_group_as_a_whole_replaces_the_first(run):
    tap_for_group(run, count=3)
    tap_for_group(run, count=2)
    found = GroupProgramme.objects.with_interest(timezone.localdate()).get(pk=run.programme_id)
    assert found.interested == 2


def test_a_group_counts_what_was_said_of_each_of_its_runs(run):
    tap(run, count=3)
    tap_for_group(run, count=2)
    found = GroupProgramme.objects.with_interest(timezone.localdate()).get(pk=run.programme_id)
    assert found.interested == 5


def test_it_counts_for_sixty_days(run, time_machine):
    time_machine.move_to("2026-03-01")
    run.starts_on = timezone.localdate()
    tap(run)
    time_machine.move_to("2026-04-29")
    assert interested(run) == 3
    time_machine.move_to("2026-04-30")
    assert interested(run) == 0


def test_said_again_it_counts_for_sixty_days_anew(run, time_machine):
    time_machine.move_to("2026-03-01")
    tap_for_group(run)
    time_machine.move_to("2026-04-20")
    assert tap_for_group(run).expires_on == days_ago(-60)


def test_what_was_taken_back_is_gone(run):
    withdraw_interest(by=None, interest=tap(run))
    assert (interested(run), Interest.objects.count()) == (0, 0)


def test_a_run_that_is_thrown_away_takes_its_interest_along(run):
    tap(run)
    kept = tap_for_group(run)
    run.delete()
    assert Interest.objects.get() == kept


@pytest.mark.parametrize("count", [0, 21, -1])
def test_a_number_is_one_to_twenty(run, count):
    with pytest.raises(ValidationError):
        tap(run, count=count)
    assert not Interest.objects.exists()


@pytest.mark.parametrize("changed", [{"age_band": "9"}, {"municipality": "GM9999"}], ids=str)
def test_what_is_not_on_the_list_is_refused(run, changed):
    with pytest.raises(ValidationError):
        tap(run, **changed)


@pytest.mark.parametrize(
    "over", [{"cancelled": True}, {"starts_on": days_ago(1)}], ids=["cancelled", "started"]
)
def test_a_run_that_is_over_takes_none(region, over):
    with pytest.raises(ValidationError, match="gaat niet door of is al begonnen"):
        tap(GroupRunFactory(**over))


def test_a_group_out_of_view_takes_none(region):
    hidden = GroupRunFactory(programme__offer__status="concept")
    with pytest.raises(ValidationError, match="niet meer op de kaart"):
        tap_for_group(hidden)


def test_without_a_sender_nothing_is_kept(run):
    with pytest.raises(ValueError, match="sender"):
        tap(run, sender="")
    assert not Interest.objects.exists()


def test_a_run_of_another_group_is_refused(run):
    with pytest.raises(ValidationError, match="andere groep"):
        tap(run, programme=GroupProgrammeFactory())


def test_the_audit_says_how_many_and_not_who_or_about_whom(run):
    tap(run)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.by) == ("interest.expressed", None)
    assert event.changes == {"run": run.pk, "count": 3}


def test_taking_back_is_in_the_audit_too(run):
    withdraw_interest(by=None, interest=tap(run))
    assert AuditEvent.objects.latest("id").action == "interest.withdrawn"


def test_expired_interest_is_deleted_and_the_rest_stays(region):
    gone = InterestFactory(created_on=days_ago(61), expires_on=days_ago(0))
    kept = InterestFactory(expires_on=days_ago(-1))
    assert remove_expired_interest(by=None, on=timezone.localdate()) == 1
    assert list(Interest.objects.all()) == [kept]
    assert AuditEvent.objects.latest("id").subject_id == str(gone.programme.offer_id)


def test_the_command_deletes_what_has_expired(region, capsys):
    InterestFactory(created_on=days_ago(61), expires_on=days_ago(0))
    call_command("remove_expired")
    assert not Interest.objects.exists()
    assert "1" in capsys.readouterr().out
