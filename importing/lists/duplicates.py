"""Find the organisation of a row among those that there are: in the database and in the list.

Sure: the same KvK number or AGB code, or a name that is nearly the same together with the postcode,
the town, the telephone number or the site. What only looks like another is kept apart and said:
joining two organisations by mistake is harder to mend than joining them later.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from importing.lists.rows import ListRow
from providers.models import Location, Provider
from providers.vocabulary.words import normalise

NEAR, ALIKE = 88, 60  # per cent: nearly the same name, and one that has much in common with it
LEGAL_FORMS = re.compile(r"\b(?:stichting|vereniging|bv|b v|vof|nv|cooperatie|demo|de|het|st)\b")
# Sites that many organisations have a page on.
SHARED_SITES = re.compile(
    r"(?:^|\.)(?:facebook|instagram|linkedin|linktr|google|wordpress|wixsite|weebly|youtube|"
    r"jouwweb|x|twitter)\.\w+$"
)


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation that there is, by what it can be recognised by."""

    key: str
    name: str
    areas: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    phone: str = ""
    site: str = ""
    kvk: str = ""
    agb: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The organisation that a row is of, or may be of, and what says so."""

    known: Known
    how: str
    is_sure: bool


class Matcher:
    """Every organisation by each of its marks."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_mark: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Let this organisation be found from now on."""
        for mark in _marks(known):
            self._by_mark[mark].append(known)

    def find(self, row: Known) -> Match | None:
        """Return the surest match of a row; None when nothing is like it."""
        possible = None
        for mark in _marks(row):
            for known in self._by_mark.get(mark, ()):
                match = _match(row, known)
                if match and match.is_sure:
                    return match
                possible = possible or match
        return possible


def known_of_row(row: ListRow, key: str) -> Known:
    """Return the organisation of a row by its marks."""
    return Known(
        key=key,
        name=bare_name(row.organisation),
        areas=frozenset(filter(None, [row.postcode_area])),
        towns=frozenset(filter(None, [normalise(row.town)])),
        phone=row.phone,
        site=site_of(row.website),
        kvk=row.kvk,
        agb=row.agb,
        label=_("rij %(n)d") % {"n": row.number},
    )


def known_of_database(providers: Mapping[str, Provider]) -> list[Known]:
    """Return these providers by their marks, each under its key, in one statement."""
    places: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for provider, postcode, town in Location.objects.values_list("provider", "postcode", "town"):
        places[provider][0].add(postcode[:4])
        places[provider][1].add(normalise(town))
    return [
        Known(
            key=key,
            name=bare_name(row.name),
            areas=frozenset(places[row.pk][0] - {""}),
            towns=frozenset(places[row.pk][1] - {""}),
            phone=row.phone,
            site=site_of(row.website),
            kvk=row.kvk_number,
            agb=row.agb_code,
            label=row.name,
        )
        for key, row in providers.items()
    ]


@lru_cache(maxsize=50_000)
def bare_name(name: str) -> str:
    """Return a name without what is written of it in one place and not in another."""
    plain = normalise(name)
    return " ".join(LEGAL_FORMS.sub(" ", plain).split()) or plain


def site_of(address: str) -> str:
    """Return what tells a site from another: its host, and the page on a site of many."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if SHARED_SITES.search(host) else host


def _marks(known: Known) -> list[str]:
    """Return what to look it up by, the surest first."""
    marks = [f"{name}:{value}" for name in ("kvk", "agb") if (value := getattr(known, name))]
    marks += [f"{name}:{value}" for name in ("phone", "site") if (value := getattr(known, name))]
    return [*marks, f"name:{known.name}", *(f"area:{code}" for code in sorted(known.areas))]


def _match(row: Known, known: Known) -> Match | None:
    for name, how in (("kvk", _("KvK-nummer")), ("agb", _("AGB-code"))):
        mine, theirs = getattr(row, name), getattr(known, name)
        if mine and theirs:
            return Match(known, how, is_sure=True) if mine == theirs else None
    likeness = 100.0 if row.name == known.name else fuzz.token_sort_ratio(row.name, known.name)
    shared = _shared(row, known)
    if likeness >= NEAR and (shared or _nothing_apart(row, known)):
        return Match(
            known,
            _("naam en %(what)s") % {"what": shared or _("niets dat verschilt")},
            is_sure=True,
        )
    by_contact = (row.phone and row.phone == known.phone) or (row.site and row.site == known.site)
    if by_contact and fuzz.token_set_ratio(row.name, known.name) >= ALIKE:
        return Match(known, _("%(what)s en deel van de naam") % {"what": shared}, is_sure=True)
    if by_contact or row.name == known.name:
        return Match(known, shared or _("naam"), is_sure=False)
    return None


def _shared(row: Known, known: Known) -> str:
    """Return what they have in common beside the name; empty for nothing."""
    if row.phone and row.phone == known.phone:
        return _("telefoonnummer")
    if row.site and row.site == known.site:
        return _("website")
    if row.areas & known.areas:
        return _("postcode")
    return _("plaats") if row.towns & known.towns else ""


def _nothing_apart(row: Known, known: Known) -> bool:
    """Whether one of the two has no address at all, and no number or site that differs."""
    no_address = not (row.areas or row.towns) or not (known.areas or known.towns)
    pairs = ((row.phone, known.phone), (row.site, known.site))
    return row.name == known.name and no_address and not any(a and b and a != b for a, b in pairs)
