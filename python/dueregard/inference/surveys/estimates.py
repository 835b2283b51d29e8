"""Estimates from a sample survey: values, and how they vary together from sample to sample."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.degrees import clusters_of, degrees_of_freedom
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores
from dueregard.inference.surveys.unions import in_statistics

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Estimates:
    """Statistics of one survey, each an array of n.

    ``value``; ``sampled``, their scores by cluster or their values by replicate; ``nobs`` cases, ``weight`` the sum of
    their weights, ``kish`` the effective number (sum of weights)^2 / sum of squared weights; ``clusters`` that contain
    them, ``degrees_of_freedom`` (see `degrees`), and ``flag``, what to know of each (see `dueregard.Flag`).

    ``present`` are pairs of a cluster and a statistic that it has a part in: a score may be 0 there.

    ``variance`` and ``se`` are those of the design, as R's survey has them: near 0, not NaN, where all cases are in one
    cluster, which the flag says.
    """

    value: Floats
    sampled: Scores | ReplicateValues
    nobs: Integers
    kish: Floats
    weight: Floats
    clusters: Integers
    degrees_of_freedom: Floats
    flag: Integers
    present: tuple[NDArray[Any], NDArray[Any]]

    @cached_property
    def variance(self) -> Floats:
        """The variance of each; NaN where there is no value."""
        return np.where(np.isnan(self.value), np.nan, self.sampled.variance)

    @property
    def se(self) -> Floats:
        """The standard error of each."""
        return np.sqrt(np.maximum(self.variance, 0))

    def covariance(self, block: Any = None) -> Any:
        """Covariances within blocks of statistics; without blocks, of all."""
        return self.sampled.covariance(block)

    def combined(self, to: Any, source: Any, coefficient: Any, n: int) -> "Estimates":
        """Linear combinations: new ``to[i]`` takes ``coefficient[i]`` times old ``source[i]``.

        Cases, weights and effective numbers are those of the sources added up; clusters and degrees of freedom are
        those of their union. A flag of any source is one of the combination.
        """
        to, source = np.asarray(to, np.int64), np.asarray(source, np.int64)
        factor = np.broadcast_to(np.asarray(coefficient, np.float64), to.shape)
        sampled = self.sampled.combined(to, source, factor, n)
        return self._of(to, source, n, _added(to, factor * self.value[source], n), sampled)

    def quotients(self, top: Any, bottom: Any) -> "Estimates":
        """Ratios of statistics, ``top[i]`` over ``bottom[i]``; NaN where that is 0.

        Linearised: (z_top - ratio z_bottom) / bottom. In each replicate, the ratio itself.
        """
        top, bottom = np.broadcast_arrays(np.asarray(top, np.int64), np.asarray(bottom, np.int64))
        n = len(top)
        value = divided(self.value[top], self.value[bottom])
        to, source = np.tile(np.arange(n), 2), np.concatenate([top, bottom])
        if isinstance(self.sampled, Scores):
            each = divided(np.ones(n), self.value[bottom])
            sampled: Scores | ReplicateValues = self.sampled.combined(
                to, source, np.concatenate([each, -value * each]), n
            )
        else:
            values = divided(self.sampled.values[:, top], self.sampled.values[:, bottom])
            sampled = ReplicateValues(self.sampled.replicates, values, value)
        return self._of(to, source, n, value, sampled)

    def taken(self, positions: Any) -> "Estimates":
        """Some of the statistics, in a new order."""
        positions = np.asarray(positions, np.int64)
        return self.combined(np.arange(len(positions)), positions, 1.0, len(positions))

    def _of(
        self, to: Integers, source: Integers, n: int, value: Floats, sampled: Scores | ReplicateValues
    ) -> "Estimates":
        """What is known of combinations of statistics."""
        flag = np.zeros(n, np.int64)
        np.bitwise_or.at(flag, to, self.flag[source])
        pair, statistic = in_statistics(self.present[1], to, source, len(self.value))
        present = self.present[0][pair], statistic
        clusters = clusters_of(*present, n)
        return Estimates(
            value=value,
            sampled=sampled,
            nobs=_added(to, self.nobs[source], n).astype(np.int64),
            kish=_added(to, self.kish[source], n),
            weight=_added(to, self.weight[source], n),
            clusters=clusters,
            degrees_of_freedom=_degrees(sampled, clusters, present),
            flag=flag,
            present=present,
        )


def estimates_of(totals: ClusterTotals, value: Floats, sampled: Scores | ReplicateValues) -> Estimates:
    """Statistics of the domains, with what is known of each domain."""
    nobs, weight, n = totals.domain_nobs, totals.domain_sums[:, 0], totals.n_domains
    present = _present(totals)
    clusters = clusters_of(*present, n)
    return Estimates(
        value=value,
        sampled=sampled,
        nobs=nobs,
        kish=divided(np.square(weight), totals.domain_squares, 0.0),
        weight=weight,
        clusters=clusters,
        degrees_of_freedom=_degrees(sampled, clusters, present),
        flag=_flags(nobs, weight, clusters) | _lonely(totals, present),
        present=present,
    )


def _present(totals: ClusterTotals) -> tuple[NDArray[Any], NDArray[Any]]:
    """Pairs of a cluster and a domain whose rows do not all have the weight 0."""
    weighs = totals.sums[:, 0] > 0
    if weighs.all():  # as nearly always: nothing is copied
        return totals.sampled_cluster, totals.domain
    return totals.sampled_cluster[weighs], totals.domain[weighs]


def divided(top: Floats, bottom: Floats, otherwise: float = np.nan) -> Floats:
    """Quotients; ``otherwise`` where the divisor is 0."""
    nothing = np.full(np.broadcast_shapes(top.shape, bottom.shape), otherwise)
    return np.asarray(np.divide(top, bottom, out=nothing, where=bottom != 0))


def _flags(nobs: Integers, weight: Floats, clusters: Integers) -> Integers:
    reasons = {
        Flag.NO_CASES: nobs == 0,
        Flag.ZERO_WEIGHT: (nobs > 0) & (weight == 0),
        Flag.ONE_CLUSTER: clusters == 1,
    }
    total = np.zeros(len(nobs), np.int64)
    for flag, on in reasons.items():
        total |= np.where(on, int(flag), 0)
    return total


def _lonely(totals: ClusterTotals, present: tuple[NDArray[Any], NDArray[Any]]) -> Integers:
    """A flag for statistics with a part in a stratum with one cluster."""
    clusters, found = totals.clusters, np.zeros(totals.n_domains, np.int64)
    if clusters.is_lonely.any():
        found[present[1][clusters.is_lonely[clusters.stratum[present[0]]]]] = int(Flag.LONELY_STRATUM)
    return found


def _degrees(
    sampled: Scores | ReplicateValues, clusters: Integers, present: tuple[NDArray[Any], NDArray[Any]]
) -> Floats:
    """Clusters that contain each statistic less strata that do; of replicates, those of the design."""
    if isinstance(sampled, Scores):
        return degrees_of_freedom(sampled.clusters, *present, clusters)
    known = sampled.replicates.degrees_of_freedom
    return np.full(len(clusters), np.nan if known is None else float(known))


def _added(to: Integers, values: Any, n: int) -> Floats:
    return np.bincount(to, weights=values, minlength=n).astype(np.float64)
