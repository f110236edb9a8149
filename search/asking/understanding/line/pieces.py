"""The letters of a word, as both models learn from them."""

from collections.abc import Iterable


def pieces_of(word: str, sizes: Iterable[int]) -> tuple[str, ...]:
    """Return the pieces of a word with its ends marked; `#` tells them from words."""
    ends = f"_{word}_"
    return tuple(f"#{ends[at : at + size]}" for size in sizes for at in range(len(ends) - size + 1))
