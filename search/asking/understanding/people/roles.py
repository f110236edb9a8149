"""Who does what to whom, and who has what: read from the order of the words and the verb.

"Moeder slaat kind", "kind wordt geslagen door moeder" and "kind door moeder geslagen" are one
direction, "ouders slaan elkaar" another. People come from `people.py`, acts and what question
belongs to each direction from `fixtures/vocabulary/{act_words,role_questions}.csv`.
"""

import functools
import re
from dataclasses import dataclass

from providers.reference import vocabulary_rows
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import Line
from search.asking.understanding.line.stories import is_told_in_story
from search.asking.understanding.people.holders import holder_of
from search.asking.understanding.people.people import ADULTS, Person, Who, find_people
from search.asking.understanding.people.sentence import BEING, HAVING, Sentence

VIOLENCE = "violence"
# The direction of what nobody does, or to nobody: "slaat niet", "slaat de bal", "slaat zich".
NOBODY = "nobody"
PASSIVE = frozenset({"word", "wordt", "worden", "werd", "werden", "geworden"})
PARTICIPLES = frozenset({"mishandeld", "bedreigd", "terroriseerd", "vernederd"})
PARTICIPLE = re.compile(r"^(?:ge|aange|vastge|afge|dichtge|opge)\w+(?:en|d|t)$")
MUTUAL = frozenset({"elkaar", "mekaar"})
TOWARDS = frozenset({"naar", "nr", "tegen", "richting", "jegens", "op", "aan", "bij"})
THINGS = frozenset(
    {"bal", "stoel", "stoelen", "bord", "borden", "spullen", "servies", "kopje", "glas", "glazen"}
    | {"schoen", "schoenen", "boek", "telefoon", "trap", "dingen", "mes", "vaas", "fles", "muur"}
    | {"alles", "gezicht", "hoofd", "speelgoed", "afstandsbediening", "pan", "stenen", "steen"}
)
GIVING = frozenset(
    {"geeft", "geven", "gaf", "gaven", "gegeven", "deelt", "krijgt", "kreeg", "krijg"}
)
RECEIVING = frozenset({"krijgt", "kreeg", "krijg", "krijgen", "gekregen"})
FROM = frozenset({"van", "door"})
MANNER = frozenset({"hard", "soms", "vaak", "weer", "steeds", "altijd", "regelmatig", "dan", "mij"})
MOST_AFTER = 3


@dataclass(frozen=True, slots=True)
class Role:
    """An act of the line and its direction (`role_questions.csv`); `code` is the question."""

    act: str
    direction: str
    code: str
    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Act:
    """What a word does or says: its act, what it needs to count, and the question of a child."""

    act: str
    need: str
    code: str


@functools.cache
def act_words() -> dict[str, Act]:
    """Return the acts by word."""
    return {
        normalise(word): Act(row["act"], row["need"], row["code"])
        for row in vocabulary_rows("act_words")
        for word in row["words"].split("|")
    }


@functools.cache
def role_questions() -> dict[tuple[str, str], str]:
    """Return the question of each act and direction; "*" is that of the act's own word."""
    return {
        (row["act"], row["direction"]): row["code"] for row in vocabulary_rows("role_questions")
    }


def find_roles(line: Line) -> tuple[Role, ...]:
    """Return who does what to whom in a line, as far as it says so."""
    acts = {
        at: act_words()[token.word]
        for at, token in enumerate(line)
        if token.word in act_words() and not token.used
    }
    if not acts:
        return ()
    people = find_people(line)
    found = []
    for at, act in acts.items():
        direction = _direction(line, at, act, people)
        code = role_questions().get((act.act, direction or ""), "")
        if direction == NOBODY or code:
            of_word = act.code if code == "*" else code
            found.append(Role(act.act, direction or NOBODY, of_word, frozenset({at})))
    return tuple(found)


def _direction(line: Line, at: int, act: Act, people: list[Person]) -> str | None:
    if act.act == VIOLENCE:
        sentence = Sentence.around(line, at, people)
        idle = sentence.is_denied or sentence.is_harmless or is_told_in_story(line, {at})
        return NOBODY if idle else _between_whom(sentence, act)
    return holder_of(line, at, people, sits=act.need == "fast")


# --- violence ---------------------------------------------------------------------------------


def _between_whom(sentence: Sentence, act: Act) -> str | None:
    """Return who does it to whom, or None when the line does not say."""
    words = set(sentence.words)
    if MUTUAL & words:
        return _mutual(sentence)
    if act.need == "thing" and not THINGS & words:
        return None
    if act.need == "blow":
        return _blow(sentence, words)
    if act.need == "towards":
        return _towards(sentence)
    doer, done_to = _by_door(sentence) if _is_passive(sentence) else _active(sentence)
    if doer is None and done_to is None:
        return None
    if act.need in {"patient", "thing"} and (doer is None or done_to is None):
        return None
    return _between(doer, done_to)


