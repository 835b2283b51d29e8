"""A small table as a dict of equally long columns, with notes of what was set aside on the way to it."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.frames import build_frame

WIDTH = 80


class TidyRecords(dict[str, NDArray[Any]]):
    """Columns of a published table, one row a figure; it stands wherever a function of this package takes data.

    Parameters
    ----------
    columns
        Column name to values; all of one length. Text stays text, whole numbers int64, others float64 with NaN for
        what is not there.
    notes
        What was set aside or could not be had, and why.
    provenance
        A warning that travels to every output; None for published figures.
    count_column
        The column that says how many cases a row stands for, in a table of counts: rows are not counted then.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        *,
        notes: Iterable[str] = (),
        provenance: str | None = None,
        count_column: str | None = None,
    ) -> None:
        super().__init__({name: _column(values) for name, values in columns.items()})
        self.notes = tuple(notes)
        self.provenance = provenance
        self.count_column = count_column

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self)

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(next(iter(self.values()), ()))

    def to_frame(self) -> Any:
        """A frame of Polars if it is installed, else of pandas."""
        return build_frame({name: column.tolist() for name, column in self.items()}, None)

    def __repr__(self) -> str:
        lines = [
            f"{self.n_rows:,} rows: {', '.join(self)}",
            *self.notes,
            *([self.provenance] if self.provenance else []),
        ]
        return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines)


def _column(values: Sequence[Any]) -> NDArray[Any]:
    kinds = {type(value) for value in values}
    if kinds <= {int} and values:
        return np.array(values, np.int64)
    if kinds <= {float, int} and values:
        return np.array(values, np.float64)
    return np.array(values, object)
