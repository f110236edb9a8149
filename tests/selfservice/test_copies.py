"""The same help in many places: what changes in one offer is brought to its copies, when asked."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from providers.models import AuditEvent, Offer
from providers.services.offers import EditConflictError, archive_offer, update_offer
from providers.services.publishing.copies import (
    bring_to_copies,
    brought,
    copies_of,
    take_back_from_copies,
)
from providers.services.publishing.lifecycle import copy_offer
from tests.factories import HelpQuestionFactory, MembershipFactory, OfferFactory, UserFactory
from tests.pages import element, elements, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


@pytest.fixture
def copy(offer):
    """A copy of the offer for Katwijk."""
    made = copy_offer(by=None, offer=offer)
    return update_offer(by=None, offer=made, title="Samen hardlopen in Katwijk")


def page(offer, name="copies", *more):
    return reverse(f"selfservice:{name}", args=[offer.pk, *more])


def differences(offer):
    """Return by title of each copy what differs there, and whether it is behind."""
    return {
        one.offer.title: {found.name: found.is_behind for found in one.differences}
        for one in copies_of(offer).copies
    }


def bring(offer, *names, copies=None):
    chosen = {one.offer.pk: names for one in copies_of(offer).copies}
    return bring_to_copies(
        by=UserFactory(), template=offer, chosen=copies or chosen, mark=copies_of(offer).mark
    )


def ticked(html):
    boxes = elements(html, "input", name="velden")
    return {dict(box.attributes)["value"] for box in boxes if "checked" in dict(box.attributes)}


# --- what differs --------------------------------------------------------------------------------


def test_a_copy_knows_its_template_and_a_copy_of_a_copy_has_the_same(offer, copy):
    again = copy_offer(by=None, offer=copy)
    assert (copy.template_id, again.template_id) == (offer.pk, offer.pk)


def test_a_new_copy_says_the_same(offer, copy):
    assert differences(offer) == {"Samen hardlopen in Katwijk": {}}


def test_what_the_template_said_before_is_behind_and_other_words_are_its_own(offer, copy):
    update_offer(by=None, offer=copy, cost="5 euro per keer")
    update_offer(by=None, offer=offer, summary="Elke week.", cost="Niets")
    assert differences(offer) == {copy.title: {"summary": True, "cost": False}}


def test_help_questions_formats_and_ages_are_compared_too(offer, copy):
    HelpQuestionFactory(code="pesten")
    update_offer(
        by=None, offer=offer, help_questions=["pesten", "stress"], formats=["online"], age_min=10
    )
    wanted = {"help_questions": True, "individual": True, "online": True, "age_min": True}
    assert differences(offer) == {copy.title: wanted}


def test_archived_copies_and_those_of_another_provider_are_left_alone(offer, copy):
    archive_offer(by=None, offer=copy)
    OfferFactory(template=offer)
    assert differences(offer) == {}


# --- bringing it -------------------------------------------------------------------------------


def test_a_chosen_field_becomes_the_same_and_the_others_stay(offer, copy):
    update_offer(by=None, offer=offer, summary="Elke week.", cost="Niets")
    assert bring(offer, "summary") == 1
    copy.refresh_from_db()
    assert (copy.summary, copy.cost) == ("Elke week.", "Gratis")
    assert copy.title == "Samen hardlopen in Katwijk"


def test_each_copy_and_the_template_get_an_audit_row(offer, copy):
    update_offer(by=None, offer=offer, cost="Niets")
    bring(offer, "cost")
    of_copy = AuditEvent.objects.filter(subject_id=str(copy.pk), action="offer.updated").first()
    of_template = AuditEvent.objects.get(subject_id=str(offer.pk), action="offer.copies_updated")
    assert of_copy.changes == {"cost": ["Gratis", "Niets"]}
    assert of_template.changes == {"events": [of_copy.pk]}


def test_a_copy_that_was_saved_since_it_was_shown_is_not_overwritten(offer, copy):
    update_offer(by=None, offer=offer, cost="Niets")
    mark = copies_of(offer).mark
    update_offer(by=None, offer=copy, cost="5 euro")
    with pytest.raises(EditConflictError):
        bring_to_copies(by=UserFactory(), template=offer, chosen={copy.pk: ["cost"]}, mark=mark)
    copy.refresh_from_db()
    assert copy.cost == "5 euro"


def test_all_copies_change_or_none(offer, copy):
    other = update_offer(by=None, offer=copy_offer(by=None, offer=offer), title="Zuid")
    update_offer(by=None, offer=other, age_min=5, age_max=9)
    update_offer(by=None, offer=offer, age_min=10)
    with pytest.raises(ValidationError, match=r"Zuid: .*hoger dan"):
        bring(offer, "age_min")
    copy.refresh_from_db()
    assert copy.age_min == 12


# --- one undo ------------------------------------------------------------------------------------


def test_all_of_it_is_taken_back_in_one_step_and_once(offer, copy):
    update_offer(by=None, offer=offer, cost="Niets", formats=["online"])
    bring(offer, "cost", "online", "individual")
    (event,) = brought(offer, most=5)
    assert take_back_from_copies(by=UserFactory(), template=offer, event=event.pk) == 1
    copy.refresh_from_db()
    assert (copy.cost, copy.online, copy.individual) == ("Gratis", False, True)
    assert brought(offer, most=5) == []
    with pytest.raises(EditConflictError):
        take_back_from_copies(by=UserFactory(), template=offer, event=event.pk)


def test_what_somebody_changed_since_is_not_taken_back(client, owner, offer, copy):
    update_offer(by=None, offer=offer, cost="Niets")
    bring(offer, "cost")
    update_offer(by=None, offer=copy, cost="5 euro")
    (event,) = brought(offer, most=5)
    answer = client.post(page(offer, "take_back_copies", event.pk), follow=True)
    assert "Dit kan niet meer in één keer terug" in answer.content.decode()
    copy.refresh_from_db()
    assert (copy.cost, len(brought(offer, most=5))) == ("5 euro", 1)


# --- the page ------------------------------------------------------------------------------------


def test_saving_the_template_offers_to_bring_it_with_what_is_behind_ticked(
    client, owner, offer, copy, typed
):
    update_offer(by=None, offer=copy, summary="Alleen in Katwijk.")
    answer = client.post(page(offer, "edit_what"), typed | {"summary": "Nieuw", "crisis": "on"})
    assert answer["Location"] == page(offer)
    html = client.get(page(offer)).content.decode()
    assert ticked(html) == {f"{copy.pk}-crisis"}
    shown = [text_of(one) for one in elements(html, "del")]
    assert "Alleen in Katwijk." in shown


def test_saving_what_no_copy_is_behind_in_leads_back_to_the_offer(
    client, owner, offer, copy, typed
):
    answer = client.post(page(offer, "edit_what"), typed | {"title": "Samen lopen"})
    assert answer["Location"] == page(offer, "edit_offer")


def test_one_button_changes_what_is_ticked_and_one_takes_it_back(client, owner, offer, copy):
    update_offer(by=None, offer=offer, cost="Niets")
    sent = {"kenmerk": copies_of(offer).mark, "velden": f"{copy.pk}-cost"}
    html = client.post(page(offer), sent, follow=True).content.decode()
    assert "1 kopie is gewijzigd." in html
    assert Offer.objects.get(pk=copy.pk).cost == "Niets"
    (event,) = brought(offer, most=5)
    client.post(page(offer, "take_back_copies", event.pk))
    assert Offer.objects.get(pk=copy.pk).cost == "Gratis"


def test_a_copy_saved_meanwhile_is_shown_anew_with_the_same_boxes(client, owner, offer, copy):
    update_offer(by=None, offer=offer, cost="Niets", summary="Nieuw")
    sent = {"kenmerk": copies_of(offer).mark, "velden": f"{copy.pk}-cost"}
    update_offer(by=None, offer=copy, summary="Van Katwijk")
    answer = client.post(page(offer), sent)
    assert (answer.status_code, ticked(answer.content.decode())) == (409, {f"{copy.pk}-cost"})
    assert Offer.objects.get(pk=copy.pk).cost == "Gratis"


def test_the_offer_of_another_provider_is_no_choice(client, owner, offer, copy):
    other = OfferFactory(template=offer, cost="5 euro")
    sent = {"kenmerk": copies_of(offer).mark, "velden": f"{other.pk}-cost"}
    answer = client.post(page(offer), sent)
    assert "velden" in answer.context["form"].errors
    other.refresh_from_db()
    assert other.cost == "5 euro"


def test_each_leads_to_the_other(client, owner, offer, copy):
    assert page(offer) in client.get(page(offer, "edit_offer")).content.decode()
    assert page(offer, "edit_offer") in client.get(page(copy, "edit_offer")).content.decode()


def test_ten_copies_take_as_many_queries_as_one(
    client, owner, offer, copy, django_assert_num_queries
):
    # Session, person, the offer and the role in it (4), the copies with questions, groups,
    # languages, places and whose those are (6), what the template said, three lists of names, what
    # was brought and what was taken back (2).
    update_offer(by=None, offer=offer, cost="Niets", help_questions=["stress"])
    for _turn in range(9):
        copy_offer(by=None, offer=copy)
    with django_assert_num_queries(16):
        client.get(page(offer))


def test_a_reader_sees_no_copies(client, log_in, offer, copy):
    log_in(MembershipFactory(provider=offer.provider, role="bekijker").user)
    assert client.get(page(offer)).status_code == 403


# --- going its own way ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_a_copy_is_let_go_with_one_button(client, log_in_as, offer, copy, who):
    user = log_in_as(who)
    form = element(
        client.get(page(copy, "edit_offer")).content.decode(),
        "form",
        action=page(copy, "let_go_of_template"),
    )
    assert "Maak los" in text_of(form)
    client.post(page(copy, "let_go_of_template"))
    update_offer(by=None, offer=offer, cost="Niets")
    assert differences(offer) == {}
    event = AuditEvent.objects.get(action="offer.template_left")
    assert (event.by, event.changes) == (user, {"template": [offer.pk, None]})


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 404)])
def test_others_let_nothing_go(client, log_in_as, offer, copy, who, status):
    log_in_as(who)
    assert client.post(page(copy, "let_go_of_template")).status_code == status
    copy.refresh_from_db()
    assert copy.template_id == offer.pk


def test_what_is_no_copy_stays_as_it_is(client, owner, offer):
    client.post(page(offer, "let_go_of_template"))
    assert not AuditEvent.objects.filter(action="offer.template_left").exists()
