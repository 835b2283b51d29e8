"""The clusters that were sampled first, by stratum, and what each stratum's deviations count for in a variance."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

LONELY = ("grand-mean", "remove", "average", "refuse")
"""What may stand in for the variance of a stratum with one cluster."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """The sampled first-stage clusters, numbered by stratum, then label.

    Parameters
    ----------
    stratum : array of int32, shape (n_clusters,)
        The stratum of each cluster; never decreasing.
    fraction : array of float64, shape (n_strata,)
        Which share of the stratum's clusters is sampled, from 0 to 1; 0 without a finite population correction.
    lonely : str
        What stands in for the variance of a stratum with one cluster, in which nothing can vary: ``"grand-mean"``, the
        square of its own deviation; ``"remove"``, nothing; ``"average"``, the mean of the other strata's variances;
        ``"refuse"``, an error.

    Raises
    ------
    ValueError
        If a stratum is out of order or has no cluster, a fraction is outside 0 to 1, or the policy is not known.
    """

    stratum: Codes
    fraction: Floats
    lonely: str = "grand-mean"

    def __post_init__(self) -> None:
        checked.one_of("lonely", self.lonely, LONELY)
        _check_order(self.stratum, len(self.fraction))
        for i in np.flatnonzero(~((self.fraction >= 0) & (self.fraction <= 1)))[:1]:
            raise ValueError(f"fraction: {self.fraction[i]} of stratum {i} is outside 0 to 1")
        for i in np.flatnonzero(self.size == 0)[:1]:
            raise ValueError(f"stratum: {i} has no cluster")

    @property
    def n_clusters(self) -> int:
        return len(self.stratum)

    @property
    def n_strata(self) -> int:
        return len(self.fraction)

    @cached_property
    def size(self) -> NDArray[np.int64]:
        """Clusters in each stratum."""
        return np.bincount(self.stratum, minlength=self.n_strata)

    @cached_property
    def is_lonely(self) -> NDArray[np.bool_]:
        """Which strata have one cluster out of several: where it is the only one there is, nothing is unknown."""
        return np.asarray((self.size == 1) & (self.fraction < 1))

    @cached_property
    def factor(self) -> Floats:
        """What the sum of squared deviations of each stratum's clusters counts for: ``(1 - f) n / (n - 1)``.

        In a lonely stratum it is ``1 - f`` with ``"grand-mean"`` (there is no mean of its own to deviate from) and 0
        otherwise. ``"average"`` gives every other stratum more instead, so that the sum of variances is as if the
        lonely ones had the mean of the others: NaN where all are lonely.

        Raises
        ------
        ValueError
            If there is a lonely stratum and the policy is ``"refuse"``.
        """
        lonely = self.is_lonely
        if self.lonely == "refuse" and lonely.any():
            raise ValueError(f"lonely: stratum {int(np.argmax(lonely))} has one cluster")
        n = np.maximum(self.size, 2)
        factor = (1 - self.fraction) * np.where(lonely, 1.0, n / (n - 1))
        if self.lonely in ("remove", "average"):
            factor[lonely] = 0.0
        if self.lonely == "average" and lonely.any():
            others = self.n_strata - int(lonely.sum())
            factor *= self.n_strata / others if others else np.nan
        return factor


def _check_order(stratum: Codes, n_strata: int) -> None:
    if stratum.ndim != 1 or stratum.dtype != np.int32:
        raise TypeError(f"stratum must be an int32 array of one dimension, not {stratum.dtype} of {stratum.ndim}")
    for i in np.flatnonzero((stratum < 0) | (stratum >= n_strata))[:1]:
        raise ValueError(f"stratum: {stratum[i]} of cluster {i} is outside 0 to {n_strata - 1}")
    for i in np.flatnonzero(np.diff(stratum) < 0)[:1]:
        raise ValueError(f"stratum: cluster {i + 1} of stratum {stratum[i + 1]} comes after one of {stratum[i]}")
