"""What a line of text was understood as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A code of the vocabulary, how sure we are (0-1), and the words that led to it."""

    code: str
    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt word and the word of ours it was read as."""

    typed: str
    read_as: str


# A span of so many years is close enough to one age to filter by.
NARROW = 2


@dataclass(frozen=True, slots=True)
class Query:
    """One line of everyday Dutch, understood. Codes stand best first.

    `names` are the codes of providers and offers that are called by name
    (`providers.vocabulary.names`).

    `words` are left-over words that occur in the catalogue; `dropped` were not understood and
    go nowhere. `asked_groups` are the target groups that help is asked for, and not those that are
    only named. Ages include both ends; `is_beyond_ages` when the only age is past the last one.
    `maybe_postcode` are four digits that may be a year as well: ask, and fill in nothing. `start`
    is in weeks. Of a phase that is not sure the words may mean something else: "intussen",
    "afgerond". `crisis` is the kind of danger, or "acute" where only urgency is spoken of; `urgent`
    is whether it is, beside a danger as well. `likely` are the questions that may be meant: they
    are asked, and never searched for by themselves.
    """

    names: tuple[str, ...] = ()
    help_questions: tuple[Found, ...] = ()
    likely: tuple[Found, ...] = ()
    target_groups: tuple[Found, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    is_beyond_ages: bool = False
    place: str | None = None
    municipality: str | None = None
    maybe_postcode: str | None = None
    format: str | None = None
    phase: str | None = None
    phase_is_sure: bool = False
    asked_groups: tuple[str, ...] = ()
    access: str | None = None
    start: int | None = None
    languages: tuple[str, ...] = ()
    level: int | None = None
    crisis: str | None = None
    urgent: bool = False
    words: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the codes of the help questions."""
        return tuple(found.code for found in self.help_questions)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the codes of the target groups."""
        return tuple(found.code for found in self.target_groups)

    @property
    def age(self) -> int | None:
        """Return the one age to filter by: the middle of a narrow span, None for a wide one."""
        if self.age_min is None or self.age_max is None or self.age_max - self.age_min > NARROW:
            return None
        return (self.age_min + self.age_max) // 2
