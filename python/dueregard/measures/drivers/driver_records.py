"""The records that drivers are asked of: their rows with the design, and the columns of all rows' model."""

from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign, survey_design
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.unions import unions
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.drivers.driver_columns import DriverColumns, driver_columns, refuse_outcome, told_apart
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.model_rows import ModelRows, cluster_products, model_rows
from dueregard.tallies import Tally


def rows_of(
    data: Any, asked: DriverQuestion, *, exclude: Any, weight: str | None, design: SurveyDesign | None, where: Any,
    **options: Any,
) -> ModelRows:  # fmt: skip
    """The rows with their design; a weight alone is one too, and without either rows were drawn one by one."""
    if isinstance(data, Tally):
        raise TypeError("data: a Tally has no rows, which drivers need; pass the records")
    if design is not None and weight is not None:
        raise ValueError("weight: the design has the weights; leave out weight=")
    drawn = survey_design(weight=weight) if design is None else design
    check_unit(data, asked.unit, where=where, without=drawn.columns)
    return model_rows(
        data, divided_by=asked.divided_by, outcome=asked.outcome, columns=asked.columns, argument="drivers",
        controls=asked.controls, design=drawn, positive=asked.positive, exclude=exclude, scores=asked.scores,
        where=where, **options,
    )  # fmt: skip


def columns_of(rows: ModelRows, asked: DriverQuestion, threads: int | None) -> tuple[DriverColumns, ClusterTotals]:
    """The columns of all rows' model, which must be able to tell its drivers apart, and their sums in every cell."""
    _refuse_too_few(rows, 2)
    columns = driver_columns(rows, asked)
    _refuse_too_few(rows, len(columns.names) + 1)
    cells = cluster_products(rows, columns.values, threads)
    every = np.arange(cells.n_domains)
    (cross,) = cross_products(unions(cells, (np.zeros_like(every), every, 1)))
    refuse_outcome(columns, cross, asked.outcome)
    apart = told_apart(columns, cross, asked.collinear)
    return apart, cells if apart is columns else cluster_products(rows, apart.values, threads)


def _refuse_too_few(rows: ModelRows, needed: int) -> None:
    """Refuse fewer complete rows than coefficients and one more, and say which column most lack."""
    n = int(rows.weighs.sum())
    if n > needed:
        return
    most = max((rows.outcome, *rows.columns), key=rows.missing_in)
    widest = max(rows.columns, key=lambda column: len(column.levels or ()))
    n_levels = len(widest.levels or ())
    of = f", {n_levels - 1:,} of them of {widest.name!r}" if 2 * (n_levels - 1) > needed > 2 else ""
    lack = f"; {rows.missing_in(most):,} rows lack {most.name!r}" if rows.missing_in(most) else ""
    zero = " with a weight above 0" if n < rows.is_complete.sum() else ""
    raise ValueError(
        f"drivers: {n} complete rows{zero} for a model with {needed} coefficients{of}, which needs more than that{lack}"
    )
