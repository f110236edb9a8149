"""The crisis numbers of a region: written at its desk, called from the search."""

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError

from providers.enums import Role
from providers.models import AuditEvent, CrisisNumber
from providers.services import audit
from providers.services.municipal.crisis_numbers import remove_crisis_number, save_crisis_number
from tests.factories import CrisisNumberFactory, MembershipFactory, YouthRegionFactory
from tests.pages import element, elements, page_at, section_of, text_of

pytestmark = pytest.mark.django_db
PAGE = "/regio/JZ18/crisisnummers/"
A_NUMBER = {
    "label": "Crisisdienst jeugd",
    "phone": "071 000 00 70",
    "text": "Bel als het niet kan wachten.",
    "kinds": ["suicide", "psychosis"],
    "referrer_phone": "071 000 00 71",
    "hours": "dag en nacht",
}


@pytest.fixture
def here(region):
    return region.leiden.region


@pytest.fixture
def at_desk(log_in, here):
    user = log_in()
    MembershipFactory(user=user, provider=None, region=here, role=Role.EDITOR)
    return user


def whom_to_call(client, signal="suicide", more=""):
    """The labels in the panel of a search that names this danger, those at hand first."""
    page = page_at(client, f"/?hulpvraag=somberheid&signaal={signal}{more}")
    return [text_of(one) for one in elements(section_of(page, "signaal"), "strong")]


def take_back(client, action):
    event = AuditEvent.objects.filter(action=action).first()
    page = client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/", follow=True)
    return page.content.decode()


def test_a_number_of_the_desk_is_called_at_its_dangers_in_its_region(client, at_desk):
    assert client.post(f"{PAGE}nieuw/", A_NUMBER).status_code == 302
    assert whom_to_call(client)[2] == "Crisisdienst jeugd"
    assert "Crisisdienst jeugd" not in whom_to_call(client, "violence")


def test_it_is_not_called_in_another_region(client, at_desk):
    CrisisNumberFactory(region=YouthRegionFactory(code="JZ99"), label="Dienst van elders")
    assert "Dienst van elders" not in whom_to_call(client)


def test_who_refers_has_a_number_of_their_own(client, at_desk):
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    panel = section_of(page_at(client, "/?hulpvraag=somberheid&signaal=suicide"), "signaal")
    line = text_of(element(panel, "p", class_="sk-signal__referrers"))
    assert line.endswith("071 000 00 71 (dag en nacht).")


@pytest.fixture
def cached_pages(settings):
    """Keep pages in memory, as a real site does."""
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def test_a_page_that_was_cached_has_the_new_number(client, at_desk, cached_pages):
    client.logout()
    whom_to_call(client)
    client.force_login(at_desk)
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    client.logout()
    assert "Crisisdienst jeugd" in whom_to_call(client)


def test_a_page_has_the_new_number_that_another_process_saved(client, here, cached_pages):
    number = CrisisNumberFactory(region=here, label="Oude dienst", dangers="suicide")
    assert "Oude dienst" in whom_to_call(client)
    # Without a signal, as this process hears none of what another one saves.
    CrisisNumber.objects.update(label="Nieuwe dienst")
    audit.record(by=None, action="crisisnumber.changed", subject=number, regions=here.pk)
    assert "Nieuwe dienst" in whom_to_call(client)


def test_the_desk_sees_its_own_and_those_of_the_country(client, at_desk, here):
    CrisisNumberFactory(region=here, label="Onze dienst")
    shown = client.get(PAGE).content.decode()
    assert "Onze dienst" in shown
    assert "113 Zelfmoordpreventie" in shown
    assert "De regio wijzigt ze niet." in shown


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": "bel ons"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["brand"]}, "kinds"),
        ({"website": "geen adres"}, "website"),
    ],
)
def test_what_cannot_be_called_is_refused_beside_its_field(client, at_desk, changed, field):
    answer = client.post(f"{PAGE}nieuw/", A_NUMBER | changed)
    assert set(answer.context["form"].errors) == {field}
    assert not CrisisNumber.objects.exists()


def test_a_name_that_is_there_already_is_refused(client, at_desk, here):
    CrisisNumberFactory(region=here, label="Crisisdienst jeugd")
    answer = client.post(f"{PAGE}nieuw/", A_NUMBER)
    assert "Er is al een nummer met deze naam." in answer.content.decode()


