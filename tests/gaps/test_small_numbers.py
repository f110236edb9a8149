"""No hidden number follows from the numbers that are shown, however a reader adds and subtracts."""

import csv
import io
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gaps.missed import Missed
from gaps.table import missed_as_csv
from gaps.waits.files import csv_of
from gaps.waits.lines import lines_of
from gaps.waits.report import WaitReport
from providers.enums import SPECIALIST_KINDS, HelpKind, Role, WaitMethod
from providers.rules.small_numbers import (
    FEWEST,
    Hidden,
    protect,
    rounded,
    shows_total,
    small_number_words,
)
from providers.statistics import Figures, Quarter, Row
from tests.factories import MembershipFactory, OfferFactory, WaitTimeFactory
from tests.pages import element, elements, text_of

SMALL = range(1, FEWEST)
numbers = st.integers(0, 12) | st.integers(0, 400)
# Per kind of help: how many measurements, and how many people wait (None: not known).
kinds = st.lists(
    st.tuples(st.sampled_from(HelpKind), numbers, st.none() | numbers),
    unique_by=lambda kind: kind[0],
    min_size=1,
)


def rows_of(found):
    """Return the rows of one quarter and method: specialist help with its total first."""
    order = list(HelpKind)
    rows = [
        Row(Quarter(2026, 2), WaitMethod.FORECAST, kind, Figures(n, waiting=people))
        for kind, n, people in sorted(found, key=lambda one: order.index(one[0]))
    ]
    parts = [row.figures for row in rows if row.kind in SPECIALIST_KINDS]
    people = [part.waiting for part in parts if part.waiting is not None]
    whole = Figures(sum(part.n for part in parts), waiting=sum(people) if people else None)
    total = [Row(Quarter(2026, 2), WaitMethod.FORECAST, None, whole)] if parts else []
    return [*total, *rows]


def meanings(text, most, *, is_rounded=False):
    """Return every number that a reader knows a text may stand for, up to `most`."""
    if is_rounded and text.isdigit():
        return {number for number in range(most + 1) if str(rounded(number)) == text}
    if text in {"geen", "onbekend"}:
        return {0}
    if text == small_number_words(1):
        return set(SMALL)
    if text == "niet getoond":
        return set(range(FEWEST, most + 1))
    return set(range(most + 1)) if text == "–" else {int(text)}


def sums(sets):
    found = {0}
    for values in sets:
        found = {one + other for one in found for other in values}
    return found


def left_possible(total, parts, place, most, *, is_rounded):
    """Return what the part at this place may be, by all that a reader sees of one column."""
    known = [meanings(text, most, is_rounded=is_rounded) for text in parts]
    others = sums(values for n, values in enumerate(known) if n != place)
    totals = meanings(total, most * 5, is_rounded=is_rounded)
    return {value for value in known[place] if any(value + other in totals for other in others)}


def columns_of(report):
    """Return (total, parts) as text for each column of numbers that add up, as the page prints."""
    own = [line for line in report.lines if not line.is_apart]
    for name in ("gemeten", "wachtenden"):
        total, *parts = [line.cell(name) for line in own]
        yield total, parts


def report_of(rows):
    place = SimpleNamespace(name="Leiden")
    return WaitReport(place, timezone.localdate(), lines_of(rows), (), ())


@settings(max_examples=300, deadline=None)
@given(kinds)
@example([(HelpKind.MENTAL_HEALTH, 12, 30), (HelpKind.DYSLEXIA, 3, 2)])
@example([(HelpKind.MENTAL_HEALTH, 5, 5), (HelpKind.DYSLEXIA, 1, 1)])
@example([(HelpKind.MENTAL_HEALTH, 30, 3), (HelpKind.PARENTING, 20, 9)])
@example([(HelpKind.MENTAL_HEALTH, 30, 9), (HelpKind.DISABILITY, 4, 4), (HelpKind.DYSLEXIA, 4, 4)])
def test_no_hidden_number_of_the_waits_follows_from_what_is_shown(found):
    rows = rows_of(found)
    own = [row.figures for row in rows if not row.is_apart]
    if not own:
        return
    for name, (total, parts) in zip(("n", "waiting"), columns_of(report_of(rows)), strict=True):
        true = [getattr(one, name) or 0 for one in own]
        for place, number in enumerate(true[1:]):
            if number in SMALL:
                assert not parts[place].isdigit()
                most, is_rounded = max(12, true[0]), name == "waiting"
                possible = left_possible(total, parts, place, most, is_rounded=is_rounded)
                assert len(possible) > 1
        assert not (true[0] in SMALL and total.isdigit())


@settings(max_examples=100, deadline=None)
@given(kinds)
def test_the_file_has_no_number_that_the_page_hides(found):
    report = report_of(rows_of(found))
    text = csv_of(report).lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row, line in zip(rows, report.lines, strict=True):
        for name in ("gemeten", "wachtenden"):
            cell = line.cell(name)
            shown = cell if cell.isdigit() else "0" if cell == "geen" else ""
            assert row[name] == shown


