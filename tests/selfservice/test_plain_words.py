"""A text that reads hard is saved all the same, with a hint."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

HARD = (
    "Multidisciplinaire gezinsinterventies ter bevordering van de zelfredzaamheid en de "
    "gedragsregulatie, waarbij systeemgerichte samenwerking uitgangspunt is."
)


def save(client, offer, typed, **more):
    address = reverse("selfservice:edit_what", args=[offer.pk])
    return client.post(address, {**typed, **more}, follow=True).content.decode()


def test_a_hard_text_gets_a_hint_and_is_saved(client, log_in_as, offer, typed):
    log_in_as("owner")
    page = save(client, offer, typed, summary=HARD)
    assert "Deze tekst leest moeilijk: “in het kort”." in page
    offer.refresh_from_db()
    assert offer.summary == HARD


def test_a_plain_text_gets_none(client, log_in_as, offer, typed):
    log_in_as("owner")
    page = save(client, offer, typed, summary="Je komt elke week bij ons. We praten met je.")
    assert "leest moeilijk" not in page
