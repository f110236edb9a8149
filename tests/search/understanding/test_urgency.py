"""Words of urgency say how soon help is needed, and nothing of what is the matter."""

import pytest
from django.http import QueryDict

from providers.reference import vocabulary_rows
from search.asking.forms import AskForm
from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

URGENT = [row["phrase"] for row in vocabulary_rows("crisis") if row["kind"] == "acute"]
LINES = ["anorexia 15", "somber meisje 14 Leiden", "moeder drinkt", "Leiden 15 jaar", "vwo 16"]


def understood(line):
    said = understand(line)
    found = (said.questions, said.place, said.age_min, said.age_max, said.format, said.level)
    return (*found, said.urgent, said.crisis)


@pytest.mark.slow
def test_urgency_changes_nothing_but_urgency(words):
    wrong = [
        said
        for line in LINES
        for phrase in URGENT
        for said in (f"{line} {phrase}", f"{phrase} {line}", f"{line}, {phrase}")
        if understood(said) != (*understood(line)[:-2], True, "acute")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "questions"),
    [
        ("anorexia 15 met spoed", ("eetproblemen",)),
        ("crisis Leiden 15 jaar", ()),
        ("crisisopvang Leiden 15", ()),
    ],
)
def test_urgency_is_no_question(words, line, questions):
    assert understand(line).questions == questions


@pytest.mark.parametrize(
    "line",
    ["geen spoed, somber", "somber", "midden in de puberteit", "vanavond gaan we naar opa"],
)
def test_not_every_evening_is_urgent(words, line):
    said = understand(line)
    assert (said.urgent, said.crisis) == (False, None)


def test_a_danger_goes_before_the_urgency_with_which_it_is_told(words):
    said = understand("wil dood, met spoed")
    assert (said.urgent, said.crisis) == (True, "suicide")


def test_urgency_travels_as_the_code_of_a_danger(words):
    form = AskForm(QueryDict(mutable=True) | {"vraag": "anorexia 15 met spoed"})
    assert form.is_valid()
    assert form.parameters().getlist("signaal") == ["acute"]
