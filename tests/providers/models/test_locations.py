"""Where a location lies: what is typed is checked beside its field, and a postcode is enough."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from providers.enums import PointPrecision
from providers.geography.geometry import in_netherlands
from providers.models import Location, OfferIndex
from providers.models.fields import read_postcode
from providers.models.provider import check_point
from providers.services.bulk import add_locations
from providers.services.providers import add_location
from tests.factories import LocationFactory, OfferFactory, ProviderFactory, UserFactory

# Type what a person would, in the form of a location or in that of its provider.
FORMS = ["location", "provider"]


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def save_as(form, client, location, **typed):
    """Save a location on its own page, or on that of its provider."""
    fields = {
        "street": location.street,
        "postcode": location.postcode,
        "town": location.town,
        "lat": location.lat,
        "lon": location.lon,
        "precision": location.precision,
        "wheelchair": location.wheelchair,
    } | typed
    fields = {name: value for name, value in fields.items() if value is not None}
    if form == "location":
        url = reverse("admin:providers_location_change", args=[location.pk])
        return client.post(url, fields | {"provider": location.provider_id})
    url = reverse("admin:providers_provider_change", args=[location.provider_id])
    row = {f"locations-0-{name}": value for name, value in fields.items()}
    row |= {"locations-0-id": location.pk, "locations-0-provider": location.provider_id}
    counts = {"locations-TOTAL_FORMS": 1, "locations-INITIAL_FORMS": 1}
    counts |= {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    return client.post(url, {"name": "De Waterlijn", "kind": "onbekend"} | counts | row)


def errors_of(answer):
    """What a page of the admin says beside each field."""
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {name: list(words) for form in forms for name, words in form.errors.items()}


# --- access ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_search_hears_that_a_place_can_be_entered_in_a_wheelchair(db, client, staff, form):
    location = LocationFactory(wheelchair="onbekend")
    offer = OfferFactory(provider=location.provider, locations=[location])
    save_as(form, client, location, wheelchair="ja")
    assert OfferIndex.objects.get(pk=offer.pk).wheelchair is True


# --- postcodes -----------------------------------------------------------------------------------

POSTCODES = ["2311CS", "2311 cs", "2311-CS", "2311cs", " 2311  CS ", "2311\u00a0CS", "2311\u2013cs"]


@pytest.mark.parametrize("typed", POSTCODES)
def test_a_postcode_is_kept_in_one_form(typed):
    assert read_postcode(typed) == "2311 CS"


@given(st.from_regex(r"[1-9][0-9]{3}", fullmatch=True), st.from_regex(r"[A-Z]{2}", fullmatch=True))
def test_every_way_to_write_a_postcode_is_the_same_postcode(digits, letters):
    ways = {f"{digits}{gap}{end}" for gap in ("", " ", "-") for end in (letters, letters.lower())}
    assert {read_postcode(way) for way in ways} == {f"{digits} {letters}"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("typed", POSTCODES[:4])
def test_the_admin_takes_a_postcode_as_people_write_it(client, staff, region, form, typed):
    location = LocationFactory(postcode="2312 AA")
    assert save_as(form, client, location, postcode=typed).status_code == 302
    location.refresh_from_db()
    assert location.postcode == "2311 CS"


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("typed", ["0311 CS", "2311 C", "Leiden", "2311 CS Leiden", "23111"])
def test_what_is_no_postcode_is_refused_in_one_sentence(client, staff, form, typed):
    location = LocationFactory()
    answer = save_as(form, client, location, postcode=typed)
    assert errors_of(answer) == {"postcode": ["Schrijf een postcode zoals 2311 AA of 2311."]}


# --- points --------------------------------------------------------------------------------------

BAD_POINTS = [
    ("4.49", "52.16", "Breedtegraad en lengtegraad staan andersom. Draai ze om."),
    ("52.16", None, "Vul ook de lengtegraad in, of maak allebei leeg."),
    (None, "4.49", "Vul ook de breedtegraad in, of maak allebei leeg."),
    ("1e308", "4.49", "Dit ligt buiten Nederland: daar is het 50,7 tot en met 53,7 graden."),
    ("52.16", "1e308", "Dit ligt buiten Nederland: daar is het 3,2 tot en met 7,3 graden."),
    ("-1e308", "-1e308", "Dit ligt buiten Nederland"),
    ("48.85", "2.35", "Dit ligt buiten Nederland"),
    ("0", "0", "Dit ligt buiten Nederland"),
    ("93000", "463000", "Dit ligt buiten Nederland"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("lat", "lon", "words"), BAD_POINTS)
def test_a_point_that_is_none_is_refused_beside_its_field(client, staff, form, lat, lon, words):
    location = LocationFactory(lat=52.1, lon=4.5)
    answer = save_as(form, client, location, lat=lat, lon=lon)
    errors = errors_of(answer)
    assert set(errors) <= {"lat", "lon"}
    assert words in " ".join(errors.get("lat", []) + errors.get("lon", []))
    location.refresh_from_db()
    assert (location.lat, location.lon) == (52.1, 4.5)


@given(
    st.none() | st.floats(),
    st.none() | st.floats(),
)
def test_any_two_numbers_are_a_point_in_the_country_or_an_error(lat, lon):
    if (lat, lon) == (None, None) or (None not in {lat, lon} and in_netherlands(lat, lon)):
        check_point(lat, lon)
    else:
        with pytest.raises(ValidationError) as refusal:
            check_point(lat, lon)
        assert set(refusal.value.error_dict) <= {"lat", "lon"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_point_of_the_address_is_kept_and_exact(client, staff, region, form):
    location = LocationFactory(
        postcode="", lat=None, lon=None, rd_x=None, rd_y=None, precision="geen"
    )
    assert save_as(form, client, location, lat="52.16", lon="4.49").status_code == 302
    location.refresh_from_db()
    assert (location.lat, location.lon, location.rd_x > 0) == (52.16, 4.49, True)
    assert location.precision == PointPrecision.ADDRESS


# --- the point of the postcode -------------------------------------------------------------------


@pytest.mark.django_db
def test_a_location_without_a_point_gets_that_of_its_postcode(region):
    made = add_location(by=None, provider=ProviderFactory(), postcode="2311cs", town="Leiden")
    made.refresh_from_db()
    area = region.leiden.postal_areas.get(pk="2311")
    assert (made.lat, made.lon, made.rd_x, made.rd_y) == (area.lat, area.lon, area.rd_x, area.rd_y)
    assert (made.precision, made.is_exact) == (PointPrecision.POSTCODE, False)


@pytest.mark.django_db
def test_a_file_with_locations_gets_points_too(region):
    (made,) = add_locations(
        by=None, locations=[Location(provider=ProviderFactory(), postcode="2311 CS")]
    )
    assert made.precision == PointPrecision.POSTCODE


@pytest.mark.django_db
def test_a_postcode_that_does_not_exist_gives_no_point(region):
    made = add_location(by=None, provider=ProviderFactory(), postcode="9999 ZZ")
    assert (made.lat, made.precision) == (None, PointPrecision.NONE)


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_without_a_point_an_offer_is_on_the_map_by_its_postcode(client, staff, region, form):
    provider = ProviderFactory(name="De Waterlijn")
    location = LocationFactory(provider=provider, postcode="2312 AA")
    offer = OfferFactory(provider=provider)
    offer.locations.set([location])
    save_as(form, client, location, postcode="2311cs", lat=None, lon=None, precision="geen")
    area = region.leiden.postal_areas.get(pk="2311")
    ((lat, lon, *_rest),) = client.get("/kaart/punten").json()["points"]
    assert (lat, lon) == (round(area.lat, 5), round(area.lon, 5))


@pytest.mark.django_db
def test_the_point_of_a_postcode_follows_the_postcode(client, staff, region):
    location = add_location(by=None, provider=ProviderFactory(), postcode="2311 CS")
    other = region.katwijk.postal_areas.first()
    assert save_as("location", client, location, postcode=f"{other.pk} AB").status_code == 302
    location.refresh_from_db()
    assert (location.lat, location.lon) == (other.lat, other.lon)
    assert location.precision == PointPrecision.POSTCODE


@pytest.mark.django_db
def test_a_point_that_somebody_puts_in_place_is_exact(client, staff, region):
    location = add_location(by=None, provider=ProviderFactory(), postcode="2311 CS")
    save_as("location", client, location, lat="52.1601", lon="4.4901")
    location.refresh_from_db()
    assert (location.lat, location.precision) == (52.1601, PointPrecision.ADDRESS)


@pytest.mark.django_db
def test_the_page_of_an_offer_says_that_its_place_on_the_map_is_about_right(client, region):
    offer = OfferFactory()
    offer.locations.set([add_location(by=None, provider=offer.provider, postcode="2311 CS")])
    page = client.get(offer.get_absolute_url(), follow=True).content.decode()
    assert "op de kaart ongeveer: midden van het postcodegebied" in page
    exact = OfferFactory()
    exact.locations.set([LocationFactory(provider=exact.provider)])
    assert "ongeveer" not in client.get(exact.get_absolute_url(), follow=True).content.decode()


@pytest.mark.django_db
def test_an_update_puts_the_places_that_were_there_on_the_map(region):
    location = LocationFactory(
        postcode="2311 CS", lat=None, lon=None, rd_x=None, rd_y=None, precision="geen"
    )
    migration = import_module("providers.migrations.0018_phones_and_postcodes")
    migration.put_places_on_the_map(apps, None)
    location.refresh_from_db()
    assert (location.precision, location.rd_x is None) == (PointPrecision.POSTCODE, False)
