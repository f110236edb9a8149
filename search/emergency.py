"""Whom to call when a question names danger. Texts and numbers are data."""

import functools
from dataclasses import dataclass

from providers.reference import vocabulary_rows


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """Somebody to call; `number` and `url` may be empty."""

    label: str
    number: str
    text: str
    url: str

    @property
    def dial(self) -> str:
        """Return the number as a telephone link wants it."""
        return self.number.replace("-", "").replace(" ", "")


def emergency_lines(kind: str) -> tuple[EmergencyLine, ...]:
    """Return whom to call for a kind of danger, first one first; none for an unknown kind."""
    return _by_kind().get(kind, ())


@functools.cache
def _by_kind() -> dict[str, tuple[EmergencyLine, ...]]:
    found: dict[str, list[EmergencyLine]] = {}
    for row in vocabulary_rows("emergency_lines"):
        line = EmergencyLine(row["label"], row["number"], row["text"], row["url"])
        for kind in row["kind"].split("|"):
            found.setdefault(kind, []).append(line)
    return {kind: tuple(lines) for kind, lines in found.items()}
