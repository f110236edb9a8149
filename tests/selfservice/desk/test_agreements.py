"""What a region agreed on, at its desk: clocks and norms."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from providers.enums import DatedFact, HelpKind, Role
from providers.models import AuditEvent, RegionClock, WaitNorm
from providers.services.municipal.agreements import NormTerms, agreements_of, set_agreements
from tests.factories import MembershipFactory, RegionClockFactory, UserFactory, WaitNormFactory

pytestmark = pytest.mark.django_db
PAGE = "/regio/JZ18/afspraken/"
NORM = {"weeks_ggz": "14", "source_ggz": "Regiovisie, bladzijde 3"}


@pytest.fixture
def here(region):
    return region.leiden.region


@pytest.fixture
def at_desk(log_in, here):
    user = log_in()
    MembershipFactory(user=user, provider=None, region=here, role=Role.EDITOR)
    return user


def errors(answer):
    return answer.context["form"].errors


def test_a_clock_and_a_norm_are_saved_together(client, at_desk, here):
    client.post(PAGE, {"clock_wait": "21", **NORM})
    assert agreements_of(here) == {
        "clock wait": 21,
        "norm ggz": {"weeks": "14", "source": "Regiovisie, bladzijde 3", "source_url": ""},
    }
    assert AuditEvent.objects.get(action="youthregion.agreements_set").by == at_desk


def test_what_is_left_empty_is_taken_away(client, at_desk, here):
    RegionClockFactory(region=here)
    WaitNormFactory(region=here)
    client.post(PAGE, {})
    assert agreements_of(here) == {}


def test_saving_the_same_again_is_no_change(client, at_desk, here):
    client.post(PAGE, {"clock_wait": "21", **NORM})
    client.post(PAGE, {"clock_wait": "21", **NORM})
    assert AuditEvent.objects.filter(action="youthregion.agreements_set").count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"clock_wait": "0"}, "clock_wait"),
        ({"clock_wait": "731"}, "clock_wait"),
        ({"clock_wait": "veel"}, "clock_wait"),
        ({"weeks_ggz": "261", "source_ggz": "X"}, "weeks_ggz"),
        ({"weeks_ggz": "14"}, "source_ggz"),
        ({"weeks_ggz": "14", "source_ggz": "X", "url_ggz": "geen adres"}, "url_ggz"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_saved(
    client, at_desk, here, data, field
):
    answer = client.post(PAGE, {"clock_offer": "60", **data})
    assert set(errors(answer)) == {field}
    assert agreements_of(here) == {}


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, at_desk, here):
    version = client.get(PAGE).context["form"].initial["version"]
    RegionClockFactory(region=here, days=10)
    answer = client.post(PAGE, {"version": version, "clock_wait": "21"})
    assert "net gewijzigd" in str(errors(answer))
    assert RegionClock.objects.get().days == 10


def test_who_only_reads_along_changes_nothing(client, log_in, here):
    MembershipFactory(user=log_in(), provider=None, region=here, role=Role.VIEWER)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"clock_wait": "21"}).status_code == 403
    assert not RegionClock.objects.exists()


def test_one_click_takes_it_back(client, at_desk, here):
    WaitNormFactory(region=here, kind=HelpKind.MENTAL_HEALTH, weeks=10, source="Oud")
    client.post(PAGE, {"clock_wait": "21", **NORM})
    event = AuditEvent.objects.get(action="youthregion.agreements_set")
    client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/")
    assert agreements_of(here) == {"norm ggz": {"weeks": "10", "source": "Oud", "source_url": ""}}


def test_what_changed_since_is_not_taken_back(client, at_desk, here):
    client.post(PAGE, {"clock_wait": "21"})
    event = AuditEvent.objects.get(action="youthregion.agreements_set")
    client.post(PAGE, {"clock_wait": "14"})
    client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/")
    assert agreements_of(here) == {"clock wait": 14}


def test_the_history_says_it_in_words(client, at_desk, here):
    client.post(PAGE, {"clock_wait": "21", **NORM})
    page = client.get("/regio/JZ18/geschiedenis/").content.decode()
    assert "afspraken van de regio gewijzigd" in page
    assert "14 weken (Regiovisie, bladzijde 3)" in page


def test_all_of_it_or_nothing(here):
    norms = {HelpKind.MENTAL_HEALTH: NormTerms(Decimal(14), "X", "geen adres")}
    with pytest.raises(ValidationError):
        set_agreements(by=None, region=here, clocks={DatedFact.WAIT: 21}, norms=norms)
    assert not RegionClock.objects.exists()
    assert not WaitNorm.objects.exists()


# --- where people look for the desk ------------------------------------------------------------


def test_the_footer_leads_to_the_desk_for_who_works_there_only(client, here):
    member, other = UserFactory(), UserFactory()
    MembershipFactory(user=member, provider=None, region=here)
    for user, is_shown in ((member, True), (other, False)):
        client.force_login(user)
        assert ('href="/regio/"' in client.get("/").content.decode()) is is_shown


def test_everybody_finds_how_to_get_on_the_map(client, db):
    for page in ("/", "/account/login/", "/voor-aanbieders/zo-werkt-het/"):
        assert 'href="/meedoen/nieuw/"' in client.get(page).content.decode()
