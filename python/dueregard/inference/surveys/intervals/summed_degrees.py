"""Degrees of freedom of a sum of shares whose variances the same clusters tell, or others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.intervals.likeness import cluster_parts
from dueregard.inference.surveys.scores import Scores


@dataclass(frozen=True, eq=False)
class TellingClusters:
    """What each cluster tells of the variance of each share: ``parts``, whose squares add up to 1 / degrees."""

    parts: Scores

    @staticmethod
    def of(totals: ClusterTotals, alike: float, degrees: Floats) -> "TellingClusters":
        """The clusters of each domain, with the degrees of freedom that its own variance has."""
        cluster, domain, part = cluster_parts(totals, alike)
        scale = np.sqrt(np.bincount(domain, np.square(part), totals.n_domains) * np.maximum(degrees, 1.0))[domain]
        told = np.divide(part, scale, out=np.zeros(len(part)), where=(scale > 0) & np.isfinite(scale))
        return TellingClusters(
            Scores(totals.clusters, totals.n_domains, cluster.astype(np.int32), domain.astype(np.int32), told)
        )

    def degrees(self, to: NDArray[np.int64], source: NDArray[np.int64], variance: Floats, n: int) -> Floats:
        """Those of ``n`` sums: ``to[i]`` takes in share ``source[i]`` with so much variance; infinite without any.

        (sum V)^2 / sum over clusters of (sum of V times part)^2. Of shares in different clusters these are
        Satterthwaite's, (sum V)^2 / sum (V^2 / degrees): Satterthwaite, F. E. (1946), Biometrics Bulletin 2: 110-114.
        Of shares in the same clusters they are those of one of them, as the same clusters tell no more twice.
        """
        total = np.bincount(to, variance, n)
        by_cluster = self.parts.combined(to, source, variance, n)
        square = np.bincount(by_cluster.statistic, np.square(by_cluster.score), n)
        return np.asarray(np.divide(np.square(total), square, out=np.full(n, np.inf), where=square > 0))
