"""What drivers explain in every domain of a survey, with its precision: all that the rows of findings are made of."""

from dataclasses import dataclass, replace

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.share_limits import (
    Limits,
    angle_limits,
    angle_of,
    correlation_limits,
    outer,
    percentile_limits,
)
from dueregard.inference.importance.share_replicates import ShareReplicates, shares_of
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


def precision_of(explained: Floats, found: ShareReplicates, degrees_of_freedom: Floats, level: float) -> SharePrecision:
    """The precision of what drivers explain in each domain, (domains, drivers), from its replicates."""
    share, again = shares_of(explained), shares_of(found.explained)
    total, total_again = explained.sum(axis=1, keepdims=True), found.explained.sum(axis=2, keepdims=True)
    spread = Spread(
        share_covariance=_covariance(found, again, share),
        share_error=_angle_errors(found, again, share),
        explained_error=_angle_errors(found, found.explained, explained),
        total_se=np.sqrt(_covariance(found, total_again, total)[:, 0, 0]),
    )
    by_angles = spread.precision(explained, degrees_of_freedom, level, f"{found.replicates.kind} replicates")
    if not found.is_bootstrap:
        return by_angles
    own, whole = (percentile_limits(each, degrees_of_freedom, level) for each in (again, found.explained))
    return replace(
        by_angles,
        share=outer(own, by_angles.share),
        explained=outer(whole, by_angles.explained),
        method=f"percentiles and Student's t of angles, {found.replicates.n:,} bootstrap replicates",
    )


@dataclass(frozen=True, eq=False)
class Spread:
    """How much chance there is in each domain: covariances of shares, (domains, drivers, drivers), standard errors of
    the angles of shares and of what drivers explain, (domains, drivers), and of all that is explained, (domains,)."""

    share_covariance: Floats
    share_error: Floats
    explained_error: Floats
    total_se: Floats

    def precision(self, explained: Floats, degrees_of_freedom: Floats, level: float, how: str) -> SharePrecision:
        """Limits by Student's t."""
        degrees = degrees_of_freedom[:, np.newaxis]
        return SharePrecision(
            share=angle_limits(shares_of(explained), self.share_error, degrees, level),
            explained=angle_limits(explained, self.explained_error, degrees, level),
            r_squared=correlation_limits(explained.sum(axis=1), self.total_se, degrees_of_freedom, level),
            covariance=self.share_covariance,
            method=f"Student's t of angles, {how}",
        )


def _angle_errors(found: ShareReplicates, values: Floats, full: Floats) -> Floats:
    """Standard errors of the angles of shares, (domains, drivers), as they vary between replicates."""
    covariance = _covariance(found, angle_of(values), angle_of(full))
    return np.asarray(np.sqrt(np.einsum("dii->di", covariance)))


def _covariance(found: ShareReplicates, values: Floats, full: Floats) -> Floats:
    """Between the statistics of each domain: replicates (R, domains, s), the sample (domains, s)."""
    n_domains, s = full.shape
    kept = np.where(np.isnan(values), full, values)
    each = ReplicateValues(found.replicates, kept.reshape(len(values), -1), full.reshape(-1))
    blocks = each.covariance(np.repeat(np.arange(n_domains), s))
    return np.array([blocks.matrix(domain)[1] for domain in range(n_domains)]).reshape(n_domains, s, s)
