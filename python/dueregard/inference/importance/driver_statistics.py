"""What drivers explain in every domain of a survey, with its precision: all that the rows of findings are made of."""

from dataclasses import dataclass

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.share_limits import (
    Limits,
    angle_limits,
    correlation_limits,
    percentile_limits,
)
from dueregard.inference.importance.share_replicates import ShareReplicates
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues


@dataclass(frozen=True, eq=False)
class SharePrecision:
    """Arrays of (domains, drivers), and (domains,) of R squared; parts of 1. NaN where nothing is known of chance.

    ``covariance`` (domains, drivers, drivers) is that of the shares of what is explained; ``se`` the roots of its
    diagonal.
    """

    share: Limits
    explained: Limits
    r_squared: Limits
    covariance: Floats
    method: str

    @property
    def se(self) -> Floats:
        return np.asarray(np.sqrt(np.einsum("...ii->...i", self.covariance)))


def shares_of(explained: Floats) -> Floats:
    """Each driver's part of what all explain together, along the last axis; NaN where nothing is explained."""
    total = explained.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(explained, total, out=np.full(explained.shape, np.nan), where=total > 0))


def precision_of(explained: Floats, found: ShareReplicates, degrees_of_freedom: Floats, level: float) -> SharePrecision:
    """The precision of what drivers explain in each domain, (domains, drivers), from its replicates."""
    shares, total = shares_of(found.explained), found.explained.sum(axis=2, keepdims=True)
    spread = Spread(
        _covariance(found, shares, shares_of(explained)),
        np.einsum("dii->di", _covariance(found, found.explained, explained)),
        _covariance(found, total, explained.sum(axis=1, keepdims=True))[:, 0, 0],
    )
    by_angles = spread.precision(explained, degrees_of_freedom, level, f"{found.replicates.kind} replicates")
    if not found.is_bootstrap:
        return by_angles
    share, whole = (percentile_limits(each, degrees_of_freedom, level) for each in (shares, found.explained))
    number = f"{found.replicates.n:,} bootstrap replicates"
    return SharePrecision(share, whole, by_angles.r_squared, spread.share_covariance, f"percentiles of {number}")


@dataclass(frozen=True, eq=False)
class Spread:
    """Covariances of shares of each domain, (domains, drivers, drivers), and variances of what drivers explain,
    (domains, drivers), and of all that is explained, (domains,)."""

    share_covariance: Floats
    explained_variance: Floats
    total_variance: Floats

    def precision(self, explained: Floats, degrees_of_freedom: Floats, level: float, how: str) -> SharePrecision:
        """Limits by Student's t."""
        share_se = np.sqrt(np.einsum("dii->di", self.share_covariance))
        degrees = degrees_of_freedom[:, np.newaxis]
        return SharePrecision(
            angle_limits(shares_of(explained), share_se, degrees, level),
            angle_limits(explained, np.sqrt(self.explained_variance), degrees, level),
            correlation_limits(explained.sum(axis=1), np.sqrt(self.total_variance), degrees_of_freedom, level),
            self.share_covariance,
            f"Student's t of angles; {how}",
        )


def _covariance(found: ShareReplicates, values: Floats, full: Floats) -> Floats:
    """Between the statistics of each domain: replicates (R, domains, s), the sample (domains, s)."""
    n_domains, s = full.shape
    kept = np.where(np.isnan(values), full, values)
    each = ReplicateValues(found.replicates, kept.reshape(len(values), -1), full.reshape(-1))
    blocks = each.covariance(np.repeat(np.arange(n_domains), s))
    return np.array([blocks.matrix(domain)[1] for domain in range(n_domains)]).reshape(n_domains, s, s)
