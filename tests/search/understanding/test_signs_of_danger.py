"""An alarm at every danger that is told of and at nothing else; who does what to whom.

The lines stand in tests/relevance/gevaar/. All gates count both halves of each set.
"""

import tomllib
from pathlib import Path

import pytest

from providers.models import HelpQuestion
from providers.vocabulary.text.lexicon import lexicon
from providers.vocabulary.text.listed import danger_words
from search.asking.understanding import understand
from search.asking.understanding.facts.places import places
from search.asking.understanding.spelling import is_ours

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

FOLDER = Path(__file__).resolve().parents[2] / "relevance" / "gevaar"
DANGERS = 0.98
OF_PARENT = {"ouder-met-problemen"}
ADDICTION = {"middelen", "gamen-en-scherm"}
ILLNESS = {"ziekte-of-beperking", "somberheid", "in-de-war"}
ILLNESS |= {"lichamelijke-klachten", "eetproblemen"}
ILL_NEAR = {"ernstig-zieke-naaste", "jonge-mantelzorger"}
LOCKED_UP = {"politiecontact", "uit-huis-geplaatst"}
# Per direction: one of these must be understood, and none of those.
RIGHT = {
    "parent_to_child": ({"geweld-thuis", "zelf-te-boos"}, {"kind-slaat-ouder"}),
    "child_to_parent": ({"kind-slaat-ouder"}, {"geweld-thuis"}),
    "between_parents": ({"geweld-thuis", "ruzie-thuis"}, {"kind-slaat-ouder"}),
    "between_children": (
        {"broer-zus-ruzie", "pesten", "boosheid", "ruzie-met-vrienden"},
        {"kind-slaat-ouder", "geweld-thuis"},
    ),
    "parent_addicted": (OF_PARENT, ADDICTION),
    "child_addicted": (ADDICTION, OF_PARENT),
    "parent_ill": (OF_PARENT | ILL_NEAR, {"ziekte-of-beperking"}),
    "child_ill": (ILLNESS | ILL_NEAR, OF_PARENT),
    "parent_locked_up": (OF_PARENT | {"ouder-uit-beeld"}, {"politiecontact"}),
    "child_locked_up": (LOCKED_UP, OF_PARENT),
}
# As they were typed, with what they are about and the danger in it.
TYPED = [
    ("weer als gewone tiener de wereld in", None),
    ("doos met brieven", None),
    ("enorme schuld en een doos papieren", None),
    ("de fiets van de buurman is rood", None),
    ("ontkent automutilatie", None),
    ("niet suïcidaal", None),
    ("geen suïcidale gedachten", None),
    ("ontkent dat hij suïcidaal is", None),
    ("heeft geen zin meer en wil dood", "suicide"),
    ("eet niet en snijdt zichzelf", "selfharm"),
    ("kan niet stoppen met snijden", "selfharm"),
    ("ik weet niet of ze suïcidaal is", "suicide"),
    ("kijkt een film over zelfmoord op school", None),
    ("moeder is verloren door zelfdoding", None),
    ("verslaafd aan drop", None),
    ("ik hoor stemmen in de gang van de klas", None),
    ("sprong een gat in de lucht", None),
    ("de uien snijden in de keuken", None),
    ("dringend een vrijwilliger gezocht", None),
    ("vriendin dringend gezocht", None),
    ("mijn vriendin zoekt dringend hulp", "acute"),
    ("met spoed nieuwe voetbalschoenen", None),
    ("met spoed nieuwe voetbalschoenen nodig", None),
    ("dringend: factuur nog niet ontvangen", None),
    ("met spoed psycholoog gezocht", "acute"),
    ("dringend", "acute"),
    ("boek over een meisje dat wegloopt", None),
    ("film over een jongen die wordt mishandeld", None),
    ("les over huiselijk geweld", None),
    ("in haar spreekbeurt vertelt ze dat vader haar slaat", "violence"),
    ("zo bang voor haar spreekbeurt dat ze zich snijdt", "selfharm"),
    ("zocht voor zijn spreekbeurt uit hoe je een strop maakt", None),
    ("een beetje in de war", None),
    ("een tik van de juf", None),
    ("geeft al zijn spullen weg", None),
    ("geeft opeens al zijn spullen weg", "suicide"),
    ("zoon bedreigt zijn zusje met een mes", "violence"),
]


def lines(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())["line"]


def alarms(text, signals):
    said = understand(text)
    return {said.crisis} - {None} | {signals[code] for code in said.questions if code in signals}


@pytest.fixture
def signals(words):
    """The questions that alarm, with their kind of danger."""
    return dict(HelpQuestion.objects.exclude(signal="").values_list("code", "signal"))


@pytest.mark.parametrize(("name", "least"), [("rustig", 300), ("rustig_2", 170)])
def test_ordinary_lines_raise_no_alarm_at_all(signals, name, least):
    calm = lines(name)
    assert len(calm) >= least
    assert [(x["text"], found) for x in calm if (found := alarms(x["text"], signals))] == []


@pytest.mark.parametrize("name", ["gevaar", "gevaar_2"])
def test_a_danger_is_told_of_by_its_kind(words, name):
    told = lines(name)
    assert len(told) >= 150
    wrong = [
        (line["text"], line["danger"], kind)
        for line in told
        if (kind := understand(line["text"]).crisis) not in {line["danger"], *line.get("also", ())}
    ]
    assert 1 - len(wrong) / len(told) >= DANGERS, wrong


def test_each_line_is_read_in_its_direction(words):
    roles = lines("rollen")
    assert len(roles) >= 120
    wrong = []
    for line in roles:
        found = set(understand(line["text"]).questions)
        yes, no = RIGHT[line["direction"]]
        if not yes & found or no & found:
            wrong.append((line["text"], line["direction"], found))
    assert wrong == []


@pytest.mark.parametrize(("line", "kind"), TYPED)
def test_what_is_a_danger_by_itself_and_what_is_not(words, line, kind):
    assert understand(line).crisis == kind


@pytest.mark.parametrize(
    "line",
    [
        "drinkt koffie",
        "mama drinkt koffie",
        "drinkt geen melk",
        "verslaafd aan drop",
        "verslaafd aan chocola",
        "zoon verslaafd aan chips",
        "dochter drinkt alleen appelsap",
    ],
)
def test_what_one_drinks_or_is_fond_of_decides(words, line):
    assert not {"middelen", "gamen-en-scherm", *OF_PARENT} & set(understand(line).questions)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("drinkt elke dag bier", "middelen"),
        ("verslaafd aan drugs", "middelen"),
        ("vader drinkt", "ouder-met-problemen"),
        ("verslaafd aan gamen", "gamen-en-scherm"),
    ],
)
def test_what_harms_is_an_addiction(words, line, code):
    assert code in understand(line).questions


def test_no_word_of_danger_is_repaired_into_another(words):
    known, towns = lexicon(), places()
    assert [word for word in sorted(danger_words()) if not is_ours(word, known, towns)] == []


def test_likeness_alone_gives_no_question_that_alarms(signals):
    for line in ("doos met brieven", "de wereld in", "schuld en papieren", "rode fiets buurman"):
        assert not alarms(line, signals), line
