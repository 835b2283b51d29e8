"""Linearised scores of statistics in sampled clusters, and their covariance.

A statistic's score in a cluster is what it would change by, to first order, if the cluster counted a little more.
Scores add up, so a difference, a rest or a mean of statistics has scores that are the same combination of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.surveys.block_covariance import BlockCovariance, Blocks
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.linear_terms import terms_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Scores:
    """The score of each of ``n`` statistics in each cluster in which it has one; in the others it is zero.

    ``cluster``, ``statistic`` and ``score`` have the same length and are ordered by cluster, then statistic, each pair
    at most once.
    """

    clusters: Clusters
    n: int
    cluster: Integers
    statistic: Integers
    score: Floats

    def combined(self, to: Any, source: Any, coefficient: Any, n: int) -> Scores:
        """Scores of ``n`` linear combinations: ``coefficient[i]`` times statistic ``source[i]`` goes into ``to[i]``."""
        terms = terms_of(to, source, coefficient, self.n, n)
        starts = np.searchsorted(terms.source, np.arange(self.n + 1))
        each = np.diff(starts)[self.statistic]
        entry = np.repeat(np.arange(len(each)), each)
        term = starts[self.statistic[entry]] + np.arange(len(entry)) - np.repeat(np.cumsum(each) - each, each)
        key = self.cluster[entry].astype(np.int64) * n + terms.to[term]
        order = np.argsort(key, kind="stable")
        key, score = key[order], (terms.coefficient[term] * self.score[entry])[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        cluster, statistic = np.divmod(key[first], max(n, 1))
        sums = np.add.reduceat(score, first) if len(first) else score
        return Scores(self.clusters, n, cluster.astype(np.int32), statistic.astype(np.int32), sums)

    @property
    def variance(self) -> Floats:
        """The variance of each statistic, ``(n,)``."""
        return self.covariance(np.arange(self.n)).variance

    def covariance(self, block: Any = None) -> BlockCovariance:
        """Covariances of statistics of the same ``block`` (a number for each statistic; all in one unless given).

        The sum over strata of (1 - f) n / (n - 1) times the sum of products of deviations from the stratum's mean over
        all its clusters, those without a score counting as zero: Cochran (1977), Sampling Techniques, sections 9.3 and
        11.4, of the linearised scores of Woodruff (1971), JASA 66: 411-414.

        A variance that the clusters say nothing of is NaN: that of a statistic whose clusters are all in lonely strata
        which the policy leaves out, and any of a single cluster. A statistic without a score anywhere has 0.

        Examples
        --------
        >>> import numpy as np
        >>> from dueregard.inference.surveys.clusters import Clusters
        >>> clusters = Clusters(stratum=np.array([0, 0, 1, 1], np.int32), fraction=np.zeros(2))
        >>> cluster, statistic = np.array([0, 0, 1, 2], np.int32), np.array([0, 1, 1, 0], np.int32)
        >>> scores = Scores(clusters, 2, cluster, statistic, np.array([3.0, 1.0, 5.0, 2.0]))
        >>> scores.covariance().matrix()[1].tolist()
        [[13.0, -12.0], [-12.0, 16.0]]
        >>> scores.combined(to=[0, 0], source=[0, 1], coefficient=[1, -1], n=1).variance.tolist()
        [53.0]
        """
        blocks = Blocks.of(block, self.n)
        values = np.zeros(blocks.offset[-1])
        self._within_strata(blocks, values)
        if self.clusters.lonely == "grand-mean" and self.clusters.is_lonely.any():
            self._from_grand_mean(blocks, values)
        found = BlockCovariance(blocks, values)
        found.forget(np.flatnonzero(self._unknown()))
        return found

    def _within_strata(self, blocks: Blocks, values: Floats) -> None:
        """Add the products of deviations from the means of strata, where these have more than one cluster."""
        clusters = self.clusters
        starts = np.concatenate([[0], np.cumsum(clusters.size)])
        factor = np.where(clusters.is_lonely, 0.0, clusters.factor)[clusters.stratum]
        cluster, place, score = blocks.ordered(self.cluster, self.statistic, self.score)
        _core.add_covariance(cluster, place, score, starts, factor, blocks.start, values)

    def _from_grand_mean(self, blocks: Blocks, values: Floats) -> None:
        """Add the products of deviations of the clusters of lonely strata from the mean of all clusters."""
        clusters = self.clusters
        is_lonely = clusters.is_lonely[clusters.stratum]
        number = np.cumsum(is_lonely, dtype=np.int32) - np.int32(1)
        entry = is_lonely[self.cluster]
        centre = np.bincount(self.statistic, self.score, self.n) / clusters.n_clusters
        one_group = np.array([0, np.count_nonzero(is_lonely)])
        factor = clusters.factor[clusters.stratum[is_lonely]]
        cluster, place, score = blocks.ordered(number[self.cluster[entry]], self.statistic[entry], self.score[entry])
        _core.add_covariance(cluster, place, score, one_group, factor, blocks.start, values, centre[blocks.order])

    def _unknown(self) -> NDArray[np.bool_]:
        """Statistics of whose variance the clusters say nothing, since none has another of its stratum beside it."""
        clusters = self.clusters
        if clusters.lonely == "grand-mean" or not clusters.is_lonely.any():
            return np.full(self.n, clusters.is_lonely.any() and clusters.n_clusters == 1)
        alone = clusters.is_lonely[clusters.stratum[self.cluster]]
        met = np.bincount(self.statistic, minlength=self.n)
        return np.asarray((met > 0) & (met == np.bincount(self.statistic[alone], minlength=self.n)))
