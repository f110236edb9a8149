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
