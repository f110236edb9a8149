"""The two national lists where they stand beside the checkout, and self-made ones like them.

The self-made lists are fictional and hold each oddity of the real ones at least once.
"""

import csv
from pathlib import Path

from django.conf import settings

REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "zorg"
REAL_2018 = REAL / "nza_ggz_2018_q1_instellingen.csv"
REAL_2016 = REAL / "nza_ggz_2016_instellingen_ruw_latin1.csv"
ABSENT = "the national lists are not beside the checkout (../shared): the self-made one stands in"

COLUMNS_2018 = [
    "Uniek_zorgaanbiederID", "Type_aanbieder", "Naam_zorgaanbieder", "AGBcode 1", "AGBcode 2",
    "AGBcode 3", "Vestigingslocatie", "Plaatsnaam", "Gemeentecodes", "Circuit",
    "Diagnosegroep_letterlijk", "Hoofddiagnosegroep", "Type_zorg", "URL_naar_wachttijden",
    "Datum_actualisatie_website", "Peildatum", "Opmerking", "Aanmeld/behandelwachttijd_letterlijk",
    "Aanmeldwachttijd_letterlijk", "Aanmeldwachttijd", "Behandelwachttijd_letterlijk",
    "Behandelwachttijd",
]  # fmt: skip
COLUMNS_2016 = [
    "", "x", "KvK..uit.bestand.2015.", "AGBCODE_INDIENER", "NAAM", "STRAAT", "POSTCODE", "PLAATS",
    "Hoort.bij", "Naam.zorgaanbieder", "Plaats.zorgaanbieder", "URL.naar.wachttijden",
    "Vestigingslocatie", "Type.GGZ", "Circuit", "Nadere.typering", "Typering", "Aanmeldtijd",
    "Behandeltijd", "Datum.actualisatie", "Peildatum", "AFWIJKEND_ZV", "Opmerkingen.MQ", "ROW_ID",
]  # fmt: skip
NO_GROUP = "Geen onderscheid naar hoofddiagnosegroepen"


def cells_2018(**changes):
    """Return the cells of one row of a 2018 list: youth mental health care in Leiden."""
    cells = dict.fromkeys(COLUMNS_2018, "") | {
        "Uniek_zorgaanbiederID": "9000010",
        "Type_aanbieder": "Instelling",
        "Naam_zorgaanbieder": "Ggz De Wilg (demo)",
        "AGBcode 1": "06000001",
        "Vestigingslocatie": "Leiden",
        "Plaatsnaam": "Leiden",
        "Gemeentecodes": "0546",
        "Circuit": "Jeugd",
        "Hoofddiagnosegroep": NO_GROUP,
        "Type_zorg": "SGGZ",
        "URL_naar_wachttijden": "https://wilg.example/wachten",
        "Datum_actualisatie_website": "2018-02-06",
        "Peildatum": "2018-03-05",
        "Aanmeldwachttijd": "-",
        "Behandelwachttijd": "-",
    }
    return cells | changes


def waits(intake, intake_coded, treatment="", treatment_coded="-"):
    """Return the four cells about waiting."""
    return {
        "Aanmeldwachttijd_letterlijk": intake,
        "Aanmeldwachttijd": intake_coded,
        "Behandelwachttijd_letterlijk": treatment,
        "Behandelwachttijd": treatment_coded,
    }


