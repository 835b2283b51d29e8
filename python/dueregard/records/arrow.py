"""Columns of Arrow tables, read in place through the Arrow PyCapsule interface.

A dictionary is kept in its own order, with the values no row has, only where the producer flags it as ordered (Polars'
Enum, an ordered pandas Categorical): otherwise it is only a way to store text, and its labels are treated as text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records.coded import CodedColumn
from dueregard.records.columns import Coded, Column, Interrupt, refuse
from dueregard.records.integers import code_numbers, labelled, present_rows
from dueregard.records.text import coded_text

# Arrow's format strings of the types that can be groups.
INTEGERS = {"c": "i1", "C": "u1", "s": "i2", "S": "u2", "i": "i4", "I": "u4", "l": "i8", "L": "u8"}
TEXTS = {"u": "utf8", "U": "large_utf8", "vu": "views"}
FLOATS = {"e": "f2", "f": "f4", "g": "f8"}
TYPE_NAMES = {"e": "float16", "f": "float32", "g": "float64", "z": "binary", "Z": "binary", "vz": "binary"}
ORDERED_FLAG = 1

# A dictionary of more values than this is coded again by the values in use: crossed, it would be mostly empty cells.
MOST_DICTIONARY_LEVELS = 1 << 10


class Buffers:
    """One Arrow array: its view (which keeps its memory alive), where its rows start, and its validity."""

    def __init__(self, name: str, view: Any, offset: int, n_rows: int) -> None:
        self.name, self.view, self.offset, self.n_rows = name, view, offset, n_rows
        self.valid: NDArray[np.uint8] | None = None
        if view.n_buffers and view.null_count != 0 and view.buffer_type(0) == "validity":
            bits = as_bytes(view.buffer(0))
            self.valid = bits if len(bits) else None

    def values(self, dtype: str) -> NDArray[Any]:
        """The values of all rows, not copied."""
        data = as_bytes(self.view.buffer(1)).view(dtype)
        return data[self.offset : self.offset + self.n_rows]

    def validity(self, start: int) -> tuple[NDArray[np.uint8] | None, int]:
        """The validity bitmap and the bit of row ``start``."""
        return self.valid, 0 if self.valid is None else self.offset + start


def as_bytes(buffer: Any) -> NDArray[np.uint8]:
    """An Arrow buffer as an array of bytes, not copied; NumPy refuses to make an empty one."""
    return np.frombuffer(buffer, np.uint8) if memoryview(buffer).nbytes else np.empty(0, np.uint8)


@dataclass(frozen=True)
class ArrowText:
    """Text with 32- or 64-bit offsets, or as string views."""

    name: str
    buffers: Buffers
    layout: str

    @property
    def n_rows(self) -> int:
        return self.buffers.n_rows

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        view = self.buffers.view
        last = view.n_buffers - (1 if self.layout == "views" else 0)  # the last buffer of views holds sizes
        texts = tuple(as_bytes(view.buffer(i)) for i in range(2, last))
        codes = np.empty(stop - start, np.int32)
        labels = _core.code_text(
            self.layout,
            as_bytes(view.buffer(1)),
            texts,
            self.buffers.valid,
            self.buffers.offset + start,
            codes,
            self.name,
            first_row,
            interrupt,
        )
        return coded_text(self.name, codes, labels)


@dataclass(frozen=True)
class ArrowIntegers:
    """Integers, their own labels or codes of the labels given."""

    name: str
    buffers: Buffers
    values: NDArray[Any]
    labels: list[Any] | None = None

    @property
    def n_rows(self) -> int:
        return self.buffers.n_rows

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        valid, bit = self.buffers.validity(start)
        if self.labels is not None:
            return labelled(self.name, self.values[start:stop], self.labels, valid, bit)
        return code_numbers(self.name, self.values[start:stop], valid, bit, interrupt)


@dataclass(frozen=True)
class ArrowBooleans:
    """Booleans, one bit each; the kernel reads the bits."""

    name: str
    buffers: Buffers

    @property
    def n_rows(self) -> int:
        return self.buffers.n_rows

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        valid, bit = self.buffers.validity(start)
        bits, n_rows = as_bytes(self.buffers.view.buffer(1)), stop - start
        column = CodedColumn(self.name, bits, 0, 2, None, 0, self.buffers.offset + start, n_rows)
        if valid is None:
            return Coded(column, [False, True])
        column = column._replace(base=-1, n_levels=3, valid=valid, valid_offset=bit)
        return Coded(column, [None, False, True])


@dataclass(frozen=True)
class ArrowDictionary:
    """Indices into a list of labels; the kernel reads the indices where they lie."""

    name: str
    buffers: Buffers
    indices: NDArray[Any]
    labels: list[Any]
    ordered: bool

    @property
    def n_rows(self) -> int:
        return self.buffers.n_rows

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        valid, bit = self.buffers.validity(start)
        indices = self.indices[start:stop]
        if not self.ordered and len(self.labels) > MOST_DICTIONARY_LEVELS:
            return self._code_used(indices, valid, bit, first_row, interrupt)
        coded = labelled(self.name, indices, self.labels, valid, bit)
        if not self.labels:  # all rows are null, and level 0 must exist
            coded = Coded(coded.column._replace(base=-1, n_levels=1), [None])
        return coded._replace(ordered=self.ordered)

    def _code_used(
        self,
        indices: NDArray[Any],
        valid: NDArray[np.uint8] | None,
        bit: int,
        first_row: int,
        interrupt: Interrupt,
    ) -> Coded:
        codes = np.empty(len(indices), np.int32)
        used = _core.code_integers(indices.astype(np.int64), codes, self.name, valid, bit, interrupt)
        outside = (used < 0) | (used >= len(self.labels))
        if outside.any():
            code = int(outside.argmax())
            row = first_row + int((codes == code).argmax())
            raise IndexError(
                f"column {self.name!r}: code {int(used[code])} at row {row} is outside 0 to {len(self.labels) - 1}"
            )
        return coded_text(self.name, codes, [self.labels[i] for i in used.tolist()])


@dataclass(frozen=True)
class NullColumn:
    """Rows that all are missing."""

    name: str
    n_rows: int

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        return coded_text(self.name, np.full(stop - start, -1, np.int32), [])


def column_from(name: str, array: Any, offset: int, n_rows: int, labels: Sequence[Any] | None = None) -> Column:
    """A column of nanoarrow's array, of ``n_rows`` rows from ``offset`` on."""
    _require_rows(f"column {name!r}", array, offset, n_rows)
    schema = array.schema
    if schema.format == "n":  # before its view is asked for: Polars exports a buffer that Arrow's null type has not
        return NullColumn(name, n_rows)
    buffers = Buffers(name, array.view(), array.offset + offset, n_rows)
    if schema.dictionary is not None:
        return _dictionary(name, array, buffers, labels)
    if schema.format in INTEGERS and not _is_extension(schema):
        values = buffers.values(INTEGERS[schema.format])
        return ArrowIntegers(name, buffers, values, None if labels is None else list(labels))
    if labels is not None:
        raise TypeError(f"labels: column {name!r} is not a column of integers, so it needs no labels")
    if schema.format == "b" and not _is_extension(schema):
        return ArrowBooleans(name, buffers)
    if schema.format not in TEXTS or _is_extension(schema):
        _refuse(name, schema)
    return ArrowText(name, buffers, TEXTS[schema.format])


