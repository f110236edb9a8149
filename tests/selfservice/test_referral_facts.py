"""What decides a referral: yes, no or unknown, with the day it was stated."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.enums import AlsoTakes, Ternary
from providers.models import AuditEvent, CanAlsoTake, ReferralFacts
from providers.services.publishing.referral import set_referral_facts
from tests.factories import UserFactory, days_ago
from tests.pages import elements, on_one_line, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


@pytest.fixture
def address(offer):
    return reverse("selfservice:edit_referral", args=[offer.pk])


TYPED = {
    "version": "1",
    "autisme": "ja",
    "verslaving": "nee",
    "lvb": "onbekend",
    "continues_after_18": "ja",
    "consult": "ja",
    "consult_who": "Noor, gedragswetenschapper",
    "consult_when": "werkdagen van 12.30 tot 13.00 uur",
    "consult_about": "of het past",
    "funding_ends": "ja",
    "funded_until": "2027-12-31",
}


def facts_on_page(client, offer):
    page = on_one_line(client.get(offer.get_absolute_url()).content.decode())
    words = [text_of(one) for one in elements(page, "dt")]
    answers = [text_of(one) for one in elements(page, "dd")]
    return dict(zip(words, answers, strict=False))


def test_everything_is_unknown_until_somebody_says_so(client, offer):
    found = facts_on_page(client, offer)
    for fact in ("bij autisme", "Loopt door na 18", "Overleg zonder aanmelding", "Gefinancierd"):
        assert fact in found["Niet bekend"]


def test_answers_stand_on_the_page_with_their_day(client, owner, offer, address):
    assert client.post(address, TYPED).status_code == 302
    found = facts_on_page(client, offer)
    assert found["Neemt ook aan bij autisme"] == "Ja (opgegeven vandaag)"
    assert found["Neemt ook aan bij verslaving"] == "Nee (opgegeven vandaag)"
    assert "een licht verstandelijke beperking" in found["Niet bekend"]
    assert "autisme" not in found["Niet bekend"]
    assert "Noor, gedragswetenschapper" in found["Overleg zonder aanmelding"]
    assert "31 december 2027" in found["Gefinancierd"]


def test_unknown_is_no_row_and_no_day(client, owner, offer, address):
    client.post(address, TYPED)
    assert {row.condition for row in CanAlsoTake.objects.all()} == {"autisme", "verslaving"}
    client.post(address, {"version": "2", "autisme": "onbekend"})
    assert not CanAlsoTake.objects.exists()
    facts = ReferralFacts.objects.get(offer=offer)
    assert (facts.consult, facts.consult_stated_on, facts.consult_who) == ("onbekend", None, "")


def test_the_form_shows_what_is_stored(client, owner, offer, address):
    client.post(address, TYPED)
    form = client.get(address).context["form"]
    assert form["autisme"].value() == Ternary.YES
    assert form["consult_who"].value() == "Noor, gedragswetenschapper"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"consult_who": "Noor"}, "consult_who"),
        ({"consult": "nee", "consult_when": "altijd"}, "consult_when"),
        ({"funded_until": "2027-12-31"}, "funded_until"),
        ({"funding_ends": "ja"}, "funded_until"),
        ({"autisme": "misschien"}, "autisme"),
    ],
)
def test_what_does_not_go_together_is_said_beside_the_field(client, owner, address, typed, field):
    answer = client.post(address, {"version": "1"} | typed)
    assert field in answer.context["form"].errors
    assert not ReferralFacts.objects.exists()


def test_a_colleagues_answers_are_not_overwritten_unseen(client, owner, offer, address):
    set_referral_facts(
        by=UserFactory(name="Sanne (demo)"), offer=offer, also_takes={AlsoTakes.AUTISM: Ternary.NO}
    )
    answer = client.post(address, TYPED)
    assert answer.status_code == 409
    assert answer.context["conflict"].who == "Sanne (demo)"
    assert "Autisme" in {one.label for one in answer.context["conflict"].differences}


def test_who_said_it_is_written_down(client, owner, offer, address):
    client.post(address, TYPED)
    event = AuditEvent.objects.get(action="offer.referral_set")
    assert event.by == owner
    assert event.changes["autisme"] == ["onbekend", "ja"]


def test_the_api_writes_unknown_as_null(client, offer):
    CanAlsoTake.objects.create(
        offer=offer, condition=AlsoTakes.AUTISM, answer=False, stated_on=days_ago(3)
    )
    found = client.get(f"/api/v1/offers/{offer.pk}").json()["referral"]
    answers = {one["condition"]: one["answer"] for one in found["can_also_take"]}
    assert answers["autisme"] is False
    assert answers["lvb"] is None
    assert found["consult"] is None


def test_a_known_answer_is_dated_today(offer):
    set_referral_facts(
        by=None, offer=offer, also_takes={AlsoTakes.AUTISM: Ternary.YES}, consult=Ternary.NO
    )
    assert CanAlsoTake.objects.get().stated_on == timezone.localdate()
    assert ReferralFacts.objects.get().consult_stated_on == timezone.localdate()
