"""A table read with its design: the tally of its columns, and the same cells added up by cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import records
from dueregard.designs import cell_codes, first_stage, given_replicates, known_totals, row_weights
from dueregard.designs.designed_rows import DesignedRows
from dueregard.designs.replicate_columns import replicate_columns
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.surveys import pair_sums
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.records import case_counts, names, whole_tables
from dueregard.records.number_columns import numbers_of
from dueregard.tallies import Tally

Codes = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Designed:
    """A table as its design sees it.

    Attributes
    ----------
    design : SurveyDesign
    tally : Tally
        The columns crossed, weighted, as `dueregard.tally` counts them. It has no clusters.
    cells : ClusterTotals
        The same cells by cluster, and what variances are made of: domains are the cells of the tally in C order.
    valueless : array of int64, shape of the tally
        Rows of each cell that have no number in one of the value columns, and are not in ``cells``.
    rows : DesignedRows
        What was added up, for statistics that need rows, such as ranks.
    """

    design: SurveyDesign
    tally: Tally
    cells: ClusterTotals
    valueless: NDArray[np.int64]
    rows: DesignedRows

    def summed(
        self,
        cell: Codes,
        n_cells: int,
        values: Floats | None = None,
        *,
        products: bool = False,
        threads: int | None = None,
    ) -> ClusterTotals:
        """The rows added up again: by other cells, ``(n,)``, or with other values, ``(n, k)``."""
        return self.rows.summed(self.design, cell, n_cells, values, products=products, threads=threads)


def designed(
    data: Any,
    columns: str | Sequence[str],
    design: SurveyDesign,
    *,
    outcome: str | None = None,
    values: Sequence[str] = (),
    products: bool = False,
    weight: Any = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    missing: Mapping[Any, str] | None = None,
    threads: int | None = None,
) -> Designed:
    """Read a table with its design.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records, as for `dueregard.tally`; a Tally has no clusters and is refused.
    columns, outcome, labels, missing, threads
        As for `dueregard.tally`. Without columns and outcome all rows are one cell.
    design : SurveyDesign
    values : sequence of str
        Columns of numbers, whose weighted sums are kept too.
    products : bool
        Whether sums of products of the values are kept.
    weight
        Must be None: the design has it. Here so that every measure refuses it in the same words.
    where : narwhals expression or array of bool, optional
        Only these rows are in a cell. Clusters without such rows still count as sampled.

    Raises
    ------
    TypeError
        If data is a Tally, or design is no design.
    ValueError
        If a column is not there, or does not fit the design: see `dueregard.survey_design`.
    """
    check_design(data, design, weight)
    wanted = cell_codes.column_names(columns, outcome) if columns or outcome else []
    whole = data if isinstance(data, Mapping) else whole_tables.frame_of(data)
    there = list(whole) if isinstance(whole, Mapping) else whole.collect_schema().names()
    replicates = replicate_columns(design, there)
    require_design(design, replicates, there)
    named = [*dict.fromkeys((*wanted, *values, *design.columns, *replicates))]
    table, keep = whole_tables.table_of(whole, named or there[:1], where)  # some column says how many rows there are
    n_rows = _length(table, keep)
    drawn = first_stage.read(table, design, n_rows)
    weights = row_weights.read(table, design, drawn, keep)
    weighted = None if design.weight is None and not design.fpc else weights
    crossed = {name: table[name] for name in wanted} or cell_codes.everybody(n_rows)
    tally, cell = cell_codes.coded(crossed, outcome, weighted, keep, labels=labels, missing=missing, threads=threads)
    numbers = _values(table, values, keep)
    _refuse_lost(values, numbers, np.where(cell >= 0, weights, 0.0))
    cell, valueless = _without_valueless(cell, numbers, tally.counts.size)
    margin = known_totals.combined(table, design, weights)
    cluster = drawn.numbered(cell, weights, margin.codes, *numbers.T)
    before = row_weights.before_calibration(table, design, weights, keep)
    calibration, piece = known_totals.calibration(margin, cluster, weights, before)
    given = given_replicates.read(table, replicates, keep)
    clusters = drawn.clusters(design.lonely)
    made = given_replicates.made(design, clusters, drawn.names)
    rows = DesignedRows(clusters, cluster, cell, weights, numbers, given, made, calibration, piece)
    cells = rows.summed(design, cell, tally.counts.size, numbers, products=products, threads=threads)
    tally = replace(tally, provenance=records.provenance_of(data), native=records.native_of(data))
    return Designed(design, tally, cells, valueless.reshape(tally.counts.shape), rows)


def check_design(data: Any, design: Any, weight: Any = None) -> None:
    """Refuse what cannot have a design, before anything is read."""
    if not isinstance(design, SurveyDesign):
        raise TypeError(f"design must be made by dr.survey_design, not {type(design).__name__}")
    if isinstance(data, Tally):
        raise TypeError("design: a Tally has no clusters; pass the records")
    if hasattr(type(data), "coded_rows") or case_counts.column_of(data) is not None:
        raise TypeError(f"design: {type(data).__name__} are events or counts, and no sample; leave out design=")
    if weight is not None:
        raise ValueError("weight: the design has the weights; leave out weight=")


def require_design(design: SurveyDesign, replicates: Sequence[str], there: Sequence[str]) -> None:
    """Every column of the design is there; messages name the argument."""
    parts = [("weight", design.weight), ("base_weight", design.base_weight), ("stratum", design.stratum)]
    parts += [("psu", name) for name in design.psu] + [("fpc", name) for name in design.fpc]
    parts += [("replicate_weights", name) for name in replicates]
    parts += [("population_totals", name) for name in design.population_totals]
    for argument, name in parts:
        if name is not None:
            names.require([name], there, f"the data (asked for as {argument} of the design)")


def _length(table: Mapping[str, Any], keep: Any) -> int:
    """The number of rows, the same in all columns."""
    lengths = {name: len(column) for name, column in table.items()}
    if keep is not None:
        lengths["where"] = len(keep)
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name!r} has {length:,}" for name, length in lengths.items())
        raise ValueError(f"the columns differ in length: {listed}")
    n_rows = next(iter(lengths.values()))
    if not n_rows or (keep is not None and not keep.any()):
        raise ValueError("there are no rows to count" if keep is None else "where: no row is left to count")
    return n_rows


def _values(table: Mapping[str, Any], columns: Sequence[str], keep: Any) -> Floats:
    """Columns of numbers, each in one piece; NaN where there is none."""
    found = [numbers_of("value", name, table[name]) for name in columns]
    for name, numbers in zip(columns, found, strict=True):
        endless = np.isinf(numbers) if keep is None else np.isinf(numbers) & keep
        if endless.any():
            row = int(endless.argmax())
            raise ValueError(f"value: {numbers[row]:g} at row {row} of {name!r} is infinite")
    n_rows = len(next(iter(table.values())))
    return np.array(found).reshape(len(found), n_rows).T if found else np.zeros((n_rows, 0))


def _refuse_lost(columns: Sequence[str], numbers: Floats, weights: Floats) -> None:
    """Numbers that would be rounded away beside the largest: sums are kept in units of that size times 2**-90."""
    for name, column in zip(columns, numbers.T, strict=True):
        size = np.where((weights > 0) & ~np.isnan(column), np.abs(column), 0.0)
        unit = np.ldexp(1.0, pair_sums.exponent(size) + pair_sums.exponent(weights) - pair_sums.UNIT_BITS)
        lost = (size > 0) & (size * weights < unit)
        for row in np.flatnonzero(lost)[:1]:
            raise ValueError(
                f"value: {column[row]:g} at row {row} of {name!r} is nothing beside the largest, {size.max():g}: give 0"
            )


def _without_valueless(cell: Codes, numbers: Floats, n_cells: int) -> tuple[Codes, NDArray[np.int64]]:
    """Rows with all their numbers, and how many of each cell have not."""
    absent = np.isnan(numbers).any(axis=1) & (cell >= 0)
    valueless = np.bincount(cell[absent], minlength=n_cells)
    return np.where(absent, -1, cell).astype(np.int32), valueless