def rows_2018():
    """Return rows with a range, a zero, a stop, a duplicate, a contradiction, a closed place..."""
    autism = {"Diagnosegroep_letterlijk": "Autisme", "Hoofddiagnosegroep": "Pervasieve stoornissen"}
    region = {"Vestigingslocatie": "Regio Rijn", "Diagnosegroep_letterlijk": "Eetstoornissen",
              "Hoofddiagnosegroep": "Eetstoornissen", **waits("3 maanden", "12")}  # fmt: skip
    adults = {"Circuit": "Volwassenen", "Naam_zorgaanbieder": "Praktijk Els (demo)",
              "Uniek_zorgaanbiederID": "9000020", "AGBcode 1": "Onbekend"}  # fmt: skip
    return [
        cells_2018(**waits("20 weken", "20", "0 weken", "1")),
        cells_2018(**waits("20 weken", "20", "0 weken", "1")),
        cells_2018(**autism, **waits("3-4 weken", "3.5", "10 werkdagen", "2")),
        cells_2018(**region, Plaatsnaam="Leiden", Gemeentecodes="0546"),
        cells_2018(**region, Plaatsnaam="Leiderdorp", Gemeentecodes="0547"),
        cells_2018(**adults, **waits("5 weken", "5")),
        cells_2018(**adults, **waits("9 weken", "9")),
        cells_2018(Opmerking="Aanmeldstop", Type_zorg="BGGZ", **waits("", "Stop", "", "Stop")),
        cells_2018(Opmerking="Geen aanbod", Circuit="Ouderen"),
        cells_2018(Opmerking="Permanent gesloten", Circuit="Forensisch"),
        cells_2018(Circuit="Adolescenten", Opmerking="Geen wachttijdinfo"),
        cells_2018(Circuit="Onbekend", Plaatsnaam="Onbekend", Gemeentecodes="Onbekend",
                   **{"Aanmeld/behandelwachttijd_letterlijk": "Geen wachtlijst"},
                   Aanmeldwachttijd="1"),
    ]  # fmt: skip


def cells_2016(**changes):
    """Return the cells of one row of a 2016 list."""
    cells = dict.fromkeys(COLUMNS_2016, "NA") | {
        "KvK..uit.bestand.2015.": "9123456",
        "AGBCODE_INDIENER": "6000001",
        "Naam.zorgaanbieder": "Stichting Ggz De Wilg (demo)",
        "Plaats.zorgaanbieder": "Katwijk",
        "URL.naar.wachttijden": "http://wilg.example/",
        "Vestigingslocatie": "De Wilg, loc. Leiden",
        "Type.GGZ": "BGGZ/SGGZ",
        "Circuit": "Adolescenten",
        "Nadere.typering": "Eetstoornissen",
        "Aanmeldtijd": "2,5",
        "Behandeltijd": "0",
        "Datum.actualisatie": "15-9-2016",
        "Peildatum": "23-9-2016",
        "Opmerkingen.MQ": "",
    }
    return cells | changes


def rows_2016():
    """Return rows with line breaks, HTML, a doubtful KvK number, a stop and no name."""
    return [
        cells_2016(),
        cells_2016(**{"Opmerkingen.MQ": "Eén <b>overzicht</b>&nbsp;van:\r\nDe Wilg, De Es"},
                   **{"Nadere.typering": "ADHD"}),
        cells_2016(Aanmeldtijd="-", Behandeltijd="-", Circuit="Volwassenen",
                   Vestigingslocatie="Regio Onvindbaar"),
        cells_2016(Aanmeldtijd="Geen intakes", Circuit="Volwassenen", Vestigingslocatie="",
                   **{"KvK..uit.bestand.2015.": "24376932?", "AGBCODE_INDIENER": "NA",
                      "Naam.zorgaanbieder": "Praktijk Zoë (demo)"}),
        cells_2016(**{"Naam.zorgaanbieder": ""}),
    ]  # fmt: skip


def write_2018(path, rows=None):
    """Write a 2018 list as the Authority does: UTF-8, commas."""
    _write(path, COLUMNS_2018, rows or rows_2018(), "utf-8", ",", csv.QUOTE_MINIMAL)
    return path


def write_2016(path, rows=None):
    """Write a 2016 list as it was scraped: latin-1, semicolons, everything in quotes."""
    _write(path, COLUMNS_2016, rows or rows_2016(), "latin-1", ";", csv.QUOTE_ALL)
    return path


def _write(path, columns, rows, encoding, delimiter, quoting):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter, quoting=quoting)
        writer.writeheader()
        writer.writerows(rows)
