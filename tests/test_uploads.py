"""Files are bounded: a large one is refused before it is read, and never reaches the disk."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

LARGE = 3_000_000


@pytest.fixture
def no_disk(monkeypatch):
    """Fail on any file that Django would make for an upload."""

    def refuse(*args, **kwargs):
        raise AssertionError("an upload reached the disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)


@pytest.mark.parametrize("address", ["/", "/account/login/"])
@pytest.mark.parametrize("checks", [True, False], ids=["without a token", "with one"])
def test_a_large_file_is_refused(no_disk, address, checks):
    client = StrictClient(enforce_csrf_checks=checks)
    client.get(address)
    file = SimpleUploadedFile("groot.bin", b"x" * LARGE)
    answer = client.post(address, {"vraag": "somber", "bestand": file})
    assert answer.status_code == 400
    assert '<html lang="nl">' in answer.content.decode()


def test_a_small_file_nobody_asked_for_is_no_matter(no_disk, client):
    file = SimpleUploadedFile("klein.txt", b"x" * 1000)
    assert client.post("/", {"vraag": "somber", "bestand": file}).status_code in {302, 422, 200}


MANY = {f"veld-{number}": "x" for number in range(600)}


def test_who_is_not_logged_in_sends_no_more_fields_than_a_form_has(client):
    assert client.post("/", {"vraag": "somber"} | MANY).status_code == 400
    assert client.post("/", {"vraag": ["somber"] * 600}).status_code == 400
    assert client.post("/account/login/", MANY).status_code == 400


def test_fields_are_counted_however_the_form_is_sent(client):
    body = "&".join(f"{name}=x" for name in MANY)
    form = "application/x-www-form-urlencoded"
    assert client.post("/", body, content_type=form).status_code == 400


def test_an_address_holds_no_more_parameters_than_that(client):
    assert client.get("/", MANY).status_code == 400


def test_an_editor_may_send_a_large_form(client, log_in):
    log_in()
    assert client.post("/", {"vraag": "somber"} | MANY).status_code != 400
