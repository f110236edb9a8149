"""What comes out of the printer."""

import io
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader


def printed(page):
    """Return the text of every sheet, as the printer gets it."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    # The font joins "fi" to one sign.
    texts = (unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets)
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("number", [4, 8, 12])
def test_a_shortlist_begins_on_the_first_sheet(page, demo_site, demo_ids, number):
    chosen = "&".join(f"aanbod={pk}" for pk in demo_ids[:number])
    page.goto(f"{demo_site}/keuzelijst/?{chosen}&gemeente=leiden")
    titles = page.locator(".sk-compare tbody th > a").all_inner_texts()
    expect(page.locator(".sk-compare tbody tr")).to_have_count(number)
    sheets = printed(page)
    assert titles[0] in sheets[0]
    assert titles[1] in sheets[0]


def test_every_choice_of_the_longest_list_is_on_paper(page, demo_site, demo_ids):
    chosen = "&".join(f"aanbod={pk}" for pk in demo_ids[:12])
    page.goto(f"{demo_site}/keuzelijst/?{chosen}&gemeente=leiden")
    titles = page.locator(".sk-compare tbody th > a").all_inner_texts()
    # A title breaks over lines, and between those stands what is in the next column.
    text = " ".join(printed(page))
    assert [title for title in titles if not all(word in text for word in title.split())] == []
