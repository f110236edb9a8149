"""The national grid, distances and borders that stay shared."""

from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from providers.geography.geometry import (
    Box,
    GridPoint,
    box_from_degrees,
    box_of,
    distance,
    distance_words,
    in_netherlands,
    simplify_rings,
    to_degrees,
    to_grid,
)

lats = st.floats(50.75, 53.55)
lons = st.floats(3.35, 7.25)
grid_points = st.builds(GridPoint, st.integers(0, 280_000), st.integers(300_000, 620_000))

# Published points: the origin of the grid, and the Westertoren in Amsterdam.
KNOWN = [
    (52.15517440, 5.38720621, 155_000, 463_000),
    (52.37453253, 4.88352559, 120_700.723, 487_525.501),
]


@pytest.mark.parametrize(("lat", "lon", "x", "y"), KNOWN)
def test_known_points_convert_to_within_a_metre(lat, lon, x, y):
    point = to_grid(lat, lon)
    assert abs(point.x - x) <= 1
    assert abs(point.y - y) <= 1


@pytest.mark.parametrize(("lat", "lon", "x", "y"), KNOWN)
def test_known_points_convert_back_to_within_a_metre(lat, lon, x, y):
    point = to_degrees(x, y)
    assert abs(point.lat - lat) < 0.00001
    assert abs(point.lon - lon) < 0.00001


def test_grid_points_are_whole_metres():
    assert all(isinstance(metres, int) for metres in to_grid(52.1, 4.5))


@given(lats, lons)
def test_there_and_back_again_is_the_same_place(lat, lon):
    back = to_degrees(*to_grid(lat, lon))
    # Half a metre of rounding each way and what the two polynomials differ.
    assert abs(back.lat - lat) < 0.00002
    assert abs(back.lon - lon) < 0.00003


@given(lats, lons)
def test_further_north_and_east_is_a_higher_number(lat, lon):
    here = to_grid(lat, lon)
    assert to_grid(lat + 0.01, lon).y > here.y
    assert to_grid(lat, lon + 0.01).x > here.x


@given(grid_points, grid_points, grid_points)
def test_distance_is_a_distance(a, b, c):
    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a)
    # Each of the three is rounded by at most half a metre.
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 2


@given(st.lists(grid_points, min_size=1))
def test_the_box_of_points_holds_them_all_and_no_more(points):
    box = box_of(points)
    assert all(box.contains(point) for point in points)
    assert {box.min_x, box.max_x} <= {point.x for point in points}


def test_the_box_of_nothing_is_refused():
    with pytest.raises(ValueError, match="unpack"):
        box_of([])


def test_a_margin_widens_a_box_on_every_side():
    assert box_of([GridPoint(5, 5)], margin=2) == Box(3, 3, 7, 7)


@given(st.tuples(lats, lats).map(sorted), st.tuples(lons, lons).map(sorted), st.data())
def test_a_map_view_is_covered_by_its_box(view_lats, view_lons, data):
    (south, north), (west, east) = view_lats, view_lons
    box = box_from_degrees(south, west, north, east)
    point = to_grid(data.draw(st.floats(south, north)), data.draw(st.floats(west, east)))
    # A parallel bends in the grid, by at most 600 m over the width of the country.
    assert box_of([GridPoint(*box[:2]), GridPoint(*box[2:])], margin=700).contains(point)


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [(52.16, 4.49, True), (51.44, 3.57, True), (48.85, 2.35, False), (4.49, 52.16, False)],
)
def test_points_abroad_or_turned_around_are_seen(lat, lon, inside):
    assert in_netherlands(lat, lon) is inside


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0,1 km"),
        (30, "0,1 km"),
        (420, "0,4 km"),
        (940, "0,9 km"),
        (951, "1 km"),
        (1_780, "1,8 km"),
        (2_000, "2 km"),
        (9_960, "10 km"),
        (12_400, "12 km"),
    ],
)
def test_distances_are_said_as_people_say_them(metres, words):
    with translation.override("nl"):
        assert distance_words(metres) == words


@given(st.integers(0, 300_000))
def test_every_distance_has_a_unit_and_at_most_one_decimal(metres):
    number, unit = distance_words(metres).split(" ")
    assert unit == "km"
    assert len(number.partition(",")[2]) <= 1


# Two squares beside each other, with a bump of 1 on the border they share.
LEFT = [(0, 0), (5, 0), (10, 0), (11, 5), (10, 10), (0, 10), (0, 0)]
RIGHT = [(10, 0), (20, 0), (20, 10), (10, 10), (11, 5), (10, 0)]


def edges(ring):
    return {frozenset(edge) for edge in pairwise(ring)}


def test_small_corners_are_left_out():
    ring, _other = simplify_rings([LEFT, RIGHT], 2)
    assert (11, 5) not in ring
    assert (5, 0) not in ring


def test_large_corners_stay():
    ring, _other = simplify_rings([LEFT, RIGHT], 0.5)
    assert (11, 5) in ring


@pytest.mark.parametrize("tolerance", [0, 0.5, 2])
def test_neighbours_keep_the_same_border(tolerance):
    left, right = simplify_rings([LEFT, RIGHT], tolerance)
    between = {(10, 0), (11, 5), (10, 10)}
    border = {edge for edge in edges(left) if edge <= between}
    assert border
    assert border == {edge for edge in edges(right) if edge <= between}


def test_a_town_within_another_fits_its_hole():
    town = [(3, 3), (5, 2.9), (7, 3), (7, 7), (3, 7), (3, 3)]
    hole = [*town[3:-1], *town[:4]][::-1]
    filled, open_ = simplify_rings([town, hole], 0.5)
    assert edges(filled) == edges(open_)


def test_a_speck_vanishes():
    assert simplify_rings([[(0, 0), (1, 0), (0, 1), (0, 0)]], 5) == [[]]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=12, unique=True)
)
def test_simplified_rings_are_closed_and_use_corners_that_were_there(corners):
    (ring,) = simplify_rings([[*corners, corners[0]]], 1)
    assert not ring or ring[0] == ring[-1]
    assert set(ring) <= set(corners)
