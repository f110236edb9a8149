"""Changing an offer, also when two people do so at once."""

import pytest
from django.urls import reverse

from providers.enums import OfferStatus
from providers.models import AuditEvent, Offer
from providers.services.offers import archive_offer, update_offer
from providers.vocabulary.choices import level_choices
from tests.factories import HelpQuestionFactory, LocationFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(offer):
    return reverse("selfservice:edit_offer", args=[offer.pk])


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


def test_the_form_shows_what_is_stored(client, owner, address, offer):
    text = client.get(address).content.decode()
    assert 'value="Samen hardlopen"' in text
    assert '<option value="somberheid" selected>' in text
    assert '<optgroup label="Stemming">' in text
    assert f'name="version" value="{offer.version}"' in text


def test_saving_changes_everything_that_was_typed(client, owner, address, offer, typed):
    HelpQuestionFactory(code="angst")
    response = client.post(
        address,
        {
            **typed,
            "title": "Samen fietsen",
            "main_question": "stress",
            "other_questions": ["angst", "somberheid"],
            "age_max": "",
            "formats": ["groep", "online"],
            "phases": ["wachtend"],
            "locations": [],
        },
        follow=True,
    )
    assert (
        "&#x27;Samen fietsen&#x27; is opgeslagen en vandaag bevestigd." in response.content.decode()
    )
    offer.refresh_from_db()
    assert (offer.title, offer.age_min, offer.age_max) == ("Samen fietsen", 12, None)
    assert (offer.individual, offer.group, offer.online) == (False, True, True)
    assert offer.while_waiting
    assert [link.help_question_id for link in offer.question_links.all()] == [
        "stress",
        "somberheid",
        "angst",
    ]
    assert list(offer.locations.all()) == []
    assert offer.version == 2
    event = AuditEvent.objects.get(action="offer.updated")
    assert event.by == owner
    assert event.changes["title"] == ["Samen hardlopen", "Samen fietsen"]


def test_saving_without_changes_keeps_everything(client, owner, address, offer, typed):
    before = Offer.objects.values().get(pk=offer.pk)
    client.post(address, typed)
    after = Offer.objects.values().get(pk=offer.pk)
    changed = {name for name in before if before[name] != after[name]}
    # Who saves the whole text says that it is right, also where it stayed the same.
    assert changed == {"version", "updated_at", "confirmed_on"}
    assert AuditEvent.objects.get(action="offer.updated").changes == {}


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("title", "", "Geef het aanbod een titel"),
        ("age_max", "11", "Draai ze om"),
        ("age_min", "40", "0 tot en met 27 jaar"),
        ("age_min", "twaalf", "Typ een heel getal"),
        ("main_question", "", "Kies de belangrijkste hulpvraag"),
        ("main_question", "bestaat-niet", "keuze is niet beschikbaar"),
        ("level", "9", "9 is geen beschikbare keuze"),
        ("formats", "vliegend", "vliegend is geen beschikbare keuze"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    client, owner, address, offer, typed, field, value, text
):
    response = client.post(address, {**typed, "cost": "Tien euro", field: value})
    assert response.status_code == 200
    form = response.context["form"]
    assert field in form.errors
    assert text in str(form.errors[field])
    page = response.content.decode()
    assert 'aria-invalid="true"' in page
    assert "Tien euro" in page, "what was typed is kept"
    offer.refresh_from_db()
    assert (offer.cost, offer.version) == ("Gratis", 1)


def test_a_location_of_another_provider_is_refused(client, owner, address, typed):
    foreign = LocationFactory()
    response = client.post(address, {**typed, "locations": [str(foreign.pk)]})
    assert "locations" in response.context["form"].errors


@pytest.mark.parametrize("number", ["9" * 20, "-1", "x", "\x00"])
def test_what_is_no_location_is_refused(client, owner, address, typed, number):
    response = client.post(address, {**typed, "locations": [number]})
    assert set(response.context["form"].errors) == {"locations"}