def test_a_list_stays_short(client, at_desk, here):
    CrisisNumberFactory.create_batch(8, region=here)
    assert "Er staan al 8 nummers." in client.post(f"{PAGE}nieuw/", A_NUMBER).content.decode()


def test_nothing_gets_past_the_form_either(here):
    with pytest.raises(ValidationError) as refused:
        save_crisis_number(
            by=None, region=here, label="Dienst", phone="112", text="Bel.", dangers="brand"
        )
    assert refused.value.message_dict == {"dangers": ["Kies uit de lijst."]}


@pytest.mark.parametrize("version", ["2026-01-01T00:00:00+00:00", "2026-01-01", "geen moment"])
def test_the_second_of_two_colleagues_hears_of_the_first(client, at_desk, here, version):
    number = CrisisNumberFactory(region=here, label="Onze dienst")
    answer = client.post(f"{PAGE}{number.pk}/", A_NUMBER | {"version": version})
    assert "Een collega heeft dit nummer net gewijzigd." in answer.content.decode()
    number.refresh_from_db()
    assert number.label == "Onze dienst"


def test_a_number_of_another_region_is_not_there(client, at_desk):
    number = CrisisNumberFactory(region=YouthRegionFactory(code="JZ99"))
    assert client.get(f"{PAGE}{number.pk}/").status_code == 404
    assert client.post(f"{PAGE}{number.pk}/weg/").status_code == 404


def test_who_only_reads_along_changes_nothing(client, log_in, here):
    MembershipFactory(user=log_in(), provider=None, region=here, role=Role.VIEWER)
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}nieuw/", A_NUMBER).status_code == 403
    assert not CrisisNumber.objects.exists()


# --- one click takes it back --------------------------------------------------------------------


def test_a_number_that_was_added_goes_again(client, at_desk):
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    assert "is teruggedraaid" in take_back(client, "crisisnumber.created")
    assert not CrisisNumber.objects.exists()


def test_a_number_that_was_changed_is_as_before(client, at_desk, here):
    number = CrisisNumberFactory(region=here, phone="071 000 00 99", dangers="abuse")
    client.post(f"{PAGE}{number.pk}/", A_NUMBER)
    take_back(client, "crisisnumber.updated")
    number.refresh_from_db()
    assert (number.phone, number.dangers) == ("+31710000099", "abuse")


def test_a_number_that_was_taken_away_comes_back(client, at_desk, here):
    number = CrisisNumberFactory(region=here, label="Onze dienst")
    client.post(f"{PAGE}{number.pk}/weg/")
    take_back(client, "crisisnumber.deleted")
    assert CrisisNumber.objects.get(region=here).label == "Onze dienst"


def test_one_that_comes_back_makes_no_longer_list(client, at_desk, here):
    number, *_others = CrisisNumberFactory.create_batch(8, region=here)
    client.post(f"{PAGE}{number.pk}/weg/")
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    assert "Er staan al 8 nummers." in take_back(client, "crisisnumber.deleted")
    assert CrisisNumber.objects.count() == 8


def test_one_that_was_taken_away_twice_is_one_change(here):
    number = CrisisNumberFactory(region=here)
    for _time in range(2):
        remove_crisis_number(by=None, number=CrisisNumber(pk=number.pk, region=here))
    assert AuditEvent.objects.filter(action="crisisnumber.deleted").count() == 1


def test_one_comes_back_once_and_under_its_own_number(client, at_desk, here):
    number = CrisisNumberFactory(region=here)
    client.post(f"{PAGE}{number.pk}/weg/")
    CrisisNumberFactory(region=here)
    take_back(client, "crisisnumber.deleted")
    assert CrisisNumber.objects.filter(pk=number.pk, label=number.label).exists()
    assert "nog eens gewijzigd" in take_back(client, "crisisnumber.deleted")
    assert CrisisNumber.objects.count() == 2


def test_what_changed_since_stays(client, at_desk, here):
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    number = CrisisNumber.objects.get()
    client.post(f"{PAGE}{number.pk}/", A_NUMBER | {"phone": "071 000 00 99"})
    assert "nog eens gewijzigd" in take_back(client, "crisisnumber.created")
    assert CrisisNumber.objects.get().phone == "+31710000099"


def test_the_history_says_it_in_words(client, at_desk):
    client.post(f"{PAGE}nieuw/", A_NUMBER)
    shown = client.get("/regio/JZ18/geschiedenis/").content.decode()
    assert "crisisnummer toegevoegd" in shown
    assert "Zelfdoding, In de war" in shown
    assert "071 000 00 70" in shown
