"""Replicates made from the clusters of a design: jackknife, balanced half samples, bootstrap."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked, random_keys
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.bootstrap_draws import BootstrapDraws
from dueregard.inference.surveys.replicates.hadamard import hadamard
from dueregard.inference.surveys.replicates.replicates import Replicates

Floats = NDArray[np.float64]

KINDS = ("jk1", "jkn", "brr", "fay", "bootstrap")

N_BOOTSTRAP = 500
"""Bootstrap replicates unless said otherwise: a standard error is then known to about 3%."""

MOST_CELLS = 1 << 28
"""Clusters times replicates that are held at once: two gigabytes."""


def make(
    kind: str,
    clusters: Clusters,
    n_replicates: int | None = None,
    *,
    fay: float = 0.5,
    mse: bool = False,
    rng: Any = None,
) -> Replicates:
    """Make replicates of a sample of clusters.

    Parameters
    ----------
    kind : {"jk1", "jkn", "brr", "fay", "bootstrap"}
        "jk1" leaves out one cluster at a time, of a design without strata; "jkn" one in each stratum in turn. "brr"
        takes one of the two clusters of each stratum, "fay" takes one more and the other less. "bootstrap" draws n - 1
        of the n clusters of each stratum, with replacement.
    clusters : Clusters
    n_replicates : int, optional
        For "bootstrap" alone, 500 unless given: the others have as many as the design needs.
    fay : float
        For "fay": what the lesser cluster counts for, from 0 to below 1.
    mse : bool
        Deviations are from the whole sample's value and not from the mean of the replicates.
    rng : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        For "bootstrap". Replicate r is a function of it and r alone.

    Returns
    -------
    Replicates
        With multipliers of clusters, and as many degrees of freedom as there are clusters beyond one in each stratum.

    Raises
    ------
    ValueError
        If the design does not allow the kind: several strata for "jk1", other than two clusters in a stratum for "brr"
        and "fay" (a `StratumSizeError`, which knows the stratum's number); if there is a lonely stratum and the policy
        is to refuse; if there is nothing to make replicates of, or more than memory holds.

    Notes
    -----
    A sampling fraction f lowers the scales of jackknives by 1 - f (as R's survey does), and draws the multipliers of
    the others towards 1 by the root of that. A lonely stratum is treated as the policy of ``clusters`` says: by
    "grand-mean" its cluster and all clusters together give way to each other. For totals, variances are then those of
    linearised scores to the last digits, but for the bootstrap, which has them on average.

    Wolter, K. M. (2007), Introduction to variance estimation, chapters 3 to 5; Judkins, D. R. (1990), Fay's method for
    variance estimation, Journal of Official Statistics 6: 223-239; Rao, J. N. K., Wu, C. F. J. and Yue, K. (1992), Some
    recent work on resampling methods for complex surveys, Survey Methodology 18: 209-217.

    Examples
    --------
    >>> import numpy as np
    >>> clusters = Clusters(stratum=np.array([0, 0, 0, 1, 1], np.int32), fraction=np.zeros(2))
    >>> make("jkn", clusters).multipliers.tolist()[0]
    [0.0, 1.5, 1.5, 1.0, 1.0]
    >>> make("bootstrap", clusters, 4, rng=2024).multipliers_of(0, 4).tolist()[3:]
    [[2.0, 0.0, 2.0, 0.0], [0.0, 2.0, 0.0, 2.0]]
    """
    checked.one_of("replicates", kind, KINDS)
    if n_replicates is not None and kind != "bootstrap":
        raise ValueError(f"n_replicates: {kind!r} makes as many as the design needs")
    factor = clusters.factor  # refuses a lonely stratum if that is the policy
    if clusters.n_clusters < 2:
        raise ValueError(f"replicates: {kind!r} needs at least 2 clusters, not {clusters.n_clusters}")
    if not (factor > 0).any():
        raise ValueError(f"replicates: {kind!r} has nothing to draw: every stratum has one cluster, or was taken whole")
    if kind in ("brr", "fay"):
        return _half_samples(kind, clusters, _fay(fay) if kind == "fay" else 0.0, mse)
    if kind == "bootstrap":
        return _bootstrap(clusters, N_BOOTSTRAP if n_replicates is None else n_replicates, mse, rng)
    return _jackknife(kind, clusters, mse)


class StratumSizeError(ValueError):
    """A stratum whose number of clusters the replicates cannot be made of; ``stratum`` is its number."""

    def __init__(self, kind: str, stratum: int, size: int) -> None:
        super().__init__(f"replicates: {kind!r} needs 2 clusters in each stratum, and stratum {stratum} has {size}")
        self.stratum = stratum


def _jackknife(kind: str, clusters: Clusters, mse: bool) -> Replicates:
    """Each cluster left out in turn, the others of its stratum counting for it; then the lonely ones moved."""
    if kind == "jk1" and clusters.n_strata > 1:
        raise ValueError(
            f"replicates: 'jk1' is for a design without strata, and this has {clusters.n_strata}: use 'jkn'"
        )
    stratum, size, factor = clusters.stratum, clusters.size, clusters.factor
    left_out = np.flatnonzero(((factor > 0) & (size > 1))[stratum])
    lonely = np.flatnonzero(((factor > 0) & (size == 1))[stratum])
    _check_memory(kind, clusters, len(left_out) + 2 * len(lonely))
    n = size[stratum[left_out]]
    first = (np.cumsum(size) - size)[stratum[left_out]]
    multipliers = np.ones((clusters.n_clusters, len(left_out) + 2 * len(lonely)))
    for replicate, cluster in enumerate(left_out):
        there = slice(first[replicate], first[replicate] + n[replicate])
        multipliers[there, replicate] = n[replicate] / (n[replicate] - 1)
        multipliers[cluster, replicate] = 0
    _move(multipliers[:, len(left_out) :], lonely)
    scales = factor[stratum[left_out]] * np.square((n - 1) / n)
    if kind == "jk1":
        return _replicates(kind, clusters, scales[0], np.ones(len(scales)), multipliers, mse)
    scales = np.concatenate([scales, np.repeat(factor[stratum[lonely]] / 2, 2)])
    return _replicates(kind, clusters, 1.0, scales, multipliers, mse)


def _move(multipliers: Floats, lonely: NDArray[np.int64]) -> None:
    """Two replicates for each lonely cluster: all clusters together give way to it, and it gives way to them.

    The changes of a total are its deviation from the mean of all, and minus that, so that they do not move the mean of
    the replicates.
    """
    for i, cluster in enumerate(lonely):
        for replicate, change in ((2 * i, 1.0), (2 * i + 1, -1.0)):
            multipliers[cluster, replicate] += change
            multipliers[:, replicate] -= change / len(multipliers)


def _half_samples(kind: str, clusters: Clusters, fay: float, mse: bool) -> Replicates:
    """The first cluster of each stratum counts more in half of the replicates, the second in the others."""
    for i in np.flatnonzero(clusters.size != 2)[:1]:
        raise StratumSizeError(kind, int(i), int(clusters.size[i]))
    signs = hadamard(clusters.n_strata + 1)[:, 1 : clusters.n_strata + 1].T
    _check_memory(kind, clusters, signs.shape[1])
    both = np.repeat(signs, 2, axis=0).astype(np.float64)
    both[1::2] *= -1
    drawn_in = np.sqrt(1 - clusters.fraction[clusters.stratum])[:, None]
    multipliers = 1 + (1 - fay) * both * drawn_in
    n = multipliers.shape[1]
    return _replicates(kind, clusters, 1 / (n * (1 - fay) ** 2), np.ones(n), multipliers, mse)


def _bootstrap(clusters: Clusters, n_replicates: Any, mse: bool, rng: Any) -> Replicates:
    """Clusters drawn again in each stratum; a lonely one and all together change places, or not, by a coin."""
    n = checked.integer("n_replicates", n_replicates)
    if n < 2:
        raise ValueError(f"n_replicates: a variance needs at least 2, not {n}")
    scale = 1 / (n - 1)
    if clusters.lonely == "average" and clusters.is_lonely.any():
        scale *= clusters.n_strata / np.count_nonzero(~clusters.is_lonely)
    return _replicates(
        "bootstrap", clusters, scale, np.ones(n), BootstrapDraws(clusters, random_keys.key_of(rng), n), mse
    )


def _fay(fay: float) -> float:
    found = checked.number("fay", fay)
    if not 0 <= found < 1:
        raise ValueError(f"fay: {fay!r} is not from 0 to below 1")
    return found


def _check_memory(kind: str, clusters: Clusters, n_replicates: int) -> None:
    if clusters.n_clusters * n_replicates > MOST_CELLS:
        number = f"{n_replicates} replicates of {clusters.n_clusters} clusters"
        raise ValueError(f"replicates: {kind!r} would make {number}, which memory does not hold: use 'bootstrap'")


def _replicates(
    kind: str, clusters: Clusters, scale: float, scales: Floats, multipliers: Floats | BootstrapDraws, mse: bool
) -> Replicates:
    freedom = float(clusters.n_clusters - clusters.n_strata)
    return Replicates(kind, scale, scales, mse, freedom, multipliers)
