"""Replicates: the sample made again many times, whose spread is the variance of whatever is computed from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked
from dueregard.inference.surveys.replicates.bootstrap_draws import BootstrapDraws

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Replicates:
    """How a sample is made again, and what the squared deviations of its replicates count for.

    The variance of a statistic is ``scale`` times the sum over replicates of ``scales`` times its squared deviation
    from the mean of the replicates that count (from the whole sample's value if ``mse``).

    Parameters
    ----------
    kind : str
        What they are called: "jk1", "jkn", "brr", "fay", "bootstrap" or another name.
    scale : float
    scales : array of float64, shape (R,)
    mse : bool
    degrees_of_freedom : float, optional
        Of any statistic; that of the design unless given.
    multipliers : array of float64, shape (n_clusters, R), or BootstrapDraws, optional
        What each cluster counts for in each replicate, or what draws it.
    totals : array of float64, shape (R, n_domains, k + 1), optional
        The weighted sums of each replicate, where its weights were given row by row.

    Raises
    ------
    ValueError
        If there are fewer than two replicates, a scale is negative or not finite, or an array has another shape.
    """

    kind: str
    scale: float
    scales: Floats
    mse: bool = False
    degrees_of_freedom: float | None = None
    multipliers: Floats | BootstrapDraws | None = None
    totals: Floats | None = None

    def __post_init__(self) -> None:
        checked.true_or_false("mse", self.mse)
        _check_scales(self.scale, self.scales)
        if (self.multipliers is None) == (self.totals is None):
            raise ValueError("replicates: need either multipliers of clusters or totals")
        if isinstance(self.multipliers, np.ndarray):
            _check_shape("multipliers", self.multipliers, 2, 1, self.n)
        if self.totals is not None:
            _check_shape("totals", self.totals, 3, 0, self.n)

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.scales)

    @property
    def n_clusters(self) -> int | None:
        """How many clusters there are multipliers of; None where totals are given."""
        drawn = self.multipliers
        return drawn.clusters.n_clusters if isinstance(drawn, BootstrapDraws) else None if drawn is None else len(drawn)

    def multipliers_of(self, first: int, n: int) -> Floats:
        """Multipliers of clusters in replicates ``first`` to ``first + n - 1``, in one piece of memory."""
        assert self.multipliers is not None
        if isinstance(self.multipliers, BootstrapDraws):
            return self.multipliers.multipliers(first, n)
        return np.ascontiguousarray(self.multipliers[:, first : first + n])

    def united(self, statistic: Any, domain: Any, n: int) -> Replicates:
        """The same for unions of domains: ``domain[i]`` is a part of number ``statistic[i]`` of ``n``."""
        if self.totals is None:
            return self
        totals = np.zeros((self.n, n, self.totals.shape[2]))
        np.add.at(totals.swapaxes(0, 1), np.asarray(statistic), self.totals.swapaxes(0, 1)[np.asarray(domain)])
        return replace(self, totals=totals)


def _check_scales(scale: float, scales: Floats) -> None:
    number = checked.number("scale", scale)
    if not 0 < number < np.inf:
        raise ValueError(f"scale: {scale!r} is not a finite number above 0")
    if scales.ndim != 1 or len(scales) < 2:
        raise ValueError(f"replicates: a variance needs at least 2, not {scales.size}")
    for r in np.flatnonzero(~((scales >= 0) & (scales < np.inf)))[:1]:
        raise ValueError(f"scales: {scales[r]} of replicate {r} is not a finite number of at least 0")
    if np.count_nonzero(scales) < 2:
        raise ValueError("scales: fewer than 2 replicates count; the others have 0")


def _check_shape(name: str, array: Floats, n_axes: int, axis: int, n_replicates: int) -> None:
    if array.ndim != n_axes or array.shape[axis] != n_replicates:
        raise ValueError(f"{name}: the shape {array.shape} does not fit {n_replicates} replicates")
