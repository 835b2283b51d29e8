"""Columns that carry where they come from."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SYNTHETIC = "Synthetic: generated to match published totals, not real records"
PLAUSIBLE = "Synthetic: plausible shares, no published totals, not real records"


class ExampleRecords(dict[str, NDArray[Any]]):
    """A table as a dict of equally long NumPy columns, with its provenance.

    Parameters
    ----------
    columns
        Column name to 1-D array; all of one length.
    provenance
        Where the table comes from. It travels to every output made from it.
    notes
        What is published, what is set to published figures, and what is only plausible.

    Raises
    ------
    ValueError
        When the columns differ in length; the message names two columns and their lengths.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("satisfaction")
    >>> survey.provenance
    'Synthetic: generated to match published totals, not real records'
    """

    def __init__(self, columns: Mapping[str, NDArray[Any]], *, provenance: str, notes: Iterable[str] = ()) -> None:
        super().__init__({name: np.asarray(column) for name, column in columns.items()})
        self.provenance = provenance
        self.notes = tuple(notes)
        lengths = {name: len(column) for name, column in self.items()}
        first = next(iter(lengths), None)
        for name, length in lengths.items():
            if first is not None and length != lengths[first]:
                raise ValueError(f"columns differ in length: {first!r} has {lengths[first]}, {name!r} has {length}")

    @property
    def n_rows(self) -> int:
        """Number of rows; 0 when there are no columns."""
        return len(next(iter(self.values()), ()))

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts of plain Python values."""
        names = list(self)
        return [
            dict(zip(names, row, strict=True))
            for row in zip(*(column.tolist() for column in self.values()), strict=True)
        ]

    def __repr__(self) -> str:
        return f"<{self.n_rows:,} rows: {', '.join(self)}>\n{self.provenance}"
