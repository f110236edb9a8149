"""What the figures of one place give of those of another that are hidden."""

from hypothesis import given
from hypothesis import strategies as st

from gaps.waits.overlap import Marks, _shown, given_away
from providers.enums import HelpKind, WaitMethod
from providers.rules.small_numbers import is_small
from providers.statistics import LineKey, Quarter

LINES = [
    LineKey(Quarter(2026, quarter), WaitMethod.FORECAST, kind)
    for quarter in (1, 2)
    for kind in (None, HelpKind.MENTAL_HEALTH)
]
offers = st.frozensets(st.integers(1, 12), min_size=1)
places = st.dictionaries(st.sampled_from(LINES), offers)


def by_definition(own, elsewhere):
    """The lines that are one elsewhere with or without the offers of a hidden line."""
    hidden = {
        (line[:2], there)
        for place in [own, *elsewhere]
        for line, there in place.items()
        if is_small(len(there))
    }
    return {
        line
        for line in _shown(own)
        for place in elsewhere
        for other in _shown(place)
        if other[:2] == line[:2]
        and (own[line] < place[other] or place[other] < own[line])
        and (line[:2], own[line] ^ place[other]) in hidden
    }


@given(places, st.lists(places, max_size=4))
def test_a_line_is_held_back_when_another_with_it_gives_a_hidden_one(own, elsewhere):
    assert given_away(own, iter(elsewhere)) == by_definition(own, elsewhere)


@given(offers, offers)
def test_only_the_same_offers_have_the_same_mark(one, other):
    marks = Marks()
    assert (marks.of(one) == marks.of(other)) is (one == other)
