"""How soon help is needed: words of urgency say when, and nothing of what is the matter."""

import functools

from providers.models.municipal.crisis_number import ACUTE
from providers.vocabulary.text.lexicon import lines_of
from search.asking.understanding.line.grams import Phrases, Spot, phrases_of, spots
from search.asking.understanding.line.line import Line, is_denied, mark_used

# The kind in `fixtures/vocabulary/crisis.csv` that is no danger by itself.
HASTE = ACUTE
# Who wants an ordinary thing in haste needs no help: "met spoed nieuwe voetbalschoenen".
WANTS = frozenset(
    "gezocht zoek zoeken zoekt nodig kopen gevraagd willen wil wilt behoefte toe hebben"
    " aanmelden worden word".split()
)
# Compounds end in a thing of so many letters or more: voetbalschoenen.
LONG_ENOUGH = 5
# A friend may be who needs help, unless it is a friend that one looks for.
FRIENDS = frozenset({"vriend", "vriendin", "vriendje", "vriendinnetje", "vriendinnen", "vrienden"})
SOUGHT = frozenset({"gezocht", "zoek", "zoekt", "zoeken"})
# Errands of the office: they may be urgent, nobody is in danger.
ERRANDS = frozenset(
    "terugbellen verwijsbrief formulier formulieren factuur facturen handtekening ondertekenen"
    " declaratie kopie verslag rapportage beschikking rooster"
    " vrijwilliger vrijwilligers vacature declaratiecode tarief tarieven contractering aanbesteding"
    " nieuwsbrief openingstijden complimenten jaarverslag".split()
)
HELP = frozenset(
    "hulp plek opvang psycholoog therapeut begeleiding behandeling gesprek zorg ggz"
    " beoordeling opname jeugdarts huisarts crisisdienst steun advies".split()
)
WHOSE = frozenset({"mijn", "zijn", "haar", "hun"})


def mark_urgent(line: Line) -> tuple[Line, bool]:
    """Return the line with its words of urgency used up, and whether it is urgent.

    "Geen spoed" is not urgent, and those words are no less used up: what is read after this
    is the same with and without them.
    """
    found = [spot for spot in spots(line, _phrases()) if spot.row["kind"] == HASTE]
    used = {at for spot in found for at in spot.positions}
    urgent = any(
        not is_denied(line, spot.positions) and not _is_for_a_thing(line, spot, used)
        for spot in found
    )
    return mark_used(line, used), urgent


@functools.cache
def _phrases() -> Phrases:
    return Phrases(phrases_of("crisis", "phrase") | phrases_of("not_urgent", "phrase"))


def _is_for_a_thing(line: Line, spot: Spot, used: set[int]) -> bool:
    """Whether an ordinary thing is what is wanted so soon, and nothing of help with it."""
    clause = line[spot.start].clause
    tokens = [line[at] for at in range(len(line)) if line[at].clause == clause and at not in used]
    words = {token.word for token in tokens}
    if ERRANDS & {token.word for token in line} and words.isdisjoint(HELP):
        return True
    if FRIENDS & words and SOUGHT & words and words.isdisjoint(WHOSE | HELP):
        return True
    wanted = not words.isdisjoint(WANTS) or line[spot.end - 1].word in WANTS
    wanted = wanted or all(token.weak or _is_ordinary(token.word) for token in tokens)
    return wanted and any(_is_ordinary(word) for word in words) and words.isdisjoint(HELP)


def _is_ordinary(word: str) -> bool:
    """Whether a word names a thing or person for every day, alone or in a compound."""
    ordinary = lines_of("ordinary_wants.txt")
    return (
        word in ordinary
        or word in {"nieuw", "nieuwe"}
        or any(word.endswith(thing) for thing in ordinary if len(thing) >= LONG_ENOUGH)
    )
