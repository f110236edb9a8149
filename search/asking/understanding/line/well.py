"""What is over, absent or goes well, and where somebody works: said, and not what is the matter."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from search.asking.understanding.line.line import Line, mark_used

NOW = r"(?:(?:nu|al|allang|inmiddels|gelukkig|helemaal|weer|echt|compleet|volledig|hier) ){0,4}"
OVER = re.compile(rf"\b(?:is|zijn) {NOW}(?:over|voorbij|verleden tijd|opgelost|overgegaan)$")
ABSENT = re.compile(r"\b(?:komt|komen) (?:\w+ ){0,6}?niet (?:(?:meer|vaak|echt) )?voor$")
WELL = re.compile(
    r"\b(?:gaat|gaan|verloopt|verlopen|loopt|lopen) (?:\w+ ){0,2}?"
    r"(?:goed|prima|harmonieus|soepel|gesmeerd|voorspoedig|uitstekend|vlekkeloos|naar wens"
    r"|in goed overleg)\b"
)
# These turn it round, or make it a wish or a question.
DOUBT = re.compile(
    r"\b(?:niet(?! (?:(?:meer|vaak|echt) )?voor$)|nooit|geen|niks|nog|minder|nauwelijks|amper|als"
    r"|of|hoe|wanneer|zodra|tot|totdat|zolang|mis|fout|hand|wil|willen|hoop|hopen|kan|moet)\b"
)
# Their end is what help is asked for.
ENDINGS = re.compile(
    r"\b(?:relatie|verkering|vriendschap|huwelijk|liefde|geduld|contact|leven|geweld|slaan"
    r"|mishandeling|misbruik|poging|behandeling|therapie|hulp|begeleiding|opname|zwangerschap"
    r"|bevalling)\b|\w+(?:behandeling|therapie|begeleiding|hulp|relatie|geweld)\b"
)
# What stands before these is another sentence, unless it says: "maar dat gaat goed".
ANOTHER = re.compile(r"^.*\b(?:maar|en|terwijl|want)\b(?! (?:dat|die|deze)\b)")
WORK = re.compile(
    r"\b(?:werkt|werken|werk|werkzaam) (?:zelf )?(?:als|in|bij|op|voor) "
    r"(?:(?:de|het|een|onze|maatschappelijk) )?"
    r"\w*(?:zorg|hulp|hulpverlening|kliniek|opvang|school|onderwijs|ggz|ggd|reclassering|politie"
    r"|therapeut|psycholoog|begeleider|verpleegkundige|werker|coach|voogd|inrichting|gevangenis)\b"
    r"|\bis \w+ van beroep\b"
)


def mark_well(line: Line) -> Line:
    """Return the line with the words denied that go well, and those used up that tell of work."""
    denied: set[int] = set()
    used: set[int] = set()
    for _clause, tokens in groupby(range(len(line)), key=lambda at: line[at].clause):
        positions = list(tokens)
        text = " ".join(line[at].word for at in positions)
        denied |= {positions[at] for at in _denied(text)}
        for found in WORK.finditer(text):
            used |= {positions[at] for at in _words(text, *found.span())}
    return tuple(
        replace(token, denied=True) if at in denied else token
        for at, token in enumerate(mark_used(line, used))
    )


def _denied(text: str) -> Iterator[int]:
    """Yield which words of a clause stand before "is over", "komt niet voor" or "gaat goed"."""
    if DOUBT.search(text):
        return
    for pattern in (OVER, ABSENT, WELL):
        found = pattern.search(text)
        if found and not (pattern is OVER and ENDINGS.search(text)):
            before = ANOTHER.match(text[: found.start()])
            end = found.end() if pattern is ABSENT else found.start()
            yield from _words(text, before.end() if before else 0, end)


def _words(text: str, start: int, end: int) -> range:
    """Return the numbers of the words of a text between two of its letters."""
    first = len(text[:start].split())
    return range(first, first + len(text[start:end].split()))
