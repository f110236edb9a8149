"""Read a waiting time the way a provider wrote it on its site.

The rule is ours and stands in docs/import-nza.md: a number of weeks counts as written, a month is
four weeks, a year 52, days go by seven, working days by five, a range gives its middle, a bound
("binnen 3 weken", "meer dan 3 maanden") gives the bound. "Geen wachttijd" is 0. What has no
figure, or more than one, stays unknown.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

LONGEST_WAIT = Decimal(260)  # weeks; the domain's upper bound for one measurement


class WaitStatus(StrEnum):
    """What the text says, apart from any figure."""

    KNOWN = "known"
    STOP = "stop"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class WaitReading:
    """One text, read. ``weeks`` is filled only when ``status`` is known (0-260, one decimal).

    ``text`` is the text as written, outer spaces removed; ``reason`` says in Dutch which part of
    the rule gave the answer.
    """

    weeks: Decimal | None
    status: WaitStatus
    text: str
    reason: str


_NOTHING = {"", "-", "na", "n/a", "nb", "?"}
_UNKNOWN = {"onbekend", "niet bekend", "n.n.b.", "nnb"}
_NOT_APPLICABLE = re.compile(r"n\.?v\.?t\.?|niet van toepassing|geen behandeling")
_STOP = re.compile(
    r"\b(?:aanmeld|aanmeldings|patienten|patient|clienten|client|intake|opname|wachtlijst)?[ -]?"
    r"stop\b(?! bij)"
    r"|\bgeen (?:nieuwe )?(?:aanmeldingen|intakes?|patienten|clienten)\b"
    r"|\b(?:nemen|neemt|neem) geen nieuwe\b"
    r"|\b(?:intake|aanmelding|aanmelden|op dit moment) (?:is )?(?:nu )?niet (?:meer )?mogelijk\b"
    r"|\bgeen \w*ggz verwijzingen\b"
)
_NO_WAIT = re.compile(
    r"\bgeen wacht(?:tijd|tijden|lijst|lijsten)\b|^geen$|^nee$"
    r"|^(?:behandeling )?(?:start )?(?:direct|directe|meteen|per direct|onmiddellijk|aansluitend)\b"
    r"|\b(?:direct|directe) (?:aansluitend|start|na)\b|\bstart aansluitend\b"
)
_WORDS = {
    "een": "1", "één": "1", "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6",
    "zeven": "7", "acht": "8", "negen": "9", "tien": "10", "elf": "11", "twaalf": "12",
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b")

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_UNIT = (
    r"(?P<{0}>werkdag(?:en)?|werkweken|werkweek|kalenderdag(?:en)?|dag(?:en)?"
    r"|wk|we[ek]\w*|wek\w*|mnd|maand\w*|jaar|jaren)"
)
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?P<low>{_NUMBER})\s*\+?\s*(?:{_UNIT.format('unit_low')}\b)?"
    rf"(?:\s*(?:-|–|tot en met|t/m|tot|a|à|en|of)\s*(?:de\s+)?(?P<high>{_NUMBER}))?"
    rf"[\s+-]*(?:{_UNIT.format('unit')}\b)?"
)
_AT_MOST = re.compile(r"<|\b(?:binnen|max|maximaal|minder dan|kleiner dan|korter dan|tot)\b")
_AT_LEAST = re.compile(r">|\d\s?\+|\b(?:min|minimaal|meer dan|langer dan|vanaf|of langer)\b")
_ABOUT = re.compile(r"\+/-|±|\b(?:ongeveer|circa|ca|gemiddeld|zoveel mogelijk)\b")

_PER_UNIT = (
    ("werkd", Decimal(1) / 5, "werkdagen gedeeld door 5"),
    ("werkw", Decimal(1), "weken als geschreven"),
    ("we", Decimal(1), "weken als geschreven"),
    ("wk", Decimal(1), "weken als geschreven"),
    ("m", Decimal(4), "maanden maal 4"),
    ("j", Decimal(52), "jaren maal 52"),
    ("", Decimal(1) / 7, "dagen gedeeld door 7"),
)


def normalise(text: str) -> str:
    """Return ``text`` without accents, capitals and superfluous white space."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.lower().split())


@lru_cache(maxsize=4096)  # a list of thousands of rows has some hundreds of texts
def read_wait(text: str) -> WaitReading:
    """Read ``text`` into weeks or a status. Never raises: what cannot be read is unknown."""
    plain = normalise(text)
    status, weeks, reason = _without_figure(plain) or _with_figure(plain)
    return WaitReading(weeks, status, text.strip(), reason)


Answer = tuple[WaitStatus, Decimal | None, str]


def _without_figure(plain: str) -> Answer | None:
    if plain in _NOTHING:
        return WaitStatus.ABSENT, None, "niets ingevuld"
    if plain in _UNKNOWN:
        return WaitStatus.UNKNOWN, None, "staat er als onbekend"
    if _NOT_APPLICABLE.fullmatch(plain):
        return WaitStatus.NOT_APPLICABLE, None, "niet van toepassing"
    if _STOP.search(plain):
        return WaitStatus.STOP, None, "aanmeldstop"
    if _NO_WAIT.search(plain) and not re.search(r"\d", plain):
        return WaitStatus.KNOWN, Decimal("0.0"), "geen wachttijd is 0 weken"
    return None


def _with_figure(plain: str) -> Answer:
    if _DATE.search(plain):
        return WaitStatus.UNKNOWN, None, "een datum is geen wachttijd"
    counted = _WORD.sub(lambda word: _WORDS[word.group()], plain)
    amounts = list(_amounts(counted))
    if not amounts:
        return WaitStatus.UNKNOWN, None, "geen getal met een tijdseenheid"
    if len(amounts) > 1:
        return WaitStatus.UNKNOWN, None, "meer dan een wachttijd in de tekst"
    weeks, reason = amounts[0]
    if weeks > LONGEST_WAIT:
        return WaitStatus.UNKNOWN, None, "langer dan 260 weken"
    return WaitStatus.KNOWN, weeks, reason + _nuance(counted)


def _amounts(counted: str) -> list[tuple[Decimal, str]]:
    """All amounts of time in ``counted``; a bare number counts only when it stands alone."""
    found = []
    for match in _AMOUNT.finditer(counted):
        unit = match["unit"] or match["unit_low"]
        alone = match.group().strip() == counted.lstrip("<>~± ").removeprefix("+/-").strip()
        if unit or alone:
            found.append(_to_weeks(match, unit or "week"))
    return found


def _to_weeks(match: re.Match[str], unit: str) -> tuple[Decimal, str]:
    factor, reason = _factor(unit)
    factor_low = _factor(match["unit_low"])[0] if match["unit_low"] else factor
    low = _decimal(match["low"]) * factor_low
    if match["high"] is None:
        return _rounded(low), reason
    high = _decimal(match["high"]) * factor
    return _rounded((low + high) / 2), f"midden van de reeks, {reason}"


def _factor(unit: str) -> tuple[Decimal, str]:
    return next((factor, reason) for start, factor, reason in _PER_UNIT if unit.startswith(start))


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _rounded(weeks: Decimal) -> Decimal:
    return weeks.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _nuance(counted: str) -> str:
    for pattern, words in ((_AT_MOST, "ten hoogste"), (_AT_LEAST, "ten minste"), (_ABOUT, "circa")):
        if pattern.search(counted) and not re.search(r"\d\s*tot\s*\d", counted):
            return f" ({words})"
    return ""
