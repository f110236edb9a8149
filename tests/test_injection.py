"""What a provider, a file or a visitor writes stays text: on pages, in files and in mails."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.mail import message
from accounts.models import User
from providers.csv_cells import FORMULA_STARTS
from providers.emails import Reminder, ask_whether_full, remind
from providers.models import (
    GroupProgramme,
    GroupRun,
    HelpQuestion,
    Location,
    Offer,
    Provider,
    Theme,
)
from providers.services.index import reindex
from providers.services.providers import create_provider, update_provider
from providers.vocabulary.sheets import SHEETS
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    ProviderFactory,
    SearchWordFactory,
    UserFactory,
    WaitTimeFactory,
)
from tests.page_rows import PAGES
from tests.strict_client import StrictClient, page_faults

pytestmark = pytest.mark.django_db

# Short, so that it fits in every field.
HOSTILE = {
    "code": '"onload="go()"x=\'><img src=x onerror=go()></textarea><script>go()</script>',
    "an address": "javascript:go()",
}
READERS = ("anonymous", "editor", "municipality")
WRITTEN_BY_PROVIDERS = (Provider, Location, Offer, GroupProgramme, GroupRun)
SEARCHES = ["/?hulpvraag=somberheid", "/?hulpvraag=somberheid&plaats=leiden&volgorde=licht"]


def free_texts(model):
    """Yield the fields of this model that hold what somebody typed."""
    for field in model._meta.concrete_fields:
        if type(field) in {models.CharField, models.TextField} and not (
            field.choices or field.validators[1:] or field.name.startswith("source")
        ):
            yield field


def overwrite_everything(text):
    for model in WRITTEN_BY_PROVIDERS:
        values = {field.name: text[: field.max_length] for field in free_texts(model)}
        if values:
            model._base_manager.update(**values)
    reindex(list(Offer.objects.values_list("pk", flat=True)))


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_provider_writes_is_text_on_every_page(world, text):
    numbers, users = world
    WaitTimeFactory(offer_id=numbers["offer"], note=text, as_written=text)
    overwrite_everything(text)
    reading = [
        "/" + (page.path or route).format(**numbers)
        for route, page in PAGES.items()
        if page.method == "get" and 200 in page.expected.values()
    ]
    wrong, shown = [], 0
    for role in READERS:
        client = Client()
        if role in users:
            client.force_login(users[role], backend=settings.AUTHENTICATION_BACKENDS[0])
        for address in [*reading, *SEARCHES]:
            if "logout" in address:
                continue
            answer = client.get(address, follow=True)
            content = answer.getvalue().decode(errors="replace")
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            # In a field that is filled in it is text.
            faults = [one for one in page_faults(content) if "address (value)" not in one]
            if faults or "<script>go" in content or "<img src=x" in content:
                wrong.append((role, address, faults))
            shown += "go()" in content
    assert wrong == []
    assert shown >= 10


@pytest.mark.parametrize("address", ["javascript:go()", "data:text/html,x", "vbscript:x", "//x.y"])
@pytest.mark.parametrize("write", [create_provider, update_provider], ids=["new", "changed"])
def test_an_address_that_is_code_is_not_stored(address, write):
    known = {} if write is create_provider else {"provider": ProviderFactory()}
    with pytest.raises(ValidationError) as refused:
        write(by=UserFactory(), **known, name="De Boei", website=address)
    assert "website" in refused.value.message_dict


def test_an_address_that_leaves_its_attribute_is_written_out(world, client):
    address = 'https://boei.example/?"onload="go()"x="'
    provider = Provider.objects.get(pk=world[0]["provider"])
    update_provider(by=UserFactory(), provider=provider, website=address)
    offer = Offer.objects.get(pk=world[0]["offer"])
    for page in (provider.get_absolute_url(), offer.get_absolute_url()):
        answer = StrictClient().get(page)
        assert '"onload="' not in answer.content.decode()
        assert "&quot;onload=&quot;" in answer.content.decode()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_a_title_starts_no_line_of_its_own_in_a_calendar(world, client, end):
    overwrite_everything(f"Koken{end}X-KWAAD:1{end}END:VEVENT")
    offer = Offer.objects.get(pk=world[0]["offer"])
    for address in ("/groepen/agenda.ics", f"{offer.get_absolute_url()}agenda.ics"):
        text = client.get(address, follow=True).content.decode()
        assert not [line for line in text.split("\n") if line.strip().startswith("X-KWAAD")]
        assert text.count("BEGIN:VEVENT") == text.replace("\r\n ", "").count("\r\nEND:VEVENT")


# --- files ----------------------------------------------------------------------------------------


def whoever_may(page):
    return next(role for role, status in page.expected.items() if status == 200)


def exports(numbers):
    """Every file with a table: its address, and who may have it."""
    yield from (
        (f"/{(page.path or route).format(**numbers)}", whoever_may(page))
        for route, page in PAGES.items()
        if route.endswith(".csv")
    )
    for model in SHEETS:
        yield reverse(f"admin:providers_{model._meta.model_name}_export"), "staff"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "'="])
def test_no_cell_of_any_export_is_a_formula(world, start):
    numbers, users = world
    question = HelpQuestionFactory(code="kwaad", label=f"{start}1+1")
    SearchWordFactory(text="woord", help_question=question)
    for model, field in ((HelpQuestion, "label"), (Theme, "label")):
        model._base_manager.update(**{field: f"{start}cmd()"})
    addresses = [*exports(numbers)]
    assert len(addresses) >= 6
    for address, role in addresses:
        client = StrictClient()
        client.force_login(users[role], backend=settings.AUTHENTICATION_BACKENDS[0])
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.getvalue().decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith(FORMULA_STARTS)], address


NAMES = [
    "../../../kwaad.csv",
    "/etc/kwaad.csv",
    "..\\..\\kwaad.csv",
    "kwaad\x00.csv",
    'a"; filename="kwaad.csv',
    "kwaad\r\nX-Kwaad: 1.csv",
]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_the_name_of_a_file_leads_nowhere(world, name, monkeypatch):
    opened = []
    real = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda self, mode="r", *rest, **more: (
            opened.append((str(self), mode)),
            real(self, mode, *rest, **more),
        )[1],
    )
    client = StrictClient()
    client.force_login(world[1]["staff"], backend=settings.AUTHENTICATION_BACKENDS[0])
    file = SimpleUploadedFile("x.csv", b"\xef\xbb\xbfcode;label\r\n")
    file._name = name
    answer = client.post(reverse("admin:providers_helpquestion_import"), {"bestand": file})
    # Refused for what it holds, or shown; never an error.
    assert answer.status_code in {200, 422}
    assert not [path for path, mode in opened if "kwaad" in path or "r" not in mode]
    assert "X-Kwaad" not in answer.headers


# --- mails ----------------------------------------------------------------------------------------

LINE = "Samen koken\r\nBcc: kwaad@kwaad.example\r\n\r\n<b>x</b>"


def sent():
    """Return the headers and the receivers of each mail, as the server gets them."""
    return [(one.message(), one.recipients()) for one in mail.outbox]


def test_a_name_adds_no_line_to_the_head_of_a_mail(world):
    overwrite_everything(LINE)
    numbers, users = world
    offer = Offer.objects.get(pk=numbers["offer"])
    members = {user.email for user in User.objects.filter(memberships__provider=offer.provider)}
    assert ask_whether_full(offer) > 1
    remind(users["editor"], [Reminder(offer.provider, (offer.title,), "https://x.example/", 28)])
    for head, receivers in sent():
        assert head["Bcc"] is None
        assert len(receivers) == 1
        assert set(receivers) <= members
        assert "\n" not in head["Subject"]
        assert head.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\nBcc: kwaad@kwaad.example",
        "a@b.example\r\nBcc: kwaad@kwaad.example",
        "a@b.example, kwaad@kwaad.example",
        "a@b.example;kwaad@kwaad.example",
        "<a@b.example>",
        "A <a@b.example>",
    ],
)
def test_an_address_is_one_address(client, address):
    person = User(email=address)
    with pytest.raises(ValidationError):
        person.clean_fields(exclude=["password"])
    MembershipFactory(user=UserFactory(email="a@b.example"))
    client.post("/account/password/reset/", {"email": address})
    assert mail.outbox == []


def test_a_line_in_a_receiver_is_no_mail():
    with pytest.raises(ValueError, match=r"newline|linefeed|Invalid address"):
        message("x", "x", "a@b.example\nBcc: kwaad@kwaad.example").message()
