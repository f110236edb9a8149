"""The strict client sees what it promises to see."""

import pytest

from tests.strict_client import page_faults


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>alert(1)</script>", "a script in the page"),
        ('<p style="color: red">', "style in the page"),
        ("<style>p {}</style>", "style in the page"),
        ('<button onclick="go()">', "code in an attribute (onclick)"),
        ('<a href="javascript:go()">', "code in an address (href)"),
        ("<p>{{ offer.title }}</p>", "template code"),
        ('<a href="{% url %}">', "template code"),
        # Behind what a parser may stop at.
        ("<p>a\x00b</p><style>p {}</style>", "style in the page"),
        (f"{'<div>' * 500}<style>p {{}}</style>", "style in the page"),
    ],
)
def test_faults_are_seen(html, fault):
    assert fault in page_faults(html)[0]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/a.js" defer></script>',
        '<script type="application/json">{"a": {"b": {}}}</script>',
        "<p>Gewone tekst</p>",
    ],
)
def test_good_pages_pass(html):
    assert page_faults(html) == []