def _mutual(sentence: Sentence) -> str | None:
    before = [one for one in sentence.people if one.first < sentence.end]
    kinds = {one.who for one in before}
    if Who.SIBLING in kinds or any(one.is_several and one.who is Who.CHILD for one in before):
        return "between_children" if Who.PARENT not in kinds else None
    if kinds == {Who.PARENT} or kinds == {Who.PARENT, Who.PARTNER}:
        return "between_parents"
    if kinds & {Who.PARTNER} and kinds <= {Who.PARTNER, Who.PARENT}:
        return "between_parents"
    return None


def _is_passive(sentence: Sentence) -> bool:
    words = set(sentence.words)
    word = sentence.line[sentence.at].word
    if word not in PARTICIPLES and not PARTICIPLE.search(word):
        return False
    if "door" in words or PASSIVE & words:
        return True
    if HAVING & words or RECEIVING & words:
        return False
    return bool(BEING & words) or _is_bare(sentence)


def _is_bare(sentence: Sentence) -> bool:
    """Whether a participle stands without any other verb: "dochter mishandeld"."""
    return len(sentence.people) < 2


def _by_door(sentence: Sentence) -> tuple[Person | None, Person | None]:
    doors = [at for at in range(sentence.first, sentence.end) if sentence.line[at].word in FROM]
    doer = next((one for at in doors for one in sentence.people if 0 < one.first - at <= 4), None)
    others = [one for one in sentence.everybody if one is not doer]
    done_to = _nearest(sentence, others)
    return doer, done_to


def _nearest(sentence: Sentence, people: list[Person]) -> Person | None:
    named = [one for one in people if not one.is_pronoun] or people
    before = [one for one in named if one.first < sentence.at]
    return before[-1] if before else (named[0] if named else None)


def _active(sentence: Sentence) -> tuple[Person | None, Person | None]:
    before = [one for one in sentence.everybody if one.first < sentence.at]
    after = [one for one in sentence.people if one.first > sentence.at and not sentence.is_perfect]
    subjects = [one for one in before if not one.is_object]
    objects = [one for one in before if one.is_object]
    if subjects and after:
        return subjects[-1], after[0]
    if len(subjects) > 1:
        return subjects[-2], subjects[-1]
    if subjects:
        return subjects[0], objects[0] if objects else _left_out(sentence)
    if len(after) > 1:
        # "Gisteren sloeg vader zijn kind": the verb goes first, then who does it.
        return after[0], after[1]
    return _only(sentence, after, objects)


def _left_out(sentence: Sentence) -> Person | None:
    """Return None where nobody is hit and the sentence goes on about something else."""
    rest = [sentence.line[at] for at in range(sentence.at + 1, sentence.end)]
    goes_on = any(not token.weak and token.word not in MANNER for token in rest[:MOST_AFTER])
    return OTHER if not goes_on or sentence.at + 1 == sentence.end else None


def _only(
    sentence: Sentence, after: list[Person], objects: list[Person]
) -> tuple[Person | None, Person | None]:
    """Return who and whom where only one is named: "slaat moeder", of the child."""
    if not after:
        return (OTHER, objects[0]) if objects else (None, None)
    opens = any(
        not token.word.isdigit() and token.word not in {"jr", "jaar", "en", "m", "v"}
        for token in sentence.line[sentence.first : sentence.at]
        if token.word not in act_words()
    )
    return (after[0], OTHER) if opens and not after[0].is_object else (OTHER, after[0])


def _blow(sentence: Sentence, words: set[str]) -> str | None:
    if not (GIVING & words or "door" in words or "van" in words):
        return None
    if RECEIVING & words:
        givers = [one for one in sentence.people if sentence.follows(one, FROM)]
        others = [one for one in sentence.everybody if one not in givers]
        return _between(givers[0] if givers else None, others[0] if others else None)
    named = sentence.everybody
    return _between(named[0], named[1]) if len(named) > 1 else None


def _towards(sentence: Sentence) -> str | None:
    whom = [one for one in sentence.people if sentence.follows(one, TOWARDS)]
    if not whom:
        return None
    others = [one for one in sentence.everybody if one is not whom[0]]
    return _between(others[0] if others else None, whom[0])


# Somebody who is not named: the child where a parent is, a parent where the child is.
OTHER = Person(Who.CHILD, -1, -1)


def _between(doer: Person | None, done_to: Person | None) -> str | None:
    """Return the direction between two, of whom one may be unnamed."""
    if doer is None or doer is OTHER:
        return _unnamed_doer(done_to)
    if done_to is None:
        return None
    if done_to is OTHER:
        return "parent_to_child" if doer.who in ADULTS else None
    if doer.who is Who.PARTNER and done_to.who not in ADULTS and done_to.is_pronoun:
        return None
    if Who.SIBLING in {doer.who, done_to.who} and not {doer.who, done_to.who} & ADULTS:
        return "between_children"
    return DIRECTIONS.get((doer.who in ADULTS, done_to.who in ADULTS))


# By whether who does it, and to whom it is done, are grown up.
DIRECTIONS = {
    (True, True): "between_parents",
    (True, False): "parent_to_child",
    (False, True): "child_to_parent",
}


def _unnamed_doer(done_to: Person | None) -> str | None:
    if done_to is None:
        return None
    return "child_to_parent" if done_to.who in ADULTS and not done_to.is_pronoun else None
