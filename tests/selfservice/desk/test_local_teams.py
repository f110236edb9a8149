"""The local teams of a region at its desk, and who supports clients in its municipalities."""

import pytest

from providers.enums import Role
from providers.models import AuditEvent, ClientSupport, LocalTeam
from providers.services.desk.merging import merge_providers
from tests.factories import (
    ClientSupportFactory,
    LocalTeamFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    PostalAreaFactory,
    UserFactory,
    YouthRegionFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db
TEAMS = "/regio/JZ18/lokale-teams/"
SUPPORT = "/regio/JZ18/clientondersteuning/GM0546/"


@pytest.fixture
def log_in_at_desk(log_in, region):
    def _log_in(role=Role.EDITOR):
        user = log_in()
        MembershipFactory(user=user, provider=None, region=region.leiden.region, role=role)
        return user

    return _log_in


@pytest.fixture
def at_desk(log_in_at_desk):
    return log_in_at_desk()


@pytest.fixture
def provider(region):
    return OfferFactory(municipalities=[region.leiden]).provider


@pytest.fixture
def elsewhere(region):
    there = MunicipalityFactory(region=YouthRegionFactory(code="JZ99"))
    return PostalAreaFactory(code="9711", municipality=there)


def a_team(provider, **changed):
    return {
        "provider": provider.pk,
        "name": "Team Noord",
        "postcodes": "2311-2312, 2352",
        "wait_weeks": "2,5",
        "measured_on": str(days_ago(0)),
    } | changed


def served(team):
    return sorted(team.postal_areas.values_list("pk", flat=True))


def test_the_desk_adds_a_team_with_its_postcodes(client, at_desk, provider):
    assert client.post(f"{TEAMS}nieuw/", a_team(provider)).status_code == 302
    team = LocalTeam.objects.get()
    assert served(team) == ["2311", "2312", "2352"]
    assert (team.provider, team.wait_weeks) == (provider, 2.5)


def test_the_change_shows_on_the_pages_of_its_region_only(client, at_desk, provider):
    client.post(f"{TEAMS}nieuw/", a_team(provider))
    event = AuditEvent.objects.get(action="localteam.created")
    assert (event.by, event.regions) == (at_desk, "JZ18")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"postcodes": "Leiden"}, "“Leiden” is geen postcode in deze regio."),
        ({"postcodes": "9711"}, "“9711” is geen postcode in deze regio."),
        ({"measured_on": ""}, "Vul in op welke dag dit gemeten is."),
        ({"measured_on": str(days_ago(-2))}, "Deze datum ligt in de toekomst."),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_written(
    client, at_desk, provider, elsewhere, changed, sentence
):
    answer = client.post(f"{TEAMS}nieuw/", a_team(provider, **changed))
    assert sentence in answer.content.decode()
    assert not LocalTeam.objects.exists()


def test_postcodes_of_another_region_stay_as_they_were(client, at_desk, provider, elsewhere):
    team = LocalTeamFactory(provider=provider, postal_areas=["2311", "9711"])
    client.post(f"{TEAMS}{team.pk}/", a_team(provider, postcodes="2312"))
    assert served(team) == ["2312", "9711"]


def test_the_second_of_two_colleagues_hears_of_the_first(client, at_desk, provider):
    team = LocalTeamFactory(provider=provider, name="Team Zuid", postal_areas=["2311"])
    old = {"version": "2026-01-01T00:00:00+00:00"}
    answer = client.post(f"{TEAMS}{team.pk}/", a_team(provider, **old))
    assert "Een collega heeft dit team net gewijzigd." in answer.content.decode()
    team.refresh_from_db()
    assert team.name == "Team Zuid"


def test_a_team_of_another_region_is_not_there(client, at_desk, elsewhere):
    team = LocalTeamFactory(postal_areas=["9711"])
    assert client.get(f"{TEAMS}{team.pk}/").status_code == 404
    assert client.post(f"{TEAMS}{team.pk}/weg/").status_code == 404


def test_a_reader_of_the_desk_changes_nothing(client, log_in_at_desk, provider):
    log_in_at_desk(Role.VIEWER)
    assert client.post(f"{TEAMS}nieuw/", a_team(provider)).status_code == 403
    assert not LocalTeam.objects.exists()


def test_a_team_that_is_no_more_goes_and_its_name_stays_on_record(client, at_desk):
    team = LocalTeamFactory(name="Team Oost", postal_areas=["2311"])
    client.post(f"{TEAMS}{team.pk}/weg/")
    assert not LocalTeam.objects.exists()
    assert AuditEvent.objects.get(action="localteam.deleted").subject_label == "Team Oost"


