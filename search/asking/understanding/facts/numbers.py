"""The numbers of a line as text, and which of them are no ages: times, amounts, addresses."""

import re
from collections.abc import Sequence

from search.asking.understanding.facts.years import MONTHS as MONTH_NAMES
from search.asking.understanding.line.figures import YEARS
from search.asking.understanding.line.line import Line

NUMBER = r"(0|[1-9]\d?)"
MONTH = r"(?:maanden|maand|mnden|mnd)"
WEEK = r"(?:weken|week|wkn|wk)"
UNIT = (
    r"(?:uur|uren|u|min|minuten|minuut|keer|x|maal|dagen|dag|dagdelen|dagdeel|nachten|km|kilometer"
    r"|meter|cm|kg|kilo|gram|gr|mg|ml|liter|euro|eur|procent|graden|punten|leerlingen|deelnemers"
    r"|personen|mensen|jongeren|minderjarigen|sessies|gesprekken|afspraken|bijeenkomsten|lessen"
    r"|plekken|plaatsen|pillen|tabletten|glazen|biertjes|joints|sigaretten|vakken|onvoldoendes)"
)
# What has a number of its own: a class, a room, a mark at school.
NUMBERED = (
    r"(?:niveau|leerjaar|fase|type|cluster|trede|stap|kamer|lokaal|lijn|bus|tram|afdeling|cijfer"
    r"|artikel|art|score|schaal|versie|hoofdstuk|deel|blok|team|dag|week|iq|bmi|top|nr|nummer"
    r"|huisnummer|huisnr|euro|eur|pagina|module|les|sessie|ronde|level)"
)
# A number before it is that of a class: 4 kader. Those that say an age stand in age_words.csv.
SCHOOL = r"(?:kader|basis|mbo)"
STREET = r"\w{3,}(?:straat|weg|laan|plein|kade|gracht|singel|dijk|pad|steeg|dreef|plantsoen|hof)"
LINK = r"(?:tot en met|tot|a|en|of)"
NO_YEARS = rf"(?! ?{YEARS})"
# Numbers that are something else than an age. What is no digit in them stays.
OTHER_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:groep )?{NUMBER} (?:op|van de) {NUMBER}\b{NO_YEARS}",
        rf"\b{NUMBER}(?: {LINK} {NUMBER})? {UNIT}\b",
        rf"\b{NUMBER} {LINK} {NUMBER} (?:{WEEK}|{MONTH})\b(?! (?:oud|oude|jong)\b)",
        rf"\b{NUMBER} (?:over|voor) (?:half )?{NUMBER}\b{NO_YEARS}",
        rf"\b(?:half|kwart over|kwart voor|om|rond|klokslag) {NUMBER}\b{NO_YEARS}",
        rf"\b(?:een|n) {NUMBER}\b{NO_YEARS}",
        rf"\b{STREET} {NUMBER}\b{NO_YEARS}",
        rf"\b{NUMBERED} {NUMBER}\b{NO_YEARS}",
        rf"\b(?:groep|groepje|klas|klasje|team|gezin) (?:van|met)(?: (?:max|maximaal|zo n))? "
        rf"{NUMBER}\b{NO_YEARS}",
        rf"\b{NUMBER} (?:{'|'.join(sorted(MONTH_NAMES))})\b",
        rf"\b([1-6]) {SCHOOL}\b{NO_YEARS}",
        rf"\b(?:mbo|niv|tafel van) ([1-6])\b{NO_YEARS}",
        rf"\b{NUMBER} (?:arm|been|oog|oor|kamer|kamers)\b",
    )
)
SMALL_NUMBERS = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
LARGE_NUMBERS = (
    "elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig"
    " eenentwintig tweeentwintig drieentwintig vierentwintig vijfentwintig zesentwintig"
    " zevenentwintig"
).split()
LARGE = {word: number for number, word in enumerate(LARGE_NUMBERS, 11)}
NUMBER_WORDS = {word: number for number, word in enumerate(SMALL_NUMBERS, 2)} | LARGE
HALVES = {f"{word}enhalf": number for word, number in NUMBER_WORDS.items() if number < 10}
# Next to one of these a small number is an age: "jongen van tien", "tien jaar".
BEFORE_AGE = frozenset(
    {"van", "jongen", "meisje", "zoon", "dochter", "kind", "zoontje", "dochtertje", "leerling"}
    | {"bijna", "leeftijd", "tussen"}
)
AFTER_AGE = frozenset({"jaar", "jaren", "jarige", "jarig", "jr"})
# What stands beside figures in a line that says no more than who, how old and when.
BESIDE_NUMBERS = frozenset(
    "meisje jongen kind zoon dochter zoontje dochtertje jongetje puber tiener jongere leerling baby"
    " kinderen jongens meisjes jaar jaren jr jarige jarig oud oude jong ouder groep klas klasje"
    " groepje uur uren min minuten half kwart week weken maand maanden mnd wkn dag keer euro"
    " procent geleden plus schooljaar leeftijd".split()
) | frozenset(NUMBER_WORDS)
LINKS = frozenset({"en", "tot", "of", "a", "met"})
OF_AGE = re.compile(r"(.+)(jarigen?|jarig)")


def in_figures(line: Line) -> str:
    """Return the words with ages in figures, a bar at the end of each clause.

    One word a token, so that a place in the text is a place in the line; `_` for what is used.
    """
    words = [token.word for token in line]
    return " ".join(
        ("_" if token.used else _as_figure(words, at)) + _end(line, at)
        for at, token in enumerate(line)
    )


def _end(line: Line, at: int) -> str:
    is_last = at + 1 == len(line) or line[at + 1].clause != line[at].clause
    return "|" if is_last else ""


def _as_figure(words: Sequence[str], at: int) -> str:
    word = words[at]
    if found := OF_AGE.fullmatch(word):
        number = 1 if found.group(1) == "een" else NUMBER_WORDS.get(found.group(1))
        return word if number is None else f"{number}{found.group(2)}"
    if word in LARGE:
        return str(LARGE[word])
    number = NUMBER_WORDS.get(word) or HALVES.get(word)
    return str(number) if number and _is_age(words, at) else word


def _is_age(words: Sequence[str], at: int) -> bool:
    """Whether a small number in words is an age: by the word next to it, or by the other end."""
    if _word(words, at - 1) in BEFORE_AGE or _word(words, at + 1) in AFTER_AGE:
        return True
    if _word(words, at - 1) in LINKS and _word(words, at - 2) in NUMBER_WORDS:
        return _word(words, at - 3) in BEFORE_AGE
    other = _word(words, at + 2)
    return (
        _word(words, at + 1) in LINKS
        and other in NUMBER_WORDS
        and (_word(words, at + 3) in AFTER_AGE)
    )


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def says_no_more_than_numbers(line: Line, positions: frozenset[int]) -> bool:
    """Whether a line holds figures, and besides those only who and how old.

    `positions` are those of the ages. Such a line is about no question, whatever it sounds like.
    """
    has_figures = bool(positions) or any(token.word[:1].isdigit() for token in line)
    return has_figures and all(
        token.used
        or at in positions
        or token.weak
        or token.word in BESIDE_NUMBERS
        or token.word[:1].isdigit()
        for at, token in enumerate(line)
    )


def without_other_numbers(text: str) -> str:
    """Return the text with `_` for each number that is no age."""
    for pattern in OTHER_NUMBERS:
        text = pattern.sub(lambda found: re.sub(r"\d+", "_", found.group()), text)
    return text
