"""A model that says how much a line speaks of danger, and a word that the alarm rests on."""

import sys

import pytest
from django.core.management import CommandError, call_command

from search.asking.understanding import understand
from search.asking.understanding.danger.learnt import (
    MAYBE,
    SURE,
    SURE_OF_KIND,
    UNLIKE_KIND,
    WITH_KIND,
    WITH_SIGN,
    WITH_UNLIKE_SIGN,
    judge,
)
from search.asking.understanding.danger.model import ANY, Spoken, danger_model
from search.asking.understanding.danger.patterns import FOREMOST
from search.asking.understanding.reading import prepared

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

LINE = "ze heeft afscheid genomen van haar vriendinnen"


def verdict(text, score, *, telling=(2,), signs=(), suicide=0.0):
    """What is made of a line in which these words tell of danger, suicide most of all."""
    line = prepared(text).line
    kinds = {kind: suicide if kind == "suicide" else -3.0 for kind in FOREMOST}
    words = tuple(1.0 if at in telling else 0.0 for at in range(len(line)))
    return judge(line, Spoken({ANY: score, **kinds}, words), signs=signs)


def kinds_of(found):
    return {danger.kind for danger in found.dangers}


def test_a_sure_model_and_a_word_that_tells_of_it_alarm(words):
    found = verdict(LINE, SURE)
    assert kinds_of(found) == {"suicide"}
    assert [danger.positions for danger in found.dangers] == [frozenset({2})]


def test_the_model_alone_is_asked_about(words):
    found = verdict(LINE, SURE, telling=())
    assert (kinds_of(found), found.asked) == (set(), ("gedachten-aan-de-dood",))


def test_what_is_not_sure_is_asked_about(words):
    found = verdict(LINE, MAYBE)
    assert (kinds_of(found), found.asked) == (set(), ("gedachten-aan-de-dood",))


@pytest.mark.parametrize(
    ("score", "suicide", "alarms"),
    [
        (WITH_KIND, SURE_OF_KIND, True),
        (WITH_KIND - 0.1, SURE_OF_KIND, False),
        (WITH_KIND, SURE_OF_KIND - 0.1, False),
    ],
)
def test_who_is_sure_of_one_kind_alarms_from_a_lower_score(words, score, suicide, alarms):
    assert bool(kinds_of(verdict(LINE, score, suicide=suicide))) == alarms


def test_a_kind_that_is_sure_still_rests_on_a_word(words):
    assert not kinds_of(verdict(LINE, WITH_KIND, suicide=SURE_OF_KIND, telling=()))


def test_a_calm_line_neither_alarms_nor_is_asked_about(words):
    found = verdict(LINE, MAYBE - 0.1)
    assert (found.dangers, found.asked, found.signs_hold) == ((), (), True)


def test_a_word_that_is_denied_carries_no_alarm(words):
    assert not kinds_of(verdict("ze heeft geen doodswens genoemd", SURE, telling=(3,)))


def test_one_word_carries_no_alarm(words):
    assert not kinds_of(verdict("afscheid", SURE, telling=(0,)))


def test_a_line_about_a_story_has_to_be_surer(words):
    assert not kinds_of(verdict("film over een afscheid van haar", SURE, telling=(5,)))


@pytest.mark.parametrize(("score", "holds"), [(WITH_SIGN, True), (WITH_SIGN - 0.1, False)])
def test_a_sign_in_a_line_that_is_surely_calm_is_asked_about(words, score, holds):
    assert verdict(LINE, score, signs={"suicide"}).signs_hold == holds


@pytest.mark.parametrize(
    ("score", "suicide", "telling", "holds"),
    [
        (WITH_UNLIKE_SIGN, UNLIKE_KIND - 0.1, (2,), True),
        (WITH_UNLIKE_SIGN - 0.1, UNLIKE_KIND - 0.1, (2,), False),
        (WITH_UNLIKE_SIGN - 0.1, UNLIKE_KIND, (2,), True),
        (WITH_UNLIKE_SIGN - 0.1, UNLIKE_KIND - 0.1, (), True),
    ],
)
def test_a_sign_of_an_unlikely_kind_is_asked_about_sooner(words, score, suicide, telling, holds):
    found = verdict(LINE, score, signs={"suicide"}, suicide=suicide, telling=telling)
    assert found.signs_hold == holds


def test_each_word_brings_its_own_part(words):
    spoken = danger_model().of("hij wil vanavond van de brug springen".split())
    begin = danger_model().begin[ANY]
    assert sum(spoken.words) + begin == pytest.approx(spoken.whole[ANY])


def test_a_line_without_words_speaks_of_nothing(words):
    assert danger_model().of([]).whole == danger_model().begin


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "ze heeft haar konijn weggegeven en een briefje neergelegd dat ze er niet meer is",
            "suicide",
        ),
        ("stiefvader kruipt s nachts bij haar in bed", "abuse"),
        ("mijn dochter is sinds gisteravond spoorloos, telefoon uit", "runaway"),
    ],
)
def test_a_danger_that_no_pattern_has_is_heard(words, line, kind):
    assert understand(line).crisis == kind


def test_training_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(CommandError, match="scikit-learn"):
        call_command("train_danger")
