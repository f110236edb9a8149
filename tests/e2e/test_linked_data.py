"""Data for search engines stands in a page without a word of the security policy."""

import json

import pytest

pytestmark = pytest.mark.browser


def test_the_policy_lets_data_be_and_a_reader_finds_it(page, demo_site):
    page.goto(f"{demo_site}/?hulpvraag=somberheid&plaats=leiden")
    page.locator("#lijst .sk-card__title a").first.click()
    page.wait_for_url("**/aanbod/**")
    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data)["@graph"][0]["name"] == page.locator("h1").inner_text()
