"""A log-in that ended while a form was filled in: what was typed comes back."""

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from providers.enums import Role
from providers.models import AuditEvent, Offer
from tests.accounts.passkeys.soft_key import SoftKey, question_of
from tests.factories import (
    PASSWORD,
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    ProviderFactory,
    UserFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db

TYPED = 'Elke dinsdag lopen wij in <het> park & drinken wij "thee".\nNeem schoenen mee.'


@pytest.fixture
def owner(provider):
    user = UserFactory(email="anna@debrug.example", password=PASSWORD)
    MembershipFactory(user=user, provider=provider, role=Role.MANAGER)
    return user


@pytest.fixture
def run(offer):
    return GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), places_left=4)


@pytest.fixture
def forms(offer, run, typed):
    """Each form of the portal in which somebody types: its address, and what was typed."""

    def at(name, *numbers):
        return reverse(f"selfservice:{name}", args=[offer.pk, *numbers])

    return {
        "offer": (at("edit_what"), {**typed, "description": TYPED}),
        "wait": (at("add_wait"), {"status": "bekend", "start_weeks": "37"}),
        "places": (
            at("update_places"),
            {f"ronde-{run.pk}-places_left": "37"},
        ),
        "group": (at("edit_programme"), {"leaders": "Anna <en> Bram", "max_size": "37"}),
        "new start": (at("add_run"), {"starts_on": days_ago(-37).isoformat(), "places": "37"}),
        "month": (
            reverse("selfservice:month"),
            {f"plekken-{run.pk}-doe": "anders", f"plekken-{run.pk}-getal": "37"},
        ),
        "start": (at("edit_run", run.pk), {"version": "1", "places": "37"}),
    }


FORMS = ["offer", "wait", "places", "group", "new start", "month", "start"]


def state(offer, run):
    run.refresh_from_db()
    offers = Offer.objects.values().get(pk=offer.pk)
    return offers, offer.wait_times.count(), run.places_left, run.places, AuditEvent.objects.count()


def carried(answer):
    """What the hidden field of a page to log in carries."""
    found = re.search(r'name="getypt" value="([^"]*)"', answer.content.decode())
    return html.unescape(found[1])


def log_in(client, answer, email="anna@debrug.example"):
    typed = {"login": email, "password": PASSWORD, "getypt": carried(answer)}
    return client.post(reverse("account_login"), typed)


def go_on(client, answer):
    """Press the button of the page after the log-in."""
    text = answer.content.decode()
    path = re.search(r'<form class="sk-form" method="post" action="([^"]*)"', text)[1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    for name, value in re.findall(
        r'<textarea [^>]*name="([^"]*)" hidden>\n(.*?)</textarea>', text, re.S
    ):
        fields.setdefault(name, []).append(html.unescape(value))
    return client.post(path, fields)


def values_in(page):
    return html.unescape(page.content.decode())


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_comes_back_and_is_not_saved(client, owner, offer, run, forms, name):
    before = state(offer, run)
    path, typed = forms[name]
    asked = client.post(path, typed)
    assert asked.status_code == 403
    assert "Wat u typte is er nog" in asked.content.decode()
    page = go_on(client, log_in(client, asked))
    assert page.status_code == 200
    text = values_in(page)
    assert "Het is nog niet bewaard" in text
    assert all(
        value in text for value in typed.values() if isinstance(value, str) and len(value) > 1
    )
    assert state(offer, run) == before


def test_saving_after_that_saves_it(client, owner, offer, run, forms):
    path, typed = forms["offer"]
    go_on(client, log_in(client, client.post(path, typed)))
    assert client.post(path, typed).status_code == 302
    offer.refresh_from_db()
    assert offer.description == TYPED.replace("\n", "\r\n") or offer.description == TYPED


def test_a_wrong_password_first_loses_nothing(client, owner, forms):
    asked = client.post(*forms["offer"])
    again = client.post(
        reverse("account_login"),
        {"login": owner.email, "password": "dit is het niet", "getypt": carried(asked)},
    )
    assert TYPED in values_in(go_on(client, log_in(client, again)))


def test_a_second_step_in_between_loses_nothing(client, owner, forms, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": secret})
    asked = client.post(*forms["offer"])
    second = log_in(client, asked)
    assert "Tweede stap" in second.content.decode()
    address = reverse("mfa_authenticate")
    wrong = client.post(address, {"code": "000000", "getypt": carried(second)})
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    right = client.post(address, {"code": code, "getypt": carried(wrong)})
    assert TYPED in values_in(go_on(client, right))


def test_a_passkey_in_between_loses_nothing(client, owner, forms):
    key = SoftKey.of(owner)
    asked = client.post(*forms["offer"])
    second = log_in(client, asked)
    credential = json.dumps(key.signed(question_of(second, "request_options")))
    answer = {"credential": credential, "getypt": carried(second)}
    right = client.post(reverse("mfa_authenticate"), answer)
    assert TYPED in values_in(go_on(client, right))


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 403)])
def test_who_logs_in_as_somebody_else_saves_nothing(
    client, offer, run, provider, forms, who, status
):
    user = UserFactory(email="ander@voorbeeld.example", password=PASSWORD)
    theirs = provider if who == "reader" else ProviderFactory()
    MembershipFactory(
        user=user, provider=theirs, role=Role.VIEWER if who == "reader" else Role.MANAGER
    )
    before = state(offer, run)
    path, typed = forms["offer"]
    handed = log_in(client, client.post(path, typed), user.email)
    assert go_on(client, handed).status_code == status
    assert client.post(path, typed).status_code == status
    assert state(offer, run) == before


