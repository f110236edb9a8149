"""What the texts of a row suggest: help questions, target groups, the step and kind of help.

Suggestions, no facts: a person looks at them before they are taken over, and the offer stays
unconfirmed. The words are those of the vocabulary, read by the analyser of the search index. The
reader of questions in `search` is not used: it reads a line that somebody types about one child,
and a text of an offer tells of many things.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from importing.lists.rows import ListRow
from importing.pipeline.ages_text import Ages, ages_written
from importing.pipeline.tables import read_table
from providers.enums import CareLevel, HelpKind, ProviderKind
from providers.models import HelpQuestion, SearchWord, TargetGroup
from providers.reference import vocabulary_rows
from providers.vocabulary.text.lexicon import Lexicon, function_words, lexicon
from providers.vocabulary.text.stems import stem
from providers.vocabulary.words import normalise

MOST_QUESTIONS, MOST_GROUPS = 4, 3
# What a word says in a heading weighs more than in the text; from so much it is a suggestion.
IN_TITLE, IN_KIND, IN_TEXT = 3.0, 2.0, 1.0
ENOUGH = 1.0
# What an offer is not for says nothing of what it is for.
NOT_FOR = re.compile(
    r"\b(?:niet (?:voor|bij|geschikt)|geen|zonder|contra-?indicaties?|uitgezonderd|behalve|"
    r"met uitzondering van)\b[^.;!?\n]*",
    re.IGNORECASE,
)
FOR = re.compile(r"\bvoor\b[^.;!?\n]*", re.IGNORECASE)
DURATION = re.compile(
    r"\b(?:\w*duur|duurt|gedurende|sinds|al|na|binnen)\b[^.;!?\n]*", re.IGNORECASE
)

Stems = tuple[str, ...]
Codes = dict[str, float]


class Kinds(NamedTuple):
    """How heavy help is, and of which kind, as far as words say so."""

    level: CareLevel | None = None
    help_kind: HelpKind = HelpKind.UNKNOWN
    provider_kind: ProviderKind = ProviderKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one row suggests; codes with the surest first."""

    help_questions: tuple[str, ...]
    target_groups: tuple[str, ...]
    ages: Ages
    kinds: Kinds


