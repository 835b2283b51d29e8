"""Rows of columns and an outcome, checked, as cross-products of what is left when the means are taken off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

ROUNDING = 1e-14
"""Part of the largest number of a column that all its deviations may be, if it is constant but for rounding."""


@dataclass(frozen=True, eq=False)
class RegressionRows:
    """``cross`` is of deviations in units of ``scale``, the largest of each column; the outcome is the last."""

    cross: Floats
    scale: Floats
    n_rows: int

    @property
    def n_columns(self) -> int:
        return len(self.scale) - 1

    def refuse(self) -> None:
        """Refuse too few rows, and columns that are the same in all rows that weigh anything."""
        if self.n_rows < self.n_columns + 2:
            raise ValueError(
                f"x: {self.n_rows} rows that weigh anything are too few for {self.n_columns} columns and a constant: "
                f"at least {self.n_columns + 2}"
            )
        constant = np.flatnonzero(np.diagonal(self.cross)[1:] == 0)
        if len(constant):
            column = int(constant[0])
            name = "y" if column == self.n_columns else f"x: column {column}"
            raise ValueError(f"{name} is constant")


def read_rows(x: Any, y: Any, weight: Any) -> RegressionRows:
    """Rows that weigh something."""
    columns, outcome = checked.finite_numbers("x", x), checked.finite_numbers("y", y)
    if columns.ndim != 2 or not columns.shape[1]:
        raise ValueError(f"x: the shape {columns.shape} is not (rows, columns), with at least one column")
    if outcome.shape != columns.shape[:1]:
        raise ValueError(f"y: the shape {outcome.shape} is not ({len(columns)},), a number for each row of x")
    weights = np.ones(len(columns)) if weight is None else checked.exposures("weight", weight)
    if weights.shape != outcome.shape:
        raise ValueError(f"weight: the shape {weights.shape} is not ({len(columns)},), a number for each row of x")
    used = weights > 0
    return _crossed(np.column_stack([columns, outcome])[used], weights[used])


def _crossed(rows: Floats, weight: Floats) -> RegressionRows:
    if not len(rows):
        return RegressionRows(np.zeros((rows.shape[1] + 1, rows.shape[1] + 1)), np.ones(rows.shape[1]), 0)
    share = weight / weight.max()
    largest = np.abs(rows).max(axis=0)
    unit = rows / np.where(largest > 0, largest, 1.0)
    deviations = unit - share @ unit / share.sum()
    reach = np.abs(deviations).max(axis=0)
    varies = (reach > ROUNDING) & (rows != rows[0]).any(axis=0)
    deviations = np.where(varies, deviations / np.where(varies, reach, 1.0), 0.0)
    full = np.column_stack([np.ones(len(rows)), deviations])
    return RegressionRows((full * share[:, np.newaxis]).T @ full, largest * reach, len(rows))
