"""From one line of text to a Query: each step takes from the line what it understands."""

from providers.enums import CarePhase
from providers.text.lexicon import lexicon
from search.understanding.afterwards import find_afterwards
from search.understanding.ages import Ages, find_ages
from search.understanding.denial import mark_denied
from search.understanding.evidence import evidence_in
from search.understanding.left_over import left_over
from search.understanding.likeness import SILENCE
from search.understanding.line import mark_used, read_line
from search.understanding.numbers import says_no_more_than_numbers
from search.understanding.places import find_place
from search.understanding.query import Query
from search.understanding.questions import find_codes, find_groups
from search.understanding.signals import find_crisis
from search.understanding.spelling import corrected
from search.understanding.urgency import HASTE, mark_urgent
from search.understanding.vocabulary import vocabularies
from search.understanding.wishes import find_format, find_level, find_phase
from search.understanding.worry import mark_worry
from search.understanding.years import years_in

# So many years before the age at which a question begins it is unlikely, and never meant.
UNLIKELY_BEFORE = 1
NEVER_BEFORE = 4
LONGEST_TEXT = 1000  # characters; the form refuses long before this


def understand(text: str) -> Query:
    """Interpret one line of everyday Dutch; any text is answered, none is kept."""
    known, words = lexicon(), vocabularies.get()
    line, corrections = corrected(read_line(text[:LONGEST_TEXT], known), known)
    place = find_place(line)
    line = mark_used(line, {*(place.positions if place else ()), *years_in(line)})
    ages = find_ages(line)
    line, urgent = mark_urgent(mark_worry(mark_denied(line)))
    phase, phase_at = find_phase(line)
    # That somebody waits says nothing of what for; that help is to end is a question itself.
    line = mark_used(line, phase_at if phase == CarePhase.WAITING else set())
    evidence = evidence_in(line, words)
    questions = find_codes(
        line,
        words.questions,
        SILENCE if says_no_more_than_numbers(line, ages.positions) else words.likeness,
        evidence,
        unlikely=words.beyond(ages.highest, UNLIKELY_BEFORE),
        never=words.beyond(ages.highest, NEVER_BEFORE),
    )
    groups = find_groups(line, words.groups)
    explained = {at for one in questions for at in one.positions}
    explained |= ages.positions
    surely = {at for one in questions for at in one.said} | ages.positions
    form, form_at = find_format(line, surely)
    level, level_at = find_level(line, surely)
    explained |= form_at | phase_at | level_at | {at for one in groups for at in one.positions}
    left, dropped = left_over(line, explained, known, is_aged=ages != Ages())
    danger = find_crisis(evidence, questions, words.signals)
    found = (*(one.found for one in questions), *find_afterwards(line, danger))
    return Query(
        help_questions=found,
        target_groups=tuple(one.found for one in groups),
        age_min=ages.lowest,
        age_max=ages.highest,
        is_beyond_ages=ages.is_beyond,
        place=place.place.key if place and not place.is_doubtful else None,
        municipality=place.place.municipality if place and not place.is_doubtful else None,
        maybe_postcode=place.place.key if place and place.is_doubtful else None,
        format=form,
        phase=phase,
        level=level,
        crisis=danger or (HASTE if urgent else None),
        urgent=urgent,
        words=left,
        dropped=dropped,
        corrections=corrections,
    )
