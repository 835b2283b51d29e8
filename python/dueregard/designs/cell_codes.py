"""Columns crossed: the tally, and which of its cells each row is in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import counting, missing, records
from dueregard.missing import check_mapping
from dueregard.records.coded import Batch
from dueregard.records.levels import row_levels
from dueregard.records.lookalikes import warn_about_lookalikes
from dueregard.records.rows import Keep
from dueregard.tallies import Tally

Codes = NDArray[np.int32]

MOST_CELLS = 2**31 - 1
"""What a 32-bit number of a cell can say."""


def column_names(columns: str | Sequence[str], outcome: str | None) -> list[str]:
    """The columns to cross, the outcome last."""
    return counting.column_names(columns, outcome)


def everybody(n_rows: int) -> dict[str, Any]:
    """A column in which all rows are alike, for a sample that is not divided."""
    return {"everybody": np.zeros(n_rows, np.int64)}


def coded(
    table: Mapping[str, Any],
    outcome: str | None,
    weight: NDArray[np.float64] | None,
    keep: Keep,
    *,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
) -> tuple[Tally, Codes]:
    """The tally of all columns of the table, and each row's cell of it in C order; -1 for rows not kept."""
    mapping = check_mapping(missing)
    batches: list[Batch] = []
    met: set[Any] = set()
    stretches = records.read(table, list(table), weight=weight, where=keep, labels=labels)
    tally = counting.summed(stretches, threads, mapping, met, outcome, batches)
    for name in tally.dims:
        warn_about_lookalikes(name, tally.labels[name])
    counting.warn_about_unmet(mapping, met, tally)
    if tally.counts.size > MOST_CELLS:
        raise ValueError(f"columns: {tally.counts.size:,} cells are more than {MOST_CELLS:,}; cross fewer columns")
    kept = np.concatenate([_cells(batch, tally, mapping) for batch in batches])
    if keep is None:
        return tally, kept
    cells = np.full(len(keep), -1, np.int32)
    cells[keep] = kept
    return tally, cells


def _cells(batch: Batch, tally: Tally, mapping: dict[Any, str]) -> Codes:
    """The cell of each row of a batch."""
    cells = np.zeros(batch.n_rows, np.int32)
    for axis, name in enumerate(tally.dims):
        place = {label: i for i, label in enumerate(tally.labels[name])}
        resolved = [missing.resolve(label, mapping) for label in batch.labels[axis]]
        to = np.array([place.get(label, 0) for label in resolved], np.int32)
        cells *= len(place)
        cells += to[row_levels(batch.columns[axis], batch.n_rows)]
    return cells
