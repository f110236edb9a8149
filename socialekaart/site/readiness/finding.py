"""One thing that was looked at, and what it came to."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad it is: a FAULT keeps a site from being ready, a NOTE does not."""

    GOOD = "in orde"
    NOTE = "let op"
    FAULT = "fout"


@dataclass(frozen=True, slots=True)
class Finding:
    """A subject with its level, and a sentence that says what is so and what to do."""

    subject: str
    level: Level
    sentence: str


def good(subject: str, sentence: str) -> Finding:
    """Return what is in order."""
    return Finding(subject, Level.GOOD, sentence)


def note(subject: str, sentence: str) -> Finding:
    """Return what deserves a look."""
    return Finding(subject, Level.NOTE, sentence)


def fault(subject: str, sentence: str) -> Finding:
    """Return what has to be mended first."""
    return Finding(subject, Level.FAULT, sentence)
