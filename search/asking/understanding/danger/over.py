"""A danger that was: long ago or closed, in a line that says what is good now.

"Was op haar 15e suicidaal, nu 21, studeert en geniet." That it is long ago is not enough, nor that
things are well: both must be said, and nothing may tell that it goes on, or of fear or a new start.
"""

import functools
import re
from collections.abc import Collection

from search.asking.understanding.line.line import Line

YEAR = r"(?:19|20)\d\d"
WHOSE = r"(?:mijn|mn|haar|dr|der|zijn|zn|z'n|hun)"
PAST = re.compile(
    rf"\b(?:vroeger|destijds|indertijd|voorheen|vorig jaar|vorig schooljaar"
    rf"|(?:jaar|jaren|jr) (?:geleden|terug)|(?:in|van|uit|tot|begin|eind) {YEAR}"
    rf"|in het verleden|in {WHOSE} jeugd|in {WHOSE} (?:kinder|puber|tiener)tijd"
    rf"|op {WHOSE} (?:\d+e|\d+de|\w+de|\w+ste)|als (?:kind|kleuter|puber|tiener)"
    rf"|toen (?:ik|ze|zij|hij) (?:\d+|klein|jong|kind) was|heel lang geleden)\b"
)
GOOD = (
    r"veilig|goed|prima|beter|gelukkig|gezond|stabiel|rustig|hersteld|geniet|genieten|genoten|blij"
    r"|tevreden|trots|vrolijk|fijn|sterk|klachtenvrij|zorgeloos"
)
OVER = re.compile(
    rf"\b(?:(?:nu|inmiddels|tegenwoordig|sindsdien|intussen|daarna) (?:[\w|]+ ){{0,5}}?(?:{GOOD})"
    rf"|(?:nu|inmiddels) (?:\d+ (?:jaar |jr )?)?(?:studeert|werkt|moeder|volwassen|afgestudeerd)"
    rf"|(?:studeert|werkt|leeft|lacht) en geniet"
    rf"|sindsdien (?:\w+ )?(?:niet meer|nooit meer|geen|niets|niks|nooit)"
    rf"|(?:melding|zaak|dossier|onderzoek|traject|behandeling|therapie)\b[^|]*"
    rf"\b(?:afgesloten|afgerond|gesloten)"
    rf"|niet (?:meer )?aan de orde|geen sprake meer van|verleden tijd|is voorbij|al jaren gestopt"
    rf"|(?:echt|helemaal|al jaren|al lang|allang) niet meer|nooit meer gedaan"
    rf"|littekens (?:zijn )?(?:vervaagd|vervagen|verbleekt))\b"
)
# It goes on, begins anew or may; or it is about somebody else as well.
GOES_ON = re.compile(
    r"\b(?:nog|steeds|weer|opnieuw|alsnog|wederom|terugval|toch|maar|behalve|alleen nu|vandaag"
    r"|gisteren|gister|vannacht|vanavond|vanochtend|morgen|deze week|afgelopen|elke|iedere|bang"
    r"|angst|angstig|dreigt|dreigen|dreigde|wil|willen|wou|plan|plannen|zegt|vertelt|vermoed|vermoeden"
    r"|niet goed|niet veilig|onveilig|nooit goed|zusje|broertje|zorgen|zorgelijk|signalen|nieuwe"
    r"|bijna|soms|vaak|meestal|hoop|hopelijk"
    # What it left behind needs help.
    r"|nachtmerries?|herbeleving\w*|trauma\w*|ptss|emdr|last|hulp|verwerk\w*|praten|klachten"
    r"|boos|verdriet\w*|somber|zoekt|slecht)\b"
)
# "Dacht dat hij een knoop had ingeslikt, bleek in zijn zak."
TURNED_OUT = re.compile(
    rf"\b(?:dacht|dachten|gedacht|leek|schrik|paniek)\b.*\bbleek (?:\w+ ){{0,2}}?"
    rf"(?:vals alarm|loos alarm|een grapje|grapje|vergissing|misverstand|mee te vallen"
    rf"|in (?:{WHOSE}|de|een) \w*(?:zak|tas|la|bed|doos|bak|hand))\b"
)


def is_over(line: Line, positions: Collection[int]) -> bool:
    """Whether what stands at these positions was once, and the line says that it is over."""
    clauses = _over_in(line)
    return bool(clauses) and {line[at].clause for at in positions} <= clauses


@functools.lru_cache(maxsize=8)
def _over_in(line: Line) -> frozenset[int]:
    """Return the clauses of a line that tell of what is over; none where it may go on.

    Asked for many signs of one line, and forgotten when that is read (`forget_lines`).
    """
    texts: dict[int, str] = {}
    for token in line:
        texts[token.clause] = f"{texts.get(token.clause, '')} {token.word}".lstrip()
    whole = " | ".join(texts.values())
    if GOES_ON.search(whole):
        return frozenset()
    if TURNED_OUT.search(whole.replace("| ", "")):
        return frozenset(texts)
    if not (PAST.search(whole) and OVER.search(whole)):
        return frozenset()
    return frozenset(
        clause for clause, text in texts.items() if PAST.search(text) or OVER.search(text)
    )


def forget_lines() -> None:
    """Let go of the lines that were looked at: what somebody types is kept by nobody."""
    _over_in.cache_clear()
