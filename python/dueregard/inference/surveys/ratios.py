"""Totals, means, ratios, shares and variances of domains, linearised or by replicates."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates, divided, estimates_of
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores
from dueregard.inference.surveys.unions import Members, unions


def totals_of(totals: ClusterTotals, column: Any = 1, members: Members | None = None) -> Estimates:
    """Weighted totals of a column (0: of the weights, the estimated number of people).

    The score of a total in a cluster is its sum there.

    Parameters
    ----------
    totals : ClusterTotals
    column : int, or array of int with one for each statistic
    members : (statistic, domain, n), optional
        Which domains each of n statistics is the union of; they may overlap. None: each domain is one statistic.
    """
    summed = unions(totals, members)
    which = _columns(column, summed)
    value = summed.domain_sums[np.arange(summed.n_domains), which]
    if summed.replicates is None:
        return estimates_of(summed, value, _scores(summed, _in_pairs(summed, which)))
    return estimates_of(summed, value, _replicated(summed, _by_replicate(summed, which), value))


def ratios(
    totals: ClusterTotals, *, numerator: Any = 1, denominator: Any = 0, members: Members | None = None
) -> Estimates:
    """The sum of one column over the sum of another; means, unless another denominator is named.

    Linearised, the score in a cluster is (y - ratio x) / X with y and x the sums of the columns there and X the sum of
    x over all clusters (Woodruff 1971, Journal of the American Statistical Association 66: 411-414). A denominator of 0
    gives NaN.

    Parameters
    ----------
    totals : ClusterTotals
    numerator, denominator : int, or array of int with one for each statistic
        Columns of ``totals.sums``; 0 are the weights.
    members
        As for `totals_of`.
    """
    summed = unions(totals, members)
    top, bottom = _columns(numerator, summed), _columns(denominator, summed)
    every = np.arange(summed.n_domains)
    below = summed.domain_sums[every, bottom]
    value = divided(summed.domain_sums[every, top], below)
    if summed.replicates is not None:
        values = divided(_by_replicate(summed, top), _by_replicate(summed, bottom))
        return estimates_of(summed, value, _replicated(summed, values, value))
    above = _in_pairs(summed, top) - value[summed.domain] * _in_pairs(summed, bottom)
    return estimates_of(summed, value, _scores(summed, divided(above, below[summed.domain])))


def shares(cells: ClusterTotals, of: Members, positive: Any) -> Estimates:
    """Proportions of people whose answer is positive, where the domains of ``cells`` have answers in them.

    Parameters
    ----------
    cells : ClusterTotals
    of : (statistic, cell, n)
        The base of each proportion: all its cells, whatever the answer.
    positive : array of bool, one for each cell
    """
    return ratios(with_answers(cells, positive), numerator=-1, members=of)


def with_answers(cells: ClusterTotals, positive: Any) -> ClusterTotals:
    """The cells with one more column, the last: the weights of those whose answer is positive."""
    factor = np.asarray(positive, np.float64)
    sums = np.column_stack([cells.sums, cells.sums[:, 0] * factor[cells.domain]])
    replicates = cells.replicates
    if replicates is not None and replicates.totals is not None:
        given = replicates.totals
        more = np.concatenate([given, given[:, :, :1] * factor[:, np.newaxis]], axis=2)
        replicates = replace(replicates, totals=more)
    return replace(cells, sums=sums, products=None, replicates=replicates)


def variances(totals: ClusterTotals, *, column: int = 1, square: int = 2, members: Members | None = None) -> Estimates:
    """Variances between people: n / (n - 1) times the weighted mean square deviation from the mean, as R's svyvar.

    ``square`` is the column of squared values. The score in a cluster is n / (n - 1) times the sum of
    (value - mean)^2 less its own share of the variance, for the derivative by the mean is 0. NaN below two cases.
    """
    summed = unions(totals, members)
    nobs = summed.domain_nobs.astype(np.float64)
    more = divided(nobs, nobs - 1)
    weight, first, second = (summed.domain_sums[:, each] for each in (0, column, square))
    value = _mean_square(weight, first, second, more)
    if summed.replicates is not None:
        w, y, yy = (_by_replicate(summed, _columns(each, summed)) for each in (0, column, square))
        return estimates_of(summed, value, _replicated(summed, _mean_square(w, y, yy, more), value))
    mean, of = divided(first, weight), summed.domain
    weights, values, squares = (summed.sums[:, each] for each in (0, column, square))
    deviations = squares - 2 * mean[of] * values + np.square(mean[of]) * weights
    score = more[of] * divided(deviations - divided(value, more)[of] * weights, weight[of])
    return estimates_of(summed, value, _scores(summed, score))


def _mean_square(weight: Floats, first: Floats, second: Floats, more: Floats) -> Floats:
    return more * np.maximum(divided(second, weight) - np.square(divided(first, weight)), 0)


def _columns(column: Any, totals: ClusterTotals) -> NDArray[np.int64]:
    """One column for each statistic; -1 is the last."""
    n_columns = totals.sums.shape[1]
    which = np.broadcast_to(np.asarray(column, np.int64), (totals.n_domains,))
    if ((which < -n_columns) | (which >= n_columns)).any():
        raise ValueError(f"column: {column!r} of totals with {n_columns} columns")
    return np.asarray(which % n_columns)


def _in_pairs(totals: ClusterTotals, which: NDArray[np.int64]) -> Floats:
    """In each (cluster, domain) the sum of the column of that domain."""
    if len(which) and (which == which[0]).all():
        return np.asarray(totals.sums[:, which[0]])
    return np.asarray(totals.sums[np.arange(len(totals.domain)), which[totals.domain]])


def _by_replicate(totals: ClusterTotals, which: NDArray[np.int64]) -> Floats:
    """In each replicate and domain the sum of the column of that domain."""
    assert totals.replicates is not None
    return np.asarray(replicate_totals(totals.replicates, totals)[:, np.arange(totals.n_domains), which])


def _scores(totals: ClusterTotals, score: Floats) -> Scores:
    """Scores where the domain weighs anything: no other cluster contains it."""
    weighs = totals.sums[:, 0] > 0
    if totals.calibration is not None:
        kept = totals.cluster[weighs], totals.domain[weighs], score[weighs]
        return totals.calibration.residuals(totals.clusters, totals.n_domains, *kept)
    if weighs.all():
        return Scores(totals.clusters, totals.n_domains, totals.cluster, totals.domain, score)
    return Scores(totals.clusters, totals.n_domains, totals.cluster[weighs], totals.domain[weighs], score[weighs])


def _replicated(totals: ClusterTotals, values: Floats, full: Floats) -> ReplicateValues:
    assert totals.replicates is not None
    return ReplicateValues(totals.replicates, values, full)
