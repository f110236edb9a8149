"""How phrases, likeness and the trained model become sure, likely or nothing."""

import sys

import pytest
from django.core.management import CommandError, call_command

from providers.models import SearchWord
from search.asking.understanding import understand
from search.asking.understanding.questions.certainty import likely_of, sure_of
from search.asking.understanding.questions.likeness import Points
from search.asking.understanding.questions.model import NOTHING, Weights, reading_model
from search.asking.understanding.reading import prepared
from search.management.commands import train_reading

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


@pytest.mark.parametrize(
    "line",
    [
        "de ouders zijn betrokken en meewerkend",
        "graag terugbellen na vier uur",
        "afspraak verzet naar donderdag",
        "verslag nog niet binnen",
    ],
)
def test_a_line_that_asks_nothing_gets_no_question(words, line):
    assert understand(line).questions == ()


def test_the_model_knows_a_line_about_nothing(words):
    whole = reading_model().scores(prepared("afspraak verzet naar donderdag").line).whole
    assert max(whole, key=whole.get) == NOTHING


def test_the_model_knows_what_a_line_is_about(words):
    whole = reading_model().scores(prepared("ligt elke nacht wakker en slaapt slecht").line).whole
    assert max(whole, key=whole.get) == "slapen"


def test_each_part_of_a_line_is_scored_by_itself(words):
    line = prepared("ligt elke nacht wakker, plast nog in bed en ouders gaan scheiden").line
    parts = reading_model().scores(line).parts
    assert {code for code, part in parts.items() if part.place == 1} == {
        "slapen",
        "zindelijkheid",
        "scheiding",
    }


def test_the_weights_of_a_feature_are_those_that_were_added():
    weights, added = Weights(), {"slaap": [(1, 0.5), (2, -1.0)], "en": [], "nacht": [(1, 0.5)]}
    for name, each in added.items():
        weights.add(name, each)
    assert dict(weights) == added


def test_a_hint_gives_each_question_its_own_points():
    points, added = Points(), {"wakker": {"slapen": 2.5, "angst": 0.25}, "bang": {"angst": 3.0}}
    for hint, each in added.items():
        points.add(hint, each)
    assert {hint: dict(points.of(hint)) for hint in added} == added
    assert "vrolijk" not in points


def test_what_is_probable_is_sure_and_what_is_less_so_is_asked():
    probable = {"slapen": 0.8, "angst": 0.22, "rouw": 0.01}
    sure = sure_of(["slapen", "rouw"], probable)
    assert sure == ["slapen"]
    assert list(likely_of(probable, set(sure))) == ["angst"]


def test_what_is_said_outright_is_sure_whatever_the_model_thinks():
    assert sure_of(["rouw"], {"rouw": 0.0}, outright={"rouw"}) == ["rouw"]


def test_what_a_phrase_says_needs_less_than_what_a_line_sounds_like():
    probable = {"boosheid": 0.5, "slapen": 0.22, "angst": 0.22, "rouw": 0.001}
    chosen = ["slapen", "angst", "rouw"]
    sure = sure_of(chosen, probable, certain={"slapen", "rouw"})
    assert sure == ["slapen", "boosheid"]


def test_training_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(CommandError, match="scikit-learn"):
        call_command("train_reading")


@pytest.mark.each_engine
def test_training_wants_the_words_that_are_shipped(words, monkeypatch):
    monkeypatch.setattr(train_reading, "find_spec", lambda name: True)
    SearchWord.objects.filter(text="depressie").delete()
    with pytest.raises(CommandError, match="1 ontbreken, 0 te veel"):
        call_command("train_reading")
