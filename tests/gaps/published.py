"""What everybody who lays files and pages side by side reads of numbers of people, as sums.

Each figure is a statement: the sum of some unknown numbers lies between two bounds. An unknown is
a number that is not published by itself: of one municipality, question and age, or of one offer.
"""

import csv
import io
import math
import re
from dataclasses import dataclass
from itertools import combinations

import openpyxl

from providers.rules.small_numbers import FEWEST, is_small

SMALL = (1, FEWEST - 1)
NOTHING_KNOWN = (0, math.inf)


@dataclass(frozen=True)
class Statement:
    """The sum of these unknowns lies within these bounds; `source` says where that stands."""

    source: str
    of: frozenset
    low: float
    high: float

    @property
    def is_measured(self):
        """Whether it counts offers that were measured, and no people."""
        return all(unknown[0] == "measured" for unknown in self.of)


def statement(source, of, text, *, is_rounded=True, is_hidden_small=False):
    """Return what a reader knows by a figure; an empty one may be marked as small."""
    if not text:
        bounds = SMALL if is_hidden_small else NOTHING_KNOWN
    elif is_rounded:
        bounds = rounded_bounds(int(text))
    else:
        bounds = (int(text), int(text))
    return Statement(source, frozenset(of), *bounds)


def rounded_bounds(number):
    assert number % FEWEST == 0, "a number of people that is not rounded"
    half = FEWEST // 2
    return (0, 0) if number == 0 else (max(FEWEST, number - half), number + half)


def from_words(source, of, words):
    """Return what 'minder dan 5' or a rounded number within words says; nothing without words."""
    found = re.search(r"\d+", words)
    small = "minder dan" in words
    return statement(source, of, found[0] if found and not small else "", is_hidden_small=small)


def band_of(line):
    """Return the age band of a line about a cell, which has it as two numbers."""
    return f"{line['leeftijd van']}-{line['leeftijd tot en met']}"


def lines_of(content):
    """Return the lines of a CSV file by their headings."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet_of(content, title):
    """Return the lines of a sheet of a workbook as those of a CSV file; none without the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    if title not in book.sheetnames:
        return []
    heading, *rows = book[title].iter_rows(values_only=True)
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    return [dict(zip(heading, row, strict=True)) for row in texts]


# --- what follows --------------------------------------------------------------------------------


def given_back(statements, truth, *, only_hidden=()):
    """Return every small number that follows from two statements: its unknowns, and from which.

    `only_hidden` are kinds of unknowns of which a sum is small only where it is hidden somewhere;
    of all others a sum that stands nowhere is protected too.
    """
    hidden = {one.of for one in statements if (one.low, one.high) == SMALL}
    known = {}
    for one in statements:
        if one.high == math.inf:
            continue
        # The tightest of what several surfaces say of the same sum.
        low, high = known.get(one.of, NOTHING_KNOWN)
        known[one.of] = (max(low, one.low), min(high, one.high))
    found = []
    for one, two in combinations(known, 2):
        for of, low, high in _following((one, known[one]), (two, known[two])):
            if not of or not is_small(sum(truth[unknown] for unknown in of)):
                continue
            if of not in hidden and any(unknown[0] in only_hidden for unknown in of):
                continue
            least, most = known.get(of, NOTHING_KNOWN)
            if max(low, least) >= min(high, most):
                sums = [(sorted(unknowns), known[unknowns]) for unknowns in (one, two)]
                found.append((sorted(of), sums))
    found += [(sorted(of),) for of, (low, high) in known.items() if low == high and is_small(low)]
    return found


def _following(one, two):
    """Yield the sums that follow from two: their difference, or both together."""
    (first, (low, high)), (second, (least, most)) = one, two
    if first < second:
        yield second - first, least - high, most - low
    elif second < first:
        yield first - second, low - most, high - least
    elif not first & second:
        yield first | second, low + least, high + most
