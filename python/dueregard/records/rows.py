"""Aligned rows of several columns, ready to be coded range by range."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records.coded import Batch, CodedColumn
from dueregard.records.columns import Coded, Column, Interrupt
from dueregard.records.integers import present_rows

Weight = NDArray[np.float64] | None
Keep = NDArray[np.bool_] | None


@dataclass(frozen=True)
class Rows:
    """Some rows of a table. ``first_row`` is the number of the first of them in the whole input."""

    n_rows: int
    columns: Sequence[tuple[Column, int]]
    """Each column with the row of it that is the first row here."""
    first_row: int = 0
    weight: Weight = None
    keep: Keep = None
    """False for rows that are not to be counted."""
    weight_name: str = "weight"
    """What messages call the weight."""

    def code(self, start: int, stop: int, interrupt: Interrupt = None) -> Batch:
        """The codes of rows ``start`` to ``stop``; may be called from several threads at once."""
        first_row = self.first_row + start
        coded = [column.code(at + start, at + stop, first_row, interrupt) for column, at in self.columns]
        weight = None if self.weight is None else self.weight[start:stop]
        n_rows = stop - start
        if self.keep is not None:
            # A copy: NumPy would write out of bounds if another thread changed the filter while it is applied.
            keep = self.keep[start:stop].copy()
            coded = [_kept(one, keep, first_row) for one in coded]
            weight = None if weight is None else _kept_weight(weight, keep, self.weight_name, first_row)
            n_rows = int(np.count_nonzero(keep))
        columns = [one.column._replace(n_rows=n_rows) for one in coded]
        labels, ordered = [one.labels for one in coded], [one.ordered for one in coded]
        return Batch(columns, labels, ordered, weight, n_rows, self.weight_name)


def aligned(chunks: Sequence[Sequence[Column]]) -> Iterator[Rows]:
    """Rows over columns that are each in pieces of their own lengths, cut wherever any column is."""
    starts = [list(accumulate((piece.n_rows for piece in pieces), initial=0)) for pieces in chunks]
    cuts = sorted({cut for ends in starts for cut in ends})
    positions = [0] * len(chunks)
    for start, stop in zip(cuts, cuts[1:] or cuts, strict=False):
        columns = []
        for i, pieces in enumerate(chunks):
            while positions[i] + 1 < len(pieces) and starts[i][positions[i] + 1] <= start:
                positions[i] += 1
            columns.append((pieces[positions[i]], start - starts[i][positions[i]]))
        yield Rows(stop - start, columns, start)


def _kept(coded: Coded, keep: NDArray[np.bool_], first_row: int) -> Coded:
    """Only the rows to count. Codes are checked here, while their row numbers are still known."""
    column = _unpacked(coded.column, len(keep))
    present = keep if column.valid is None else keep & present_rows(column.valid, column.valid_offset, len(keep))
    codes = column.codes[keep]
    _check_range(column, present, first_row)
    valid = None if column.valid is None else np.packbits(present[keep], bitorder="little")
    return coded._replace(column=column._replace(codes=codes, valid=valid, valid_offset=0))


def _kept_weight(weight: NDArray[np.float64], keep: NDArray[np.bool_], name: str, first_row: int) -> Weight:
    """The weights of the rows to count, checked here for the same reason; the others may be anything."""
    kept = weight[keep]
    if not ((kept >= 0) & (kept < np.inf)).all():
        _core.weight_exponents(np.where(keep, weight, 0.0), name, first_row)
    return kept


def _unpacked(column: CodedColumn, n_rows: int) -> CodedColumn:
    """The column with one byte a row where it was one bit."""
    if column.bit_offset < 0:
        return column
    codes = present_rows(column.codes, column.bit_offset, n_rows)
    return column._replace(codes=codes, bit_offset=-1)


def _check_range(column: CodedColumn, present: NDArray[np.bool_], first_row: int) -> None:
    codes: NDArray[Any] = column.codes
    low, high = column.base, column.base + column.n_levels - 1
    bad = present & ((codes < low) | (codes > high))
    if bad.any():
        row = int(bad.argmax())
        raise IndexError(
            f"column {column.name!r}: code {int(codes[row])} at row {first_row + row} is outside {low} to {high}"
        )
