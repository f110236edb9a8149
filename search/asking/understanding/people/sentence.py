"""The words around a verb that belong to it, with the people among them."""

from dataclasses import dataclass

from search.asking.understanding.line.line import Line
from search.asking.understanding.people.people import Person

# What begins another sentence inside a clause, with a verb and people of its own.
SUBORDINATE = frozenset(
    {"omdat", "want", "als", "wanneer", "terwijl", "waardoor", "waarbij", "zodat", "toen", "nadat"}
    | {"maar", "waar", "dat", "die", "of", "dus", "doordat", "zegt", "vertelt", "ziet"}
)
RELATIVE = frozenset({"die", "dat"})
BEING = frozenset({"is", "zijn", "ben", "was", "waren"})
HAVING = frozenset({"heeft", "hebben", "heb", "had", "hadden"})
NOT = frozenset({"niet", "nooit", "geen", "niemand", "ontkent"})
# "Bang dat ik mijn kind een klap ga geven": it did not happen.
FEARED = ["bang", "dat"]
SELF = frozenset({"zich", "zichzelf", "mezelf", "mijzelf", "jezelf"})
# With these things in it nobody is hurt.
HARMLESS = frozenset(
    {"bal", "ballen", "hoek", "trommel", "drums", "kinderwagen", "schommel", "fiets", "rolstoel"}
    | {"spijker", "brug", "doelpunt", "penalty", "vakantie", "snoep", "duplo"}
)


@dataclass(slots=True)
class Sentence:
    """The words around a verb that belong to it, with the people among them."""

    line: Line
    at: int
    first: int
    end: int
    people: list[Person]
    antecedent: Person | None

    @classmethod
    def around(cls, line: Line, at: int, people: list[Person]) -> "Sentence":
        """Return the sentence of the verb at position `at`."""
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

    @property
    def everybody(self) -> list[Person]:
        """Return the people of the sentence, and first whom "die" or "dat" stands for."""
        return [self.antecedent, *self.people] if self.antecedent else self.people

    def follows(self, person: Person, words: frozenset[str]) -> bool:
        """Whether one of these words stands at most two before somebody."""
        before = range(max(person.first - 2, self.first), person.first)
        return any(self.line[at].word in words for at in before)


def _is_second_verb(line: Line, first: int, at: int) -> bool:
    """Whether a sentence ends before this verb: "als ze boos is / slaat ze haar moeder"."""
    return first == at and line[first - 1].word in BEING
