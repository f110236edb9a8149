"""The file of a backup: a zip of the dump and a page that says what it is.

`write` and `read_back` are the whole of it. What does not fit is refused before anything changes.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from socialekaart.site.backup.engines import tables_with_rows, this_engine
from socialekaart.site.backup.errors import BackupError

MANIFEST, DUMP = "manifest.json", "database"
CHUNK = 1 << 20
# Of a database that has been used; what load_reference fills is there again in a minute.
IN_USE = ("accounts_user", "providers_provider")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: when, of which engine, at which migrations, and its fingerprint."""

    made_at: str
    engine: str
    migrations: list[str]
    sha256: str


def write(file: Path) -> Manifest:
    """Write a backup of this moment to a new file. Raises BackupError."""
    if file.exists():
        raise BackupError(
            f"{file} bestaat al. Kies een andere naam: een backup wordt nooit vervangen."
        )
    with _work_folder(file) as folder:
        dump = folder / DUMP
        this_engine().dump(dump)
        manifest = Manifest(
            made_at=timezone.now().isoformat(timespec="seconds"),
            engine=connection.vendor,
            migrations=sorted(_applied()),
            sha256=_fingerprint(dump),
        )
        whole = folder / "whole.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            archive.write(dump, DUMP)
        # Only a finished file gets the name: a broken off backup looks like none.
        whole.rename(file)
    return manifest


def read_back(file: Path, *, replace: bool) -> Manifest:
    """Put a backup in the place of the database; `replace` one in use. Raises BackupError."""
    with _work_folder(file) as folder:
        manifest = _unpack(file, folder)
        _check_fits(manifest)
        if not replace and tables_with_rows(IN_USE):
            raise BackupError(
                "Deze database is in gebruik. Met --replace komt de backup ervoor in de plaats; "
                "wat er nu in staat, is dan weg."
            )
        this_engine().load(folder / DUMP)
    return manifest


def is_older_than_program(manifest: Manifest) -> bool:
    """Whether the program has migrations that the backup has not."""
    return bool(_known() - set(manifest.migrations))


def _unpack(file: Path, folder: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            archive.extract(DUMP, folder)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise BackupError(f"{file} is geen backup van Socialekaart, of niet te lezen.") from None
    if _fingerprint(folder / DUMP) != manifest.sha256:
        raise BackupError(f"{file} is beschadigd: de inhoud klopt niet met wat erbij staat.")
    return manifest


def _check_fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"Deze backup is van {manifest.engine}; deze site gebruikt {connection.vendor}."
        )
    newer = set(manifest.migrations) - _known()
    if newer:
        raise BackupError(
            f"Deze backup is van een nieuwere versie ({min(newer)}). Installeer die eerst."
        )


@contextmanager
def _work_folder(file: Path) -> Iterator[Path]:
    """Give a folder on the disk of the file, so that it can be given its name in one step."""
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            yield Path(folder)
    except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
        raise BackupError(f"Hier kan niet geschreven worden: {error.filename}") from None


def _fingerprint(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _applied() -> set[str]:
    return {".".join(key) for key in MigrationLoader(connection).applied_migrations}


def _known() -> set[str]:
    return {".".join(key) for key in MigrationLoader(connection).disk_migrations}