def test_an_offer_of_another_provider_is_not_changed_through_mine(client, owner, offer, typed):
    other = OfferFactory(title="Van een ander")
    address = reverse("selfservice:edit_offer", args=[other.pk])
    assert client.post(address, typed).status_code == 404
    other.refresh_from_db()
    assert other.title == "Van een ander"


def test_a_form_without_version_is_refused(client, owner, address, offer, typed):
    del typed["version"]
    response = client.post(address, {**typed, "title": "Anders"})
    assert response.status_code == 200
    offer.refresh_from_db()
    assert offer.title == "Samen hardlopen"


def test_what_the_service_refuses_is_shown(client, owner, address, offer, typed):
    offer.service_areas.all().delete()
    response = client.post(address, typed)
    assert "Kies ten minste één gemeente." in response.content.decode()


def test_the_second_of_two_people_sees_what_changed_and_can_save_again(
    client, owner, address, offer, typed
):
    colleague = UserFactory(name="Sanne (demo)")
    update_offer(
        by=colleague,
        offer=offer,
        expected_version=1,
        summary="Elke dinsdag om vier uur.",
        formats=["groep"],
        help_questions=["stress"],
    )

    mine = {**typed, "title": "Samen fietsen", "cost": "Vijf euro"}
    response = client.post(address, mine)

    assert response.status_code == 409
    conflict = response.context["conflict"]
    assert conflict.who == "Sanne (demo)"
    assert {(row.label, row.stored, row.typed) for row in conflict.differences} == {
        ("In het kort", "Elke dinsdag om vier uur.", offer.summary),
        ("Hoe en waar", "In een groep", "Individueel"),
        ("Belangrijkste hulpvraag", "Stress", "Somberheid"),
        ("Ook voor deze hulpvragen", "(leeg)", "Stress"),
    }
    page = response.content.decode()
    assert "Sanne (demo) heeft dit aanbod intussen gewijzigd" in page
    assert 'value="Samen fietsen"' in page
    assert 'name="version" value="2"' in page
    offer.refresh_from_db()
    assert (offer.title, offer.version) == ("Samen hardlopen", 2)

    again = client.post(address, {**mine, "version": "2", "summary": "Elke dinsdag om vier uur."})
    assert again.status_code == 302
    offer.refresh_from_db()
    assert (offer.title, offer.cost) == ("Samen fietsen", "Vijf euro")
    assert (offer.summary, offer.version) == ("Elke dinsdag om vier uur.", 3)


def test_a_change_of_which_nothing_was_written_down_shows_every_difference(
    client, owner, address, offer, typed
):
    Offer.objects.filter(pk=offer.pk).update(version=5, cost="Tien euro", title="Rennen")
    differences = client.post(address, typed).context["conflict"].differences
    assert {row.label for row in differences} == {"Titel", "Kosten"}


def test_the_same_change_twice_is_no_quarrel(client, owner, address, offer, typed):
    update_offer(by=UserFactory(), offer=offer, cost="Tien euro")
    response = client.post(address, {**typed, "cost": "Tien euro"})
    assert response.status_code == 409
    assert response.context["conflict"].differences == ()
    assert "U kunt opslaan" in response.content.decode()


def test_an_offer_archived_meanwhile_is_not_saved(client, owner, address, offer, typed):
    archive_offer(by=UserFactory(), offer=offer)
    response = client.post(address, {**typed, "title": "Anders"}, follow=True)
    assert "is gearchiveerd" in response.content.decode()
    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Samen hardlopen", OfferStatus.ARCHIVED)


def test_the_form_takes_a_fixed_number_of_queries(
    client, owner, address, offer, django_assert_num_queries
):
    for number in range(20):
        HelpQuestionFactory(code=f"vraag-{number}")
        LocationFactory(provider=offer.provider)
    level_choices()  # kept in memory: looked at before, they take no query
    with django_assert_num_queries(17):
        client.get(address)
