"""Limits of shares: percentiles of a bootstrap, and Student's t where the roots of shares are angles.

What a driver explains is a square, near 0 of what it could be: its estimate is skew, and too high on average.
Percentiles follow that, but where one driver explains nearly everything they hold the truth too rarely. The angle whose
squared sine is a share has nearly the same standard error everywhere, but where drivers go together and explain little
its limits hold the truth too rarely. So a bootstrap has the outer ones of the two. Of other replicates, and of scores,
there is but a standard error. What chance adds to the estimate is in `driver_statistics`.
"""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.intervals.limits import t_quantile


class Limits(NamedTuple):
    """Arrays of one shape, from 0 to 1; NaN where nothing is known of chance."""

    low: Floats
    high: Floats


def percentile_limits(
    replicates: Floats, degrees_of_freedom: Floats, level: float, *, open_ended: bool = False
) -> Limits:
    """Percentiles of replicates (R, domains, ...), further out where ``degrees_of_freedom`` (domains,) are few.

    They are those where a normal would have Student's t: Hesterberg, T. C. (2015), What teachers should know about the
    bootstrap, The American Statistician 69: 371-386, section 3.3. Replicates without a value are left out, unless they
    are a twentieth of all; or, if ``open_ended``, they may have any from 0 to 1.
    """
    from scipy.special import ndtr

    outside = ndtr(-t_quantile(np.asarray(degrees_of_freedom, np.float64), level))
    found = np.full((2, *replicates.shape[1:]), np.nan)
    for domain, tail in enumerate(outside):
        values = replicates[:, domain]
        lost = np.isnan(values).mean(axis=0) > 0.05
        if np.isnan(tail):
            continue
        if open_ended:
            ends = (np.where(np.isnan(values), end, values) for end in (0.0, 1.0))
            found[:, domain] = [np.quantile(each, at, axis=0) for each, at in zip(ends, (tail, 1 - tail), strict=True)]
            continue
        if lost.all():
            continue
        ends = np.nanquantile(np.where(lost, 0.0, values), (tail, 1 - tail), axis=0)
        found[:, domain] = np.where(lost, np.nan, ends)
    return _with_width(*found)


def angle_of(share: Floats) -> Floats:
    """The angle whose squared sine is the share, from 0 to half of pi."""
    return np.asarray(np.arcsin(np.sqrt(np.clip(share, 0.0, 1.0))))


def angle_error(share: Floats, se: Floats) -> Floats:
    """The standard error of the angle, to first order; NaN at the ends, where there is none."""
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    return np.asarray(se / (2 * np.sqrt(inside * (1 - inside))))


def angle_limits(share: Floats, error: Floats, degrees_of_freedom: Floats, level: float) -> Limits:
    """So many standard errors of the angle either side; arrays that broadcast. Never below 0 or above 1."""
    reach = t_quantile(np.asarray(degrees_of_freedom, np.float64), level) * error
    angle = np.where(np.isnan(share), np.nan, angle_of(share))
    low, high = (np.square(np.sin(np.clip(angle + side * reach, 0.0, np.pi / 2))) for side in (-1, 1))
    return _with_width(low, high)


def outer(first: Limits, second: Limits) -> Limits:
    """The outer ones of two pairs of limits; NaN unless both are known."""
    return Limits(np.minimum(first.low, second.low), np.maximum(first.high, second.high))


def correlation_limits(r_squared: Floats, se: Floats, degrees_of_freedom: Floats, level: float) -> Limits:
    """Limits of R squared, where its root is a correlation, as Fisher has them: atanh; never below 0.

    The lower one is that of R squared itself where that is lower: near 0 a root is above it by a standard error already
    that is twice as many of the root's.
    """
    inside = np.where((r_squared > 0) & (r_squared < 1), r_squared, np.nan)
    root = np.sqrt(inside)
    reach = t_quantile(np.asarray(degrees_of_freedom, np.float64), level) * se / (2 * root * (1 - inside))
    low, high = (np.square(np.tanh(np.maximum(np.arctanh(root) + side * reach, 0.0))) for side in (-1, 1))
    plain = np.maximum(inside - 2 * root * (1 - inside) * reach, 0.0)
    return _with_width(np.minimum(low, plain), high)


def _with_width(low: Floats, high: Floats) -> Limits:
    known = high > low
    return Limits(np.where(known, low, np.nan), np.where(known, high, np.nan))
