"""What leaves the house rounded: no small number follows from it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.rules.small_numbers import FEWEST, is_small, rounded, rounded_words

NUMBERS = st.integers(0, 60)


def possible(shown):
    """Return every number that is shown like this."""
    return [number for number in range(80) if rounded(number) == shown]


@given(NUMBERS)
def test_small_numbers_are_left_out_and_the_rest_is_a_multiple_of_five(number):
    shown = rounded(number)
    assert (shown is None) == is_small(number)
    assert shown is None or (shown % FEWEST == 0 and abs(shown - number) <= FEWEST // 2)


@pytest.mark.parametrize(
    ("number", "words"), [(None, ""), (0, "0"), (4, "minder dan 5"), (13, "15")]
)
def test_in_words_what_is_not_known_is_empty(number, words):
    assert rounded_words(number) == words


@given(NUMBERS, NUMBERS)
def test_no_small_part_follows_from_its_total_when_the_rest_is_not_given(part, rest):
    fitting = [
        one
        for one in possible(rounded(part))
        if any(total >= one for total in possible(rounded(part + rest)))
    ]
    assert not is_small(part) or len(fitting) > 1


@given(NUMBERS, NUMBERS)
def test_no_small_number_follows_from_two_files_or_two_dates(before, after):
    pairs = list(itertools.product(possible(rounded(before)), possible(rounded(after))))
    for place, number in enumerate((before, after)):
        if is_small(number):
            assert len({pair[place] for pair in pairs}) > 1
    if is_small(abs(before - after)):
        assert len({abs(one - other) for one, other in pairs}) > 1 or before == after
