"""`--quick` leaves out what takes long, and keeps something of every other test."""

from types import SimpleNamespace

import pytest

from tests import quick


def item(name, case="", *, fixtures=(), markers=()):
    return SimpleNamespace(
        parent="a file",
        name=f"{name}[{case}]",
        originalname=name,
        fixturenames=fixtures,
        get_closest_marker=lambda marker: marker if marker in markers else None,
    )


@pytest.fixture
def selected():
    """Which tests are run of these, and which are said to be left out."""

    def _selected(*items):
        kept, left = list(items), []
        hook = SimpleNamespace(pytest_deselected=lambda items: left.extend(items))
        quick.select(SimpleNamespace(hook=hook), kept)
        return [one.name for one in kept], [one.name for one in left]

    return _selected


def test_of_many_cases_the_first_and_the_last_are_run(selected):
    kept, left = selected(*(item("test_ages", age) for age in "1234"), item("test_other", "5"))
    assert kept == ["test_ages[1]", "test_ages[4]", "test_other[5]"]
    assert left == ["test_ages[2]", "test_ages[3]"]


@pytest.mark.parametrize("costly", [{"fixtures": ["demo_database"]}, {"markers": ["slow"]}])
def test_what_takes_long_is_left_out(selected, costly):
    assert selected(item("test_a", **costly), item("test_b")) == (["test_b[]"], ["test_a[]"])
