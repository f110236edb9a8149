"""Who worries: "school maakt zich zorgen" is how a line begins, and not what is the matter."""

import re

from search.asking.understanding.line.line import Line, mark_used

WORRIERS = (
    r"(?:ouders?|moeder|vader|mama|papa|stiefouders?|pleegouders?|oma|opa|grootouders|familie"
    r"|school|juf|meester|leerkracht|leraar|mentor|docent|ib er|intern begeleider|schoolarts"
    r"|huisarts|jeugdarts|wijkteam|jeugdteam|we|wij)"
)
# Somebody who says "ik" may be the child, unless the worry is about a child.
ABOUT_A_CHILD = (
    r"(?:om|over) (?:(?:mijn|onze|een|de|deze|dit|haar|zijn) )?"
    r"(?:zoons?|zoontje|dochters?|dochtertje|kind|kinderen|jongen|meisje|leerling|puber|hem|haar)"
)
MUCH = r"(?:(?:erg|veel|grote|heel|ernstige|steeds|meer|best|wel|toch|nu|al|ook) ){0,3}"
# A worry about everything is the child's own, whoever tells of it.
ABOUT_ALL = r"(?! (?:om|over) (?:alles|van alles|de toekomst|de wereld|het klimaat|geld))"
WORRY = re.compile(
    rf"\b(?:{WORRIERS} (?:en {WORRIERS} )?{MUCH}(?:maak|maakt|maken) (?:zich|ons) {MUCH}zorgen"
    rf"|(?:maakt?|maken) {WORRIERS} (?:zich|ons) {MUCH}zorgen"
    rf"|(?:ik )?maak (?:ik )?(?:me|mij) {MUCH}zorgen(?= {ABOUT_A_CHILD}\b)"
    rf"|zorgen (?:bij|van) {WORRIERS}){ABOUT_ALL}(?: (?:om|over))?\b"
)


def mark_worry(line: Line) -> Line:
    """Return the line with the words used up that only say that somebody else worries."""
    text = " ".join(token.word for token in line)
    used: set[int] = set()
    for found in WORRY.finditer(text):
        first = text[: found.start()].count(" ")
        used |= set(range(first, first + found.group().count(" ") + 1))
    return mark_used(line, used)
