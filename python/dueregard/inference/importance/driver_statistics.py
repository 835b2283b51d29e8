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

    ``covariance`` (domains, drivers, drivers) is that of the shares of what is explained, ``se`` the roots of its
    diagonal; ``added`` (domains, drivers) is what chance adds to a share, or takes from it.
    """

    share: Limits
    explained: Limits
    r_squared: Limits
    covariance: Floats
    added: Floats
    method: str

    def or_those_of(self, other: "SharePrecision") -> "SharePrecision":
        """With the outer limits of both: of any share, and from nothing, where the other has nothing to share."""
        nothing = np.isnan(other.share.low)
        any_share = Limits(np.where(nothing, 0.0, other.share.low), np.where(nothing, 1.0, other.share.high))
        r_squared, none = other.r_squared, np.isnan(other.r_squared.low)
        at_least = Limits(np.where(none, 0.0, r_squared.low), np.where(none, self.r_squared.high, r_squared.high))
        return replace(
            self,
            share=outer(self.share, any_share),
            explained=outer(self.explained, other.explained),
            r_squared=outer(self.r_squared, at_least),
        )

    def known(self) -> "SharePrecision":
        """With limits of shares from 0 to 1 where R squared may be 0."""
        open_ = (self.r_squared.low == 0)[:, np.newaxis]
        low, high = (
            np.where(open_ & ~np.isnan(each), end, each) for each, end in zip(self.share, (0.0, 1.0), strict=True)
        )
        return replace(self, share=Limits(low, high))

    @property
    def se(self) -> Floats:
        return np.asarray(np.sqrt(np.einsum("...ii->...i", self.covariance)))

    @property
    def error(self) -> Floats:
        """Mean products of errors of shares, (domains, drivers, drivers): of spread, and of what chance adds."""
        return np.asarray(self.covariance + self.added[:, :, np.newaxis] * self.added[:, np.newaxis, :])


def precision_of(explained: Floats, found: ShareReplicates, degrees_of_freedom: Floats, level: float) -> SharePrecision:
    """The precision of what drivers explain in each domain, (domains, drivers), from its replicates.

    Limits are the outer ones of those around what the sample explains, and around that less what chance adds to it.
    """
    share, again = shares_of(explained), shares_of(found.explained)
    total, total_again = explained.sum(axis=1, keepdims=True), found.explained.sum(axis=2, keepdims=True)
    spread = Spread(
        share_covariance=_covariance(found, again, share),
        share_error=_angle_errors(found, again, share),
        explained_error=_angle_errors(found, found.explained, explained),
        total_se=np.sqrt(_covariance(found, total_again, total)[:, 0, 0]),
    )
    added = _added_by_chance(found, explained)
    by_angles = spread.precision(explained, added, degrees_of_freedom, level, f"{found.replicates.kind} replicates")
    if not found.is_bootstrap:
        return by_angles.known()
    fewer_again, less_again = shares_without(found.explained, 2 * added)  # once as in the sample, and once on its own
    own, whole = (percentile_limits(each, degrees_of_freedom, level) for each in (again, found.explained))
    own_less = percentile_limits(fewer_again, degrees_of_freedom, level, open_ended=True)
    whole_less = percentile_limits(less_again, degrees_of_freedom, level)
    return replace(
        by_angles,
        share=outer(outer(own, by_angles.share), own_less),
        explained=outer(outer(whole, by_angles.explained), Limits(whole_less.low, whole.high)),
        method=f"percentiles and Student's t of angles, {found.replicates.n:,} bootstrap replicates",
    ).known()


def _added_by_chance(found: ShareReplicates, explained: Floats) -> Floats:
    """How much more a driver explains, on average, in replicates than in the sample, (domains, drivers): so much more
    it explains in the sample than among all."""
    made = found.replicates
    more = made.scale * np.einsum("r,rdp->dp", made.scales, np.nan_to_num(found.explained - explained))
    return np.asarray(np.maximum(more, 0.0))


def shares_without(explained: Floats, added: Floats) -> tuple[Floats, Floats]:
    """Shares, and what drivers explain, without what is added to it; shares of NaN where nothing is left to share.

    No driver explains less than nothing; but what all explain is that of all, so that shares may sum to more than 1.

    >>> shares_without(np.array([0.3, 0.1, 0.02]), np.array([0.05, 0.05, 0.05]))[0].round(3).tolist()
    [0.926, 0.185, 0.0]
    """
    left = explained - added
    total, each = left.sum(axis=-1, keepdims=True), np.maximum(left, 0.0)
    share = np.divide(each, total, out=np.full(each.shape, np.nan), where=total > 0)
    return np.minimum(share, 1.0), each


@dataclass(frozen=True, eq=False)
class Spread:
    """How much chance there is in each domain: covariances of shares, (domains, drivers, drivers), standard errors of
    the angles of shares and of what drivers explain, (domains, drivers), and of all that is explained, (domains,)."""

    share_covariance: Floats
    share_error: Floats
    explained_error: Floats
    total_se: Floats

    def precision(
        self, explained: Floats, added: Floats, degrees_of_freedom: Floats, level: float, how: str
    ) -> SharePrecision:
        """Limits by Student's t: the outer ones of those around what the sample explains, and around that less what
        chance adds to it, both (domains, drivers)."""
        share, (fewer, less) = shares_of(explained), shares_without(explained, added)
        found = self._around(share, explained, explained.sum(axis=1), degrees_of_freedom, level)
        found = found.or_those_of(self._around(fewer, less, (explained - added).sum(axis=1), degrees_of_freedom, level))
        return replace(found, added=np.nan_to_num(share - fewer), method=f"Student's t of angles, {how}")

    def _around(
        self, share: Floats, explained: Floats, total: Floats, degrees_of_freedom: Floats, level: float
    ) -> SharePrecision:
        degrees = degrees_of_freedom[:, np.newaxis]
        return SharePrecision(
            share=angle_limits(share, self.share_error, degrees, level),
            explained=angle_limits(explained, self.explained_error, degrees, level),
            r_squared=correlation_limits(total, self.total_se, degrees_of_freedom, level),
            covariance=self.share_covariance,
            added=np.zeros(explained.shape),
            method="",
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
