"""Values of statistics in each replicate, and their covariance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.surveys.block_covariance import BlockCovariance, Blocks
from dueregard.inference.surveys.linear_terms import terms_of
from dueregard.inference.surveys.replicates.replicates import Replicates

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReplicateValues:
    """``values`` has a row for each replicate and a column for each statistic; ``full`` the values of the whole sample.

    A statistic that is NaN in a replicate which counts has a variance of NaN: that it cannot always be computed says
    that its spread is not known.
    """

    replicates: Replicates
    values: Floats
    full: Floats

    @property
    def n(self) -> int:
        """How many statistics there are."""
        return int(self.values.shape[1])

    def combined(self, to: Any, source: Any, coefficient: Any, n: int) -> ReplicateValues:
        """``n`` linear combinations: ``coefficient[i]`` times statistic ``source[i]`` is added to ``to[i]``."""
        from scipy.sparse import csr_array

        found = terms_of(to, source, coefficient, self.n, n)
        terms = csr_array((found.coefficient, (found.to, found.source)), shape=(n, self.n))
        values = np.asarray(terms @ self.values.T, np.float64)
        return ReplicateValues(self.replicates, values.T, np.asarray(terms @ self.full, np.float64))

    @property
    def variance(self) -> Floats:
        """The variance of each statistic, ``(n,)``."""
        return self.covariance(np.arange(self.n)).variance

    def covariance(self, block: Any = None) -> BlockCovariance:
        """Covariances of statistics of the same ``block`` (a number for each statistic; all in one unless given)."""
        blocks = Blocks.of(block, self.n)
        counts = self.replicates.scales > 0
        values = self.values[counts][:, blocks.order]
        centre = self.full[blocks.order] if self.replicates.mse else values.mean(axis=0)
        factor = self.replicates.scale * self.replicates.scales[counts]
        replicate = np.repeat(np.arange(len(values), dtype=np.int32), self.n)
        place = np.tile(np.arange(self.n, dtype=np.int32), len(values))
        covariance = np.zeros(blocks.offset[-1])
        one_group = np.array([0, len(values)])
        _core.add_covariance(replicate, place, values.ravel(), one_group, factor, blocks.start, covariance, centre)
        return BlockCovariance(blocks, covariance)
