"""Texts about waiting, as providers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.pipeline.wait_text import LONGEST_WAIT, WaitStatus, read_wait

weeks = st.integers(0, 260)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 weken", "20"),
        ("1 weel", "1"),
        ("2weken", "2"),
        ("3,5 wek", "3.5"),
        ("4,0 week", "4"),
        ("8", "8"),
        ("2,5", "2.5"),
        ("3 maanden", "12"),
        ("2-2,5 maand", "9"),
        ("3-4 maande", "14"),
        ("1,5 jaar", "78"),
        ("0,5-1 jaar", "39"),
        ("10 werkdagen", "2"),
        ("45  werkdagen", "9"),
        ("42 dagen", "6"),
        ("32 dagen", "4.6"),
        ("6 werkweken", "6"),
        ("3-4 weken", "3.5"),
        ("16-20- weken", "18"),
        ("0- 16 weken", "8"),
        ("10 tot 12 weken", "11"),
        ("Tussen de 3 en 6 weken", "4.5"),
        ("Een tot twee weken na de intake", "1.5"),
        ("2 weken tot 2 maanden", "5"),
        ("Binnen 7 weken", "7"),
        ("Zoveel mogelijk binnen vier weken", "4"),
        ("< 3 weken na onderzoek", "3"),
        ("Meer dan 3 maanden", "12"),
        ("52+ weken", "52"),
        ("+/- 5 weken", "5"),
        ("24 weken (afhankelijk vna start/instroom groep)", "24"),
        ("Geen wachttijd", "0"),
        ("geen", "0"),
        ("Start Direct na intake", "0"),
        ("Aansluitend", "0"),
        ("Meteen", "0"),
        ("In principe Geen wachttijd, wel afhankelijk hulpvraag en behandeladvies", "0"),
    ],
)
def test_weeks(text, expected):
    reading = read_wait(text)
    assert (reading.status, reading.weeks) == (WaitStatus.KNOWN, Decimal(expected))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Aanmeldstop", WaitStatus.STOP),
        ("Patiëntenstop", WaitStatus.STOP),
        ("Langer dan een jaar: aanmeldstop", WaitStatus.STOP),
        ("Nemen geen nieuwe patiënten op", WaitStatus.STOP),
        ("Geen intakes", WaitStatus.STOP),
        ("N.v.t.", WaitStatus.NOT_APPLICABLE),
        ("geen behandeling", WaitStatus.NOT_APPLICABLE),
        ("Onbekend", WaitStatus.UNKNOWN),
        ("in overleg", WaitStatus.UNKNOWN),
        ("Geen of kort", WaitStatus.UNKNOWN),
        ("Gevolgd door een behandeling", WaitStatus.UNKNOWN),
        ("2018-04-01", WaitStatus.UNKNOWN),
        ("Per 1 augustus in behandeling", WaitStatus.UNKNOWN),
        ("BGGZ 2 weken, SGGZ 8 weken", WaitStatus.UNKNOWN),
        ("300 weken", WaitStatus.UNKNOWN),
        ("Stop bij ADHD/ASS tot februari 2018", WaitStatus.UNKNOWN),
        ("", WaitStatus.ABSENT),
        (" - ", WaitStatus.ABSENT),
        ("NA", WaitStatus.ABSENT),
    ],
)
def test_no_weeks(text, status):
    reading = read_wait(text)
    assert (reading.status, reading.weeks) == (status, None)
    assert reading.reason


def test_the_text_is_kept_as_written():
    assert read_wait(" Binnen  7 weken ").text == "Binnen  7 weken"


@given(st.text(max_size=60))
def test_any_text_is_read_and_known_means_a_number_within_bounds(text):
    reading = read_wait(text)
    assert (reading.weeks is not None) == (reading.status is WaitStatus.KNOWN)
    assert reading.weeks is None or 0 <= reading.weeks <= LONGEST_WAIT


@given(st.text(alphabet="0123456789 -+<>,.~wekndagmartjo/", max_size=25))
def test_anything_that_looks_like_a_wait_is_read_without_error(text):
    assert read_wait(text).reason


@given(low=weeks, high=weeks, between=st.sampled_from(["-", " - ", " tot ", " t/m ", "–"]))
def test_the_middle_of_a_range_lies_within_it(low, high, between):
    found = read_wait(f"{low}{between}{high} weken").weeks
    assert min(low, high) <= found <= max(low, high)
    assert found == Decimal(low + high) / 2


@given(number=weeks, unit=st.sampled_from(["weken", "week", "wk", "dagen", "werkdagen"]))
def test_capitals_and_spaces_do_not_matter(number, unit):
    plain = read_wait(f"{number} {unit}")
    loud = read_wait(f"  {number}   {unit.upper()} ")
    assert (plain.weeks, plain.status) == (loud.weeks, loud.status)


@given(number=weeks, words=st.sampled_from(["binnen", "maximaal", "ongeveer", "+/-", "<", ">"]))
def test_a_bound_gives_the_bound(number, words):
    assert read_wait(f"{words} {number} weken").weeks == number
