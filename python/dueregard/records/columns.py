"""What every kind of column can do: code some of its rows."""

from typing import Any, NamedTuple, NoReturn, Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.records.coded import CodedColumn

Interrupt = NDArray[np.uint8] | None


class Coded(NamedTuple):
    """Some rows of one column as codes, and what their levels mean (see `Batch`)."""

    column: CodedColumn
    labels: list[Any]
    ordered: bool = False


class Column(Protocol):
    """A column of any origin. ``code`` is called from several threads for different rows."""

    @property
    def name(self) -> str: ...

    @property
    def n_rows(self) -> int: ...

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        """The codes of rows ``start`` to ``stop`` of this column; messages number the first ``first_row``."""
        ...


HINTS = {
    "f": "cut it into classes first, or convert whole numbers to integers",
    "M": "turn dates into periods first, for example text such as '2024-03'",
    "m": "cut durations into classes first",
    "c": "complex numbers cannot be groups",
    "V": "pass its fields as columns of their own",
    "S": "decode it to text first, for example with numpy.strings.decode",
}


class NotGroupsError(TypeError):
    """A column that cannot be used as groups: ``kind`` is that of its values, as NumPy has it, where that is known."""

    def __init__(self, column: str, kind: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.kind = kind


def refuse(name: str, kind: str, what: object, hint: str = "") -> NoReturn:
    """Raise the error for a column that cannot be used as groups."""
    advice = hint or HINTS.get(kind, "convert it to text or integers first")
    raise NotGroupsError(name, kind, f"column {name!r}: {what} cannot be used as groups; {advice}")
