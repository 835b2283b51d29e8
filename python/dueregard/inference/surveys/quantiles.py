"""Quantiles of domains, with Woodruff's limits: those of the proportion below, read back as values."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.design_effects import design_effects, proportion_variances
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.limits import interval_flags, t_limits, t_quantile
from dueregard.inference.surveys.ratios import ratios

NEAR = 1e-12
"""Cumulated weights this close to a share of their sum, relative to it, are taken to reach it."""


@dataclass(frozen=True)
class OrderedValues:
    """The distinct values of each domain in order, and the share of its weight up to and with each.

    Those of domain d lie from ``start[d]`` to below ``start[d + 1]``.
    """

    value: Floats
    below: Floats
    start: NDArray[np.int64]

    @classmethod
    def of(cls, values: Floats, weight: Floats, domain: NDArray[Any], n_domains: int) -> "OrderedValues":
        """From rows, of which those outside all domains (-1) and of weight 0 are left out."""
        kept = np.flatnonzero((domain >= 0) & (weight > 0))
        order = kept[np.lexsort((weight[kept], values[kept], domain[kept]))]
        value, of, weighed = values[order], domain[order], weight[order]
        is_first = np.ones(len(order), np.bool_)
        is_first[1:] = (np.diff(value) != 0) | (np.diff(of) != 0)
        firsts = np.flatnonzero(is_first)
        sums = np.add.reduceat(weighed, firsts) if len(firsts) else weighed[:0]
        start = np.searchsorted(of[firsts], np.arange(n_domains + 1))
        parts = [np.cumsum(sums[a:b]) for a, b in pairwise(start)]
        below = np.concatenate([part / part[-1] if len(part) else part for part in parts] or [sums])
        return cls(value[firsts], below, start)

    def at(self, share: Floats) -> Floats:
        """The smallest value with at least such a share of the weight up to it, for shares (n_domains, q).

        NaN for shares outside 0 to 1, and where the domain is empty. This is definition 1 of Hyndman and Fan (1996, The
        American Statistician 50: 361-365), the rule "math" of R's survey.
        """
        found = np.full(share.shape, np.nan)
        for d, (a, b) in enumerate(pairwise(self.start)):
            if b > a:
                place = np.searchsorted(self.below[a:b], share[d] - NEAR, side="left")
                found[d] = self.value[a:b][np.minimum(place, b - a - 1)]
        return np.where((share >= 0) & (share <= 1), found, np.nan)


@dataclass(frozen=True, eq=False)
class Quantiles:
    """Quantiles of each domain: all arrays have the shape (n_domains, q).

    ``below`` are the proportions up to each quantile, domain after domain; ``design_effect`` is theirs.
    """

    value: Floats
    low: Floats
    high: Floats
    se: Floats
    below: Estimates
    design_effect: Floats
    flag: NDArray[np.int64]


def quantiles(
    values: Floats,
    weight: Floats,
    domain: NDArray[Any],
    n_domains: int,
    probabilities: Floats,
    summed: Callable[[Floats], ClusterTotals],
    confidence_level: float,
) -> Quantiles:
    """Quantiles of the values of rows by domain.

    Parameters
    ----------
    values, weight : array of float64, shape (n,)
    domain : array of int, shape (n,)
        -1 for rows in no domain.
    n_domains : int
    probabilities : array of float64, shape (q,)
        Between 0 and 1.
    summed : function
        Takes columns of the same rows, shape (n, q), to their totals by cluster and domain.
    confidence_level : float

    Notes
    -----
    Woodruff (1952), Journal of the American Statistical Association 47: 635-646. The limits of the proportion at or
    below the estimate, estimate -+ t times its standard error with the degrees of freedom of the domain, are read back
    as values; the standard error is the width of the interval over 2 t. A limit of the proportion outside 0 to 1 gives
    NaN with the flag ``LIMIT_OUTSIDE``, and an interval without width is none: NaN with ``NO_VARIANCE``.
    """
    ordered = OrderedValues.of(values, weight, domain, n_domains)
    value = ordered.at(np.broadcast_to(probabilities, (n_domains, len(probabilities))))
    reached = values[:, np.newaxis] <= value[np.maximum(domain, 0)]
    totals = summed(reached.astype(np.float64))
    shape = (n_domains, len(probabilities))
    below = _proportions(totals, shape)
    low, high = (ordered.at(end.reshape(shape)) for end in t_limits(below, confidence_level))
    low, high, flag = _checked_ends(value, low, high, (below.flag | interval_flags(below)).reshape(shape))
    t = t_quantile(below.degrees_of_freedom, confidence_level).reshape(shape)
    effect = design_effects(below.variance, proportion_variances(below.value, below.nobs), below.nobs)
    return Quantiles(value, low, high, (high - low) / (2 * t), below, effect.reshape(shape), flag)


def _proportions(totals: ClusterTotals, shape: tuple[int, int]) -> Estimates:
    """The proportion in each domain and column, domain after domain."""
    n_domains, q = shape
    domain, column = (each.reshape(-1) for each in np.indices(shape))
    members = np.arange(n_domains * q), domain, n_domains * q
    return ratios(totals, numerator=column + 1, members=members)


_NO_INTERVAL = int(Flag.NO_VARIANCE | Flag.FEW_DEGREES | Flag.ONE_CLUSTER)


def _checked_ends(
    value: Floats, low: Floats, high: Floats, flag: NDArray[np.int64]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Limits, none of which makes an interval without width; and why there are none."""
    known = ~np.isnan(value)
    outside = known & (np.isnan(low) | np.isnan(high)) & (flag & _NO_INTERVAL == 0)
    flag = flag | np.where(outside, int(Flag.LIMIT_OUTSIDE), 0)
    same = known & (low == high)
    flag = flag | np.where(same, int(Flag.NO_VARIANCE), 0)
    return np.where(same, np.nan, low), np.where(same, np.nan, high), flag