def test_a_file_is_left_behind(client, offer, forms):
    path, typed = forms["offer"]
    asked = client.post(path, typed | {"bijlage": SimpleUploadedFile("a.txt", b"geheim stuk")})
    assert "geheim stuk" not in asked.content.decode()


def test_nothing_is_stored(client, owner, forms):
    asked = client.post(*forms["offer"])
    assert "sessionid" not in client.cookies
    handed = log_in(client, asked)
    assert TYPED[:20] not in json.dumps(dict(client.session.items()), default=str)
    assert "no-store" in asked["Cache-Control"]
    assert "no-store" in handed["Cache-Control"]


@pytest.mark.parametrize(
    "text",
    [
        "onzin",
        "[]",
        "{}",
        "null",
        '["/", [["a", "b"]]]',
        '["/beheer/", [["a", "b"]]]',
        '["//kwaad.example/", [["a", "b"]]]',
        '["https://kwaad.example/voor-aanbieders/aanbod/1/wat/", [["a", "b"]]]',
        '["javascript:alert(1)", [["a", "b"]]]',
        '[7, [["a", "b"]]]',
        '["/voor-aanbieders/aanbod/1/wat/", [["a"]]]',
        '["/voor-aanbieders/aanbod/1/klopt-nog/", [["a", "b"]]]',
    ],
)
def test_only_forms_of_the_portal_are_handed_anything(client, owner, text):
    typed = {"login": owner.email, "password": PASSWORD, "getypt": text}
    answer = client.post(reverse("account_login"), typed)
    assert (answer.status_code, answer["Location"]) == (302, reverse("selfservice:portal"))


def test_a_button_without_text_leads_to_the_log_in_page(client, offer):
    answer = client.post(reverse("selfservice:confirm_offer", args=[offer.pk]), {"a": "b"})
    assert answer.status_code == 302


# --- a token that is no longer right -------------------------------------------------------------


@pytest.fixture
def strict(client):
    client.handler.enforce_csrf_checks = True
    return client


def test_an_old_token_gives_the_form_back(strict, log_in_as, offer, run, forms):
    log_in_as("owner")
    before = state(offer, run)
    path, typed = forms["offer"]
    answer = strict.post(path, typed, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert TYPED in values_in(answer)
    page = go_on(strict, answer)
    assert page.status_code == 200
    assert TYPED in values_in(page)
    assert state(offer, run) == before


def test_an_old_token_after_the_log_in_ended_asks_to_log_in(strict, owner, forms):
    asked = strict.post(*forms["offer"], headers={"origin": "http://testserver"})
    assert "Log hier in" in asked.content.decode()
    assert ["description", TYPED] in json.loads(carried(asked))[1]


@pytest.mark.parametrize(
    "origin", ["https://kwaad.example", "null", "http://testserver.kwaad.example"]
)
def test_another_site_fills_in_no_form(strict, log_in_as, forms, origin):
    log_in_as("owner")
    answer = strict.post(*forms["offer"], headers={"origin": origin})
    assert answer.status_code == 403
    assert "drinken wij" not in answer.content.decode()


def test_a_confirmation_without_a_token_confirms_nothing(strict, log_in_as, offer):
    log_in_as("owner")
    strict.post(reverse("selfservice:confirm_offer", args=[offer.pk]), {})
    offer.refresh_from_db()
    assert offer.confirmed_on is None


# --- a question needs no token -------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anonymous", "owner"])
@pytest.mark.parametrize(
    ("name", "typed", "status"),
    [
        ("search", {"vraag": "somber", "plaats": "Leiden"}, 302),
        ("suggest", {"vraag": "somb"}, 200),
        ("places", {"plaats": "Lei"}, 200),
    ],
)
def test_a_search_works_with_an_old_token(strict, log_in_as, offer, who, name, typed, status):
    if who == "owner":
        log_in_as(who)
    strict.cookies["csrftoken"] = "a" * 32
    before = AuditEvent.objects.count(), get_user_model().objects.count()
    answer = strict.post(reverse(f"search:{name}"), typed | {"csrfmiddlewaretoken": "b" * 32})
    assert answer.status_code == status
    assert (AuditEvent.objects.count(), get_user_model().objects.count()) == before
