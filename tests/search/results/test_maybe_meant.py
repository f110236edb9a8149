"""A question that a line may be about is asked, and one tap makes it a chip."""

import pytest
from django.http import QueryDict

from search.asking import forms
from search.asking.understanding import Found, Query
from tests.factories import HelpQuestionFactory, OfferFactory
from tests.search.searching import page_of, params_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def questions(region):
    """Two questions, of which one is a danger."""
    HelpQuestionFactory(code="angst", label="Angstig of bang")
    HelpQuestionFactory(code="dood", label="Denkt aan de dood", signal="suicide")
    OfferFactory(title="Buurthuis", help_questions=["angst"])


def asked(query):
    return page_of(query).understood.maybe_meant


def test_what_may_be_meant_is_asked_and_not_searched_for():
    (one,) = asked("leeftijd=14&bedoelt=angst")
    assert one.label == "Angstig of bang"
    assert params_of("leeftijd=14&bedoelt=angst").filterset.question_codes == []


def test_one_tap_makes_it_a_chip_and_leaves_the_others_to_ask():
    first, _second = asked("leeftijd=14&bedoelt=angst&bedoelt=dood")
    params = QueryDict(first.url.removeprefix("?"))
    assert params.getlist("hulpvraag") == ["angst"]
    assert params.getlist("bedoelt") == ["dood"]
    assert params["leeftijd"] == "14"


def test_what_is_searched_for_is_not_asked():
    assert asked("hulpvraag=angst&bedoelt=angst") == []


def test_what_is_no_question_of_ours_is_not_asked():
    assert asked("leeftijd=14&bedoelt=onzin") == []


def test_a_danger_is_asked_without_alarm_and_alarms_when_it_is_meant(client):
    page = page_of("leeftijd=14&bedoelt=dood")
    assert not page.emergency.lines
    (one,) = page.understood.maybe_meant
    assert page_of(one.url.removeprefix("?")).emergency.lines


def test_without_anything_else_it_is_asked_on_the_first_page(client):
    page = client.get("/?bedoelt=angst").content.decode()
    assert "Bedoelt u" in page
    assert 'href="?hulpvraag=angst"' in page


def test_the_form_asks_what_is_likely(monkeypatch):
    likely = Query(likely=(Found("angst", 0.1, ()),))
    monkeypatch.setattr(forms, "understand", lambda text, place: likely)
    form = forms.AskForm(QueryDict(mutable=True) | {"vraag": "iets"})
    assert form.is_valid()
    params = form.parameters()
    assert params.getlist("bedoelt") == ["angst"]
    assert params.getlist("hulpvraag") == []
    assert "niet_gebruikt" not in params
