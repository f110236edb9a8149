"""Names of persons, their own numbers and addresses are not stored, and the report says so."""

import pytest

from importing.lists.persons import (
    general_email,
    general_phone,
    is_name_of_person,
    without_persons,
)
from importing.models import ImportRow
from providers.models import Location, Offer, Provider
from tests.importing.lists.files import HEADINGS, as_csv, messy_rows, row, take_in

LEIDEN = "+31715161616"


@pytest.mark.parametrize(
    ("cell", "kept", "left_out"),
    [
        ("071-5161616", LEIDEN, False),
        ("tel: (071) 516 16 16", LEIDEN, False),
        ("06-12345678", "", True),
        ("06-12345678/071-5161616", LEIDEN, True),
        ("071-5161616 (Jan) of 06 1234 5678", LEIDEN, True),
        ("06-…/…", "", False),
        ("geheim", "", False),
        ("", "", False),
        ("112", "112", False),
    ],
)
def test_a_mobile_number_may_be_that_of_a_person(cell, kept, left_out):
    assert general_phone(cell) == (kept, left_out)


@pytest.mark.parametrize(
    ("cell", "kept", "left_out"),
    [
        ("info@deboei.example", "info@deboei.example", False),
        ("Aanmelden@deboei.example", "aanmelden@deboei.example", False),
        ("deboei@gmail.com", "deboei@gmail.com", False),
        ("jan.devries@deboei.example", "", True),
        ("info@deboei.example; jan@deboei.example", "info@deboei.example", True),
        ("geen", "", False),
    ],
)
def test_only_a_general_address_is_taken_over(cell, kept, left_out):
    assert general_email(cell, "De Boei") == (kept, left_out)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bel Jan de Vries.", "Bel …."),
        ("Bij mevr. A. Jansen of dhr. Smit", "Bij … of …"),
        ("Contactpersoon: Anneke.", "Contactpersoon: …."),
        ("Mail jan.devries@deboei.example", "Mail …"),
        ("App naar 06-12345678", "App naar …"),
        ("Mail info@deboei.example", "Mail info@deboei.example"),
        ("Groep voor kinderen in Leiden", "Groep voor kinderen in Leiden"),
        ("Roos is een spel", "Roos is een spel"),
    ],
)
def test_persons_are_taken_out_of_a_text(text, kept):
    assert without_persons(text, "De Boei") == (kept, kept != text)


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Jan de Vries", True),
        ("Mevr. J. de Vries", True),
        ("J.A. Jansen", True),
        ("Praktijk Jan de Vries", False),
        ("De Boei", False),
        ("Humanitas Leiden", False),
    ],
)
def test_a_bare_name_of_a_person_is_no_organisation(name, is_person):
    assert is_name_of_person(name) is is_person


def test_no_person_of_a_messy_list_is_stored_anywhere(region):
    run = take_in(as_csv(messy_rows(200)))
    stored = " ".join(
        str(value)
        for model in (Provider, Offer, ImportRow)
        for line in model.objects.values()
        for value in line.values()
    ).lower()
    persons = ("vries", "amrani", "jansen", "berg", "yilmaz")
    assert [name for name in persons if name in stored] == []
    assert run.rows.filter(reason__contains="kolom over een persoon niet overgenomen").exists()


def test_a_person_among_opening_hours_is_taken_out(region):
    hours = {"Openingstijden": "maandag, bel Jan de Vries 06-12345678"}
    take_in(as_csv([row() | hours], headings=[*HEADINGS, "Openingstijden"]))
    assert Location.objects.get().opening_hours == "maandag, bel … …"


def test_the_report_says_per_row_what_was_left_out(region):
    run = take_in(as_csv([row(person="Jan de Vries", phone="06-12345678")]))
    (line,) = run.rows.all()
    assert line.reason == (
        "kolom over een persoon niet overgenomen; "
        "mobiel nummer niet overgenomen: het kan van één persoon zijn"
    )
