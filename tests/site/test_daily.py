"""Daily jobs: each runs, whatever another does, and is remembered."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from socialekaart.site.jobs import backups, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def no_dump(monkeypatch):
    """Backups that are only a name: what is in them is tested elsewhere."""
    monkeypatch.setattr(backups, "write", lambda file: file.write_text("a backup"))


def test_each_job_is_remembered():
    call_command("daily", verbosity=0)
    assert all(record.last_run(name).succeeded for name in record.DAILY)


def test_sessions_that_ended_are_gone():
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - dt.timedelta(days=1)
    )
    call_command("daily", verbosity=0)
    assert not Session.objects.exists()


def test_a_job_that_fails_stops_no_other_and_quotes_nothing(monkeypatch, capsys):
    def fail(name, **options):
        if name == "remove_expired":
            raise ValueError("Isa woont in Leiden")

    monkeypatch.setattr("socialekaart.site.management.commands.daily.call_command", fail)
    with pytest.raises(CommandError, match=r"Niet gelukt: remove_expired\."):
        call_command("daily")
    assert "remove_expired: ValueError" in capsys.readouterr().err
    assert {name: record.last_run(name).succeeded for name in record.DAILY} == {
        "remove_expired": False,
        "clearsessions": True,
        "store_coverage": True,
        "send_reminders": True,
        "send_quarter_mails": True,
    }


def test_the_newest_backups_stay_and_files_of_others_too(no_dump, tmp_path):
    (tmp_path / "mine.backup").touch()
    for hour in range(4):
        with time_machine.travel(dt.datetime(2026, 11, 2, hour, tzinfo=dt.UTC), tick=False):
            call_command("daily", backup=tmp_path, keep=2, verbosity=0)
    assert sorted(file.name for file in tmp_path.glob("*.backup")) == [
        "mine.backup",
        "socialekaart-2026-11-02-030000.backup",
        "socialekaart-2026-11-02-040000.backup",
    ]


def test_a_backup_that_fails_removes_none(tmp_path, monkeypatch):
    old = tmp_path / "socialekaart-2026-11-01-030000.backup"
    old.touch()
    with pytest.raises(CommandError, match="Niet gelukt: backup"):
        call_command("daily", backup=tmp_path / "gone", keep=1, verbosity=0)
    assert old.exists()
    assert record.last_run(record.BACKUP).succeeded is False


def test_no_backup_at_all_cannot_be_kept(tmp_path):
    with pytest.raises(CommandError, match="minstens 1"):
        call_command("daily", backup=tmp_path, keep=0)
