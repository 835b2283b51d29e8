"""What clusters count for in the replicates of a bootstrap, drawn a few replicates at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.surveys.clusters import Clusters

Floats = NDArray[np.float64]

COINS = 1 << 63
"""The first of the replicates whose random words are tosses of coins: drawing clusters uses those below."""


@dataclass(frozen=True, eq=False)
class BootstrapDraws:
    """Replicate r is a function of the clusters, the key and r alone; ``n`` are asked for."""

    clusters: Clusters
    key: NDArray[np.uint64]
    n: int

    def multipliers(self, first: int, n: int) -> Floats:
        """Those of replicates ``first`` to ``first + n - 1``: clusters x replicates."""
        clusters = self.clusters
        drawn = _core.bootstrap_multipliers(clusters.size, clusters.fraction, self.key, first, n)
        if clusters.lonely == "grand-mean" and clusters.is_lonely.any():
            self._toss(drawn, first)
        return drawn

    def _toss(self, drawn: Floats, first: int) -> None:
        """Move each lonely cluster by a fair coin: up, at the cost of all clusters together, or down, to their gain.

        Its deviation from the mean of all, plus or minus, has the square that the policy wants as its variance.
        """
        clusters = self.clusters
        lonely = np.flatnonzero(clusters.is_lonely[clusters.stratum])
        reach = np.sqrt(1 - clusters.fraction[clusters.stratum[lonely]])
        for i in range(drawn.shape[1]):
            words = _core.philox_words(self.key, COINS + first + i, len(lonely))
            change = np.where(words >> np.uint64(63) == 1, reach, -reach)
            drawn[lonely, i] += change
            drawn[:, i] -= change.sum() / clusters.n_clusters