def _require_rows(what: str, array: Any, offset: int, n_rows: int) -> None:
    if array.length < offset + n_rows:
        raise ValueError(f"{what} has {array.length:,} rows in an Arrow table of {offset + n_rows:,}")


def _dictionary(name: str, array: Any, buffers: Buffers, labels: Sequence[Any] | None) -> Column:
    if labels is not None:
        raise TypeError(f"labels: column {name!r} has labels of its own")
    values = _dictionary_values(name, array.dictionary)
    indices = buffers.values(INTEGERS[array.schema.format])
    return ArrowDictionary(name, buffers, indices, values, bool(array.schema.flags & ORDERED_FLAG))


def _dictionary_values(name: str, dictionary: Any) -> list[Any]:
    """The labels of a dictionary in its order; its values may repeat or be null."""
    column = column_from(name, dictionary, 0, dictionary.length)
    coded = column.code(0, dictionary.length, 0, None)
    if coded.column.bit_offset >= 0 or coded.column.valid is not None:
        refuse(name, "", f"a dictionary of {dictionary.schema.format!r} values")
    return [coded.labels[code] for code in (coded.column.codes.astype(np.int64) - coded.column.base).tolist()]


def _is_extension(schema: Any) -> bool:
    return schema.metadata is not None and any(key == b"ARROW:extension:name" for key, _ in schema.metadata.items())


def _refuse(name: str, schema: Any) -> NoReturn:
    format_ = schema.format
    kind = "f" if format_ in FLOATS else "m" if format_[:2] == "tD" else "M" if format_[0] == "t" else ""
    names = {"M": "dates or times", "m": "durations"}
    what = TYPE_NAMES.get(format_) or names.get(kind) or f"Arrow type {format_!r}"
    refuse(name, kind, what)


def batches(data: Any) -> Iterator[Any]:
    """The struct arrays of anything with the Arrow PyCapsule interface, as nanoarrow holds them."""
    import nanoarrow

    if hasattr(data, "__arrow_c_stream__"):
        yield from nanoarrow.c_array_stream(data)
    else:
        yield nanoarrow.c_array(data)


def column_pieces(name: str, data: Any, labels: Sequence[Any] | None = None) -> list[Column]:
    """The pieces of one Arrow column (a chunked array, a series, an array)."""
    pieces = [column_from(name, array, 0, array.length, labels) for array in batches(data)]
    return pieces or [NullColumn(name, 0)]


def numbers_from(name: str, array: Any, offset: int, n_rows: int) -> NDArray[Any]:
    """The values of a numeric column; ValueError naming the first null."""
    _require_rows(f"weight {name!r}", array, offset, n_rows)
    buffers = Buffers(name, array.view(), array.offset + offset, n_rows)
    numeric = INTEGERS | FLOATS
    if array.schema.dictionary is not None or array.schema.format not in numeric:
        raise TypeError(f"weight {name!r} must be a column of numbers, not of Arrow type {array.schema.format!r}")
    if buffers.valid is not None:
        present = present_rows(buffers.valid, buffers.offset, n_rows)
        if not present.all():
            raise NullWeight(int(present.argmin()))
    return buffers.values(numeric[array.schema.format])


class NullWeight(Exception):
    """A weight is null; holds its row within the array."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row
