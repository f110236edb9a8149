"""Codes of a vocabulary in one column of the index, between bars: |somberheid|angst|."""

from collections.abc import Iterable


def join_codes(codes: Iterable[str]) -> str:
    """Return codes as a column holds them; empty for none."""
    joined = "|".join(codes)
    return f"|{joined}|" if joined else ""


def split_codes(text: str | None) -> list[str]:
    """Return the codes that a column holds, in their order."""
    return text.strip("|").split("|") if text else []
