"""What the outcome changes by with drivers, the others held equal: least squares, with its precision by the design."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.replicates.replicates import Replicates


class Fit(NamedTuple):
    """A regression of one domain: the ``slope`` of each column (ones first; 0 if it is not in).

    ``inverse`` is the inverse of X'WX, with zeros for columns that are not in it, among them the outcome, the last.
    """

    slope: Floats
    inverse: Floats

    @property
    def residual(self) -> Floats:
        """What a residual takes of each column."""
        found = -self.slope
        found[-1] = 1.0
        return found


def fit(cross: Floats, columns: NDArray[np.int64]) -> Fit:
    """Weighted least squares from cross-products (n, n): of the last column on that of ones and ``columns``, from 0."""
    used = np.concatenate([[0], 1 + columns])
    inside = cross[np.ix_(used, used)]
    scale = np.sqrt(np.diag(inside))
    found, slope = np.zeros(cross.shape), np.zeros(len(cross))
    found[np.ix_(used, used)] = np.linalg.inv(inside / np.outer(scale, scale)) / np.outer(scale, scale)
    slope[used] = found[np.ix_(used, used)] @ cross[used, -1]
    return Fit(slope, found)


def effects(totals: ClusterTotals, fits: list[Fit | None], steps: Floats) -> Estimates:
    """What steps of one or more columns change the outcome by, all of domain 0 first; NaN where there is no fit.

    ``steps`` (statistics, columns) are of the columns from 0. The score of a slope in a cluster is its row of the
    inverse of X'WX times the sums there of each column times the residual: Binder, D. A. (1983), On the variances of
    asymptotically normal estimators from complex surveys, International Statistical Review 51: 279-292. Standard errors
    are those of R's svyglm.
    """
    assert totals.products is not None
    values = np.array([np.full(len(steps), np.nan) if each is None else steps @ each.slope[1:-1] for each in fits])
    gradients = [
        np.zeros((len(steps), totals.sums.shape[1] + totals.products.shape[1]))
        if each is None
        else _in_sums(steps @ each.inverse[1:-1], each.residual)
        for each in fits
    ]
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


def _in_sums(left: Floats, right: Floats) -> Floats:
    """What left' M right is of the sums and products that a symmetric M is written out as; ``left`` (statistics, n)."""
    outer = left[:, :, np.newaxis] * right
    outer = outer + np.swapaxes(outer, 1, 2)
    rows, columns = np.triu_indices(len(right))
    flat = outer[:, rows, columns]
    flat[:, rows == columns] /= 2
    return np.asarray(flat)
