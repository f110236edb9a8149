"""What every test gets: fast settings, a strict client, no network, an empty cache."""

import gc
import ipaddress
import socket
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connections
from django.template import Template
from django.test import override_settings, signals
from hypothesis import settings as hypothesis_settings

from tests import engines, quick
from tests.factories import UserFactory
from tests.loaded import (
    MONDAY,
    database_copy,
    fill_with_demo,
    fill_with_reference,
    undoing_in,
    working_in,
)
from tests.migrated import migrations_repeated
from tests.providers.filters.catalogue import all_facts, build
from tests.reference_factories import build_region
from tests.strict_client import StrictClient
from tests.world import build_world, users_again

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=10_000)
hypothesis_settings.load_profile("default")

TEST_SETTINGS = {
    # As on a machine of one's own: no certificate.
    "HTTPS": False,
    "SECURE_SSL_REDIRECT": False,
    "SECURE_HSTS_SECONDS": 0,
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
    "ALLOWED_HOSTS": ["testserver", "localhost", "127.0.0.1"],
    "DEMO": False,
    # A real hash takes 50 ms a log-in.
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Hashed names need collectstatic first.
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": True,
    # Tests of a limit set it themselves.
    "REST_FRAMEWORK": {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"anon": "100000/min"},
    },
    "ACCOUNT_RATE_LIMITS": False,
    # In memory, so that a test without a database may be limited too; tests/accounts/test_limits.py
    # uses the real one.
    "CACHES": settings.CACHES
    | {
        "limits": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "limits",
        }
    },
    "MFA_REQUIRED": False,
    # Tests that look up an address have a server of their own.
    "PDOK_URL": "",
    # Searches of tests are no demand.
    "DEMAND_SECONDS": 0,
    # Test data is made past the services, so nothing says that a page is old.
    "PAGE_CACHE_SECONDS": 0,
}


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help=quick.LEFT_OUT)


def pytest_configure(config):
    """Override settings before Django is set up, so that nothing has read them yet."""
    override_settings(**TEST_SETTINGS).enable()
    if config.option.quick:
        hypothesis_settings.load_profile(quick.PROFILE)


def pytest_collection_finish(session):
    """Look for garbage less often: what is loaded by now stays, and a test leaves little behind.

    With the limits of Python itself a tenth of all time goes into looking.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter, config):
    if config.option.quick:
        terminalreporter.write_line(f"--quick {quick.LEFT_OUT}")


def pytest_collection_modifyitems(config, items):
    """Mark what has to run on each engine before pytest selects by markers."""
    engines.mark(items)
    if config.option.quick:
        quick.select(config, items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    with engines.allowed_to(item, set_up=True):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    with engines.allowed_to(item):
        return (yield)


@pytest.fixture(autouse=True)
def empty_cache():
    """What one test cached must not answer the next one."""
    cache.clear()
    caches["limits"].clear()


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Fail on any connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_here_only(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_this_machine(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}: tests use no network.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield


def _is_this_machine(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def migrated(pytestconfig):
    """Make the test database by what the migrations came to, kept among pytest's own files."""
    with migrations_repeated(Path(pytestconfig.cache.mkdir("migrations"))):
        yield


@pytest.fixture(autouse=True, scope="session")
def contexts_of_pages(django_test_environment):
    """Keep what a view gives its page for tests to look at, and not all that each part of it had.

    Django's own copies the context of every template of a page, a few hundred of them.
    """

    def render(template, context):
        if context.template is template:
            signals.template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def empty_var(tmp_path_factory):
    """What this machine has loaded under var/ must not change what a test sees."""
    with override_settings(VAR_DIR=tmp_path_factory.mktemp("var")):
        yield


@pytest.fixture
def client():
    """Return Django's test client, failing on what the Content-Security-Policy would block."""
    return StrictClient()


@pytest.fixture
def log_in(client):
    """Return a function that logs a user in (a new one without arguments) and returns them."""

    def _log_in(user=None, **fields):
        user = user or UserFactory(**fields)
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return user

    return _log_in


@pytest.fixture
def region(db):
    """Three municipalities of the region, each with a town and one or two postcodes."""
    return build_region()


@pytest.fixture(scope="session")
def empty_database(django_db_setup):
    """The database that pytest-django made: whatever works in another one takes this first."""
    return connections["default"]


@pytest.fixture(scope="session")
def reference_database(empty_database, django_db_blocker):
    """A database with all real reference data: filled once, for `reference` and what is like it."""
    with django_db_blocker.unblock(), database_copy(empty_database, "reference") as database:
        fill_with_reference(database)
        yield database


@pytest.fixture(scope="session")
def demo_database(reference_database, django_db_blocker):
    """A database with the demo region on a fixed Monday: filled once, for `demo`."""
    with django_db_blocker.unblock(), database_copy(reference_database, "demo") as database:
        fill_with_demo(database)
        yield database


@pytest.fixture(scope="session")
def catalogue_database(empty_database, django_db_blocker):
    """A database with `region` and the sixty offers of tests/providers/filters/catalogue.py."""
    with django_db_blocker.unblock(), database_copy(empty_database, "catalogue") as database:
        with working_in(database):
            build_region()
            facts = {build(facts).pk: facts for facts in all_facts()}
        yield database, facts


@pytest.fixture
def catalogue(db, catalogue_database):
    """Sixty offers, with the facts they were built from: each yes, no and unknown somewhere."""
    database, facts = catalogue_database
    with undoing_in(database):
        yield facts


@pytest.fixture(scope="session")
def world_database(empty_database, django_db_blocker):
    """A database with one of everything and somebody of each role (tests/world.py)."""
    with django_db_blocker.unblock(), database_copy(empty_database, "world") as database:
        with working_in(database):
            numbers, users = build_world(build_region())
        yield database, numbers, users


@pytest.fixture
def world(db, world_database):
    """The numbers that addresses take, and a user of each role, in a database of its own."""
    database, numbers, users = world_database
    with undoing_in(database):
        yield numbers, users_again(users)


@pytest.fixture
def reference(db, reference_database):
    """All real reference data: regions, municipalities, postcodes, towns, vocabulary.

    It is a database of its own, so take this before any fixture that writes.
    """
    with undoing_in(reference_database):
        yield


@pytest.fixture(scope="module")
def vocabulary(reference_database, django_db_blocker):
    """The same for all tests of a module."""
    with django_db_blocker.unblock(), undoing_in(reference_database):
        yield


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker):
    """The demo region on a fixed Monday, for all tests of a module."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY, tick=False),
        undoing_in(demo_database),
    ):
        yield
