"""What is read from outside: the address of the database, the secret key, the proxy."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from socialekaart import env
from socialekaart.checks import links_in_mails

# --- the database --------------------------------------------------------------------------------


def test_what_the_address_asks_of_the_connection_is_asked(tmp_path):
    url = "postgresql://jan:p%40ss@db.example:5433/kaart?sslmode=require&connect_timeout=3"
    found = env.database(url, var_dir=tmp_path)
    assert found["OPTIONS"] == {
        "sslmode": "require",
        "connect_timeout": "3",
        "tcp_user_timeout": "15000",
    }
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["kaart", "jan", "p@ss", "db.example", "5433"]


def test_a_socket_is_named_by_its_folder(tmp_path):
    found = env.database("postgresql:///kaart?host=/var/run/postgresql", var_dir=tmp_path)
    assert (found["HOST"], found["PORT"]) == ("/var/run/postgresql", "")


@pytest.mark.parametrize(
    ("hosts", "host", "port"),
    [
        ("a.example:5432,b.example:5433", "a.example,b.example", "5432,5433"),
        ("10.0.0.1,10.0.0.2,10.0.0.3", "10.0.0.1,10.0.0.2,10.0.0.3", ""),
    ],
)
def test_several_hosts_are_tried_in_turn(tmp_path, hosts, host, port):
    url = f"postgresql://jan:p%2Css@{hosts}/kaart?target_session_attrs=read-write"
    found = env.database(url, var_dir=tmp_path)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["kaart", "jan", "p,ss", host, port]
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


POOLED = """
import json
from socialekaart import settings as s
print(json.dumps([
    s.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"], s.DATABASE_STATEMENT_SECONDS,
    s.CACHES["limits"]["BACKEND"].rsplit(".")[-1], s.CACHES["limits"]["LOCATION"],
]))
"""


@pytest.mark.each_engine
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [False, 15, "LimitsCache", "limits"]),
        (
            {"DATABASE_POOLED": "1", "REDIS_URL": "redis://r.example/0"},
            [True, 0, "RedisCache", "redis://r.example/0"],
        ),
    ],
)
def test_several_machines_share_what_they_must(tmp_path, given, expected):
    found = subprocess.run(
        [sys.executable, "-c", POOLED],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "VAR_DIR": str(tmp_path), **given},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(found.stdout) == expected


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///", "{var}/socialekaart.sqlite3"), ("sqlite:////a/b.sqlite3", "/a/b.sqlite3")],
)
def test_sqlite_is_a_file(tmp_path, url, name):
    assert env.database(url, var_dir=tmp_path)["NAME"] == name.format(var=tmp_path)


def test_another_engine_is_refused_with_an_example(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@localhost"):
        env.database("mysql://localhost/kaart", var_dir=tmp_path)


def test_a_real_site_needs_an_address_of_its_own(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not set"):
        env.database_url(needed=True)
    assert env.database_url(needed=False) == "sqlite:///"


@pytest.mark.starts_program
def test_a_command_without_its_environment_writes_nothing(tmp_path):
    lost = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "manage.py", "remove_expired"],
        cwd=django_settings.BASE_DIR,
        env=lost,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL is not set")
    assert not (tmp_path / "var").exists()


# --- the region ----------------------------------------------------------------------------------

REGIONS = django_settings.FIXTURES_DIR / "reference" / "youth_regions.csv"


def test_a_region_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("REGION_CODE", "JZ99")
    with pytest.raises(ImproperlyConfigured, match=r"'JZ99' is not a known code.*youth_regions"):
        env.known_code("REGION_CODE", "JZ18", file=REGIONS)


@pytest.mark.parametrize(("given", "found"), [("JZ01", "JZ01"), ("", "JZ18")])
def test_a_region_is_one_of_the_list(monkeypatch, given, found):
    monkeypatch.setenv("REGION_CODE", given)
    assert env.known_code("REGION_CODE", "JZ18", file=REGIONS) == found


# --- the secret key ------------------------------------------------------------------------------


@pytest.fixture
def no_key(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_a_key_is_made_once_and_is_the_owners(no_key, tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = env.secret_key(path)
    assert len(key) >= 50
    assert env.secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_two_workers_that_start_together_have_one_key(no_key, tmp_path, monkeypatch):
    path = tmp_path / "secret_key"
    make, found = env.secrets.token_urlsafe, []

    def second_worker_comes_in_between(size):
        monkeypatch.setattr(env.secrets, "token_urlsafe", make)
        found.append(env.secret_key(path))
        return make(size)

    monkeypatch.setattr(env.secrets, "token_urlsafe", second_worker_comes_in_between)
    found.append(env.secret_key(path))
    assert found[0]
    assert found[0] == found[1] == path.read_text()


# --- words and numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (lambda: env.env_bool("X_TEST", default=False), "misschien"),
        (lambda: env.env_int("X_TEST", 1), "veel"),
        (lambda: env.env_numbers("X_TEST", {"fit": 1.0}), "fit=veel"),
        (lambda: env.env_numbers("X_TEST", {"fit": 1.0}), "fut=2"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(monkeypatch, read, raw):
    monkeypatch.setenv("X_TEST", raw)
    with pytest.raises(ImproperlyConfigured, match="X_TEST"):
        read()


# --- behind a proxy ------------------------------------------------------------------------------

ASKED = """
import json
from socialekaart import settings as s
print(json.dumps([
    s.SECURE_PROXY_SSL_HEADER, s.REST_FRAMEWORK["NUM_PROXIES"], s.ALLAUTH_TRUSTED_PROXY_COUNT
]))
"""


@pytest.mark.starts_program
@pytest.mark.parametrize(
    ("behind", "believed"),
    [("0", [None, 0, 0]), ("1", [["HTTP_X_FORWARDED_PROTO", "https"], 1, 1])],
)
def test_a_proxy_is_believed_by_all_or_by_none(tmp_path, behind, believed):
    found = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "BEHIND_PROXY": behind, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(found.stdout) == believed


# --- links in mails ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("https://kaart.example", []),
        ("https://www.kaart.nl", []),
        ("http://kaart.example", ["socialekaart.W001"]),
        ("http://localhost:8000", ["socialekaart.W001"]),
        ("https://elders.example", ["socialekaart.W001"]),
    ],
)
def test_the_check_for_a_real_site_looks_where_links_in_mails_lead(settings, url, warned):
    settings.SITE_URL, settings.ALLOWED_HOSTS = url, ["kaart.example", ".kaart.nl"]
    assert [found.id for found in links_in_mails(None)] == warned


# --- an address of a database with an odd password -----------------------------------------------

ODD = ["a#b", "a/b", "a?b", "12/34", "12?34", "100%", "%zz", "[x", "a#1@b", "50%off/50"]


@pytest.mark.parametrize("password", [*ODD, "a@b", "a:b", "geheim woord", "ë%41"])
def test_a_password_that_is_percent_encoded_is_read_whole(tmp_path, password):
    url = f"postgresql://kaart:{quote(password, safe='')}@db.example:5432/kaart"
    found = env.database(url, var_dir=tmp_path)
    assert (found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        password,
        "db.example",
        "5432",
        "kaart",
    )


@pytest.mark.parametrize("password", ODD)
def test_a_password_that_is_not_gets_one_sentence_without_it(tmp_path, password):
    secret = f"zomer{password}winter"
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database(f"postgresql://kaart:{secret}@db.example/kaart", var_dir=tmp_path)
    said = str(refusal.value)
    assert "percent-encoded" in said
    assert "zomer" not in said
    assert "winter" not in said
    # Nor in the traceback of before, which would quote a part of it.
    assert refusal.value.__suppress_context__
