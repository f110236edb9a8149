"""Years and amounts in a line: four digits that are no postcode."""

from search.asking.understanding.line.line import Line

FIRST, LAST = 1900, 2099
# Before or after a year, beside a month: "eind 2019", "geb. 2014", "januari 2023".
MONTHS = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december"
    " jan feb febr mrt apr jun jul aug sep sept okt nov dec".split()
)
BEFORE_YEAR = MONTHS | frozenset(
    "in sinds vanaf geb geboren geboortejaar jaar schooljaar bouwjaar begin eind einde medio anno"
    " halverwege voorjaar najaar lente zomer herfst winter kerst tot voor na van tussen per"
    " tijdens rond".split()
)
# Whoever types these means the postcode, whatever the number.
BEFORE_POSTCODE = frozenset({"postcode", "pc", "postcodegebied"})
MONEY = frozenset({"euro", "eur", "gulden"})
UNITS = MONEY | frozenset(
    "uur uren gram gr ml mg kcal calorieen calorie kilometer km meter stappen woorden keer x"
    " kinderen leerlingen jongeren inwoners mensen dagen minuten".split()
)


def may_be_year(line: Line, at: int) -> bool:
    """Whether the word can be a year, unless it is called a postcode."""
    word = line[at].word
    is_four_digits = len(word) == 4 and word.isascii() and word.isdigit()
    return (
        is_four_digits and FIRST <= int(word) <= LAST and _before(line, at) not in BEFORE_POSTCODE
    )


def is_year(line: Line, at: int) -> bool:
    """Whether the word is a year for sure: by the word before it, a month or another year."""
    if not may_be_year(line, at):
        return False
    if _before(line, at) in BEFORE_YEAR or _after(line, at) in MONTHS:
        return True
    return any(0 <= other < len(line) and may_be_year(line, other) for other in (at - 1, at + 1))


def is_amount(line: Line, at: int) -> bool:
    """Whether the word counts something: 2500 euro, 2000 stappen."""
    return _before(line, at) in MONEY or _after(line, at) in UNITS


def years_in(line: Line) -> set[int]:
    """Return where years stand: understood, and no words to search by."""
    return {at for at in range(len(line)) if may_be_year(line, at)}


def _before(line: Line, at: int) -> str:
    return line[at - 1].word if at else ""


def _after(line: Line, at: int) -> str:
    return line[at + 1].word if at + 1 < len(line) else ""
