"""An afternoon: a list of 300 organisations goes from file to a region that can be searched.

Each thing that a person does is a call here. A practised hand takes two minutes for the form and
ten for looking at what was read, so fifteen is ample while the calls stay this few.
"""

import time

from django.core.files.uploadedfile import SimpleUploadedFile

from importing.models import ImportRun
from providers.models import Offer
from tests.factories import MembershipFactory
from tests.importing.lists.files import as_csv, messy_rows
from tests.importing.lists.test_pages import READ, filled
from tests.pages import element, text_of

# Seconds that the machine may take for the whole list, on a slow one and under load.
LONGEST = 300
MOST_FIELDS, MOST_PRESSES = 5, 2


class Person:
    """Somebody at the region's desk, whose every act is counted."""

    def __init__(self, client):
        self.client, self.fields, self.presses, self.page = client, {}, 0, ""

    def fill_in(self, **fields):
        self.fields |= fields

    def press(self, button=""):
        self.presses += 1
        kept = filled(self.page) if self.page else {}
        chosen = kept | self.fields | ({"doe": button} if button else {})
        answer = self.client.post(READ, chosen, follow=True)
        assert answer.status_code == 200
        self.page = answer.content.decode()


def test_a_list_of_300_organisations_is_searchable_after_an_afternoon(reference, client, log_in):
    log_in(MembershipFactory(provider=None, region_id="JZ18").user)
    file = as_csv(messy_rows(300), above="Sociale kaart, concept 3\r\n\r\n", encoding="cp1252")
    person, began = Person(client), time.monotonic()

    person.page = client.get(READ).content.decode()
    person.fill_in(
        bestand=SimpleUploadedFile("kaart.csv", file.content),
        naam="Sociale kaart Leiden",
        dag="2026-03-01",
    )
    fields = len(person.fields)
    person.press()
    assert text_of(element(person.page, "h1")) == "Kijk of dit klopt"
    person.fields = {}
    person.press("neem-over")

    assert (fields <= MOST_FIELDS, person.presses <= MOST_PRESSES) == (True, True)
    assert time.monotonic() - began < LONGEST
    run = ImportRun.objects.get()
    assert run.rows.count() == 300
    assert Offer.objects.visible().count() > 200
    client.logout()
    found = client.get("/", {"hulpvraag": "pesten", "plaats": "Leiden"}).content.decode()
    assert "overgenomen uit een lijst van 1 maart 2026, nog niet bevestigd" in found
