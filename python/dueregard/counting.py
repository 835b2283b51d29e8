"""`dueregard.tally`: from rows to a Tally."""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, labels, memory, missing, records, threads
from dueregard.exact_sums import DIGIT_BITS, ExactSums
from dueregard.missing import check_mapping
from dueregard.records import case_counts
from dueregard.records.coded import Batch
from dueregard.records.lookalikes import warn_about_lookalikes
from dueregard.tallies import Tally

Weights = NDArray[np.float64]
WeightWindow = tuple[int, int]
WORD_BITS = 64
LOWEST_UNIT = -1074  # the exponent of the smallest float
SAMPLE_ROWS = 1 << 16


def tally(
    data: Any,
    columns: str | Sequence[str],
    *,
    outcome: str | None = None,
    weight: Any = None,
    count: str | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    missing: Mapping[Any, str] | None = None,
    threads: int | None = None,
) -> Tally:
    """Count rows by every combination of some columns.

    Parameters
    ----------
    data : dict of arrays, data frame, or path
        A dict of 1-D arrays; pandas, Polars, pyarrow or anything with the Arrow PyCapsule interface; or a path or
        glob of CSV or Parquet files, read in batches in bounded memory.
    columns : str or sequence of str
        The columns to cross, one dimension each.
    outcome : str, optional
        One more column, which becomes the last dimension.
    weight : str or array, optional
        A column or array of weights, finite and not negative. Sums of weights and of squared weights are kept
        beside the counts, exactly: they do not depend on the order of the rows.
    count : str, optional
        For a table of counts: the column that says how many cases each row stands for, whole numbers of at least 0.
        The tally then counts cases, not rows; it has no weights. A row of 0 cases still shows its labels. A known
        table of counts, such as that of `dueregard.read_use_of_force`, says it by itself.
    where : narwhals expression or array of bool, optional
        Only these rows are counted.
    labels : dict of str to sequence, optional
        Makes an integer column codes: code ``i`` stands for ``labels[column][i]``. Without it integers are their
        own labels.
    missing : dict, optional
        Labels that stand for a kind of missing, such as ``{"Not Stated (NS)": "not stated"}``. The kinds are "not
        stated", "refused", "not applicable" and "not collected". Null, NaN and empty text are "not stated".
    threads : int, optional
        Number of threads; by default one per processor when there are rows enough. The result does not depend on it.

    Returns
    -------
    Tally
        Counts (int64) with one axis per column, the outcome last. Rows that are missing are counted in levels of
        their own, after the others.

    Raises
    ------
    IndexError
        If a code has no label, naming the column and the first bad row.
    TypeError
        If a column cannot be used as groups, such as one of floats or dates.
    ValueError
        If a column does not exist, lengths differ, a weight is negative, missing or infinite, or a count is, or is no
        whole number; or if there are more cases in a cell than a 64-bit integer holds.
    MemoryError
        If there would be more cells than memory, before anything is allocated.

    Notes
    -----
    Arrays are read where they lie. If the file under a memory map (`numpy.memmap`) is cut off meanwhile, the operating
    system ends the process: copy the array first, or give the path, where a file cut off is an error.

    Examples
    --------
    >>> import dueregard as dr
    >>> people = {"borough": ["Sutton", "Bexley", "Sutton", ""], "satisfied": [True, False, True, True]}
    >>> dr.tally(people, "borough", outcome="satisfied").to_dict()["count"]
    [1, 0, 0, 2, 0, 1]

    A table of counts:

    >>> table = {"borough": ["Sutton", "Bexley"], "complaints": [17, 4]}
    >>> dr.tally(table, "borough", count="complaints").to_dict()["count"]
    [4, 17]
    """
    names = column_names(columns, outcome)
    mapping = check_mapping(missing)
    count = case_counts.column_of(data) if count is None and weight is None else count
    if count is not None:
        case_counts.check(count, names, weight)
    met: set[Any] = set()
    with case_counts.said_of_counts(count):
        rows = records.read(data, names, weight=weight if count is None else count, where=where, labels=labels)
        stretches = rows if count is None else map(case_counts.CountedRows, rows)
        total = summed(stretches, threads, mapping, met, outcome)
    for name in total.dims:
        warn_about_lookalikes(name, total.labels[name])
    warn_about_unmet(mapping, met, total)
    if count is not None:
        total = _as_counts(total, count)
    return replace(total, provenance=records.provenance_of(data), native=records.native_of(data))


