"""Papers for who buys or audits: what they name exists."""

import json
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.test_architecture import locked

ROOT = settings.BASE_DIR
PAPERS = [
    *sorted((ROOT / "docs" / "privacy").glob("*.md")),
    ROOT / "docs" / "scaling.md",
    ROOT / "docs" / "upgrading.md",
]


@pytest.mark.slow
@pytest.mark.starts_program
def test_the_list_of_packages_is_that_of_the_lock(tmp_path):
    file = tmp_path / "sbom.json"
    subprocess.run([ROOT / "bin" / "sbom", file], check=True, capture_output=True)
    found = json.loads(file.read_text())
    assert found["bomFormat"] == "CycloneDX"
    listed = {f"{one['name']}=={one['version']}" for one in found["components"]}
    assert listed == locked("requirements.lock")


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_what_a_paper_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    operators = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    links = [one for one in re.findall(r"\]\(([^)#]+)", text) if "://" not in one]
    assert [one for one in links if not (path.parent / one).is_file()] == []
    variables = re.findall(r"`([A-Z]+_[A-Z_]+)", text)
    assert [one for one in variables if f"`{one}`" not in operators] == []
    commands = {"backup", "restore", "daily", "check_site", "migrate"}
    named = {one for one in re.findall(r"`([a-z_]+)`", text) if one in commands}
    assert named <= set(get_commands())


def first(pattern, path):
    """Return what the first line that looks like this holds."""
    found = re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{path} has no line like {pattern}"
    return found.group(1)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("publiccode.yml", r"^softwareVersion: (\S+)$"),
        ("CHANGELOG.md", r"^## (\d\S+) - \d{4}-\d\d-\d\d$"),
        ("docs/upgrading.md", r"^## (\d\S+)$"),
    ],
)
def test_every_paper_speaks_of_the_version_that_is_installed(path, pattern):
    assert first(pattern, path) == first(r'^version = "(.+)"$', "pyproject.toml")


def test_the_day_of_the_release_is_one():
    released = first(r'^releaseDate: "(.+)"$', "publiccode.yml")
    assert released == first(r"^## \d\S+ - (\S+)$", "CHANGELOG.md")


def test_changes_of_the_api_begin_with_its_version():
    assert first(r"^### (\d\S+)$", "docs/api.md") == settings.SPECTACULAR_SETTINGS["VERSION"]
