"""How alike answers of one cluster are, told from all proportions of one measure together."""

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals


def likeness(
    share: Floats, variance: Floats, nobs: Floats, kish: Floats, clusters: Floats, told: NDArray[np.bool_]
) -> float:
    """The intraclass correlation at which the variances are, on the whole, what they are; from 0 to 1.

    Of a proportion p whose cases are m to a cluster, variance x kish = p (1 - p) (1 + (m - 1) correlation): Kish, L.
    (1965), Survey Sampling, section 5.4. Both sides are added up over the proportions that tell (``told``), each as
    often as it has cases. Where none does, and clusters hold several cases, nothing is known, and each cluster counts
    as one: 1.
    """
    simple = share * (1 - share)
    several = np.divide(nobs, clusters, out=np.ones(nobs.shape), where=clusters > 0) - 1
    more = np.where(told, nobs * (variance * kish - simple), 0.0).sum()
    most = np.where(told, nobs * several * simple, 0.0).sum()
    return float(np.clip(more / most, 0.0, 1.0)) if most > 0 else 1.0


def worth(nobs: Floats, kish: Floats, clusters: Floats, alike: float) -> Floats:
    """How many cases of a simple sample answers are worth that are this alike; all in one cluster are worth one."""
    several = np.divide(nobs, clusters, out=np.ones(nobs.shape), where=clusters > 0) - 1
    found = kish / (1 + np.maximum(several, 0.0) * alike)
    return np.asarray(np.where(clusters <= 1, np.minimum(found, 1.0), found))


def effective_clusters(totals: ClusterTotals, alike: float) -> Floats:
    """How many clusters of equal say tell as much of a variance as those that hold each domain.

    (sum a)^2 / sum a^2, where a is the part of a cluster in the variance of a mean whose answers are this alike:
    sum w^2 + alike ((sum w)^2 - sum w^2). Where a few clusters hold most of a group, their number is what counts:
    Satterthwaite, F. E. (1946), Biometrics Bulletin 2: 110-114, of the sum of squares by cluster.
    """
    n = totals.n_domains
    _, domain, part = cluster_parts(totals, alike)
    first, second = (np.bincount(domain, each, n) for each in (part, np.square(part)))
    return np.asarray(np.divide(np.square(first), second, out=np.zeros(len(first)), where=second > 0))


def cluster_parts(totals: ClusterTotals, alike: float) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Pairs of a cluster and a domain, by cluster, then domain, and the cluster's part in the variance of its mean."""
    n = max(totals.n_domains, 1)
    keys, pair = np.unique(totals.sampled_cluster.astype(np.int64) * n + totals.domain, return_inverse=True)
    squares, weight = (np.bincount(pair, each, len(keys)) for each in (totals.squares, totals.sums[:, 0]))
    cluster, domain = np.divmod(keys, n)
    return cluster, domain, squares + alike * (np.square(weight) - squares)
