"""The people in a line: parents, children, brothers and sisters, partners; pronouns where clear."""

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from providers.reference import vocabulary_rows
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import Line


class Who(StrEnum):
    """What somebody is in the family of the child that help is sought for."""

    PARENT = "parent"
    PARTNER = "partner"
    CHILD = "child"
    SIBLING = "sibling"


ADULTS = frozenset({Who.PARENT, Who.PARTNER})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the line; `sex` is m, f or x (unknown)."""

    who: Who
    first: int
    last: int
    sex: str = "x"
    is_pronoun: bool = False
    is_object: bool = False
    is_several: bool = False


POSSESSIVES = frozenset(
    {"mijn", "mn", "m", "onze", "ons", "zijn", "zn", "haar", "hun", "je", "jouw"}
)
OWN = frozenset({"mijn", "mn", "onze", "ons"})
OBJECTS = frozenset({"mij", "me", "hem", "haar", "ons", "hen"})
SUBJECTS = {"ik": "x", "hij": "m", "ze": "f", "zij": "f", "we": "x", "wij": "x", "mij": "x"}
PRONOUNS = SUBJECTS | {"me": "x", "hem": "m", "haar": "f", "ons": "x"}
SPEAKERS = frozenset({"ik", "mij", "me", "mezelf"})
OF_US = frozenset({"we", "wij", "ons"})
JOINED = frozenset({"en", "of"})
# A word between a possessive and whose it is: "haar oudste zoon", "mijn nieuwe vriend".
MOST_OF = 3
SINGULARS = frozenset({"jongen", "zus", "brus", "bus"})
PLURALS = frozenset({"ouders", "kinderen", "kids", "pleegouders", "stiefouders", "grootouders"})


@functools.cache
def family_words() -> dict[str, tuple[Who, str]]:
    """Return who each word of the family is, and of which sex."""
    return {
        normalise(word): (Who(row["who"]), row["sex"])
        for row in vocabulary_rows("family_words")
        for word in row["words"].split("|")
    }


def find_people(line: Line) -> list[Person]:
    """Return the people of a line in its order, those joined by "en" as one."""
    speaker = _speaker(line)
    found: list[Person] = []
    for at, token in enumerate(line):
        if token.used:
            continue
        person = _named(line, at) or _pronoun(line, at, speaker)
        if person:
            found.append(person)
    return _joined(line, _without_owners(line, found))


def _named(line: Line, at: int) -> Person | None:
    who, sex = family_words().get(line[at].word, (None, ""))
    if who is None:
        return None
    if who is Who.PARTNER and not _is_owned(line, at):
        return None
    word = line[at].word
    several = word in PLURALS or (word.endswith(("s", "en")) and word not in SINGULARS)
    return Person(who, at, at, sex, is_several=several)


def _is_owned(line: Line, at: int) -> bool:
    """Whether somebody's man or friend is meant: "haar man", "vriend van moeder"."""
    before = {line[here].word for here in range(max(at - 2, 0), at)}
    after = [token.word for token in line[at + 1 : at + 4]]
    of = after[:1] == ["van"] and any(word in family_words() for word in after)
    owner = line[at - 1].word if at else ""
    return bool(before & POSSESSIVES) or of or owner in family_words()


def _pronoun(line: Line, at: int, speaker: Who) -> Person | None:
    word = line[at].word
    if word not in PRONOUNS or (word in POSSESSIVES and _owns_next(line, at)):
        return None
    who = speaker if word in SPEAKERS else Who.PARENT if word in OF_US else Who.CHILD
    return Person(who, at, at, PRONOUNS[word], is_pronoun=True, is_object=word in OBJECTS)


def _owns_next(line: Line, at: int) -> bool:
    """Whether "haar" is whose, not whom: somebody or something of hers follows."""
    following = line[at + 1 : at + 1 + MOST_OF]
    if not following or following[0].clause != line[at].clause:
        return False
    return any(token.word in family_words() for token in following[:2]) or (
        not following[0].weak and line[at].word in OWN | {"zijn"}
    )


def _speaker(line: Line) -> Who:
    """Return who says "ik": a parent when they speak of their child or partner, else the child."""
    if HAS_CHILDREN.search(" ".join(token.word for token in line)):
        return Who.PARENT
    for at in range(len(line) - 1):
        if line[at].word not in OWN:
            continue
        for token in line[at + 1 : at + MOST_OF]:
            who, _sex = family_words().get(token.word, (None, ""))
            if who is Who.CHILD or (who is Who.PARTNER and token.word not in FRIENDS):
                return Who.PARENT
            if who:
                return Who.CHILD
    return Who.CHILD


HAS_CHILDREN = re.compile(
    r"\b(?:ik|we|wij)\b.*\b(?:kleine|twee|drie|vier|jonge|een) (?:kleine |jonge )?"
    r"(?:kinderen|peuters?|kleuters?|babys?|zoontjes?|dochtertjes?)\b"
)
FRIENDS = frozenset({"vriend", "vriendje", "vriendin", "ex"})


def _without_owners(line: Line, people: list[Person]) -> list[Person]:
    """Take "de vriend van moeder" and "moeders vriend" for one: a new partner is a parent."""
    found: list[Person] = []
    for person in people:
        last = found[-1] if found else None
        if last is None or person.is_pronoun or last.is_pronoun:
            found.append(person)
        elif person.who is Who.PARTNER and _is_genitive(line, last, person):
            found[-1] = Person(Who.PARENT, last.first, person.last, person.sex)
        elif last.who is Who.PARTNER and _is_of(line, last, person):
            found[-1] = Person(Who.PARENT, last.first, person.last, last.sex)
        elif _is_of(line, last, person) and last.who is not person.who:
            found[-1] = Person(
                last.who, last.first, person.last, last.sex, is_several=last.is_several
            )
        else:
            found.append(person)
    return found


def _is_genitive(line: Line, owner: Person, owned: Person) -> bool:
    return owned.first == owner.last + 1 and line[owner.last].word.endswith("s")


def _is_of(line: Line, one: Person, other: Person) -> bool:
    between = [line[at].word for at in range(one.last + 1, other.first)]
    small = set(between) <= POSSESSIVES | {"van", "de", "het", "een"}
    return small and len(between) > 0 and between[0] == "van" and line[one.last].word != "ouders"


def _joined(line: Line, people: list[Person]) -> list[Person]:
    found: list[Person] = []
    for person in people:
        last = found[-1] if found else None
        if last and last.who is person.who and _is_next(line, last, person):
            found[-1] = Person(last.who, last.first, person.last, "x", is_several=True)
        else:
            found.append(person)
    return found


def _is_next(line: Line, one: Person, other: Person) -> bool:
    between = {line[at].word for at in range(one.last + 1, other.first)}
    return bool(between & JOINED) and between <= JOINED | POSSESSIVES | {
        "de",
        "het",
        "een",
        "stief",
    }
