"""What the API says of local teams."""

import pytest

from tests.factories import LocalTeamFactory, PostalAreaFactory

pytestmark = pytest.mark.django_db


def test_a_team_in_full(get):
    team = LocalTeamFactory(
        name="Noord", phone="071 000 00 22", wait_weeks=2.5, postal_areas=["2312", "2311"]
    )
    (found,) = get("local-teams")["results"]
    assert found["name"] == "Noord"
    assert found["provider"]["id"] == team.provider_id
    assert found["phone"] == "071 000 00 22"
    assert found["postal_areas"] == ["2311", "2312"]
    assert found["wait_weeks"] == 2.5
    assert found["decision_weeks"] is None
    assert found["state"] == "fresh"


def test_a_postcode_gives_its_team_only(get):
    LocalTeamFactory(name="Noord", postal_areas=["2312"])
    LocalTeamFactory(name="Zuid", postal_areas=["2321"])
    assert [row["name"] for row in get("local-teams?postcode=2312")["results"]] == ["Noord"]


@pytest.mark.parametrize("postcode", ["0000", "Leiden", "2312AB"])
def test_what_is_no_postcode_is_refused(get, postcode):
    PostalAreaFactory(code="2312")
    assert get(f"local-teams?postcode={postcode}", 400)["status"] == 400


def test_a_longer_list_asks_no_more_queries(client, django_assert_num_queries):
    # Count, page, postcodes, the newest change.
    for wanted in (1, 6):
        for _ in range(wanted):
            LocalTeamFactory()
        with django_assert_num_queries(4):
            client.get("/api/v1/local-teams?pageSize=100")
