"""What an import can read: kinds of file, each known by its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TableForm, TextFile, columns_of, rows_of

Row = TypeVar("Row")
# The codes of national lists begin so, and none of a region does: it could undo their imports.
NATIONAL = "nza-"


@dataclass(frozen=True, slots=True)
class Source(Generic[Row]):
    """One kind of file. ``code`` marks what came from it; ``title`` is shown to people.

    ``marker`` is a column that no other source has; ``row`` makes a typed row of a record, from
    its number and its cells.
    """

    code: str
    title: str
    form: TableForm
    marker: str
    row: Callable[[int, dict[str, str]], Row]

    def rows(self, file: TextFile) -> list[Row]:
        """Return all rows of ``file``, in order. Raises ImportRefused."""
        records = enumerate(rows_of(file, self.form), start=1)
        return [self.row(number, cells) for number, cells in records]


def recognise(file: TextFile, sources: Sequence[Source[Row]], *, refusal: str) -> Source[Row]:
    """Return which of ``sources`` the file is, by its columns; else refuse with this sentence."""
    for source in sources:
        if source.marker in columns_of(file, source.form.delimiter):
            return source
    raise ImportRefused(refusal)
