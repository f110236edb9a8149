"""The catalogue of texts holds every text of the program, ready for a second language."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
APPS = "accounts api demo gaps importing providers search selfservice socialekaart templates"

pytestmark = pytest.mark.skipif(
    not shutil.which("xgettext"),
    reason="gettext is not installed (apt-get install gettext): it reads the texts out of the code",
)


@pytest.fixture
def tree(tmp_path):
    """A copy: makemessages writes beside the templates, and other tests read those."""
    for name in APPS.split():
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / CATALOGUE).parent.mkdir(parents=True)
    shutil.copy(ROOT / CATALOGUE, tmp_path / CATALOGUE)
    return tmp_path


def texts(folder):
    """Each entry but the header; a file of the program that moves changes their order only."""
    entries = (folder / CATALOGUE).read_text(encoding="utf-8").strip().split("\n\n")
    return sorted(entries[1:])


@pytest.mark.starts_program
def test_the_catalogue_is_current_and_made_without_a_warning(tree):
    options = ["-l", "nl", "--no-location", "--no-wrap"]
    made = subprocess.run(
        [sys.executable, ROOT / "manage.py", "makemessages", *options],
        cwd=tree, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "warning" not in made.stdout + made.stderr
    assert texts(tree) == texts(ROOT), "Run: manage.py makemessages -l nl --no-location --no-wrap"
