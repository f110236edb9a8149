"""What has happened already: an attempt is more than the thought of one.

Help for afterwards is shown only to those who spoke of it, so it is read literally: likeness
alone never takes a thought for a deed.
"""

import functools
import re
from collections.abc import Iterator

from providers.reference import vocabulary_rows
from search.asking.understanding.line.grams import phrases_of, spots
from search.asking.understanding.line.line import Line, is_denied
from search.asking.understanding.people.people import family_words
from search.asking.understanding.query import Found

FILE = "afterwards"
# "na een poging van onze dochter": what happened, and to whom. An attempt "om te" do something or
# "tot" something may be at anything.
OF_SOMEBODY = (
    r"\bna (?:de |een |haar |hun |zijn )?poging (?:van )?"
    r"(?:(?:het|een|mijn|onze|ons|hun|haar|zijn|uw|je) )?(?:%s)\b(?! (?:om|tot)\b)"
)
# "poging in november, nu terug uit de kliniek": such an attempt ends where people are cared for.
AT_A_TIME = re.compile(
    r"^(?!.*\b(?:geen|nooit|zonder)(?: \w+){0,3} poging)"
    r"(?!.*\bpoging(?:en)?(?: \w+){0,4} (?:om|tot)\b)"
    r".*?\b(poging(?:en)? (?:in|vorige?|afgelopen|gehad|gedaan))\b"
)
CARED_FOR = re.compile(r"\b(?:kliniek|opname|opgenomen|ziekenhuis|paaz|crisisafdeling)\b")
ATTEMPT = "na-een-poging"


@functools.cache
def literal_codes() -> frozenset[str]:
    """Return the help questions that are read from this file only."""
    return frozenset(row["code"] for row in vocabulary_rows(FILE))


def find_afterwards(line: Line, danger: str | None) -> Iterator[Found]:
    """Yield the questions about afterwards that a line names, each once.

    `danger` is the kind the line speaks of: "poging" by itself may be one to stop smoking.
    """
    seen: set[str] = set()
    for spot in spots(line, phrases_of(FILE, "phrase")):
        code = spot.row["code"]
        if spot.row["kind"] == danger and code not in seen and not is_denied(line, spot.positions):
            seen.add(code)
            yield Found(code, 1.0, tuple(line[at].word for at in sorted(spot.positions)))
    words = _attempt_of_somebody(line)
    if words and ATTEMPT not in seen:
        yield Found(ATTEMPT, 1.0, words)


def _attempt_of_somebody(line: Line) -> tuple[str, ...]:
    text = " ".join(token.word for token in line)
    found = _of_somebody().search(text) or (CARED_FOR.search(text) and AT_A_TIME.search(text))
    return tuple(found[found.lastindex or 0].split()) if found else ()


@functools.cache
def _of_somebody() -> re.Pattern[str]:
    return re.compile(OF_SOMEBODY % "|".join(map(re.escape, family_words())))
