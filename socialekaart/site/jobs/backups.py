"""The daily backup: a dated file in a folder, of which the newest stay."""

from pathlib import Path

from django.utils import timezone

from socialekaart.site.backup.archive import write

PATTERN = "socialekaart-????-??-??-??????.backup"


def write_dated(folder: Path, *, keep: int) -> Path:
    """Write a backup of now and remove all but the newest `keep`. Raises BackupError.

    Nothing is removed when the new one fails, nor any file with a name of its own.
    """
    file = folder / f"socialekaart-{timezone.localtime():%Y-%m-%d-%H%M%S}.backup"
    write(file)
    for old in sorted(folder.glob(PATTERN))[:-keep]:
        old.unlink()
    return file
