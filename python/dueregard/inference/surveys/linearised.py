"""Statistics whose scores are known: how much each changes if a row counts a little more."""

from dataclasses import replace

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.ratios import totals_of
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues


def linearised(totals: ClusterTotals, value: Floats) -> Estimates:
    """Any smooth statistics of weighted rows, from the sums of their scores.

    To first order a statistic varies from sample to sample as the weighted total of its scores does, the derivatives by
    the weights of rows (Deville, J.-C. (1999), Survey Methodology 25: 193-203). A replicate has the value of the sample
    plus what the total of the scores is more there than in the sample.

    Parameters
    ----------
    totals : ClusterTotals
        Columns 1 to s of the sums are weighted sums of the scores of s statistics, by cluster and domain.
    value : array of float64, shape (n_domains, s)
        NaN for a statistic that has none; its scores may be NaN too.

    Returns
    -------
    Estimates
        Of ``n_domains * s`` statistics: all of domain 0, all of domain 1, ...

    Raises
    ------
    ValueError
        If there are not s columns of scores, and as many values for each domain.

    Examples
    --------
    >>> from dueregard.inference.surveys.clusters import Clusters
    >>> from dueregard.inference.surveys.summing import cluster_totals
    >>> y, codes = np.array([1.0, 2.0, 6.0]), np.arange(3, dtype=np.int32)
    >>> clusters = Clusters(stratum=np.zeros(3, np.int32), fraction=np.zeros(1))
    >>> scores = np.column_stack([(y - 3) / 3, (y - 3) / 3 * 2 * 3])  # of the mean, and of its square
    >>> totals = cluster_totals(codes, np.zeros(3, np.int32), 1, np.ones(3), clusters, values=scores)
    >>> linearised(totals, np.array([[3.0, 9.0]])).variance.round(6).tolist()  # that of the mean: s^2 / n = 7 / 3
    [2.333333, 84.0]
    """
    shape = totals.n_domains, totals.sums.shape[1] - 1
    if value.shape != shape:
        raise ValueError(f"value: the shape is {value.shape}, but there are {shape[0]} domains with {shape[1]} scores")
    full = value.ravel()
    found = totals_of(_each_alone(totals, shape[1]))
    sampled = found.sampled
    if isinstance(sampled, ReplicateValues):
        sampled = replace(sampled, values=sampled.values + (full - sampled.full), full=full)
    return replace(found, value=full, sampled=sampled)


def _each_alone(totals: ClusterTotals, s: int) -> ClusterTotals:
    """Every statistic of a domain a domain of its own, with one column."""
    domain = totals.domain[:, np.newaxis] * np.int32(s) + np.arange(s, dtype=np.int32)
    replicates = totals.replicates
    if replicates is not None and replicates.totals is not None:
        given = replicates.totals
        pairs = np.stack([np.repeat(given[:, :, :1], s, axis=2), given[:, :, 1:]], axis=-1)
        replicates = replace(replicates, totals=pairs.reshape(len(given), -1, 2))
    return replace(
        totals,
        n_domains=totals.n_domains * s,
        cluster=np.repeat(totals.cluster, s),
        domain=domain.ravel().astype(np.int32),
        nobs=np.repeat(totals.nobs, s),
        squares=np.repeat(totals.squares, s),
        sums=np.stack([np.repeat(totals.sums[:, 0], s), totals.sums[:, 1:].ravel()]).T,
        products=None,
        replicates=replicates,
    )
