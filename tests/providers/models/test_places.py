"""Places as people name them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.geography.places import find_place, suggest_places
from tests.factories import MunicipalityFactory, PostalAreaFactory, TownFactory, YouthRegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(region):
    """A municipality of another region."""
    return MunicipalityFactory(
        code="GM0363", name="Amsterdam", region=YouthRegionFactory(code="JZ01", name="Elders")
    )


@pytest.mark.parametrize("typed", ["2312", " 2312 ", "2312 AB", "2312ab"])
def test_a_postcode_is_found_by_its_four_digits(region, typed):
    assert find_place(typed).key == "2312"


@pytest.mark.parametrize("typed", ["Leiden", "leiden", " LEIDEN ", "Léiden"])
def test_a_town_is_found_however_it_is_written(region, typed):
    assert find_place(typed).municipality == "GM0546"


def test_a_municipality_without_a_town_of_its_name_is_found(region):
    MunicipalityFactory(code="GM1884", name="Kaag en Braassem")
    assert find_place("Kaag en Braassem").municipality == "GM1884"


def test_a_place_is_found_by_its_own_key(region):
    place = find_place("Leiderdorp")
    assert find_place(place.key) == place


def test_of_two_towns_with_one_name_the_near_one_is_meant(region, far):
    TownFactory(name="Rijpwetering", slug="rijpwetering-1", municipality=far, inhabitants=90_000)
    TownFactory(name="Rijpwetering", slug="rijpwetering-2", municipality=region.leiden)
    assert find_place("Rijpwetering").municipality == "GM0546"


def test_of_two_far_towns_with_one_name_the_larger_is_meant(far):
    other = MunicipalityFactory(code="GM0034", region=far.region)
    TownFactory(name="Nes", slug="nes-1", municipality=far, inhabitants=200)
    TownFactory(name="Nes", slug="nes-2", municipality=other, inhabitants=9_000)
    assert find_place("Nes").municipality == "GM0034"


@pytest.mark.parametrize(
    "typed", ["", " ", "9999", "0123", "Atlantis", "\0", "%", "🏡", "x" * 5000]
)
def test_what_is_no_place_gives_none(region, typed):
    assert find_place(typed) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=120))
def test_any_text_is_answered(region, typed):
    find_place(typed)
    suggest_places(typed)


def test_suggestions_start_with_what_was_typed(region):
    assert [place.label for place in suggest_places("leid")] == ["Leiden", "Leiderdorp"]


def test_one_letter_is_too_little_to_suggest(region):
    assert suggest_places("l") == []


def test_suggestions_of_this_region_come_first(region, far):
    TownFactory(name="Leidschendam", municipality=far, inhabitants=99_999)
    assert [place.label for place in suggest_places("leid")][-1] == "Leidschendam"


def test_postcodes_are_suggested_from_their_first_digits(region):
    assert [place.key for place in suggest_places("23")] == ["2311", "2312", "2352"]


def test_postcodes_elsewhere_are_suggested_where_there_are_none_near(region, far):
    PostalAreaFactory(code="1012", municipality=far)
    assert [place.key for place in suggest_places("10")] == ["1012"]
