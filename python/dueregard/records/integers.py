"""Columns of integers and booleans: their own labels, or codes of labels that the user gives."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records.coded import CodedColumn
from dueregard.records.columns import Coded, Interrupt
from dueregard.records.text import coded_text

# Integers of at most this range are codes as they are; a wider range would be a table of mostly empty cells.
WIDEST_RANGE = 1 << 16


@dataclass(frozen=True)
class IntegerColumn:
    """Integers or booleans in an array; ``missing`` is True where a value is missing."""

    name: str
    values: NDArray[Any]
    missing: NDArray[np.bool_] | None = None

    @property
    def n_rows(self) -> int:
        return len(self.values)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        missing = None if self.missing is None else self.missing[start:stop]
        return code_numbers(self.name, self.values[start:stop], bitmap(missing), 0, interrupt)


@dataclass(frozen=True)
class LabelledColumn:
    """Integers that are codes: code ``i`` stands for ``labels[i]``. They go to the kernel as they are."""

    name: str
    values: NDArray[Any]
    labels: list[Any]
    missing: NDArray[np.bool_] | None = None

    @property
    def n_rows(self) -> int:
        return len(self.values)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        missing = None if self.missing is None else bitmap(self.missing[start:stop])
        return labelled(self.name, self.values[start:stop], self.labels, missing, 0)


def labelled(name: str, codes: NDArray[Any], labels: list[Any], valid: NDArray[np.uint8] | None, offset: int) -> Coded:
    """Codes from 0 of labels in an order of their own, with a level for missing values where there can be some."""
    if valid is None:
        return Coded(CodedColumn(name, codes, 0, len(labels)), labels, True)
    return Coded(CodedColumn(name, codes, -1, len(labels) + 1, valid, offset), [None, *labels], True)


def bitmap(missing: NDArray[np.bool_] | None) -> NDArray[np.uint8] | None:
    """A validity bitmap as Arrow has them, or None if nothing is missing."""
    if missing is None or not missing.any():
        return None
    return np.packbits(~missing, bitorder="little")


def present_rows(valid: NDArray[np.uint8], offset: int, n_rows: int) -> NDArray[np.bool_]:
    """The bits of ``n_rows`` rows of a validity bitmap."""
    first = offset // 8
    bits = np.unpackbits(valid[first : (offset + n_rows + 7) // 8], bitorder="little")
    return bits[offset - 8 * first :][:n_rows].view(np.bool_)


def code_numbers(
    name: str, values: NDArray[Any], valid: NDArray[np.uint8] | None, offset: int, interrupt: Interrupt
) -> Coded:
    """Integers or booleans that are their own labels."""
    if values.dtype.kind == "b":
        return _from(name, values, 0, [False, True], valid, offset)
    low, high = _range(values, valid, offset, interrupt)
    if high - low < WIDEST_RANGE and high < 2**63:
        return _from(name, values, low, list(range(low, high + 1)), valid, offset)
    wide = np.ascontiguousarray(values, np.uint64 if values.dtype.kind == "u" else np.int64)
    codes = np.empty(len(values), np.int32)
    distinct = _core.code_integers(wide, codes, name, valid, offset, interrupt)
    return coded_text(name, codes, distinct.tolist())


def _range(values: NDArray[Any], valid: NDArray[np.uint8] | None, offset: int, interrupt: Interrupt) -> tuple[int, int]:
    """Lowest and highest value present; (0, -1) if there is none."""
    if valid is not None:
        values = values[present_rows(valid, offset, len(values))]
    return _core.integer_range(values, interrupt) or (0, -1)


def _from(
    name: str, values: NDArray[Any], low: int, labels: list[Any], valid: NDArray[np.uint8] | None, offset: int
) -> Coded:
    if valid is None and labels:
        return Coded(CodedColumn(name, values, low, len(labels)), labels)
    return Coded(CodedColumn(name, values, low - 1, len(labels) + 1, valid, offset), [None, *labels])
