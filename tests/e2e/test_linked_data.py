"""Data for search engines stands in a page without a word of the security policy."""

import json

import pytest

from providers.models import Offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_policy_lets_data_be_and_a_reader_finds_it(page, demo_site):
    offer = Offer.objects.visible().order_by("pk").first()
    page.goto(f"{demo_site}{offer.get_absolute_url()}")
    text = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(text)["@graph"][0]["name"] == offer.title