def _as_counts(total: Tally, count: str) -> Tally:
    """The sums of a column of counts as the counts themselves."""
    assert total.exact_sums is not None
    try:
        cases = total.exact_sums.to_integers()
    except OverflowError:
        raise ValueError(f"count {count!r}: a cell holds more than 2**63 - 1 cases") from None
    return replace(total, counts=cases, exact_sums=None, exact_squares=None)


def column_names(columns: str | Sequence[str], outcome: str | None) -> list[str]:
    if not isinstance(columns, str | Iterable):
        raise TypeError(f"columns must be a name or a list of names, not {columns!r}")
    names = [columns] if isinstance(columns, str) else list(columns)
    names += [] if outcome is None else [outcome]
    if not names:
        raise ValueError("columns is empty: name at least one column to count by")
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"column {name!r} is named twice")
    return names


def warn_about_unmet(mapping: dict[Any, str], met: set[Any], total: Tally) -> None:
    """Say which labels of ``missing=`` no row has: one that is misspelt leaves people in a group of their own."""
    labels = [label for names in total.labels.values() for label in names]
    for label in mapping:
        if label not in met:
            near = get_close_matches(str(label), [str(other) for other in labels], 1, 0.7)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            warnings.warn(f"missing: no row has the label {label!r}{hint}", UserWarning, stacklevel=3)


def summed(
    stretches: Iterable[Any],
    asked: int | None,
    mapping: dict[Any, str],
    met: set[Any],
    outcome: str | None,
    batches: list[Batch] | None = None,
) -> Tally:
    """The Tally of some stretches of rows.

    ``met`` gathers the labels of ``mapping`` that were seen, ``batches`` the coded rows, in their order.
    """
    total: Tally | None = None
    for rows in stretches:
        for part in _parts(rows, asked, mapping, met, outcome, batches):
            total = part if total is None else total + part
    if total is None:
        raise ValueError("data holds no rows and no columns to count")
    return total


def _parts(
    rows: Any,
    asked: int | None,
    mapping: dict[Any, str],
    met: set[Any],
    outcome: str | None,
    batches: list[Batch] | None,
) -> Iterator[Tally]:
    """One Tally per range of rows."""

    def count(start: int, stop: int, interrupt: threads.Interrupt) -> tuple[Tally, Batch | None]:
        batch = rows.code(start, stop, interrupt)
        met.update(key for key in mapping if any(key in values for values in batch.labels))
        part = _count(batch, rows.first_row + start, mapping, outcome, interrupt)
        return part, None if batches is None else batch

    for part, batch in threads.over_ranges(count, rows.n_rows, threads.choose(asked, rows.n_rows)):
        if batches is not None and batch is not None:
            batches.append(batch)
        yield part


def _count(
    batch: Batch, first_row: int, mapping: dict[Any, str], outcome: str | None, interrupt: threads.Interrupt
) -> Tally:
    """The Tally of one batch of coded columns."""
    part = _count_levels(batch, first_row, interrupt)
    ordered = dict(zip(part.dims, batch.ordered, strict=True))
    moves = {
        name: _labels_of(part, axis, batch.labels[axis], ordered[name], mapping) for axis, name in enumerate(part.dims)
    }
    return replace(part.relabelled(moves), outcome=outcome, ordered=ordered)


def _count_levels(batch: Batch, first_row: int, interrupt: threads.Interrupt) -> Tally:
    """Counts by level, before the levels get their labels."""
    if batch.weight is not None:
        return _sum_levels(batch, batch.weight, first_row, interrupt)
    counts = np.zeros(_required_cells(batch, (0, 0)), np.int64)
    _core.count(batch.columns, counts, first_row, interrupt)
    return Tally(counts.reshape(_shape(batch)), _levels(batch))


