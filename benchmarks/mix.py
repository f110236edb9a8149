"""The requests to measure with: what referrers look for, as addresses of the search page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Case:
    """One search: what kind it is, and its parameters."""

    kind: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """Return the parameters as they stand in an address."""
        return urlencode(self.parameters)


def _case(kind: str, *parameters: tuple[str, str]) -> Case:
    return Case(kind, parameters)


def _question(kind: str, questions: str, place: str, age: int, *more: tuple[str, str]) -> Case:
    codes = [("hulpvraag", code) for code in questions.split()]
    return Case(kind, (*codes, ("plaats", place), ("leeftijd", str(age)), *more))


QUESTION = "hulpvraag, plaats en leeftijd"
WORD = "woord"
FILTERS = "met filters"
CITY = "grote stad"
COUNTRY = "heel het land"
EVERYTHING = "woord dat overal in staat"

CASES = (
    _question(QUESTION, "somberheid schoolverzuim", "leiden", 14),
    _question(QUESTION, "angst", "2315", 9),
    _question(QUESTION, "scheiding", "katwijk", 7),
    _question(QUESTION, "autisme", "alphen-aan-den-rijn", 12),
    _question(QUESTION, "geldzorgen overbelaste-ouders", "leiderdorp", 4),
    _question(QUESTION, "rouw", "zwolle", 10),
    _question(QUESTION, "eetproblemen", "groningen", 16),
    _question(QUESTION, "slapen", "deventer", 3),
    _question(QUESTION, "pesten sociale-angst", "breda", 11),
    _question(QUESTION, "geweld-thuis", "heerlen", 6),
    _question(QUESTION, "eenzaam", "emmen", 17),
    _question(QUESTION, "druk-en-afgeleid", "goes", 8),
    _case(WORD, ("woord", "hardlopen"), ("plaats", "leiden")),
    _case(WORD, ("woord", "muziek"), ("plaats", "utrecht"), ("leeftijd", "13")),
    _case(WORD, ("woord", "paard"), ("plaats", "apeldoorn")),
    _case(WORD, ("woord", "zelfbeeld"), ("woord", "training"), ("plaats", "tilburg")),
    _case(WORD, ("woord", "koken")),
    _case(WORD, ("woord", "ouders"), ("plaats", "alkmaar"), ("leeftijd", "2")),
    _question(FILTERS, "somberheid", "leiden", 15, ("vorm", "groep"), ("start", "6")),
    _question(FILTERS, "angst", "nijmegen", 12, ("wachttijd", "12"), ("toegang", "huisarts")),
    _question(FILTERS, "autisme", "haarlem", 9, ("taal", "ar")),
    _question(FILTERS, "ruzie-thuis", "arnhem", 8, ("trede", "0"), ("trede", "1")),
    _question(FILTERS, "trauma", "almere", 14, ("doelgroep", "nieuwkomers")),
    _question(FILTERS, "somberheid", "leiden", 16, ("start", "2"), ("onbekend", "ja")),
    _question(FILTERS, "angst", "eindhoven", 10, ("volgorde", "dichtbij")),
    _question(FILTERS, "somberheid", "enschede", 17, ("volgorde", "wachttijd")),
    _question(FILTERS, "scheiding", "amersfoort", 9, ("volgorde", "licht"), ("pagina", "2")),
    _question(FILTERS, "somberheid", "delft", 13, ("deel", "4-specialistisch")),
    _question(CITY, "somberheid", "amsterdam", 14),
    _question(CITY, "angst", "rotterdam", 9),
    _case(CITY, ("plaats", "amsterdam")),
    _case(CITY, ("plaats", "utrecht"), ("leeftijd", "12")),
    _case(CITY, ("plaats", "den-haag"), ("vorm", "groep")),
    _case(CITY, ("plaats", "rotterdam"), ("start", "6")),
    _case(COUNTRY, ("hulpvraag", "somberheid")),
    _case(COUNTRY, ("leeftijd", "14")),
    _case(COUNTRY, ("trede", "0"), ("trede", "1"), ("trede", "2")),
    _case(COUNTRY, ("vorm", "groep"), ("start", "6")),
    _case(EVERYTHING, ("woord", "de")),
    _case(EVERYTHING, ("woord", "een"), ("leeftijd", "12")),
)

# The map as the page asks for it: whole, and zoomed in (south, west, north, east).
BOXES = ("", "52.05,4.35,52.25,4.65", "51.8,4.0,52.5,5.2")
