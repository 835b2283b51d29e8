"""Linear models with a constant, from cross-products in batches, and what each row does to them."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats

SINGULAR = 1e-12
"""Smallest eigenvalue, of columns scaled to 1, below which coefficients are not told."""
ROUNDING = 1e-13
"""Part of a column's sum of squares that may be left, by rounding, of one that does not vary."""


class LinearFit(NamedTuple):
    """Means and slopes. Leading axes are those of the cross-products: groups, replicates, none.

    Attributes
    ----------
    weight, outcome, constant : array, shape (...)
        Sum of weights, mean of the outcome, constant of the model.
    mean, slope : array, shape (..., p)
    inverse : array, shape (..., p, p)
        The generalised inverse of the centred cross-products: what a row's deviations times its residual change the
        slopes by.
    """

    weight: Floats
    outcome: Floats
    constant: Floats
    mean: Floats
    slope: Floats
    inverse: Floats


def linear_fit(cross: Floats, basis: Floats, centre: Floats | float = 0.0) -> LinearFit:
    """The least squares fit with a constant.

    Parameters
    ----------
    cross : array, shape (..., p + 2, p + 2)
        As `cross_products` gives it: of ones, the p columns less ``centre``, and the outcome last.
    basis : array, shape (p, q)
        What slopes may be; see `deviation_basis`. The identity for any.
    centre : array, shape (p,)
        What was taken off the columns before they were multiplied, so that nothing is rounded away.

    Examples
    --------
    >>> x, y = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0])
    >>> rows = np.column_stack([np.ones(3), x, y])
    >>> found = linear_fit(rows.T @ rows, np.eye(1))
    >>> found.slope.round(12).tolist(), round(float(found.constant), 12)
    ([1.5], -0.666666666667)
    """
    weight, mean, centred = moments(cross)
    inverse = inverse_of(centred[..., :-1, :-1], basis)
    slope = _times(inverse, centred[..., :-1, -1])
    where, outcome = mean[..., :-1] + centre, mean[..., -1]
    return LinearFit(weight, outcome, outcome - (where * slope).sum(axis=-1), where, slope, inverse)


def moments(cross: Floats) -> tuple[Floats, Floats, Floats]:
    """Sum of weights (...), means (..., p + 1) and centred cross-products (..., p + 1, p + 1), the outcome last.

    What is left of a column by rounding alone is 0: such a column does not vary.
    """
    weight = cross[..., 0, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = cross[..., 0, 1:] / weight[..., np.newaxis]
    centred = cross[..., 1:, 1:] - mean[..., :, np.newaxis] * cross[..., 0, np.newaxis, 1:]
    whole, left = (np.diagonal(each, axis1=-2, axis2=-1) for each in (cross[..., 1:, 1:], centred))
    place = np.arange(centred.shape[-1])
    centred[..., place, place] = np.where(left <= ROUNDING * whole, 0.0, left)
    return weight, mean, centred


def inverse_of(centred: Floats, basis: Floats) -> Floats:
    """The inverse of cross-products within what slopes may be, (..., p, p); NaN where slopes are not told."""
    reduced = basis.T @ centred @ basis
    diagonal = np.diagonal(reduced, axis1=-2, axis2=-1)
    scale = np.sqrt(np.where(diagonal > 0, diagonal, np.nan))
    scaled = reduced / (scale[..., :, np.newaxis] * scale[..., np.newaxis, :])
    told = np.isfinite(scaled).all(axis=(-2, -1))
    scaled = np.where(told[..., np.newaxis, np.newaxis], scaled, np.eye(scaled.shape[-1]))
    told &= (np.linalg.eigvalsh(scaled) > SINGULAR).all(axis=-1)
    scaled = np.where(told[..., np.newaxis, np.newaxis], scaled, np.eye(scaled.shape[-1]))
    inverse = np.linalg.inv(scaled) / (scale[..., :, np.newaxis] * scale[..., np.newaxis, :])
    found = basis @ inverse @ basis.T
    return np.asarray(np.where(told[..., np.newaxis, np.newaxis], found, np.nan))


def slopes_of(centred: Floats, basis: Floats) -> tuple[Floats, Floats]:
    """Slopes and generalised inverse of cross-products that are centred already, the outcome last."""
    inverse = inverse_of(centred[..., :-1, :-1], basis)
    return _times(inverse, centred[..., :-1, -1]), inverse


def _times(matrix: Floats, vector: Floats) -> Floats:
    return np.asarray((matrix @ vector[..., np.newaxis])[..., 0])


class RowChanges(NamedTuple):
    """What each row changes, for one unit of its weight: ``outcome``, ``constant`` (n,), ``mean``, ``slope`` (n, p)."""

    outcome: Floats
    constant: Floats
    mean: Floats
    slope: Floats


def row_changes(fit: LinearFit, x: Floats, y: Floats) -> RowChanges:
    """The derivative of a fit by the weight of each of its rows: x (n, p), y (n,). Weighted, they add up to 0.

    Influence functions of least squares: Hampel, F. R. et al. (1986), Robust statistics, section 6.3; weighted sums by
    cluster are the scores of Binder, D. A. (1983), International Statistical Review 51: 279-292.
    """
    away = x - fit.mean
    left = y - fit.constant - times(x, fit.slope)
    slope = times(away * left[:, np.newaxis], fit.inverse)
    constant = left / fit.weight - times(slope, fit.mean)
    return RowChanges((y - fit.outcome) / fit.weight, constant, away / fit.weight, slope)


def times(rows: Floats, by: Floats) -> Floats:
    """Rows (n, p) times a vector (p,) or a matrix (p, q), each row added up in one order wherever it stands."""
    return np.asarray(np.einsum("ij,j->i" if by.ndim == 1 else "ij,jk->ik", rows, by, optimize=False))
