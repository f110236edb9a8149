"""People see when somebody logged in with their account, and nobody can follow them by it."""

import datetime as dt

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.log_ins.models import Browser, Device, LogIn, Way
from accounts.log_ins.record import DAYS_KEPT, last_of_each, record_log_in
from accounts.models import User
from providers.enums import Role
from tests.factories import MembershipFactory, UserFactory, YouthRegionFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord-1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"


def log_in(user, agent):
    user.set_password(PASSWORD)
    user.save()
    client = StrictClient(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "browser", "device"),
    [
        (f"{WINDOWS} Chrome/140.0 Safari/537.36 Edg/140.0", Browser.EDGE, Device.COMPUTER),
        (f"{WINDOWS} Chrome/140.0 Safari/537.36", Browser.CHROME, Device.COMPUTER),
        (f"{IPHONE} Version/19.0 Mobile/15E148 Safari/604.1", Browser.SAFARI, Device.PHONE),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0", Browser.FIREFOX, Device.PHONE),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Safari/5", Browser.CHROME, Device.TABLET),
        ("", Browser.OTHER, Device.UNKNOWN),
    ],
)
def test_a_log_in_is_kept_with_its_kind_of_device(agent, browser, device):
    log_in(UserFactory(), agent)
    kept = LogIn.objects.get()
    assert (kept.browser, kept.device) == (browser, device)
    assert (kept.way, kept.in_two_steps) == (Way.PASSWORD, False)


@pytest.fixture
def request_with_session(rf):
    request = rf.get("/")
    request.session = {}
    return request


@pytest.mark.parametrize(
    ("methods", "way", "in_two_steps"),
    [
        ([], Way.INVITATION, False),
        (["password"], Way.PASSWORD, False),
        (["socialaccount", "mfa"], Way.ORGANISATION, True),
        (["socialaccount", "password"], Way.PASSWORD, False),
    ],
)
def test_a_log_in_is_kept_with_the_way_somebody_came(
    request_with_session, methods, way, in_two_steps
):
    user = UserFactory()
    for method in methods:
        record_authentication(request_with_session, user, method=method)
    kept = record_log_in(by=user, request=request_with_session)
    assert (kept.way, kept.in_two_steps) == (way, in_two_steps)


def test_what_another_began_in_the_same_browser_says_nothing(request_with_session):
    record_authentication(request_with_session, UserFactory(), method="password")
    kept = record_log_in(by=UserFactory(), request=request_with_session)
    assert kept.way == Way.INVITATION


def test_nothing_is_stored_by_which_a_browser_or_network_can_be_told(client):
    fields = {field.name for field in LogIn._meta.get_fields()}
    assert fields == {"id", "user", "at", "device", "browser", "way", "in_two_steps"}


def test_a_wrong_password_is_no_log_in():
    user = UserFactory()
    StrictClient().post(reverse("account_login"), {"login": user.email, "password": "fout"})
    assert not LogIn.objects.exists()


def test_people_see_their_own_last_ten():
    user = UserFactory()
    client = log_in(user, WINDOWS)
    for day in range(1, 12):
        LogIn.objects.create(user=user, at=timezone.now() - dt.timedelta(days=day), device="tablet")
    LogIn.objects.create(user=UserFactory(), device="telefoon")
    page = client.get(reverse("account_log_ins")).content.decode()
    assert (page.count("<time"), page.count("tablet"), page.count("telefoon")) == (10, 9, 0)


def test_after_ninety_days_they_are_gone():
    user = UserFactory()
    for days in (DAYS_KEPT - 1, DAYS_KEPT + 1):
        LogIn.objects.create(user=user, at=timezone.now() - dt.timedelta(days=days))
    call_command("remove_expired")
    assert LogIn.objects.count() == 1


def test_the_last_of_each_is_one_statement(django_assert_num_queries):
    first, second, now = UserFactory(), UserFactory(), timezone.now()
    for days in (5, 1, 3):
        LogIn.objects.create(user=first, at=now - dt.timedelta(days=days))
    with django_assert_num_queries(1):
        found = last_of_each(User.objects.filter(pk__in=[first.pk, second.pk]))
    assert {number: kept.at for number, kept in found.items()} == {
        first.pk: now - dt.timedelta(days=1)
    }


@pytest.mark.parametrize(("role", "is_shown"), [(Role.MANAGER, True), (Role.VIEWER, False)])
def test_who_manages_a_desk_sees_the_last_one_of_its_people(client, role, is_shown):
    region = YouthRegionFactory()
    colleague = MembershipFactory(region=region, provider=None, role=Role.EDITOR).user
    LogIn.objects.create(user=colleague, device=Device.TABLET)
    client.force_login(MembershipFactory(region=region, provider=None, role=role).user)
    page = client.get(reverse("desk:people", args=[region.pk])).content.decode()
    assert ("laatst ingelogd op" in page) is is_shown
    assert ("(tablet)" in page) is is_shown
