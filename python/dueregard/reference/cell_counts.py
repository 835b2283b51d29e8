"""How many rows fall in each cell of crossed columns."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records.coded import CodedColumn


def count(columns: Sequence[CodedColumn], counts: NDArray[np.int64], first_row: int = 0) -> None:
    """Add the number of rows in each cell to ``counts``, in C order: the last column varies fastest.

    Raises
    ------
    IndexError
        If a code stands for no level: the first such row, and in it the first such column. Nothing is added then.
    ValueError
        If the columns differ in length, or ``counts`` has not one element per cell.
    """
    if len(counts) != prod(column.n_levels for column in columns):
        raise ValueError("counts must have one element per cell")
    found = list(cell_numbers(columns, first_row))
    for cell in found:
        counts[cell] += 1


def cell_numbers(columns: Sequence[CodedColumn], first_row: int = 0) -> Iterator[int]:
    """The cell of each row."""
    n_rows = [row_count(column) for column in columns]
    if len(set(n_rows)) != 1:
        raise ValueError("the columns have different lengths")
    for row in range(n_rows[0]):
        cell = 0
        for column in columns:
            cell = cell * column.n_levels + level(column, row, first_row)
        yield cell


def row_count(column: CodedColumn) -> int:
    return column.n_rows if column.bit_offset >= 0 else len(column.codes)


def level(column: CodedColumn, row: int, first_row: int = 0) -> int:
    """The level of one row: 0 for a null, else ``code - base``."""
    if column.valid is not None and not bit(column.valid, column.valid_offset + row):
        return 0
    found = code(column, row) - column.base
    if not 0 <= found < column.n_levels:
        raise IndexError(
            f"column {column.name!r}: code {found + column.base} at row {first_row + row} "
            f"is outside {column.base} to {column.base + column.n_levels - 1}"
        )
    return found


def code(column: CodedColumn, row: int) -> int:
    if column.bit_offset >= 0:
        return bit(column.codes, column.bit_offset + row)
    return int(column.codes[row])


def bit(bitmap: NDArray[Any], i: int) -> int:
    """One bit of an Arrow bitmap: the least significant bit of each byte comes first."""
    return int(bitmap[i // 8]) >> i % 8 & 1
