"""What a list holds about persons, and may not be stored: names, their own numbers and addresses.

A general number or address of an organisation stays. What cannot be told apart is left out: a
mobile number may be somebody's own.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from providers.phones import read_phone
from providers.vocabulary.text.first_names import first_names
from providers.vocabulary.words import normalise

GAP = "…"
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# What an address of an organisation begins with.
GENERAL = re.compile(
    r"(?:info|contact|aanmeld|aanmeldingen|admin|secretariaat|receptie|welkom|post|mail|office|"
    r"jeugd|team|intake|verwijz|zorg|hulp|client|klant|planning|bureau|balie|algemeen|service|"
    r"vragen|helpdesk|cjg|wijkteam|sociaal|praktijk|locatie|vestiging|inschrijf|support|hallo)"
)
NUMBERS_APART = re.compile(r"\s*(?:[/;,|&\n]|\bof\b|\ben\b)\s*")
MOBILE = re.compile(r"(?:\+31|0031|0)?\D{0,3}6(?:\D?\d){8}(?!\d)")
NOT_THE_NUMBER = re.compile(r"^(?:tel(?:efoon)?|t|mob(?:iel)?|m|nr)\b[.:\s]*", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\((?!0\))[^)]*\D[^)]*\)")

# Those of the search have four letters and more: a shorter one in a question is hardly ever a name.
SHORT_NAMES = frozenset(
    "ad ali an ans ben bob cor dan eef els eva ger gon han ida ina ine jan jet job jos kim lex lia"
    " luc max mia pam pia pim rob roy ron sam sem sjef teo tim tom ton vic wil wim yvo zoe".split()
)
_SMALL = r"(?:(?:[Vv]an|[Dd]e|der|den|ter|ten|het|'t|[Ee]l|[Aa]l|in) ){0,3}"
_SURNAME = rf"{_SMALL}[A-Z][\w'’]+(?:-[A-Z][\w'’]+)?"
_TITLE = r"(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]evrouw|[Mm]eneer|[Dd]rs|[Dd]r|[Ii]r|[Pp]rof|[Mm]r)\b\.?"
WITH_TITLE = re.compile(rf"(?:{_TITLE}\s*)+(?:[A-Z]\.\s?){{0,4}}(?:[A-Z][\w'’]+ )?{_SURNAME}")
WITH_INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,4}}{_SURNAME}")
AFTER_CONTACT = re.compile(
    r"(?i:contactpersoon|aanspreekpunt|coördinator|behandelaar)(?: is|:)?\s+"
    rf"([A-Z][\w'’]+ {_SURNAME}|[A-Z][\w'’]+)"
)
# Looked for at every word: "Bel Jan de Vries" begins with no name.
FULL_NAME = re.compile(rf"\b([A-Z][a-zà-ü'’]+)(?= ({_SURNAME}))")
# Behind a first name these make an organisation of it: Iris Kindercoaching, Lucas Onderwijs.
TRADE = re.compile(
    r"zorg|coach|praktijk|huis|psycholog|train|school|onderwijs|centrum|groep|therap|hulp|advies|"
    r"stichting|jeugd|kind|welzijn|begeleid|college|educatie|sport|club|opvang|ggz"
)


def general_email(text: str, organisation: str) -> tuple[str, bool]:
    """Return the address of the organisation in a cell, and whether another one was left out."""
    found = EMAIL.findall(text.replace(" ", "") if text.count("@") == 1 else text)
    general = [one.rstrip(".'") for one in found if is_general(one, organisation)]
    return (general[0].lower() if general else ""), len(general) < len(found)


def is_general(address: str, organisation: str) -> bool:
    """Whether this is the address of an organisation, as far as it shows: info@, or its name."""
    local, _at, domain = address.lower().partition("@")
    bare = re.sub(r"[^a-z]", "", local)
    names = {re.sub(r"[^a-z]", "", domain.split(".")[-2]), normalise(organisation).replace(" ", "")}
    return bool(GENERAL.match(local)) or any(len(bare) > 2 and bare in one for one in names)


def general_phone(text: str) -> tuple[str, bool]:
    """Return the first number in a cell that is no mobile one, and whether one was left out."""
    numbers = list(_numbers(text))
    general = [number for number in numbers if not is_mobile(number)]
    return (general[0] if general else ""), len(general) < len(numbers)


def _numbers(text: str) -> Iterator[str]:
    for part in (text, *NUMBERS_APART.split(text)):
        bare = NOT_THE_NUMBER.sub("", IN_BRACKETS.sub("", part)).strip()
        try:
            number = read_phone(bare)
        except ValueError:
            continue
        if number:
            yield number
            if part is text:
                return


def is_mobile(number: str) -> bool:
    """Whether this number, as it is kept, may be that of one person."""
    if not number.startswith("+"):
        return False
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return kind in {PhoneNumberType.MOBILE, PhoneNumberType.PERSONAL_NUMBER}


def without_persons(text: str, organisation: str) -> tuple[str, bool]:
    """Return a text with a gap for each name, own address and mobile number in it."""
    clean = EMAIL.sub(lambda one: one[0] if is_general(one[0], organisation) else GAP, text)
    clean = MOBILE.sub(GAP, clean)
    for pattern in (WITH_TITLE, WITH_INITIALS):
        clean = pattern.sub(GAP, clean)
    clean = AFTER_CONTACT.sub(lambda one: one[0].replace(one[1], GAP), clean)
    for first, surname in FULL_NAME.findall(clean):
        if is_called(first, surname):
            clean = clean.replace(f"{first} {surname}", GAP)
    return clean, clean != text


def is_called(first: str, surname: str) -> bool:
    """Whether these two are the name of a person, and not that of an organisation."""
    key = normalise(first)
    return (key in SHORT_NAMES or key in first_names()) and not TRADE.search(normalise(surname))


def is_name_of_person(text: str) -> bool:
    """Whether these words are nothing but the name of a person."""
    words = text.strip().title() if text.isupper() else text.strip()
    if any(pattern.fullmatch(words) for pattern in (WITH_TITLE, WITH_INITIALS)):
        return True
    full = FULL_NAME.match(words)
    return bool(full and words == f"{full[1]} {full[2]}" and is_called(*full.groups()))