class Phrases:
    """The phrases that point at codes, by the stem they begin with."""

    def __init__(self, rows: Iterable[tuple[str, str]], known: Lexicon) -> None:
        self._known = known
        codes: dict[Stems, set[str]] = defaultdict(set)
        for text, code in rows:
            codes[tuple(map(stem, normalise(text).split()))].add(code)
        self._by_start: dict[str, list[tuple[Stems, set[str]]]] = defaultdict(list)
        for stems, pointed_at in codes.items():
            if stems and not set(stems) <= _function_stems():
                self._by_start[stems[0]].append((stems, pointed_at))

    def codes_in(self, text: str, weight: float) -> Codes:
        """Return how strongly each code is named in a text: rare phrases more than shared ones."""
        found: Codes = defaultdict(float)
        for stems, codes in set(self._matches(normalise(text).split())):
            for code in codes:
                found[code] = max(found[code], weight * len(stems) ** 0.5 / len(codes))
        return found

    def _matches(self, words: list[str]) -> Iterator[tuple[Stems, frozenset[str]]]:
        stems = list(map(stem, words))
        for at, one in enumerate(stems):
            for phrase, codes in self._by_start.get(one, ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    yield phrase, frozenset(codes)
            for part in map(stem, self._known.split(words[at])):
                for phrase, codes in self._by_start.get(part, ()):
                    if len(phrase) == 1:
                        yield phrase, frozenset(codes)


@lru_cache(maxsize=1)
def _function_stems() -> frozenset[str]:
    return frozenset(map(stem, function_words()))


class Suggester:
    """Reads the texts of rows with the vocabulary of now."""

    def __init__(self, without: Collection[str] = ()) -> None:
        known = lexicon()
        self._without = frozenset(without)
        self._questions = Phrases(_words_of("help_question", HelpQuestion), known)
        self._groups = Phrases(_words_of("target_group", TargetGroup), known)
        questions = HelpQuestion.objects.all()
        # Help for a danger, or for afterwards, is shown to those who ask for it: the name of the
        # offer has to say so, or its text that it is "voor" that; a word in passing does not.
        self._reserved = {one.code for one in questions if one.signal or one.after}

    def read(self, row: ListRow) -> Suggestion:
        """Return what this row suggests."""
        text = NOT_FOR.sub(" ", row.description)
        heading = f"{row.title} | {row.kind} | {row.organisation}"
        return Suggestion(
            help_questions=self._help_questions(row, text),
            target_groups=self._target_groups(row, text),
            ages=_ages(row, text),
            kinds=_kinds(normalise(heading), normalise(text)),
        )

    def _help_questions(self, row: ListRow, text: str) -> tuple[str, ...]:
        named = _joined(
            self._questions.codes_in(row.title or row.organisation, IN_TITLE),
            self._questions.codes_in(row.kind, IN_KIND),
            self._questions.codes_in(row.target, IN_KIND),
        )
        in_text = self._questions.codes_in(text, IN_TEXT)
        is_for = self._questions.codes_in(" | ".join(FOR.findall(text)), IN_TEXT)
        allowed = {n: w for n, w in in_text.items() if n in is_for or n not in self._reserved}
        return _surest(_joined(named, allowed), MOST_QUESTIONS, self._without)

    def _target_groups(self, row: ListRow, text: str) -> tuple[str, ...]:
        said = f"{row.title}. {row.target}. {row.kind}. {' '.join(FOR.findall(text))}"
        return _surest(self._groups.codes_in(said, IN_TEXT), MOST_GROUPS, ())


def _words_of(field: str, model: type[HelpQuestion] | type[TargetGroup]) -> list[tuple[str, str]]:
    words = SearchWord.objects.filter(**{f"{field}__isnull": False})
    labels = model._default_manager.values_list("label", "code")
    return [*words.values_list("key", field), *labels]


def _joined(*found: Codes) -> Codes:
    total: Codes = defaultdict(float)
    for codes in found:
        for code, weight in codes.items():
            total[code] += weight
    return total


def _surest(codes: Codes, most: int, without: Collection[str]) -> tuple[str, ...]:
    enough = [code for code, weight in codes.items() if weight >= ENOUGH and code not in without]
    return tuple(sorted(enough, key=lambda code: (-codes[code], code))[:most])


def _ages(row: ListRow, text: str) -> Ages:
    """Return the ages of their own column, else those that the target or the text name."""
    if row.ages != Ages(None, None):
        return row.ages
    for said in (row.target, row.title, DURATION.sub(" ", text)):
        found = ages_written(said.lower())
        if found != Ages(None, None):
            return found
    return Ages(None, None)


@lru_cache(maxsize=1)
def _kind_words() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    rows = read_table("lijst_soorten.csv")
    return [(_pattern(row["woord"]), row) for row in rows]


@lru_cache(maxsize=1)
def _level_words() -> list[tuple[re.Pattern[str], int]]:
    rows = vocabulary_rows("level_words")
    return [(_pattern(normalise(row["word"])), int(row["level"])) for row in rows]


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{re.escape(word.removesuffix('*'))}{'' if word.endswith('*') else chr(92) + 'b'}"
    )


def _kinds(heading: str, text: str) -> Kinds:
    """Return the step and the kinds that the heading names, else the step that the text names."""
    for pattern, row in _kind_words():
        if pattern.search(heading):
            return Kinds(
                CareLevel(int(row["trede"])),
                HelpKind(row["soort hulp"] or HelpKind.UNKNOWN),
                ProviderKind(row["soort organisatie"] or ProviderKind.UNKNOWN),
            )
    levels = [CareLevel(level) for words, level in _level_words() if words.search(text)]
    return Kinds(max(levels, default=None))
