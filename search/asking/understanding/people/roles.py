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

VIOLENCE = "violence"
# The direction of what nobody does, or to nobody: "slaat niet", "slaat de bal", "slaat zich".
NOBODY = "nobody"
# What begins another sentence inside a clause, with a verb and people of its own.
SUBORDINATE = frozenset(
    {"omdat", "want", "als", "wanneer", "terwijl", "waardoor", "waarbij", "zodat", "toen", "nadat"}
    | {"maar", "waar", "dat", "die", "of", "dus", "doordat", "zegt", "vertelt", "ziet"}
)
RELATIVE = frozenset({"die", "dat"})
PASSIVE = frozenset({"word", "wordt", "worden", "werd", "werden", "geworden"})
BEING = frozenset({"is", "zijn", "ben", "was", "waren"})
HAVING = frozenset({"heeft", "hebben", "heb", "had", "hadden"})
PARTICIPLES = frozenset({"mishandeld", "bedreigd", "terroriseerd", "vernederd"})
PARTICIPLE = re.compile(r"^(?:ge|aange|vastge|afge|dichtge|opge)\w+(?:en|d|t)$")
NOT = frozenset({"niet", "nooit", "geen", "niemand", "ontkent"})
# "Bang dat ik mijn kind een klap ga geven": it did not happen.
FEARED = ["bang", "dat"]
MUTUAL = frozenset({"elkaar", "mekaar"})
SELF = frozenset({"zich", "zichzelf", "mezelf", "mijzelf", "jezelf"})
TOWARDS = frozenset({"naar", "nr", "tegen", "richting", "jegens", "op", "aan", "bij"})
# With these things in it nobody is hurt.
HARMLESS = frozenset(
    {"bal", "ballen", "hoek", "trommel", "drums", "kinderwagen", "schommel", "fiets", "rolstoel"}
    | {"spijker", "brug", "doelpunt", "penalty", "vakantie", "snoep", "duplo"}
)
THINGS = frozenset(
    {"bal", "stoel", "stoelen", "bord", "borden", "spullen", "servies", "kopje", "glas", "glazen"}
    | {"schoen", "schoenen", "boek", "telefoon", "trap", "dingen", "mes", "vaas", "fles", "muur"}
    | {"alles", "gezicht", "hoofd", "speelgoed", "afstandsbediening", "pan", "stenen", "steen"}
)
GIVING = frozenset(
    {"geeft", "geven", "gaf", "gaven", "gegeven", "deelt", "krijgt", "kreeg", "krijg"}
)
RECEIVING = frozenset({"krijgt", "kreeg", "krijg", "krijgen", "gekregen"})
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
        sentence = _Sentence.around(line, at, people)
        idle = sentence.is_denied or sentence.is_harmless or is_told_in_story(line, {at})
        return NOBODY if idle else sentence.direction(act)
    return holder_of(line, at, people, sits=act.need == "fast")


