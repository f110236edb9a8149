"""Lists as municipalities keep them: self-made, fictional, and as messy as real ones."""

import csv
import datetime as dt
import io
import random

from openpyxl import Workbook

from importing.lists.importer import look, write
from importing.models import ListSource
from importing.pipeline.table_file import TextFile

DAY = dt.date(2026, 3, 1)
HEADINGS = [
    *("Naam organisatie", "Aanbod", "Omschrijving", "Doelgroep", "Adres", "Postcode", "Plaats"),
    *("Telefoon", "E-mail", "Website", "Contactpersoon", "KvK-nummer", "AGB-code", "Gemeenten"),
]
BOEI = {
    "Naam organisatie": "Stichting De Boei",
    "Aanbod": "Samen sterker",
    "Omschrijving": "Groep voor kinderen die somber zijn.",
    "Doelgroep": "Kinderen van 8 t/m 12 jaar",
    "Adres": "Breestraat 1",
    "Postcode": "2311 AB",
    "Plaats": "Leiden",
    "Telefoon": "071-5161616",
    "E-mail": "info@deboei.example",
    "Website": "www.deboei.example",
}


def row(**changes):
    """Return the cells of one row: De Boei in Leiden, with other cells by their Dutch heading."""
    return BOEI | {HEADINGS_BY_NAME[name]: cell for name, cell in changes.items()}


HEADINGS_BY_NAME = {
    "name": "Naam organisatie",
    "title": "Aanbod",
    "text": "Omschrijving",
    "target": "Doelgroep",
    "street": "Adres",
    "postcode": "Postcode",
    "town": "Plaats",
    "phone": "Telefoon",
    "email": "E-mail",
    "site": "Website",
    "person": "Contactpersoon",
    "kvk": "KvK-nummer",
    "agb": "AGB-code",
    "areas": "Gemeenten",
}


def as_csv(rows, *, headings=HEADINGS, separator=";", above="", encoding="utf-8"):
    """Return a CSV file of these rows."""
    text = io.StringIO(newline="")
    text.write(above)
    lines = csv.writer(text, delimiter=separator)
    lines.writerow(headings)
    lines.writerows([cells.get(one, "") for one in headings] for cells in rows)
    return TextFile("lijst.csv", text.getvalue().encode(encoding))


def as_xlsx(rows, *, headings=HEADINGS, above=(), merge=()):
    """Return a workbook of these rows, with lines above the headings and merged cells."""
    book = Workbook()
    sheet = book.active
    for line in above:
        sheet.append(line)
    sheet.append(headings)
    for cells in rows:
        sheet.append([cells.get(one, "") for one in headings])
    for cells in merge:
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return TextFile("lijst.xlsx", content.getvalue())


def source(**fields):
    """Return a list of the region, not saved."""
    return ListSource(
        **({"code": "leiden", "name": "Kaart van Leiden", "region_id": "JZ18"} | fields)
    )


def preview(file, **fields):
    """Return what a list would bring."""
    return look(file, source(**fields), DAY)


def take_in(file, *, by=None, **fields):
    """Write a list; returns the run."""
    _preview, run = write(file, source(**fields), DAY, by=by)
    return run


def fates(found):
    """Return what became of each row, in the order of the list."""
    return [outcome.action.value for outcome in found.outcomes]


# --- a long list ---------------------------------------------------------------------------------

_KINDS = (
    "Praktijk voor kinderpsychologie|Welzijn|Buurthuis|Speeltuin|GGZ|Jeugdhulp|Kindercoach|"
    "Scouting|Humanitas|Jongerenwerk|Gezinshuis|Dyslexiecentrum|Logeerhuis|Sportvereniging|Maatjesproject"
).split("|")
_NAMES = ["De Boei", "Zonnehoek", "Het Anker", "De Kring", "Noorderlicht", "De Wilg", "Kiem"]
_PERSONS = "Jan de Vries|Fatima El Amrani|Peter Jansen|Sanne van den Berg|Mohammed Yilmaz".split(
    "|"
)
_TOWNS = [("Leiden", "2311"), ("Leiderdorp", "2352"), ("Katwijk", "2225")]
_TEXTS = [
    "Begeleiding voor kinderen met angst en somberheid. Contactpersoon: {person}.",
    "Groep voor kinderen van gescheiden ouders, 8 t/m 12 jaar. Niet bij een eetstoornis.",
    "Diagnostiek en behandeling bij ADHD en autisme. Behandelduur 1 tot 2 jaar.",
    "Inloop op woensdag. Aanmelden bij {person} via {email} of {mobile}.",
    "Weerbaarheidstraining voor kinderen die gepest worden.",
    "Hulp bij schulden en geldzorgen voor gezinnen.",
    "",
]


def messy_rows(number, seed=10):
    """Return so many rows with doubles, 06-numbers, no postcodes and names of persons."""
    dice = random.Random(seed)
    rows = []
    for at in range(number):
        if rows and dice.random() < 0.12:
            again = dict(dice.choice(rows))
            name = again["Naam organisatie"]
            other = name if name in _PERSONS else f"Stichting {name}"
            again["Naam organisatie"] = dice.choice([name.upper(), other, name])
            rows.append(again | dice.choice([{}, {"Postcode": ""}]))
            continue
        rows.append(_messy(dice, at))
    return rows


def _messy(dice, at):
    town, area = dice.choice(_TOWNS)
    person = dice.choice(_PERSONS)
    mobile = f"06-{dice.randint(10**7, 10**8 - 1)}"
    phone = f"071-5{dice.randint(100000, 999999)}"
    email = f"{person.split()[0].lower()}.{person.split()[-1].lower()}@voorbeeld.example"
    name = f"{dice.choice(_KINDS)} {dice.choice(_NAMES)} {at}"
    text = dice.choice(_TEXTS).format(person=person, email=email, mobile=mobile)
    return {
        "Naam organisatie": dice.choice([name] * 30 + [person, ""]),
        "Omschrijving": text,
        "Doelgroep": dice.choice(["", "jongeren 12-18 jaar", "ouders", "0 t/m 4 jaar", "18+"]),
        "Adres": f"Straat {at}",
        "Postcode": dice.choice([f"{area} AB", f"{area}ab", area, ""]),
        "Plaats": dice.choice([town, town.upper(), f"{area} {town}"]),
        "Telefoon": dice.choice([phone, mobile, f"{mobile}/{phone}", "06-…/…", "geheim", ""]),
        "E-mail": dice.choice([email, f"info@o{at}.example", f"info@o{at}.example; {email}", "-"]),
        "Website": dice.choice([f"www.o{at}.example", f"https://facebook.com/{at}", ""]),
        "Contactpersoon": person,
    }
