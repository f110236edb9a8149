"""The small rules: ages, help questions, titles, steps of care, numbers."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from importing.nza.circuits import ages_of
from importing.nza.help_questions import by_main_group, by_word, help_questions_of
from importing.nza.lists import row_2018
from importing.nza.rows import agb, codes, kvk
from importing.nza.summary import coded_weeks
from importing.nza.words import level_of, title_of
from importing.pipeline.ages_text import Ages
from importing.pipeline.short_text import shortened
from tests.importing.nza.files import cells_2018


@pytest.mark.parametrize(
    ("circuit", "written", "ages"),
    [
        ("Jeugd", "", (0, 17)),
        ("Adolescenten", "", (18, 23)),
        ("Volwassenen", "", (18, 27)),
        ("Verslavingszorg", "", (18, 27)),
        ("Forensisch", "", (18, 27)),
        ("Ouderen", "Ouderen, 65 jaar en ouder", (27, 27)),
        ("", "", (None, None)),
        ("Jeugd", "Infants (onder 6 jaar)", (0, 5)),
        ("Jeugd", "Polikliniek 6 - 12 jarigen", (6, 12)),
        ("Jeugd", "Eetstoornissen t/m 23 jaar", (0, 17)),
        ("Jeugd", "MBT early (vanaf 12 jaar)", (12, 17)),
        ("Adolescenten", "Cliënten 16 & 17-jarigen", (16, 17)),
        ("Volwassenen", "Cliënten vanaf 24 jaar, SGGZ: ADHD", (24, 27)),
        ("Volwassenen", "deeltijd 1 daags, behandelduur 1 tot 2 jaar", (18, 27)),
        ("Verslavingszorg", "13 t/m 17 jaar", (13, 17)),
        ("Verslavingszorg", "Specialistische Verslavingsbehandeling Jeugd", (0, 17)),
    ],
)
def test_ages(circuit, written, ages):
    assert ages_of(circuit, written) == Ages(*ages)


@pytest.mark.parametrize(
    ("groups", "written", "found"),
    [
        (["Depressieve stoornissen"], "", ["somberheid"]),
        (["Geen onderscheid naar hoofddiagnosegroepen"], "SGGZ Kind & Jeugd", []),
        (["Overige stoornissen"], "Genderdysforie", ["gender-en-seksualiteit"]),
        (["Pervasieve stoornissen"], "ADHD en autisme", ["druk-en-afgeleid", "autisme"]),
        ([], "Assen", []),
        (["Een groep die er niet is"], "", []),
    ],
)  # fmt: skip
def test_help_questions(groups, written, found):
    assert list(help_questions_of(groups, written)) == found


def test_the_tables_name_only_help_questions_of_the_vocabulary():
    path = Path(settings.BASE_DIR) / "fixtures" / "vocabulary" / "help_questions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    exact, stems = by_word()
    named = [*by_main_group().values(), *exact.values(), *(codes for _, codes in stems)]
    assert {code for group in named for code in group} <= known


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"Diagnosegroep_letterlijk": "Angststoornissen"}, "Jeugd-ggz Leiden: angststoornissen"),
        ({"Diagnosegroep_letterlijk": "SGGZ Kind & Jeugd"}, "Jeugd-ggz Leiden (specialistisch)"),
        ({"Type_zorg": "Combi"}, "Jeugd-ggz Leiden"),
        ({"Hoofddiagnosegroep": "Eetstoornissen"}, "Jeugd-ggz Leiden: eetstoornissen"),
        ({"Diagnosegroep_letterlijk": "ADHD"}, "Jeugd-ggz Leiden: ADHD"),
        ({"Circuit": "Onbekend", "Type_zorg": "BGGZ"}, "Ggz Leiden (basis-ggz)"),
    ],
)
def test_titles(changes, title):
    assert title_of(row_2018(1, cells_2018(**changes)), "Leiden") == title


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("", 3),
        ("Polikliniek en kliniek", 3),
        ("Klinische opname", 6),
        ("Klinische en medische psychologie", 3),
        ("Dag/deeltijdbehandeling; Eetstoornissen", 4),
        ("Dag- en nachtbehandeling; Eetstoornissen", 6),
    ],
)
def test_step_of_care(written, level):
    assert level_of(written) == level


def test_numbers_get_their_zero_back_and_doubt_is_unknown():
    assert (agb("6290832"), agb("73732907 "), agb("Onbekend"), agb("NA")) == (
        "06290832", "73732907", "", "",
    )  # fmt: skip
    assert (kvk("9102368"), kvk("24376932?"), kvk("-")) == ("09102368", "", "")
    assert codes("0546, 0547;0546") == ("0546", "0547")
    assert codes("Onbekend") == ()


@pytest.mark.parametrize("text", ["", "-", "Stop", "NaN", "sNaN", "Infinity", "-inf"])
def test_what_is_no_number_of_weeks_is_coded_as_none(text):
    assert coded_weeks(text) is None


def test_coded_weeks_are_as_written():
    assert (coded_weeks("12"), coded_weeks("3.5")) == (Decimal(12), Decimal("3.5"))


def test_shortened_cuts_at_a_word():
    assert shortened("een twee drie", 9) == "een twee…"
    assert shortened("kort", 9) == "kort"
