"""Columns of rows as numbers of labels, for what has to look at rows one by one: -1 never, each kind of missing a
label of its own, after the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import labels as orders
from dueregard import missing
from dueregard.records import arrays
from dueregard.records.coded import CodedColumn
from dueregard.records.integers import present_rows
from dueregard.records.rows import Rows

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Levels:
    """Which label each row has: ``labels[codes[row]]``. Kinds of missing come last."""

    codes: Codes
    labels: list[Any]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which labels are no kind of missing."""
        return np.array([not missing.is_missing(label) for label in self.labels], bool)


def levels_of(
    table: Mapping[str, Any],
    columns: Sequence[str],
    keep: NDArray[np.bool_] | None,
    *,
    kinds: Mapping[Any, str],
    labels: Mapping[str, Sequence[Any]] | None = None,
) -> list[Levels]:
    """The columns of a dict of arrays, the rows kept alone; ``kinds`` maps labels to kinds of missing."""
    read = list(arrays.read(table, columns, None, keep, dict(labels or {})))
    return [_joined(i, read, kinds) for i in range(len(columns))]


def identities(
    table: Mapping[str, Any], column: str, keep: NDArray[np.bool_] | None, *, kinds: Mapping[Any, str]
) -> tuple[Codes, dict[Any, int]]:
    """Which of the labels each row has, where there may be as many labels as rows, and the number of each of these.

    -1 for rows without one: null, blank, a kind of missing, or a label that ``kinds`` maps to one.
    """
    nobody = frozenset(["", *missing.KINDS, *kinds])
    codes, labels = [], dict[Any, int]()
    for rows in arrays.read({column: _whole(table[column])}, [column], None, keep, {}):
        batch = rows.code(0, rows.n_rows)
        own = [-1 if _is_nobody(label, nobody) else labels.setdefault(label, len(labels)) for label in batch.labels[0]]
        codes.append(np.array(own, np.int64)[row_levels(batch.columns[0], batch.n_rows)])
    return np.concatenate(codes) if codes else np.zeros(0, np.int64), labels


def _whole(column: Any) -> Any:
    """Whole numbers that stand as floats because some are missing, as whole numbers; any other column as it is."""
    if not hasattr(column, "dtype") or getattr(column.dtype, "kind", "") != "f":
        return column
    values = np.ma.MaskedArray(column, copy=False)
    numbers = np.asarray(values.data, np.float64)
    absent = np.isnan(numbers) | np.ma.getmaskarray(values)
    known = numbers[~absent]
    if (np.abs(known) >= 2**53).any() or (known != np.floor(known)).any():
        return column
    return np.ma.MaskedArray(np.where(absent, 0, numbers).astype(np.int64), mask=absent)


def _is_nobody(label: Any, nobody: frozenset[Any]) -> bool:
    if type(label) is str:
        return label.strip() in nobody
    return label is None or (label in nobody and any(type(label) is type(other) for other in nobody if other == label))


def _joined(i: int, stretches: Sequence[Rows], kinds: Mapping[Any, str]) -> Levels:
    """One column over all stretches of rows."""
    codes: list[Codes] = []
    met: dict[Any, int] = {}
    ordered = True
    for rows in stretches:
        batch = rows.code(0, rows.n_rows)
        resolved = [missing.resolve(label, kinds) for label in batch.labels[i]]
        own = np.array([met.setdefault(label, len(met)) for label in resolved], np.int64)
        codes.append(own[row_levels(batch.columns[i], batch.n_rows)])
        ordered &= batch.ordered[i]
    return _arranged(np.concatenate(codes) if codes else np.zeros(0, np.int64), list(met), ordered)


def row_levels(column: CodedColumn, n_rows: int) -> Codes:
    """The level of each row; those that are null have level 0."""
    levels: Codes
    if column.bit_offset >= 0:
        levels = present_rows(column.codes, column.bit_offset, n_rows).astype(np.int64) - column.base
    else:
        levels = np.array(column.codes, np.int64) - column.base
    if column.valid is not None:
        levels[~present_rows(column.valid, column.valid_offset, n_rows)] = 0
    return levels


def _arranged(codes: Codes, met: list[Any], ordered: bool) -> Levels:
    """The labels in their final order; unused ones stay only where the order is their own."""
    seen = np.zeros(len(met), bool)
    seen[codes] = True
    kept = [label for label, used in zip(met, seen, strict=True) if used or (ordered and not missing.is_missing(label))]
    final = orders.arrange(kept, ordered=ordered)
    place = {label: at for at, label in enumerate(final)}
    return Levels(np.array([place.get(label, -1) for label in met], np.int64)[codes], final)
