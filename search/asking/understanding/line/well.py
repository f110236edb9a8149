"""What is over, absent or goes well, and what is told besides: said, and not what is the matter.

Besides is told where somebody works or lives, in which class a child is, and when to call.
"""

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
# Who sleeps and eats well has no trouble with it.
DOES_WELL = re.compile(
    r"\b(?:eet|slaapt|drinkt|groeit)(?: en (?:eet|slaapt|drinkt|groeit))? "
    r"(?:(?:heel|erg|gewoon|verder) )?(?:goed|prima|uitstekend)$"
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
CALL_BACK = re.compile(
    r"\b(?:kan|kunt|kunnen|wil|wilt|zou|graag)(?: (?!niet|nooit)\w+){0,3}? (?:mij|me|ons)"
    r"(?: (?!niet|nooit)\w+){0,3}? (?:terug)?bellen\b"
)
IN_CLASS = re.compile(r"\bzit in (?:groep|klas) \w+(?: bij (?:juf|juffrouw|meester) \w+)?")
# A telephone one speaks through and a network one is bullied on are no habit of the child.
MEANS = re.compile(
    r"(?<=\bhuilt )aan de telefoon\b|(?<=\bhuilend )aan de telefoon\b"
    r"|(?<=\bgepest )(?:op|via) (?:insta|instagram|snap|snapchat|tiktok|whatsapp|de app)\b"
    r"|(?<=\buitgescholden )(?:op|via) (?:insta|instagram|snap|snapchat|tiktok|whatsapp|de app)\b"
)
TRIAL = re.compile(r"^(?:dit is (?:maar )?een test|test(?: test)+(?: \d+)*)$")
BESIDES = (WORK, CALL_BACK, IN_CLASS, MEANS, TRIAL)
# What may stand between living and the place, which is understood already.
LIVES, THERE = frozenset({"woont", "woon", "woonachtig"}), frozenset({"in", "te", "bij", "nabij"})
LIVE, WHO = frozenset({"wonen"}), frozenset({"wij", "we", "ze", "zij", "ouders", "kinderen"})


def mark_well(line: Line) -> Line:
    """Return the line with the words denied that go well, and those used up that are besides."""
    denied: set[int] = set()
    used = set(_living(line))
    for _clause, tokens in groupby(range(len(line)), key=lambda at: line[at].clause):
        positions = list(tokens)
        text = " ".join(line[at].word for at in positions)
        denied |= {positions[at] for at in _denied(text)}
        for pattern in BESIDES:
            for found in pattern.finditer(text):
                used |= {positions[at] for at in _words(text, *found.span())}
    return tuple(
        replace(token, denied=True) if at in denied else token
        for at, token in enumerate(mark_used(line, used))
    )


def _living(line: Line) -> Iterator[int]:
    """Yield where it says that somebody lives in a place that is understood."""
    for at in range(len(line) - 2):
        before = line[at - 1].word if at else ""
        lives = line[at].word in LIVES or (line[at].word in LIVE and before in WHO)
        if lives and line[at + 1].word in THERE and line[at + 2].used:
            yield at


def _denied(text: str) -> Iterator[int]:
    """Yield which words of a clause stand before "is over", "komt niet voor" or "gaat goed".

    What somebody does well ("slaapt goed") is denied itself, and nothing before it.
    """
    if DOUBT.search(text):
        return
    for pattern in (OVER, ABSENT, WELL, DOES_WELL):
        found = pattern.search(text)
        if found and not (pattern is OVER and ENDINGS.search(text)):
            before = ANOTHER.match(text[: found.start()])
            end = found.end() if pattern in (ABSENT, DOES_WELL) else found.start()
            start = found.start() if pattern is DOES_WELL else before.end() if before else 0
            yield from _words(text, start, end)


def _words(text: str, start: int, end: int) -> range:
    """Return the numbers of the words of a text between two of its letters."""
    first = len(text[:start].split())
    return range(first, first + len(text[start:end].split()))