def _sum_levels(batch: Batch, weight: Weights, first_row: int, interrupt: threads.Interrupt) -> Tally:
    """Counts and sums of weights by level.

    Finding the window of all weights takes a third of the time of summing them, so one that is likely to hold them
    is tried first. The sum notices every weight outside it; what is then raised comes from the pass over all.
    """
    likely = _likely_window(batch, weight, first_row, interrupt)
    if likely is not None:
        try:
            return _sum_in_window(batch, weight, likely, first_row, interrupt)
        except (RuntimeError, IndexError):
            pass
    window = _core.weight_exponents(weight, batch.weight_name, first_row, interrupt)
    return _sum_in_window(batch, weight, window, first_row, interrupt)


def _likely_window(batch: Batch, weight: Weights, first_row: int, interrupt: threads.Interrupt) -> WeightWindow | None:
    """The window of the first weights, widened to all that one word holds; None where it would be of no use."""
    if len(weight) < 4 * SAMPLE_ROWS:
        return None
    window = _core.weight_exponents(weight[:SAMPLE_ROWS], batch.weight_name, first_row, interrupt)
    if window is None or window[1] - window[0] > WORD_BITS - 2:
        return None
    low = max(window[0] - (WORD_BITS - window[1] + window[0]) // 2, LOWEST_UNIT)
    return low, low + WORD_BITS


def _sum_in_window(
    batch: Batch, weight: Weights, window: WeightWindow | None, first_row: int, interrupt: threads.Interrupt
) -> Tally:
    """Counts and sums of weights by level, in units of the lower end of ``window``."""
    digits = _digits(window, batch.n_rows)
    counts = np.zeros(_required_cells(batch, digits), np.int64)
    low = 0 if window is None else window[0]
    sums, squares = (np.zeros((counts.size, n), np.uint64) for n in digits)
    _core.count_weighted(batch.columns, counts, weight, batch.weight_name, low, sums, squares, first_row, interrupt)
    shape = _shape(batch)
    return Tally(
        counts.reshape(shape),
        _levels(batch),
        exact_sums=ExactSums.from_units(sums.reshape(*shape, -1), low),
        exact_squares=ExactSums.from_units(squares.reshape(*shape, -1), 2 * low),
    )


def _shape(batch: Batch) -> tuple[int, ...]:
    return tuple(column.n_levels for column in batch.columns)


def _levels(batch: Batch) -> dict[str, list[Any]]:
    return {column.name: list(range(column.n_levels)) for column in batch.columns}


def _required_cells(batch: Batch, digits: tuple[int, int]) -> int:
    """The number of cells, for which there is memory."""
    cells = prod(_shape(batch))
    memory.require(8 * cells * (2 + sum(digits)), f"a tally of {_describe(batch)} cells")
    return cells


def _digits(window: WeightWindow | None, n_rows: int) -> tuple[int, int]:
    """How many digits the sums and the sums of squares of ``n_rows`` weights can need."""
    if window is None:
        return 1, 1
    bits, carries = window[1] - window[0], n_rows.bit_length()
    return (bits + carries) // DIGIT_BITS + 1, (2 * bits + carries) // DIGIT_BITS + 1


def _labels_of(
    part: Tally, axis: int, values: list[Any], ordered: bool, mapping: dict[Any, str]
) -> tuple[list[int], list[Any]]:
    """Where each level of an axis goes, and the labels there, in their final order.

    Levels that no row has are kept only where the labels have an order of their own, and never for the null level:
    they come from how the codes were stored, not from the data.
    """
    seen = np.any(part.counts, axis=tuple(a for a in range(part.counts.ndim) if a != axis))
    resolved = [missing.resolve(value, mapping) for value in values]
    kept = [
        label
        for label, is_seen in zip(resolved, seen, strict=True)
        if is_seen or (ordered and not missing.is_missing(label))
    ]
    final = labels.arrange(kept, ordered=ordered)
    position = {label: i for i, label in enumerate(final)}
    index = [position.get(label, -1) for label in resolved]  # a level without a label here holds zeros alone
    return index, final


def _describe(batch: Batch) -> str:
    return " x ".join(f"{column.n_levels:,} ({column.name})" for column in batch.columns)
