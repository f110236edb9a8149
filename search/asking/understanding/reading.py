"""From one line of text to a Query: each step takes from the line what it understands."""

from dataclasses import dataclass, replace

from providers.enums import CarePhase
from providers.vocabulary.text.lexicon import lexicon
from search.asking.emergency import region_of
from search.asking.understanding.danger.denial import mark_denied
from search.asking.understanding.danger.model import danger_model, words_in
from search.asking.understanding.danger.over import forget_lines
from search.asking.understanding.danger.signals import find_crisis
from search.asking.understanding.danger.urgency import HASTE, mark_urgent
from search.asking.understanding.facts.ages import Ages, find_ages
from search.asking.understanding.facts.numbers import says_no_more_than_numbers
from search.asking.understanding.facts.places import FoundPlace, find_place
from search.asking.understanding.facts.requests import Requests, find_requests
from search.asking.understanding.facts.wishes import asks_phase, find_format, find_level, find_phase
from search.asking.understanding.facts.years import years_in
from search.asking.understanding.left_over import left_over
from search.asking.understanding.line.line import Line, mark_used, read_line
from search.asking.understanding.line.well import mark_well
from search.asking.understanding.line.worry import mark_worry
from search.asking.understanding.names import Named, apart_from_names
from search.asking.understanding.own_words import find_own_words, spelled_as_own
from search.asking.understanding.people.for_whom import asked_groups
from search.asking.understanding.query import Correction, Query
from search.asking.understanding.questions.afterwards import find_afterwards
from search.asking.understanding.questions.evidence import Evidence, evidence_in
from search.asking.understanding.questions.likeness import SILENCE
from search.asking.understanding.questions.model import Scores, reading_model
from search.asking.understanding.questions.questions import Decided, find_codes, find_groups
from search.asking.understanding.spelling import corrected
from search.asking.understanding.vocabulary import Vocabularies, vocabularies

# So many years before the age at which a question begins it is unlikely, and never meant.
UNLIKELY_BEFORE = 1
NEVER_BEFORE = 4
# And after the age at which it ends; a mother of 16 says so in many words.
UNLIKELY_AFTER = 10
LONGEST_TEXT = 1000  # characters; the form refuses long before this


@dataclass(frozen=True, slots=True)
class Prepared:
    """A line of which place, ages, wishes and urgency were taken, with what those are."""

    whole: Line
    line: Line
    corrections: tuple[Correction, ...]
    named: Named
    place: FoundPlace | None
    ages: Ages
    requests: Requests
    urgent: bool
    phase: str | None
    phase_at: set[int]


def prepared(text: str) -> Prepared:
    """Return what a line says besides its questions, and the line without that."""
    known = lexicon()
    typed = read_line(text[:LONGEST_TEXT], known)
    whole, corrections = corrected(typed, known, spelled_as_own(typed))
    place = find_place(whole)
    line, named = apart_from_names(whole, place, known)
    place = place if line is whole else find_place(line)
    line = mark_used(line, {*(place.positions if place else ()), *years_in(line)})
    ages = find_ages(line)
    requests = find_requests(line, ages.positions)
    line = mark_well(mark_denied(mark_used(line, set(requests.positions))))
    line, urgent = mark_urgent(mark_worry(line))
    phase, phase_at = find_phase(line)
    # That somebody waits says nothing of what for; that help is to end is a question itself.
    line = mark_used(line, phase_at if phase == CarePhase.WAITING else set())
    return Prepared(whole, line, corrections, named, place, ages, requests, urgent, phase, phase_at)


def _questions(
    said: Prepared,
    words: Vocabularies,
    evidence: Evidence,
    scores: Scores,
    municipality: str | None,
) -> Decided:
    """Return what the line is about; one of figures only is about nothing.

    First what it says in words of the region in view: of its place, else of `municipality`.
    """
    place = said.place.place if said.place and not said.place.is_doubtful else None
    own = find_own_words(said.line, place.region if place else region_of(municipality))
    line = mark_used(said.line, {at for one in own for at in one.positions})
    besides = _besides(said, line, words, evidence, scores)
    codes = {one.found.code for one in own}
    return Decided(
        [*own, *(one for one in besides.sure if one.found.code not in codes)],
        [one for one in besides.likely if one.found.code not in codes],
    )


def _besides(
    said: Prepared, line: Line, words: Vocabularies, evidence: Evidence, scores: Scores
) -> Decided:
    silent = says_no_more_than_numbers(line, said.ages.positions)
    return find_codes(
        line,
        words.questions,
        SILENCE if silent else words.likeness,
        evidence,
        scores,
        reading_model().join,
        unlikely=words.beyond(said.ages.highest, UNLIKELY_BEFORE)
        | words.outgrown(said.ages.lowest, UNLIKELY_AFTER),
        never=words.beyond(said.ages.highest, NEVER_BEFORE),
    )


def understand(text: str, municipality: str | None = None) -> Query:
    """Interpret one line of everyday Dutch; any text is answered, none is kept.

    `municipality` (CBS code) is where help is looked for when the line itself names no place.
    """
    try:
        return _understood(text, municipality)
    finally:
        forget_lines()


def _understood(text: str, municipality: str | None) -> Query:
    said, words = prepared(text), vocabularies.get()
    line, ages = said.line, said.ages
    scores = reading_model().scores(mark_used(line, set(ages.positions)))
    spoken = danger_model().of(words_in(line))
    evidence = evidence_in(line, words, spoken)
    decided = _questions(said, words, evidence, scores, municipality)
    questions = decided.sure
    groups = find_groups(line, words.groups)
    explained = {at for one in questions for at in one.positions} | ages.positions
    surely = {at for one in questions for at in one.said} | ages.positions
    form, form_at = find_format(line, surely)
    level, level_at = find_level(line, surely)
    explained |= form_at | said.phase_at | level_at | {at for one in groups for at in one.positions}
    left, dropped = left_over(line, explained, lexicon(), is_aged=ages != Ages())
    danger = find_crisis(evidence, questions, words.signals)
    in_name = _danger_in(said.named, said.whole, words)
    return replace(
        _where_and_how_old(said.place, ages),
        names=said.named.codes,
        help_questions=(*(one.found for one in questions), *find_afterwards(line, danger)),
        likely=tuple(one.found for one in decided.likely),
        target_groups=tuple(one.found for one in groups),
        format=form,
        phase=said.phase,
        phase_is_sure=asks_phase(line, said.phase),
        asked_groups=asked_groups(line, groups, questions, has_ages=ages != Ages()),
        access=said.requests.access,
        start=said.requests.start,
        languages=said.requests.languages,
        level=level,
        crisis=danger or in_name or (HASTE if said.urgent else None),
        urgent=said.urgent,
        words=left,
        dropped=dropped,
        corrections=said.corrections,
    )


def _where_and_how_old(place: FoundPlace | None, ages: Ages) -> Query:
    sure = place.place if place and not place.is_doubtful else None
    return Query(
        age_min=ages.lowest,
        age_max=ages.highest,
        is_beyond_ages=ages.is_beyond,
        place=sure.key if sure else None,
        municipality=sure.municipality if sure else None,
        maybe_postcode=place.place.key if place and place.is_doubtful else None,
    )


def _danger_in(named: Named, line: Line, words: Vocabularies) -> str | None:
    """Return the danger in a line with its names: one that a name speaks of is one too."""
    if not named.codes:
        return None
    return find_crisis(evidence_in(mark_denied(line), words), [], words.signals)
