"""Who does what to whom, and who has what, in the many forms in which Dutch says it."""

from itertools import product

import pytest

from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

PARENTS = ["moeder", "vader", "stiefvader", "oma", "oom", "pleegmoeder"]
CHILDREN = ["zoon", "dochter", "kind"]
# Infinitive, present, past, participle.
VERBS = [
    ("slaan", "slaat", "sloeg", "geslagen"),
    ("schoppen", "schopt", "schopte", "geschopt"),
    ("mishandelen", "mishandelt", "mishandelde", "mishandeld"),
    ("bedreigen", "bedreigt", "bedreigde", "bedreigd"),
]
# {doer}, {whom}: without article; {present} and so on: the verb.
FORMS = [
    "{doer} {present} {whom}",
    "{doer} {past} haar {whom}",
    "{doer} heeft zijn {whom} {done}",
    "{whom} wordt {done} door {doer}",
    "{whom} werd gisteren door haar {doer} {done}",
    "{whom} is door {doer} {done}",
    "door {doer} {done} {whom}",
    "gisteren {past} {doer} zijn {whom}",
    "school ziet dat {doer} {whom} {present}",
    "{doer} die zijn {whom} {present}",
    "{doer} {present} {whom} al jaren, Leiden",
    "{doer} {past} {whom} vaak, 14 jaar",
]
VIOLENCE = {"geweld-thuis", "kind-slaat-ouder", "broer-zus-ruzie"}


def lines(doers, whom):
    return [
        form.format(doer=doer, whom=to, present=verb[1], past=verb[2], done=verb[3])
        for number, (doer, to) in enumerate(product(doers, whom))
        for verb, form in zip(VERBS * 3, FORMS[number % 3 :] + FORMS[: number % 3], strict=True)
    ]


FIXED = {
    "geweld-thuis": [
        "moeder slaat haar dochter",
        "vader slaat zijn kind",
        "moeder slaat kind",
        "mijn vader slaat mij",
        "ik word door mijn stiefvader geslagen",
        "de vriend van moeder slaat haar zoontje",
        "moeders vriend heeft hem geschopt",
        "vader en stiefmoeder slaan de kinderen",
        "opa slaat en schopt de kleinkinderen",
        "zijn vader slaat",
        "vader slaat moeder",
        "moeder wordt geslagen door vader",
        "ouders slaan elkaar",
        "vader en moeder slaan elkaar",
        "mijn moeder is door haar vriend geslagen",
        "kind ziet dat vader moeder slaat",
        "mijn man slaat mij",
    ],
    "kind-slaat-ouder": [
        "onze zoon slaat ons",
        "mijn dochter heeft mij geslagen",
        "ik word geslagen door mijn zoon",
        "zoon van 15 slaat zijn ouders",
        "ik heb mijn moeder geslagen",
        "jongen 14, slaat moeder",
        "dochter is agressief tegen haar moeder",
        "pleegkind schopt en bijt pleegouders",
    ],
    "broer-zus-ruzie": [
        "broers slaan elkaar",
        "mijn broer slaat mij",
        "jongen 9 slaat zijn zusje",
        "zusje wordt geslagen door haar broer",
        "broer en zus slaan elkaar de hele dag",
    ],
}


def violence_in(line):
    return VIOLENCE & set(understand(line).questions)


def wrong_directions(lines, code):
    return [(line, found) for line in lines if (found := violence_in(line)) != {code}]


def test_a_parent_hits_a_child(words):
    made = lines(PARENTS, CHILDREN)
    assert len(made) >= 120
    assert wrong_directions(made, "geweld-thuis") == []


def test_a_child_hits_a_parent(words):
    made = lines(CHILDREN, PARENTS)
    assert len(made) >= 120
    assert wrong_directions(made, "kind-slaat-ouder") == []


@pytest.mark.parametrize("code", FIXED)
def test_every_way_to_say_who_hits_whom(words, code):
    assert wrong_directions(FIXED[code], code) == []


STATES = [
    # What is said of somebody, and the question when it is the child.
    ("is verslaafd", "verslaafde {who}", "middelen"),
    ("drinkt", "{who} drinkt te veel", "middelen"),
    ("blowt elke dag", "{who} die blowt", "middelen"),
    ("is depressief", "depressieve {who}", "somberheid"),
    ("heeft diabetes", "{who} met diabetes", "ziekte-of-beperking"),
    ("zit in de gevangenis", "{who} zit vast", "politiecontact"),
    ("zit in detentie", "{who} in detentie", "politiecontact"),
]
FAMILY = ["moeder", "vader", "stiefmoeder", "ouders"]
YOUNG = ["jongen", "meisje", "zoon van 15", "onze dochter", "puber"]
OF_PARENT = "ouder-met-problemen"


@pytest.mark.parametrize(("told", "form", "code"), STATES)
def test_a_parent_who_has_it(words, told, form, code):
    for who in FAMILY:
        for line in (f"{who} {told}", form.format(who=who), f"jongen 12, zijn {who} {told}"):
            found = set(understand(line).questions)
            assert OF_PARENT in found, line
            assert code not in found, line


@pytest.mark.parametrize(("told", "form", "code"), STATES)
def test_a_child_who_has_it(words, told, form, code):
    for who in YOUNG:
        for line in (f"{who} {told}", form.format(who=who), f"moeder bezorgd, {who} {told}"):
            found = set(understand(line).questions)
            assert code in found, line
            assert OF_PARENT not in found, line


@pytest.mark.parametrize(
    ("line", "yes", "no"),
    [
        ("verslaafde jongen met psychische klachten", {"middelen"}, {OF_PARENT}),
        ("wiet en depressief", {"middelen", "somberheid"}, {OF_PARENT}),
        ("kind van een alcoholist", {OF_PARENT}, {"middelen"}),
        ("kinderen van verslaafde ouders", {OF_PARENT}, {"middelen"}),
        ("moeder drinkt en zoon blowt", {OF_PARENT, "middelen"}, set()),
        ("jongen 15 depressief, vader zit vast", {"somberheid", OF_PARENT}, {"politiecontact"}),
    ],
)
def test_each_keeps_what_is_theirs(words, line, yes, no):
    found = set(understand(line).questions)
    assert yes <= found
    assert not no & found


@pytest.mark.parametrize(
    "line",
    [
        "medicatie slaat goed aan bij mijn zoon",
        "zijn ouders slaan een hoek om",
        "vader slaat nooit",
        "mijn zoon slaat de bal over het net",
        "moeder slaat haar kind niet",
        "dat slaat nergens op zegt mijn dochter",
        "ze slaat zich er goed doorheen",
        "vader gooit de bal naar zijn zoon",
        "moeder duwt de kinderwagen",
    ],
)
def test_not_every_blow_hits_somebody(words, line):
    said = understand(line)
    assert not VIOLENCE & set(said.questions)
    assert said.crisis is None
