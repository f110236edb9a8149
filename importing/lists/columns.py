"""What each column of a list holds: by its heading, else by what is in it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from importing.lists.persons import is_name_of_person
from importing.pipeline.tables import read_table
from providers.vocabulary.words import normalise

# So many cells show what a column holds, and such a share of them has to agree.
SAMPLE = 200
SURE = 0.6
LONG_TEXT = 60  # letters


class Column(models.TextChoices):
    """What a column may hold."""

    SKIP = "", _("Niet overnemen")
    ORGANISATION = "organisatie", _("Naam van de organisatie")
    TITLE = "titel", _("Naam van het aanbod")
    DESCRIPTION = "omschrijving", _("Omschrijving")
    KIND = "soort", _("Soort hulp of onderwerp")
    TARGET = "doelgroep", _("Doelgroep")
    AGES = "leeftijd", _("Leeftijd (van en tot in één cel)")
    AGE_MIN = "leeftijd vanaf", _("Leeftijd vanaf")
    AGE_MAX = "leeftijd tot en met", _("Leeftijd tot en met")
    STREET = "straat", _("Straat (en huisnummer)")
    HOUSE = "huisnummer", _("Huisnummer of toevoeging")
    POSTCODE = "postcode", _("Postcode")
    TOWN = "plaats", _("Plaats")
    AREAS = "gemeenten", _("Gemeenten waar het aanbod geldt")
    PHONE = "telefoon", _("Telefoon")
    EMAIL = "e-mail", _("E-mail")
    WEBSITE = "website", _("Website")
    KVK = "kvk", _("KvK-nummer")
    AGB = "agb", _("AGB-code")
    COST = "kosten", _("Kosten")
    START = "aanmelden", _("Hoe aanmelden")
    HOURS = "openingstijden", _("Openingstijden")
    PERSON = "persoon", _("Persoon: nooit overnemen")


_IS: Sequence[tuple[Column, Callable[[str], object]]] = (
    (Column.EMAIL, re.compile(r"\S+@\S+\.\w+").search),
    (Column.WEBSITE, re.compile(r"(?:https?://|www\.)\S+|[\w-]+\.(?:nl|com|org|eu)/?", re.I).match),
    (Column.POSTCODE, re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}").fullmatch),
    # "52.1601234" is a point on the map.
    (Column.PHONE, re.compile(r"(?!-?[1-9]\d{0,2}\.\d+$)(?:\+|00)?[\d\s()/.-]{10,}").fullmatch),
    (Column.PERSON, is_name_of_person),
    (Column.STREET, re.compile(r"[A-Z][\w .'-]+ \d{1,4}\s?[\w-]{0,4}").fullmatch),
)


@lru_cache(maxsize=1)
def _by_heading() -> dict[str, Column]:
    return {row["kop"]: Column(row["veld"]) for row in read_table("lijst_kolommen.csv")}


def column_named(heading: str) -> Column:
    """Return what a column with this heading holds; SKIP when the heading does not say."""
    key = normalise(heading)
    return _by_heading().get(key) or _by_heading().get(re.sub(r" \d+$", "", key), Column.SKIP)


def keys_of(headings: Sequence[str]) -> list[str]:
    """Return a key for each heading, by which its mapping is found again; each occurs once."""
    seen: Counter[str] = Counter()
    keys = []
    for number, heading in enumerate(headings, 1):
        key = normalise(heading) or f"kolom {number}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key} {seen[key]}")
    return keys


def recognise(
    headings: Sequence[str], rows: Sequence[Sequence[str]], known: Mapping[str, str]
) -> dict[str, Column]:
    """Return what each column holds, by its key: as mapped before, by heading, by content."""
    found: dict[str, Column] = {}
    for at, (key, heading) in enumerate(zip(keys_of(headings), headings, strict=True)):
        if key in known:
            found[key] = Column(known[key])
            continue
        cells = [row[at] for row in rows[:SAMPLE] if at < len(row) and row[at]]
        found[key] = _by_heading_and_content(heading, cells)
    return _with_a_name(found, known)


def _by_heading_and_content(heading: str, cells: Sequence[str]) -> Column:
    named = column_named(heading)
    if named in {Column.ORGANISATION, Column.SKIP} and _share(cells, is_name_of_person) > SURE:
        return Column.PERSON
    return named or _by_content(cells)


def _by_content(cells: Sequence[str]) -> Column:
    for column, matches in _IS:
        if _share(cells, matches) > SURE:
            return column
    long = _share(cells, lambda cell: len(cell) > LONG_TEXT)
    return Column.DESCRIPTION if long > SURE else Column.SKIP


def _share(cells: Sequence[str], matches: Callable[[str], object]) -> float:
    return sum(bool(matches(cell)) for cell in cells) / len(cells) if cells else 0.0


def _with_a_name(found: dict[str, Column], known: Mapping[str, str]) -> dict[str, Column]:
    """Let the only column with a name be that of the organisation: a list of nothing but help."""
    if known or Column.ORGANISATION in found.values():
        return found
    titles = [key for key, column in found.items() if column is Column.TITLE]
    return found | {titles[0]: Column.ORGANISATION} if titles else found
