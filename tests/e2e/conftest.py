"""Tests in a real browser: `page` from pytest-playwright, against a server of our own.

Two servers to choose from:

- `live_server` starts with an empty database; the test makes its rows with the factories, and
  they are gone afterwards;
- `demo_site` is the address of the whole demo region, loaded once: for tests that only look.
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gaps.demand.quarter import token_for
from providers.models import GroupRun, Membership, Offer, YouthRegion
from providers.services.policy.quarter_mails import choose_quarter_mail
from providers.services.policy.wait_requests import open_request
from socialekaart.stylesheets import FOLDER, join
from tests.e2e.members import DESK, MUNICIPALITY, PROVIDER

# Playwright keeps an event loop running in the thread of the test, which Django takes for
# asynchronous code; it is not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Read before any test database takes its place.
REAL_DATABASE = connections["default"].settings_dict["NAME"]

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NO_BROWSER = (
    "NO BROWSER found. Install Chromium or Chrome ('apt install chromium', "
    "'brew install --cask chromium'), or name one: CHROMIUM=/path/to/chromium"
)
# Parts of the window around the page: a process per window, and half of what opening one costs.
WINDOW_FEATURES = (
    "InitialWebUI",
    "PreloadTopChromeWebUI",
    "PreloadTopChromeWebUILessNavigations",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
)
# Chromium reads the last list only, so what Playwright switches off stands here too: upgrades to
# https, holding back a first paint, and traffic to elsewhere.
UNUSED_FEATURES = (
    *WINDOW_FEATURES,
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Map tiles come from elsewhere: the site has to work without them. A route of Playwright would
    # take each request of ours along three processes, and switch off the cache of the browser.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-features=" + ",".join(UNUSED_FEATURES),
)


def find_browser():
    """Return the browser to test in, or None: CHROMIUM, else what is on the path."""
    given = os.environ.get("CHROMIUM")
    names = (given,) if given else BROWSERS
    return next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items):
    """Mark everything in this folder, so that no test can forget it."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    executable = find_browser()
    if not executable and os.environ.get("CI"):
        pytest.exit(NO_BROWSER, returncode=1)
    if not executable:
        pytest.skip(NO_BROWSER)
    # Chromium refuses its own sandbox to root, as in a container.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "args": [*QUIET, *sandbox],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "nl-NL",
        "timezone_id": settings.TIME_ZONE,
        "viewport": {"width": 1280, "height": 900},
        # No test should wait for an animation, nor depend on one.
        "reduced_motion": "reduce",
    }


@pytest.fixture
def page(page):
    """A page on which nothing went wrong."""
    with watched(page):
        yield page


@pytest.fixture(scope="module")
def new_page(browser, browser_context_args):
    """Return a page for several tests that only look at it, as a block: it is closed after that.

    As `page` it is of a visitor of its own, and nothing may go wrong on it.
    """

    @contextmanager
    def _new_page(**options):
        context = browser.new_context(**{**browser_context_args, **options})
        page = context.new_page()
        try:
            with watched(page):
                yield page
        finally:
            context.close()

    return _new_page


@contextmanager
def watched(page):
    """Fail at the end of the block when anything went wrong on the page."""
    faults = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda message: _note_policy_fault(message, faults))
    yield
    assert faults == []


def _note_policy_fault(message, faults):
    if message.type == "error" and "Content Security Policy" in message.text:
        faults.append(message.text)


@pytest.fixture(scope="session", autouse=True)
def joined_sheets(tmp_path_factory):
    """Serve one style sheet a page, as production does.

    axe looks for an imported sheet beside the page instead of beside the sheet that imports it:
    fifteen pages that do not exist, and a report of the security policy on each.
    """
    folder = tmp_path_factory.mktemp("static")
    sources = FileSystemStorage(settings.STATICFILES_DIRS[0])
    names = [f"{FOLDER}{name}" for name in sources.listdir(FOLDER)[1] if name.endswith(".css")]
    paths = {name: (sources, name) for name in names}
    for name in names:
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(join(name, paths), encoding="utf-8")
    with override_settings(STATICFILES_DIRS=[folder, *settings.STATICFILES_DIRS]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """Use a file: server and test are two threads, which cannot share a database in memory."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("e2e") / "test.sqlite3")


@pytest.fixture(scope="session")
def own_database(django_db_setup, django_db_blocker):
    """A database for tests, also when no test of this run asked pytest-django for one.

    It makes one for tests that take `db` or `live_server` only; without this, the demo would be
    loaded into the database of whoever runs the tests.
    """
    with django_db_blocker.unblock():
        is_real = connections["default"].settings_dict["NAME"] == REAL_DATABASE
        made = setup_databases(0, interactive=False, aliases={"default"}) if is_real else None
        yield
        if made:
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def demo_site(own_database, django_db_blocker):
    """The address of a server with the demo region, loaded once for all tests that look at it.

    Such a test takes neither `db` nor `live_server`. pytest-django then runs it after those that
    do, which empty the database when they are done.
    """
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        call_command("load_reference", verbosity=0)
        call_command("load_demo", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def demo_policy(demo_site, django_db_blocker):
    """The number of a request for waits in the region, and what ends the mails of a quarter."""
    with django_db_blocker.unblock():
        today = timezone.localdate()
        request = open_request(
            by=User.objects.get(email=DESK),
            region=YouthRegion.objects.get(pk="JZ18"),
            year=today.year,
            quarter=1,
            answer_by=today,
        )
        officer = Membership.objects.filter(user__email=MUNICIPALITY).earliest("pk")
        choose_quarter_mail(by=officer.user, membership=officer, wanted=True)
    return {"wait_request": request.pk, "quarter_token": token_for(officer)}


@pytest.fixture(scope="session")
def demo_group(demo_site, demo_policy, django_db_blocker):
    """The numbers of a start that the provider of the demo has yet to begin, and of the above."""
    with django_db_blocker.unblock():
        own = {"programme__offer__provider__memberships__user__email": PROVIDER}
        runs = GroupRun.objects.upcoming(timezone.localdate()).filter(**own)
        run = runs.select_related("programme__offer").order_by("pk")[0]
    offer = run.programme.offer
    return {"start": run.pk, "offer": offer.pk, "provider": offer.provider_id, **demo_policy}


@pytest.fixture(scope="session")
def demo_ids(demo_site, django_db_blocker):
    """The numbers of the offers of the demo, which another test may have begun to count."""
    with django_db_blocker.unblock():
        return list(Offer.objects.visible().order_by("pk").values_list("pk", flat=True))


@pytest.fixture(scope="session")
def demo_offers(demo_ids):
    """The numbers of three offers of the demo."""
    return {"first": demo_ids[0], "second": demo_ids[39], "third": demo_ids[89]}