# --- one click takes it back ---


def take_back(client, action):
    event = AuditEvent.objects.filter(action=action).first()
    page = client.post(f"/regio/JZ18/geschiedenis/{event.pk}/ongedaan/", follow=True)
    return page.content.decode()


def test_a_team_that_was_added_goes_again(client, at_desk, provider):
    client.post(f"{TEAMS}nieuw/", a_team(provider))
    assert "is teruggedraaid" in take_back(client, "localteam.created")
    assert not LocalTeam.objects.exists()


def test_a_team_that_was_changed_is_as_before(client, at_desk, provider, elsewhere):
    team = LocalTeamFactory(
        provider=provider, name="Zuid", wait_weeks=3, postal_areas=["2352", "9711"]
    )
    client.post(f"{TEAMS}{team.pk}/", a_team(provider))
    take_back(client, "localteam.updated")
    team.refresh_from_db()
    assert (team.name, team.wait_weeks, served(team)) == ("Zuid", 3, ["2352", "9711"])


def test_a_team_that_was_taken_away_comes_back_with_its_postcodes(client, at_desk, provider):
    team = LocalTeamFactory(provider=provider, name="Oost", postal_areas=["2311", "2352"])
    client.post(f"{TEAMS}{team.pk}/weg/")
    take_back(client, "localteam.deleted")
    team = LocalTeam.objects.get()
    assert (team.name, team.provider, served(team)) == ("Oost", provider, ["2311", "2352"])


@pytest.mark.parametrize("later", [{"name": "Team Zuid"}, {"postcodes": "2311"}])
def test_what_changed_since_is_not_taken_back(client, at_desk, provider, later):
    client.post(f"{TEAMS}nieuw/", a_team(provider))
    team = LocalTeam.objects.get()
    client.post(f"{TEAMS}{team.pk}/", a_team(provider, **later))
    assert "nog eens gewijzigd" in take_back(client, "localteam.created")
    assert LocalTeam.objects.exists()


def test_the_history_says_in_words_what_became_of_a_team(client, at_desk, provider):
    client.post(f"{TEAMS}nieuw/", a_team(provider))
    page = client.get("/regio/JZ18/geschiedenis/").content.decode()
    assert "lokaal team toegevoegd" in page
    assert provider.name in page
    assert "2,5" in page


def test_who_supports_clients_is_as_before(client, at_desk, region):
    ClientSupportFactory(municipality=region.leiden, name="Naast Je")
    client.post(SUPPORT, {"name": ""})
    take_back(client, "clientsupport.set")
    assert ClientSupport.objects.get().name == "Naast Je"


def test_merging_two_providers_keeps_the_teams_of_both(region):
    keep, double = OfferFactory().provider, OfferFactory().provider
    LocalTeamFactory(provider=keep, name="Noord", postal_areas=["2311"])
    LocalTeamFactory(provider=double, name="Noord", postal_areas=["2312"])
    LocalTeamFactory(provider=double, name="Zuid", postal_areas=["2352"])
    merge_providers(by=UserFactory(), keep=keep, double=double)
    found = {team.name: served(team) for team in keep.local_teams.all()}
    assert found == {"Noord": ["2311", "2312"], "Zuid": ["2352"]}


# --- who supports clients ---


def test_the_desk_says_who_supports_clients(client, at_desk):
    client.post(SUPPORT, {"name": "Naast Je", "phone": "071 000 00 71"})
    assert ClientSupport.objects.get().municipality_id == "GM0546"
    assert AuditEvent.objects.get(action="clientsupport.set").by == at_desk


def test_an_organisation_that_cannot_be_reached_is_refused(client, at_desk):
    answer = client.post(SUPPORT, {"name": "Naast Je"})
    assert "Vul een telefoonnummer of een website in." in answer.content.decode()
    assert not ClientSupport.objects.exists()


def test_without_a_name_it_is_not_known_any_more(client, at_desk, region):
    ClientSupportFactory(municipality=region.leiden)
    client.post(SUPPORT, {"name": ""})
    assert not ClientSupport.objects.exists()


def test_a_municipality_of_another_region_is_not_there(client, at_desk, elsewhere):
    there = elsewhere.municipality_id
    assert client.get(f"/regio/JZ18/clientondersteuning/{there}/").status_code == 404
