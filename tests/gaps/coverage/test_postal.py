"""What was asked for per postal area, and what is near."""

import pytest
from django.utils import timezone

from gaps.coverage.postal import postal_page
from providers.enums import DemandOutcome
from providers.models import PostalArea
from tests.factories import DemandFactory, LocationFactory, OfferFactory, days_ago
from tests.pages import elements, page_at, text_of

pytestmark = pytest.mark.django_db

PAGE = "/voor-gemeenten/leiden/dekking/postcodes/"


def areas_of(place):
    page = postal_page(place, today=timezone.localdate())
    return {area.code: (area.searches, area.in_vain, area.nearby) for area in page.areas}


def test_searches_count_where_the_postcode_was_given(covered):
    for outcome, times in ((DemandOutcome.MANY, 6), (DemandOutcome.NONE, 2)):
        DemandFactory(
            day=days_ago(3),
            municipality=covered.leiden.pk,
            postal_area="2312",
            help_question="somberheid",
            outcome=outcome,
            searches=times,
        )
    assert areas_of(covered.leiden) == {"2311": (0, 0, 0), "2312": (8, 2, 0)}


def test_an_offer_with_two_places_nearby_is_one(covered):
    near, also_near = LocationFactory(), LocationFactory()
    far = LocationFactory(lat=52.3731, lon=4.8926)
    OfferFactory(municipalities=[covered.leiden], locations=[near, also_near])
    OfferFactory(municipalities=[covered.leiden], locations=[far])
    OfferFactory(municipalities=[covered.katwijk], locations=[near])
    assert areas_of(covered.leiden)["2311"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("youths", "per_thousand"), [(800, 10.0), (100, 80.0), (99, None), (0, None), (None, None)]
)
def test_searches_per_thousand_young_people(covered, youths, per_thousand):
    PostalArea.objects.filter(pk="2312").update(youths=youths)
    DemandFactory(
        day=days_ago(3),
        municipality=covered.leiden.pk,
        postal_area="2312",
        help_question="somberheid",
        searches=8,
    )
    page = postal_page(covered.leiden, today=timezone.localdate())
    (area,) = [one for one in page.areas if one.code == "2312"]
    assert area.per_thousand == per_thousand


def test_the_page_says_what_is_not_known(client, member, covered):
    PostalArea.objects.filter(pk="2311").update(youths=None)
    (row,) = [one for one in elements(page_at(client, PAGE), "tr") if "2311 Leiden" in text_of(one)]
    assert text_of(row) == "2311 Leiden onbekend 0 – 0 0"


def test_a_fixed_number_of_statements(client, member, covered, django_assert_num_queries):
    client.get(PAGE)
    # Session, user, municipality, membership, postal areas, searches, places.
    with django_assert_num_queries(7):
        client.get(PAGE)
