"""Changing an offer step by step, also when two people do so at once."""

import pytest
from django.urls import reverse

from providers.enums import OfferStatus
from providers.models import AuditEvent, Offer
from providers.services.offers import archive_offer, update_offer
from providers.services.publishing.lifecycle import restore_offer
from providers.vocabulary.choices import level_choices
from selfservice.offers.conflict import last_save
from tests.factories import HelpQuestionFactory, LocationFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db


def step(name, offer):
    return reverse(f"selfservice:edit_{name}", args=[offer.pk])


@pytest.fixture
def what(offer):
    return step("what", offer)


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


def test_a_step_shows_what_is_stored(client, owner, what, offer):
    text = client.get(what).content.decode()
    assert 'value="Samen hardlopen"' in text
    assert f'name="version" value="{offer.version}"' in text


def test_help_questions_stand_under_their_themes(client, owner, offer):
    text = client.get(step("whom", offer)).content.decode()
    assert '<option value="somberheid" selected>' in text
    assert '<optgroup label="Stemming">' in text


def test_saving_what_it_is(client, owner, what, offer, typed):
    response = client.post(what, {**typed, "title": "Samen fietsen"}, follow=True)
    assert (
        "&#x27;Samen fietsen&#x27; is opgeslagen en vandaag bevestigd." in response.content.decode()
    )
    offer.refresh_from_db()
    assert (offer.title, offer.version) == ("Samen fietsen", 2)
    event = AuditEvent.objects.get(action="offer.updated")
    assert event.by == owner
    assert event.changes == {"title": ["Samen hardlopen", "Samen fietsen"]}


def test_saving_for_whom_it_is(client, owner, offer, typed_whom):
    HelpQuestionFactory(code="angst")
    client.post(
        step("whom", offer),
        {
            **typed_whom,
            "main_question": "stress",
            "other_questions": ["angst", "somberheid"],
            "age_max": "",
            "phases": ["wachtend"],
        },
    )
    offer.refresh_from_db()
    assert (offer.age_min, offer.age_max, offer.while_waiting) == (12, None, True)
    assert [link.help_question_id for link in offer.question_links.all()] == [
        "stress",
        "somberheid",
        "angst",
    ]


def test_saving_how_and_where_it_is(client, owner, offer, typed_where):
    client.post(
        step("where", offer), {**typed_where, "formats": ["groep", "online"], "locations": []}
    )
    offer.refresh_from_db()
    assert (offer.individual, offer.group, offer.online) == (False, True, True)
    assert list(offer.locations.all()) == []


def test_saving_how_it_begins(client, owner, offer, typed_start):
    client.post(step("start", offer), {**typed_start, "how_to_start": "Bel.", "cost": ""})
    offer.refresh_from_db()
    assert (offer.how_to_start, offer.cost) == ("Bel.", "")


@pytest.mark.parametrize("name", ["what", "whom", "where", "start"])
def test_saving_without_changes_keeps_everything(
    client, owner, offer, name, typed, typed_whom, typed_where, typed_start
):
    before = Offer.objects.values().get(pk=offer.pk)
    data = {"what": typed, "whom": typed_whom, "where": typed_where, "start": typed_start}
    client.post(step(name, offer), data[name])
    after = Offer.objects.values().get(pk=offer.pk)
    changed = {name for name in before if before[name] != after[name]}
    # Who saves says that it is right, also where it stayed the same.
    assert changed == {"version", "updated_at", "confirmed_on"}
    assert AuditEvent.objects.get(action="offer.updated").changes == {}


