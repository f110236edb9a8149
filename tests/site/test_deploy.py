"""The files that operators copy name only what there is."""

import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from socialekaart.running import pools
from tests.running.test_pools import ONLY_ASK

DEPLOY = settings.BASE_DIR / "docs" / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
OPERATORS = (settings.BASE_DIR / "docs" / "operators.md").read_text(encoding="utf-8")
DOCUMENTED = set(re.findall(r"`([A-Z_]+)`", OPERATORS))


def text_of(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_exists_and_every_file_is_documented(path):
    commands = re.findall(r"manage\.py\"?,? \"?(\w+)", path.read_text(encoding="utf-8"))
    assert set(commands) - set(get_commands()) == set()
    assert path.stem.split("-")[0] in OPERATORS


def test_commands_are_found_at_all():
    found = {c for path in FILES for c in re.findall(r"manage\.py\"?,? \"?(\w+)", path.read_text())}
    assert {"serve", "daily", "check_site", "migrate"} <= found


def test_the_example_settings_are_documented():
    names = set(re.findall(r"^#? ?([A-Z_]+)=", text_of("example.env"), flags=re.MULTILINE))
    assert {"DATABASE_URL", "SECRET_KEY"} <= names
    assert names - DOCUMENTED == set()


def test_the_compose_file_closes_the_site():
    services = yaml.safe_load(text_of("compose.yml"))["services"]
    for name in ("prepare", "site", "daily"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert set(services[name]["environment"]) <= DOCUMENTED
    volumes = yaml.safe_load(text_of("compose.yml"))["volumes"]
    used = {v.split(":")[0] for s in services.values() for v in s["volumes"] if v[0] != "."}
    assert used == set(volumes)
    # Only the proxy is reached from outside.
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_image_is_not_root_and_has_everything_that_runs():
    lines = text_of("Dockerfile").splitlines()
    assert "USER 10001" in lines
    assert any("--require-hashes" in line for line in lines)
    kept = set(re.findall(r"^!([\w./]+)", text_of("Dockerfile.dockerignore"), flags=re.MULTILINE))
    packages = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    assert packages | {"fixtures", "templates", "locale", "manage.py"} <= kept
    # pip reads the lock from the same context.
    assert "requirements.lock" in kept


@pytest.mark.parametrize("header", ["Host $host", "X-Forwarded-Proto", "X-Forwarded-For"])
def test_nginx_passes_what_the_site_needs(header):
    for text in (text_of("nginx.conf"), OPERATORS):
        assert f"proxy_set_header {header}" in text


@pytest.mark.starts_program
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.timer")), ids=lambda path: path.name)
def test_timers_are_moments_that_systemd_knows(path):
    (moment,) = re.findall(r"^OnCalendar=(.+)$", path.read_text(), flags=re.MULTILINE)
    done = subprocess.run(["systemd-analyze", "calendar", moment], check=False, capture_output=True)
    assert done.returncode == 0
    assert path.with_suffix(".service").is_file()


def test_the_proxy_knows_the_cookies_and_questions_of_the_program():
    proxy = text_of("haproxy.cfg")
    for cookie in (pools.COOKIE, settings.SESSION_COOKIE_NAME):
        assert f"req.cook({cookie})" in proxy
    asked = re.search(r"acl asks path (.*)", proxy)[1].split()
    # Links of other systems ask too; they are tried with the pages.
    assert set(asked) == {f"/{path}" for path in (*ONLY_ASK, "zoek", "zoek/brief")}


@pytest.mark.starts_program
@pytest.mark.skipif(not shutil.which("haproxy"), reason="no HAProxy on this machine")
def test_the_proxy_of_several_machines_reads_its_file(tmp_path):
    file = tmp_path / "haproxy.cfg"
    file.write_text(text_of("haproxy.cfg"), encoding="utf-8")
    done = subprocess.run(["haproxy", "-c", "-f", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
