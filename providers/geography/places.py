"""Reads a place as people name it: a postcode, a town or a municipality.

The one reader: the place field, the line of text, groups, missing help and the API use it. What
the site itself writes (the key in an address, the label in a field) reads back as the same place.
"""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from providers.geography.gazetteer import COUNTRY, Entry, Gazetteer, Place, gazetteer, loosened
from providers.vocabulary.words import normalise

__all__ = ["Place", "find_place", "read_place", "suggest_places"]

LONGEST = 80
MOST_SUGGESTED = 7
_CODE = r"([1-9]\d{3})(?!\d)"
# "2311", "2311-AB", "2311 AB, Leiden"; the other way round "Leiden, 2311 AB".
POSTCODE = re.compile(rf"{_CODE}[\s.,-]*(.*)")
TOWN_FIRST = re.compile(rf"(.*?)[\s,(]+{_CODE}[\s.-]*([a-z]{{2}})?[\s)]*", re.IGNORECASE)
LETTERS = re.compile(r"[A-Za-z]{2}(?![^\W_])[\s.,;)-]*")
WHOLE_COUNTRY = {COUNTRY, f"heel {COUNTRY}", "landelijk"}
OF_MUNICIPALITY = re.compile(r"(?:de )?(?:gemeente|gem) ")
# What says nothing of which place is meant, before and after a name.
BEFORE = re.compile(r"^(?:(?:in|te|uit|bij|omgeving|regio|plaats|stad|dorp|gemeente|gem|de) )+")
_WIND = r"(?:noord|zuid|oost|west|noordoost|noordwest|zuidoost|zuidwest)"
AFTER = re.compile(
    rf" (?:{_WIND}|centrum|stad|binnenstad|(?:en )?omgeving|e o|gemeente|nederland|nl)$"
)


def find_place(text: str) -> Place | None:
    """Return the place for a postcode, town, municipality or its key; None when unknown.

    Of a full postcode only the four digits are used: six characters can point at one street.
    """
    known = gazetteer.get()
    text = text.strip()
    code, beside = _split_postcode(text)
    if not code:
        return None if normalise(text) in WHOLE_COUNTRY else _named(text[:LONGEST], known)
    fits = not all(beside) or any(_lies_in(name, code, known) for name in beside)
    return known.postal.get(code) if fits else None


def read_place(text: str) -> Place:
    """Return the place that was typed; raises ValidationError in words people can read."""
    place = find_place(text)
    if place is None:
        raise ValidationError(_problem(text, gazetteer.get()), code="unknown")
    return place


def _problem(text: str, known: Gazetteer) -> str:
    code, _beside = _split_postcode(text.strip())
    if code in known.postal:
        return _(
            "Postcode %(code)s ligt in %(town)s. Typ alleen de postcode of alleen de plaats."
        ) % {"code": code, "town": known.postal_towns[code]}
    if normalise(text) in WHOLE_COUNTRY:
        return _country_problem(known)
    return _("Deze plaats kennen we niet. Typ een postcode of een plaats in Nederland.")


def _country_problem(known: Gazetteer) -> str:
    whole = _(
        "Typ een postcode, een plaats of een gemeente."
        " Laat dit leeg om in heel Nederland te zoeken."
    )
    hamlet = next((entry for entry in known.entries if entry.key == COUNTRY), None)
    if hamlet is None:
        return whole
    label = known.place_of(hamlet).label
    return f"{whole} " + _("Zoekt u het gehucht? Typ dan “%(label)s”.") % {"label": label}


def _split_postcode(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the four digits, and what stands beside them: with and without a pair of letters.

    "7957 De Wijk": those two letters are no part of the postcode.
    """
    found = POSTCODE.fullmatch(text)
    if found:
        rest = found.group(2)
        letters = LETTERS.match(rest)
        return found.group(1), (rest[letters.end() :], rest) if letters else (rest,)
    found = TOWN_FIRST.fullmatch(text)
    return (found.group(2), (found.group(1),)) if found else ("", ())


def _lies_in(name: str, code: str, known: Gazetteer) -> bool:
    """Whether the name beside a postcode is that of its town, or of its municipality."""
    area = known.postal.get(code)
    if area is None or not normalise(name):
        return False
    place = _named(name, known)
    is_town = loosened(name) == loosened(known.postal_towns[code])
    return is_town or (place is not None and place.municipality == area.municipality)


def _named(text: str, known: Gazetteer) -> Place | None:
    for name in _readings(text):
        of_municipality = OF_MUNICIPALITY.match(name)
        if of_municipality and (place := known.municipal.get(name[of_municipality.end() :])):
            return place
        loose = loosened(name)
        place = known.names.get(name) or known.loose.get(loose)
        if place := place or known.loose.get(loose.replace(" ", "")):
            return place
    return None


def _readings(text: str) -> Iterator[str]:
    """Yield the name as typed, then without the words around it that say nothing."""
    name = normalise(text)
    yield name
    after = AFTER.sub("", name)
    yield after
    yield BEFORE.sub("", name)
    yield BEFORE.sub("", after)


def suggest_places(text: str, *, limit: int = MOST_SUGGESTED) -> list[Place]:
    """Return places that start with what was typed, those of this region first."""
    known = gazetteer.get()
    digits = re.match(r"\s*([1-9]\d{0,3})(?:\s*[A-Za-z]{0,2})?\s*$", text)
    if digits:
        return _areas_starting_with(digits.group(1), known)[:limit]
    key = normalise(text)[:LONGEST]
    if len(key) < 2:
        return []
    entries = [one for one in known.entries if one.key.startswith(key)]
    order = sorted(entries, key=lambda one: (known.place_of(one).is_outside, *_larger_first(one)))
    return list(dict.fromkeys(map(known.place_of, order)))[:limit]


def _larger_first(entry: Entry) -> tuple[int, str]:
    return (-(entry.people or 0), entry.name)


def _areas_starting_with(digits: str, known: Gazetteer) -> list[Place]:
    areas = [known.postal[code] for code in sorted(known.postal) if code.startswith(digits)]
    return [area for area in areas if not area.is_outside] or areas
