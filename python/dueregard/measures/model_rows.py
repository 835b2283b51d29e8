"""The rows of a table for models of an outcome: the groups they are of, the columns of the model, and the design."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import records
from dueregard.designs import cell_codes, given_replicates
from dueregard.designs.designed import Designed, check_design, designed, require_design
from dueregard.designs.replicate_columns import replicate_columns
from dueregard.designs.survey_design import SurveyDesign
from dueregard.hints import did_you_mean
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.measures.category_checks import check_levels, level_notes
from dueregard.measures.grouped import answer_positions, as_labels
from dueregard.measures.left_out_answers import known, labels_of, refuse_unmet
from dueregard.measures.model_columns import ModelColumn, model_column, refuse_dates
from dueregard.missing import KINDS, NOT_APPLICABLE, check_mapping, resolve
from dueregard.records import files, names, whole_tables
from dueregard.records.rows import Keep
from dueregard.records.written_numbers import written_numbers
from dueregard.tallies import Tally


@dataclass(frozen=True, eq=False)
class ModelRows:
    """Rows of a model.

    Attributes
    ----------
    read : Designed
        The table by the crossing of the columns that divide it; ``read.rows.cell`` says where each row is.
    outcome : ModelColumn
        Numbers; of a proportion 100 and 0.
    columns : list of ModelColumn
    is_complete : array of bool
        Rows in a cell that have the outcome and every column.
    is_asked : array of bool
        Rows in a cell to whom the outcome applies.
    """

    read: Designed
    outcome: ModelColumn
    columns: list[ModelColumn]
    is_complete: NDArray[np.bool_]
    is_asked: NDArray[np.bool_]
    provenance: Any
    native: Any

    @property
    def weighs(self) -> NDArray[np.bool_]:
        """Complete rows whose weight is above 0."""
        return np.asarray(self.is_complete & (self.read.rows.weight > 0))

    @property
    def is_weighted(self) -> bool:
        """Whether some of these count for more than others."""
        weight = self.read.rows.weight[self.weighs]
        return bool(len(weight)) and bool(weight.max() > weight.min())

    @property
    def notes(self) -> list[str]:
        """What a reader has to know of the levels of categories."""
        return [note for column in self.columns for note in level_notes(column, self.weighs)]

    def missing_in(self, column: ModelColumn) -> int:
        """How many of the rows asked lack a column."""
        return int(np.count_nonzero(self.is_asked & ~column.is_stated))


def model_rows(
    data: Any,
    *,
    divided_by: Sequence[str],
    outcome: str,
    columns: Sequence[str],
    argument: str,
    design: SurveyDesign,
    controls: Sequence[str] = (),
    positive: Any = None,
    exclude: Any = (),
    scores: Mapping[str, Any] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    missing: Mapping[Any, str] | None = None,
    threads: int | None = None,
) -> ModelRows:
    """Read the columns that divide a table, its outcome and the columns of a model.

    ``argument`` is what messages call the columns, except those that are ``controls``. ``exclude`` are answers, to the
    outcome or in any other column, that are left out as if they had not been given. ``labels`` makes a column of whole
    numbers a category, here as elsewhere; ``scores`` makes answers numbers, and may have scales of other columns too.
    """
    if isinstance(data, Tally):
        raise TypeError("data: a Tally has no rows, which a model needs; pass the records")
    check_design(data, design)
    table, keep = _table(data, outcome, divided_by, columns, design, where)
    _refuse_no_rows(keep, len(table[outcome]))
    _refuse_mistyped(scores, (outcome, *columns), data)
    mapping, given, left_out = check_mapping(missing), dict(labels or {}), as_labels(exclude)
    of_model = list(dict.fromkeys((outcome, *columns)))
    sought = {*mapping, *left_out}
    called = dict.fromkeys(columns, argument) | dict.fromkeys(controls, "controls") | {outcome: "outcome"}
    for name in of_model:
        refuse_dates(called[name], name, table[name])
    met = {name: labels_of(name, table[name], keep, sought) for name in of_model} if sought else {}
    refuse_unmet(left_out, met, given)
    if files.is_path(data) and not all(path.lower().endswith(".parquet") for path in files.expand(data)):
        lettered = {*given, *(scores or {}), *([] if positive is None else [outcome])}
        table |= _written(table, [name for name in of_model if name not in lettered], {*left_out, *mapping, *KINDS})
    with known(mapping, met):
        how: dict[str, Any] = {"missing": mapping, "exclude": left_out}
        answer, applies = _outcome(table, outcome, keep, positive, (scores or {}).get(outcome), given, how)
        terms = [
            model_column(
                called[name],
                name,
                table[name],
                keep,
                scores=(scores or {}).get(name),
                labels=given.get(name),
                **how,
            )
            for name in columns
        ]
        of_cells = {name: given[name] for name in divided_by if name in given}
        read = designed(
            table, list(divided_by), design, where=keep, labels=of_cells or None, missing=mapping, threads=threads
        )  # fmt: skip
    for term in (answer, *terms):
        check_levels(called[term.name], term, keep, written=term.name not in given)
    asked = (read.rows.cell >= 0) & applies
    complete = asked & np.all([column.is_stated for column in (answer, *terms)], axis=0)
    return ModelRows(read, answer, terms, complete, asked, records.provenance_of(data), records.native_of(data))


def _table(
    data: Any, outcome: str, divided_by: Sequence[str], columns: Sequence[str], design: SurveyDesign, where: Any
) -> tuple[dict[str, Any], Keep]:
    """All columns that are needed, those of the design too, and the rows to keep; messages name the argument."""
    whole = data if isinstance(data, Mapping) else whole_tables.frame_of(data)
    there = whole_tables.column_names(whole)
    names.require([outcome], there, "the data (asked for as outcome)")
    names.require(divided_by, there, "the data (asked for as group or by)")
    names.require(columns, there, "the data")
    replicates = replicate_columns(design, there)
    require_design(design, replicates, there)
    wanted = [*divided_by, outcome, *columns, *design.columns, *replicates]
    return whole_tables.table_of(whole, [*dict.fromkeys(wanted)], where)


def _written(table: Mapping[str, Any], columns: Sequence[str], no_number: Collection[Any]) -> dict[str, Floats]:
    """The columns that are numbers written out, as files without types have them."""
    found = {name: written_numbers(table[name], no_number) for name in columns}
    return {name: values for name, values in found.items() if values is not None}


def _outcome(
    table: Mapping[str, Any],
    name: str,
    keep: Keep,
    positive: Any,
    scores: Any,
    labels: Mapping[str, Sequence[Any]],
    how: Mapping[str, Any],
) -> tuple[ModelColumn, NDArray[np.bool_]]:
    """The outcome as numbers, and the rows to whom it applies."""
    if positive is None:
        found = model_column("outcome", name, table[name], keep, scores=scores, **how)
        if found.levels and all(isinstance(level, bool | np.bool_) for level in found.levels):
            raise ValueError(f"outcome: {name!r} holds True and False: say which counts, such as positive=True")
        if found.levels is not None:
            raise ValueError(
                f"outcome: {name!r} is not a column of numbers; say which answers count with positive=, or order them "
                f"with scores={{{name!r}: [worst, ..., best]}}"
            )
        return found, np.ones(len(found.values), bool)
    if scores is not None:
        raise ValueError(f"positive and scores: {name!r} has both; give one of the two")
    given = {name: labels[name]} if name in labels else None
    tally, codes = cell_codes.coded({name: table[name]}, None, None, keep, labels=given, missing=None, threads=None)
    answers = [resolve(label, how["missing"]) for label in tally.labels[name]]
    there = [label for label in how["exclude"] if label in answers]
    positives, base = answer_positions(name, answers, positive=positive, exclude=there)
    value = np.full(len(answers) + 1, np.nan)
    value[base] = 0.0
    value[positives] = 100.0
    applies = np.array([*(answer != NOT_APPLICABLE for answer in answers), False])
    return ModelColumn(name, None, value[codes]), applies[codes]


def _refuse_mistyped(scores: Mapping[str, Any] | None, columns: Sequence[str], data: Any) -> None:
    """Scales may be of columns that this model lacks, but not of one that looks like a column without a scale."""
    given = scores or {}
    unscored = [name for name in columns if name not in given]
    others = [name for name in given if name not in columns]
    there = whole_tables.column_names(data) if others else ()
    for name in others:
        hint = did_you_mean(name, unscored)
        if hint and name not in there:
            raise ValueError(f"scores: {name!r} is not a column of the model{hint}")


def _refuse_no_rows(keep: Keep, n_rows: int) -> None:
    if not n_rows:
        raise ValueError("data: there are no rows")
    if keep is not None and not keep.any():
        raise ValueError(f"where: none of the {n_rows:,} rows is left")


def complete_values(rows: ModelRows) -> Floats:
    """The columns of the model side by side, 0 where a row is not complete; shape (rows, columns)."""
    values = np.column_stack([column.columns for column in rows.columns])
    values[~rows.is_complete] = 0.0
    return np.asarray(values, np.float64)


def cluster_products(rows: ModelRows, values: Floats, threads: int | None = None) -> ClusterTotals:
    """Complete rows by cluster and cell, with their products, those of replicates that came with the data too."""
    read = rows.read
    cell, n_cells = np.where(rows.is_complete, read.rows.cell, -1).astype(np.int32), read.tally.counts.size
    again = read.rows.renumbered(read.design, cell, values)
    own = replace(again, replicate_weights=None)
    totals = own.summed(read.design, cell, n_cells, values, products=True, threads=threads)
    if again.replicate_weights is None:
        return totals
    first, second = np.triu_indices(values.shape[1])
    wide = np.column_stack([values, values[:, first] * values[:, second]])
    given = given_replicates.summed(read.design, again.replicate_weights, cell, n_cells, wide, threads)
    return replace(totals, replicates=given)