def test_a_hidden_line_shows_no_other_count_that_gives_it_back():
    """Offers less stops less unknown ones would be the measured ones."""
    few = Figures(3, offers=9, stops=4, mean=2)
    rows = [
        Row(Quarter(2026, 2), WaitMethod.FORECAST, HelpKind.LOCAL_TEAM, few),
    ]
    (line,) = lines_of(rows)
    assert line.cells == ("–", small_number_words(3), *["–"] * 11)
    assert set(line.values) == {None}


@given(kinds)
def test_what_counts_in_no_total_is_hidden_by_its_own_number_only(found):
    rows = rows_of(found)
    for row, line in zip(rows, lines_of(rows), strict=True):
        if row.is_apart:
            assert (line.cell("gemeten") == small_number_words(1)) is (row.figures.n in SMALL)


@given(st.lists(st.integers(FEWEST, 900) | st.just(0), max_size=6))
def test_where_nothing_is_small_nothing_is_hidden(parts):
    shown = protect(parts)
    assert (shown.total, dict(shown.parts)) == (None, {})


@given(st.lists(numbers, max_size=6))
def test_every_small_part_is_hidden(parts):
    hidden = protect(parts).parts
    assert all(hidden.get(place) is Hidden.SMALL for place, n in enumerate(parts) if n in SMALL)


@pytest.mark.parametrize(
    ("parts", "total", "hidden"),
    [
        ([40, 20, 3], None, {1: Hidden.WITHHELD, 2: Hidden.SMALL}),
        ([40, 3, 4], None, {1: Hidden.SMALL, 2: Hidden.SMALL}),
        # 4 and 4 would follow from 8, and 1 and 3 are together too few to show.
        ([40, 4, 4], None, {0: Hidden.WITHHELD, 1: Hidden.SMALL, 2: Hidden.SMALL}),
        ([40, 1, 3], None, {0: Hidden.WITHHELD, 1: Hidden.SMALL, 2: Hidden.SMALL}),
        # 6 leaves no room; 40 does, and then 6 can be shown.
        ([40, 6, 3], None, {0: Hidden.WITHHELD, 2: Hidden.SMALL}),
        ([5, 3], Hidden.WITHHELD, {1: Hidden.SMALL}),
        ([0, 3], Hidden.SMALL, {1: Hidden.SMALL}),
    ],
)
def test_what_is_withheld(parts, total, hidden):
    shown = protect(parts)
    assert (shown.total, dict(shown.parts)) == (total, hidden)


@given(st.lists(numbers, max_size=6))
def test_where_the_total_is_known_no_small_part_follows_from_it(parts):
    shown = protect(parts, total_is_known=True)
    if sum(parts) in SMALL:
        assert shown.total is Hidden.SMALL
        return
    assert shown.total is None
    hidden = [place for place, part in enumerate(parts) if place in shown.parts and part]
    assert len(hidden) != 1
    assert all(n not in SMALL for place, n in enumerate(parts) if place not in shown.parts)


def test_where_withholding_does_not_help_beside_a_known_total_every_part_is_blank():
    shown = protect([5, 3, 0], total_is_known=True)
    assert (shown.total, dict(shown.parts)) == (None, {0: Hidden.BLANK, 1: Hidden.BLANK})


@pytest.mark.parametrize(("parts", "shown"), [([5, 0, 9], True), ([5, 4], False), ([], True)])
def test_no_total_where_a_part_is_hidden(parts, shown):
    assert shows_total(parts) is shown


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_the_file_of_missed_help_has_no_total_to_subtract_from(times):
    missed = [Missed(f"vraag {n}", number) for n, number in enumerate(times)]
    place, day = SimpleNamespace(name="Leiden"), timezone.localdate()
    text = missed_as_csv(place, day, missed)
    assert [line.split(";")[3] for line in text.splitlines()[1:]] == [
        "" if rounded(number) is None else str(rounded(number)) for number in times
    ]


@pytest.mark.django_db
def test_the_page_hides_what_the_file_hides(client, log_in, region):
    for kind, number in ((HelpKind.MENTAL_HEALTH, 12), (HelpKind.DYSLEXIA, 3)):
        for _ in range(number):
            offer = OfferFactory(municipalities=[region.leiden], help_kind=kind)
            WaitTimeFactory(offer=offer, people_waiting=7)
    MembershipFactory(user=log_in(), provider=None, municipality=region.leiden, role=Role.VIEWER)
    page = client.get("/voor-gemeenten/leiden/wachttijden/").content.decode()
    table = element(page, "tbody")
    cells = [text_of(cell) for cell in elements(table, "td")]
    numbers = [text_of(cell) for cell in elements(table, "td", data_label="Gemeten")]
    assert numbers == ["15", "niet getoond", "minder dan 5"]
    assert "105" in text_of(table)
    assert not {"84", "85"} & set(cells)
