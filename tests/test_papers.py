"""Papers for who buys or audits: what they name exists."""

import json
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.test_architecture import locked

ROOT = settings.BASE_DIR
PAPERS = [*sorted((ROOT / "docs" / "privacy").glob("*.md")), ROOT / "docs" / "scaling.md"]


@pytest.mark.each_engine
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