# --- violence ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sentence:
    """The words around a verb that belong to it, with the people among them."""

    line: Line
    at: int
    first: int
    end: int
    people: list[Person]
    antecedent: Person | None

    @classmethod
    def around(cls, line: Line, at: int, people: list[Person]) -> "_Sentence":
        first, end = at, at + 1
        while first > 0 and line[first - 1].clause == line[at].clause:
            if line[first - 1].word in SUBORDINATE or (_is_second_verb(line, first, at)):
                break
            first -= 1
        while end < len(line) and line[end].clause == line[at].clause:
            if line[end].word in SUBORDINATE:
                break
            end += 1
        here = [one for one in people if first <= one.first < end]
        opening = first - 1
        antecedent = None
        if opening > 0 and line[opening].word in RELATIVE:
            antecedent = next((one for one in people if one.last == opening - 1), None)
        return cls(line, at, first, end, here, antecedent)

    @property
    def is_perfect(self) -> bool:
        """Whether the verb closes its sentence: "heeft zijn moeder geslagen en ..."."""
        return bool(HAVING & set(self.words[: self.at - self.first]))

    @property
    def words(self) -> list[str]:
        """Return the words of the sentence."""
        return [self.line[at].word for at in range(self.first, self.end)]

    @property
    def is_denied(self) -> bool:
        """Whether somebody says that it does not happen, or only fears that they will do it."""
        opening = [self.line[at].word for at in range(max(self.first - 2, 0), self.first)]
        if opening == FEARED and self.words[0] == "ik":
            return True
        end = next((at for at in range(self.at, self.end) if self.line[at].word == "en"), self.end)
        near = self.line[max(self.at - 3, self.first) : min(self.at + 5, end)]
        return any(token.word in NOT for token in near) or bool(SELF & set(self.words))

    @property
    def is_harmless(self) -> bool:
        """Whether it is about a ball or a corner."""
        return bool(HARMLESS & set(self.words)) and "gezicht" not in self.words

    def direction(self, act: Act) -> str | None:
        """Return who does it to whom, or None when the line does not say."""
        words = set(self.words)
        if MUTUAL & words:
            return self._mutual()
        if act.need == "thing" and not THINGS & words:
            return None
        if act.need == "blow":
            return self._blow(words)
        if act.need == "towards":
            return self._towards()
        doer, done_to = self._by_door() if self._is_passive else self._active()
        if doer is None and done_to is None:
            return None
        if act.need in {"patient", "thing"} and (doer is None or done_to is None):
            return None
        return _between(doer, done_to)

    # who and whom

    def _mutual(self) -> str | None:
        before = [one for one in self.people if one.first < self.end]
        kinds = {one.who for one in before}
        if Who.SIBLING in kinds or any(one.is_several and one.who is Who.CHILD for one in before):
            return "between_children" if Who.PARENT not in kinds else None
        if kinds == {Who.PARENT} or kinds == {Who.PARENT, Who.PARTNER}:
            return "between_parents"
        if kinds & {Who.PARTNER} and kinds <= {Who.PARTNER, Who.PARENT}:
            return "between_parents"
        return None

    @property
    def _is_passive(self) -> bool:
        words = set(self.words)
        word = self.line[self.at].word
        if word not in PARTICIPLES and not PARTICIPLE.search(word):
            return False
        if "door" in words or PASSIVE & words:
            return True
        if HAVING & words or RECEIVING & words:
            return False
        return bool(BEING & words) or self._is_bare

    @property
    def _is_bare(self) -> bool:
        """Whether a participle stands without any other verb: "dochter mishandeld"."""
        return len(self.people) < 2

    def _by_door(self) -> tuple[Person | None, Person | None]:
        doors = [at for at in range(self.first, self.end) if self.line[at].word in {"door", "van"}]
        doer = next((one for at in doors for one in self.people if 0 < one.first - at <= 4), None)
        others = [one for one in self._all() if one is not doer]
        done_to = self._nearest(others)
        return doer, done_to

    def _nearest(self, people: list[Person]) -> Person | None:
        named = [one for one in people if not one.is_pronoun] or people
        before = [one for one in named if one.first < self.at]
        return before[-1] if before else (named[0] if named else None)

    def _all(self) -> list[Person]:
        return [self.antecedent, *self.people] if self.antecedent else self.people

    def _active(self) -> tuple[Person | None, Person | None]:
        before = [one for one in self._all() if one.first < self.at]
        after = [one for one in self.people if one.first > self.at and not self.is_perfect]
        subjects = [one for one in before if not one.is_object]
        objects = [one for one in before if one.is_object]
        if subjects and after:
            return subjects[-1], after[0]
        if len(subjects) > 1:
            return subjects[-2], subjects[-1]
        if subjects:
            return subjects[0], objects[0] if objects else self._left_out()
        if len(after) > 1:
            # "Gisteren sloeg vader zijn kind": the verb goes first, then who does it.
            return after[0], after[1]
        return self._only(after, objects)

    def _left_out(self) -> Person | None:
        """Return None where nobody is hit and the sentence goes on about something else."""
        rest = [self.line[at] for at in range(self.at + 1, self.end)]
        goes_on = any(not token.weak and token.word not in MANNER for token in rest[:MOST_AFTER])
        return OTHER if not goes_on or self.at + 1 == self.end else None

    def _only(
        self, after: list[Person], objects: list[Person]
    ) -> tuple[Person | None, Person | None]:
        """Return who and whom where only one is named: "slaat moeder", of the child."""
        if not after:
            return (OTHER, objects[0]) if objects else (None, None)
        opens = any(
            not token.word.isdigit() and token.word not in {"jr", "jaar", "en", "m", "v"}
            for token in self.line[self.first : self.at]
            if token.word not in act_words()
        )
        return (after[0], OTHER) if opens and not after[0].is_object else (OTHER, after[0])

    def _blow(self, words: set[str]) -> str | None:
        if not (GIVING & words or "door" in words or "van" in words):
            return None
        if RECEIVING & words:
            givers = [
                one
                for one in self.people
                if any(
                    self.line[at].word in {"van", "door"}
                    for at in range(max(one.first - 2, self.first), one.first)
                )
            ]
            others = [one for one in self._all() if one not in givers]
            return _between(givers[0] if givers else None, others[0] if others else None)
        named = self._all()
        return _between(named[0], named[1]) if len(named) > 1 else None

    def _towards(self) -> str | None:
        whom = [
            one
            for one in self.people
            if any(
                self.line[at].word in TOWARDS
                for at in range(max(one.first - 2, self.first), one.first)
            )
        ]
        if not whom:
            return None
        others = [one for one in self._all() if one is not whom[0]]
        return _between(others[0] if others else None, whom[0])


def _is_second_verb(line: Line, first: int, at: int) -> bool:
    """Whether a sentence ends before this verb: "als ze boos is / slaat ze haar moeder"."""
    return first == at and line[first - 1].word in BEING


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
