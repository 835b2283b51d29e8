"""How much of what a regression explains is due to each driver, from rows or from their cross-products."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.importance import collinear, players
from dueregard.inference.importance.correlations import COLLINEAR, correlations, read_cross
from dueregard.inference.importance.driver_fits import DriverFits, RelativeImportance
from dueregard.inference.importance.players import Players
from dueregard.inference.importance.regression_rows import read_rows

Redundant = Literal["refuse", "allow"]


def relative_importance(
    x: Any, y: Any, *, weight: Any = None, groups: Any = None, controls: Any = None, threads: int | None = None
) -> RelativeImportance:
    """The share of each driver in what a linear regression with a constant explains.

    Parameters
    ----------
    x : array of float
        Columns of drivers and controls, shape (n, k), in any unit.
    y : array of float
        The outcome, shape (n,).
    weight : array of float, optional
        What each row counts for, from 0 up; 1 unless it is given.
    groups : sequence of sequences of int, optional
        The columns of each driver, at most 25 drivers, by number from 0. Unless they are given, each column that is no
        control is a driver.
    controls : sequence of int, optional
        Columns that are always held equal: drivers share what is explained beyond them.
    threads : int, optional
        At most this many. The figures are the same.

    Returns
    -------
    RelativeImportance
        Parts of the variance of y. ``r_squared``, and of it ``control_r_squared`` by the controls alone; per driver
        ``lmg`` (what it adds, averaged over all orders), ``first`` (added before all others, after the controls),
        ``last`` (added after all others), ``pratt`` (standardised coefficient times correlation; may be negative),
        ``johnson`` (relative weights); per column of x ``coefficient`` (units of y for one of x) and ``standardised``
        (standard deviations of y for one of x).

    Raises
    ------
    TypeError, ValueError
        If there are no more rows than columns and the constant, a number is missing, a column or the outcome is
        constant, a column is made of others (they are named), a column has no place in groups and controls or two, or
        there are more than 25 drivers.

    Notes
    -----
    LMG: Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980), Introduction to bivariate and multivariate analysis,
    p. 119 ff., from all 2**p sets of drivers, none of them left out. Groemping, U. (2007), Estimators of relative
    importance in linear regression based on variance decomposition, The American Statistician 61: 139-147, on what it
    says: a driver that works only through others has a share too. Columns of one driver come and go together. Johnson's
    weights of several columns, and Pratt's, are summed; for controls, both are of what the controls leave.

    Examples
    --------
    >>> import dueregard as dr
    >>> x = [[1, 2], [2, 1], [3, 5], [4, 3], [5, 4], [6, 6]]
    >>> found = dr.relative_importance(x, [1, 3, 4, 4, 6, 8])
    >>> found.lmg.round(3).tolist(), float(found.r_squared.round(3))
    ([0.63, 0.318], 0.948)
    """
    rows = read_rows(x, y, weight)
    asked = players.read(groups, controls, rows.n_columns)
    rows.refuse()
    found = RelativeImportance(*(array[0] for array in _importance(rows.cross[np.newaxis], asked, "x", threads)))
    return found._replace(coefficient=found.coefficient * rows.scale[-1] / rows.scale[:-1])


def importance_of(
    cross: Any,
    *,
    groups: Any = None,
    controls: Any = None,
    redundant: Redundant = "refuse",
    threads: int | None = None,
) -> RelativeImportance:
    """The same from cross-products, for as many of them as there are.

    Parameters
    ----------
    cross : array of float
        X'WX, shape (..., k + 2, k + 2): first a column of ones, then the k columns, and the outcome last, as
        `cross_products` gives them. Column j of groups and controls, from 0, is in row j + 1.
    groups, controls, threads
        As in `relative_importance`.
    redundant : {"refuse", "allow"}
        Whether columns that are constant or made of others are refused, or add nothing to a set that has those others,
        as in replicates that lack a level. Then the later of them has no coefficient (NaN), nor its driver a ``pratt``,
        and where the outcome is constant or nothing weighs anything all is NaN.

    Returns
    -------
    RelativeImportance
        Arrays of the shape of ``cross`` without its last two axes, with p drivers or k columns after them.

    Raises
    ------
    TypeError, ValueError
        As in `relative_importance`, but for the number of rows; and if a number of ``cross`` is not finite, it is not
        symmetric, or it says that columns explain more than there is.
    """
    checked.one_of("redundant", redundant, ("refuse", "allow"))
    matrices, shape = read_cross(cross)
    asked = players.read(groups, controls, matrices.shape[-1] - 2)
    found = _importance(matrices, asked, "cross" if redundant == "refuse" else None, threads)
    return RelativeImportance(*(array.reshape(shape + array.shape[1:]) for array in found))


def _importance(cross: Floats, asked: Players, name: str | None, threads: int | None) -> RelativeImportance:
    """For each matrix; what cannot be told apart is refused under this name, unless there is none."""
    found = correlations(cross)
    fit = DriverFits(found, asked)
    if name is not None:
        collinear.refuse(name, cross[:, 0, 0], found, fit.made, fit.order)
        _refuse_more_than_all(name, fit)
    unknown = found.spread[:, -1] == 0
    arrays = fit.importance(threads)
    return RelativeImportance(*(np.where(unknown.reshape(-1, *[1] * (a.ndim - 1)), np.nan, a) for a in arrays))


def _refuse_more_than_all(name: str, fit: DriverFits) -> None:
    bad = np.flatnonzero(fit.r_squared > 1 + COLLINEAR)
    if len(bad):
        where = f"{name}, matrix {bad[0]}" if len(fit.r_squared) > 1 else name
        percent = 100 * fit.r_squared[bad[0]]
        raise ValueError(f"{where}: the columns explain {percent:.4g}% of the outcome: these are not cross-products")
