"""What a proxy or supervisor is told about the program."""

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from providers.models import OfferIndex
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/gezond")
    assert (response.status_code, response.content) == (200, b"goed\n")


def test_ready_when_all_is_there(client):
    OfferFactory()
    response = client.get("/gezond/klaar")
    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "index": True}


def test_not_ready_without_a_migration(client):
    last = MigrationRecorder.Migration.objects.filter(app="providers").latest("id")
    last.delete()
    response = client.get("/gezond/klaar")
    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": False, "index": False}


def test_not_ready_when_an_offer_cannot_be_found(client):
    OfferFactory()
    OfferIndex.objects.all().delete()
    response = client.get("/gezond/klaar")
    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": True, "index": False}


def test_not_ready_without_a_database_and_says_no_more(client, monkeypatch):
    def _fail(*args, **kwargs):
        raise DatabaseError("password of the database")

    monkeypatch.setattr("socialekaart.site.health.connection.cursor", _fail)
    response = client.get("/gezond/klaar")
    assert response.status_code == 503
    assert response.json() == {"database": False, "migrations": False, "index": False}


@pytest.mark.parametrize("path", ["/gezond", "/gezond/klaar"])
def test_a_supervisor_needs_no_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/gezond", "/gezond/klaar"])
def test_nobody_keeps_the_answer(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
