"""What the outcome changes by with drivers, the others held equal: least squares, with its precision by the design."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.regression.linear_fits import LinearFit, linear_fit
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.replicates.replicates import Replicates


def fit(cross: Floats, columns: NDArray[np.int64]) -> LinearFit:
    """Weighted least squares of the last column of cross-products (n, n) on ``columns``, from 0; the others have 0."""
    return linear_fit(cross, np.eye(len(cross) - 2)[:, columns])


def effects(totals: ClusterTotals, fits: list[LinearFit | None], steps: Floats) -> Estimates:
    """What steps of one or more columns change the outcome by, all of domain 0 first; NaN where there is no fit.

    ``steps`` (statistics, columns) are of the columns from 0. The score of a slope in a cluster is its row of the
    inverse of X'WX times the sums there of each column times the residual: Binder, D. A. (1983), On the variances of
    asymptotically normal estimators from complex surveys, International Statistical Review 51: 279-292. Standard errors
    are those of R's svyglm.
    """
    assert totals.products is not None
    nothing = np.full(len(steps), np.nan), np.zeros((len(steps), totals.sums.shape[1] + totals.products.shape[1]))
    told = [nothing if each is None else (steps @ each.slope, _gradient(each, steps)) for each in fits]
    values, gradients = np.array([value for value, _ in told]), [gradient for _, gradient in told]
    scores = np.empty((len(totals.domain), len(steps)))
    order = np.argsort(totals.domain, kind="stable")
    ends = np.cumsum(np.bincount(totals.domain, minlength=len(fits)))
    for gradient, rows in zip(gradients, np.split(order, ends[:-1]), strict=True):
        scores[rows] = np.column_stack([totals.sums[rows], totals.products[rows]]) @ gradient.T
    sums = np.column_stack([totals.sums[:, :1], scores])
    scored = replace(totals, sums=sums, products=None, replicates=_scored(totals.replicates, gradients))
    return linearised(scored, values)


def _scored(replicates: Replicates | None, gradients: list[Floats]) -> Replicates | None:
    """Replicates whose sums came with the data, as sums of scores."""
    if replicates is None or replicates.totals is None:
        return replicates
    given = replicates.totals
    scores = np.stack([given[:, domain] @ gradient.T for domain, gradient in enumerate(gradients)], axis=1)
    return replace(replicates, totals=np.concatenate([given[:, :, :1], scores], axis=2))


def _gradient(found: LinearFit, steps: Floats) -> Floats:
    """What the sums and products that a fit is made of change its slopes by, times steps."""
    rows = steps @ found.inverse
    left = np.column_stack([-rows @ found.mean, rows, np.zeros(len(rows))])
    residual = np.concatenate([[-found.constant], -found.slope, [1.0]])
    return _in_sums(left, residual)


def _in_sums(left: Floats, right: Floats) -> Floats:
    """What left' M right is of the sums and products that a symmetric M is written out as; ``left`` (statistics, n)."""
    outer = left[:, :, np.newaxis] * right
    outer = outer + np.swapaxes(outer, 1, 2)
    rows, columns = np.triu_indices(len(right))
    flat = outer[:, rows, columns]
    flat[:, rows == columns] /= 2
    return np.asarray(flat)