@pytest.mark.parametrize(
    ("name", "field", "value", "text"),
    [
        ("what", "title", "", "Geef het aanbod een titel"),
        ("what", "level", "9", "9 is geen beschikbare keuze"),
        ("whom", "age_max", "11", "Draai ze om"),
        ("whom", "age_min", "40", "0 tot en met 27 jaar"),
        ("whom", "age_min", "twaalf", "Typ een heel getal"),
        ("whom", "main_question", "", "Kies de belangrijkste hulpvraag"),
        ("whom", "main_question", "bestaat-niet", "keuze is niet beschikbaar"),
        ("where", "formats", "vliegend", "vliegend is geen beschikbare keuze"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    client, owner, offer, name, field, value, text, typed, typed_whom, typed_where
):
    data = {"what": typed, "whom": typed_whom, "where": typed_where}[name]
    response = client.post(step(name, offer), {**data, field: value})
    assert response.status_code == 200
    form = response.context["form"]
    assert field in form.errors
    assert text in str(form.errors[field])
    assert 'aria-invalid="true"' in response.content.decode()
    offer.refresh_from_db()
    assert offer.version == 1


def test_what_was_typed_beside_an_error_is_kept(client, owner, what, typed):
    response = client.post(what, {**typed, "title": "", "description": "Elke dinsdag."})
    assert "Elke dinsdag." in response.content.decode()


def test_a_location_of_another_provider_is_refused(client, owner, offer, typed_where):
    foreign = LocationFactory()
    data = {**typed_where, "locations": [str(foreign.pk)]}
    assert "locations" in client.post(step("where", offer), data).context["form"].errors


@pytest.mark.parametrize("number", ["9" * 20, "-1", "x", "\x00"])
def test_what_is_no_location_is_refused(client, owner, offer, typed_where, number):
    response = client.post(step("where", offer), {**typed_where, "locations": [number]})
    assert set(response.context["form"].errors) == {"locations"}


def test_an_offer_of_another_provider_is_not_changed_through_mine(client, owner, offer, typed):
    other = OfferFactory(title="Van een ander")
    assert client.post(step("what", other), typed).status_code == 404
    other.refresh_from_db()
    assert other.title == "Van een ander"


def test_a_form_without_version_is_refused(client, owner, what, offer, typed):
    del typed["version"]
    response = client.post(what, {**typed, "title": "Anders"})
    assert response.status_code == 200
    offer.refresh_from_db()
    assert offer.title == "Samen hardlopen"


def test_what_the_service_refuses_is_shown(client, owner, what, offer, typed):
    offer.service_areas.all().delete()
    response = client.post(what, typed)
    assert "Kies ten minste één gemeente." in response.content.decode()


def test_the_second_of_two_people_sees_what_changed_and_can_save_again(
    client, owner, what, offer, typed
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

    mine = {**typed, "title": "Samen fietsen"}
    response = client.post(what, mine)

    assert response.status_code == 409
    conflict = response.context["conflict"]
    assert conflict.who == "Sanne (demo)"
    assert {(row.label, row.stored, row.typed) for row in conflict.differences} == {
        ("In het kort", "Elke dinsdag om vier uur.", offer.summary),
    }
    page = response.content.decode()
    assert "Sanne (demo) heeft dit aanbod intussen gewijzigd" in page
    assert 'value="Samen fietsen"' in page, "what was typed is kept"
    assert 'name="version" value="2"' in page
    offer.refresh_from_db()
    assert (offer.title, offer.version) == ("Samen hardlopen", 2)

    again = client.post(what, {**mine, "version": "2", "summary": "Elke dinsdag om vier uur."})
    assert again.status_code == 302
    offer.refresh_from_db()
    assert (offer.title, offer.version) == ("Samen fietsen", 3)
    assert offer.summary == "Elke dinsdag om vier uur."


def test_two_people_in_two_steps_are_not_in_each_others_way(client, owner, what, offer, typed):
    update_offer(by=UserFactory(), offer=offer, expected_version=1, help_questions=["stress"])
    assert client.post(what, {**typed, "title": "Samen fietsen"}).status_code == 302
    offer.refresh_from_db()
    assert (offer.title, offer.version) == ("Samen fietsen", 3)
    assert [link.help_question_id for link in offer.question_links.all()] == ["stress"]


def test_differences_in_questions_are_said_in_words(client, owner, offer, typed_whom):
    update_offer(by=UserFactory(), offer=offer, expected_version=1, help_questions=["stress"])
    differences = client.post(step("whom", offer), typed_whom).context["conflict"].differences
    assert [row.label for row in differences] == [
        "Belangrijkste hulpvraag",
        "Ook voor deze hulpvragen",
    ]


def test_a_change_of_which_nothing_was_written_down_shows_every_difference(
    client, owner, what, offer, typed
):
    Offer.objects.filter(pk=offer.pk).update(version=5, summary="Elke dag.", title="Rennen")
    differences = client.post(what, typed).context["conflict"].differences
    assert {row.label for row in differences} == {"Titel", "In het kort"}


def test_the_same_change_twice_is_no_quarrel(client, owner, what, offer, typed):
    update_offer(by=UserFactory(), offer=offer, summary="Elke dag.")
    response = client.post(what, {**typed, "summary": "Elke dag."})
    assert response.status_code == 409
    assert response.context["conflict"].differences == ()
    assert "U kunt opslaan" in response.content.decode()


def test_an_offer_archived_meanwhile_is_not_saved(client, owner, what, offer, typed):
    archive_offer(by=UserFactory(), offer=offer)
    response = client.post(what, {**typed, "title": "Anders"}, follow=True)
    assert "is gearchiveerd" in response.content.decode()
    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Samen hardlopen", OfferStatus.ARCHIVED)


def test_a_step_takes_a_fixed_number_of_queries(client, owner, offer, django_assert_num_queries):
    for number in range(20):
        HelpQuestionFactory(code=f"vraag-{number}")
        LocationFactory(provider=offer.provider)
    level_choices()  # kept in memory: looked at before, they take no query
    for name, queries in (("what", 5), ("whom", 14), ("where", 9), ("start", 5)):
        with django_assert_num_queries(queries):
            client.get(step(name, offer))


def test_a_save_names_who_brought_the_offer_back(offer):
    first, second = UserFactory(name="Sanne"), UserFactory(name="Bas")
    update_offer(by=first, offer=offer, title="Ander verhaal")
    seen = Offer.objects.get(pk=offer.pk).version
    archive_offer(by=first, offer=offer)
    stored = restore_offer(by=second, offer=offer)
    assert last_save(stored, seen, []).who == str(second)
