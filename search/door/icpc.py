"""ICPC-1 codes as GPs write them, and the help questions they lead to.

Chapters P (psychological) and Z (social), as far as a public list confirms them (docs/gp-link.md);
titles and the choice of questions are ours, in fixtures/vocabulary/icpc.csv.
"""

import functools
import re

from providers.reference import vocabulary_rows

# P76, and finer codes of the NHG such as P76.01, which lead where the main code does.
CODE = re.compile(r"([PZ]\d\d)(\.\d\d?)?")


@functools.cache
def questions_by_code() -> dict[str, tuple[str, ...]]:
    """Return the codes of help questions per ICPC code; none where youth help has none."""
    return {row["code"]: tuple(row["questions"].split()) for row in vocabulary_rows("icpc")}


def questions_of(code: str) -> tuple[str, ...] | None:
    """Return the help questions of a code as it was sent; None for what is no such code."""
    found = CODE.fullmatch(code.strip().upper())
    return questions_by_code().get(found.group(1)) if found else None
