"""How precise a sample will be, before money is spent on it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.surveys.intervals.student import stretch
from dueregard.inference.two_groups import sample_plans
from dueregard.inference.two_groups.comparisons import METHODS
from dueregard.inference.two_groups.contrasts import Contrast

FORMULAS = tuple(name for name in METHODS["difference"] if name not in ("chan-zhang", "agresti-min"))
"""Methods that take effective numbers of cases."""


class Precision(NamedTuple):
    """An interval to be expected, as fractions, and the cases behind it; floats, or arrays in the shape of arguments.

    ``effective_nobs`` is the number of cases of a simple random sample with the same precision.
    """

    half_width: Any
    low: Any
    high: Any
    nobs: Any
    effective_nobs: Any


def share_precision(
    p: Any,
    nobs: Any,
    *,
    design_effect: Any = 1.0,
    clusters: Any = None,
    strata: Any = 1,
    confidence_level: float = 0.95,
) -> Precision:
    """How wide the interval of a share will be.

    Parameters
    ----------
    p : float or array of float
        The share expected, from 0 to 1.
    nobs : float or array of float
        Number of cases that answer, above 0.
    design_effect : float or array of float
        How many times larger the variance is than that of a simple random sample (`dueregard.cluster_design_effect`).
    clusters, strata : int or array of int, optional
        Sampled clusters, and the strata they are in, more clusters than strata: with few of them less is known of the
        precision, and intervals are wider.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Precision
        As fractions. Arguments broadcast.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a number, or outside its range.

    Notes
    -----
    Wilson's interval for the effective number of cases, nobs / design_effect, over (t of clusters - strata / t of nobs
    - 1)^2, as intervals of surveys with a design are made (Korn, E. L. and Graubard, B. I. (1998), Survey Methodology
    24: 193-201). The half-width is half of its width. At shares of 0 and 1 it has a width too.

    Examples
    --------
    A force asks 640 people in each borough, in clusters that make variances 1.5 times as large:

    >>> import dueregard as dr
    >>> round(100 * dr.share_precision(0.79, 640, design_effect=1.5).half_width, 1)
    3.9
    """
    level, z = checked.level(confidence_level), normal_quantile(checked.level(confidence_level))
    share, cases, effect, degrees = checked.broadcast(
        p=sample_plans.shares("p", p),
        nobs=sample_plans.cases(nobs),
        design_effect=sample_plans.effects(design_effect),
        clusters=sample_plans.degrees(clusters, strata, sample_plans.cases(nobs)),
    )
    size = _adjusted(cases / effect, cases, degrees, level)
    low, high = wilson(share, size, z)
    return _packed(low, high, cases, cases / effect)


def gap_precision(
    p1: Any,
    p2: Any,
    nobs: Any,
    *,
    share: Any,
    design_effect: Any = 1.0,
    clusters: Any = None,
    strata: Any = 1,
    method: str = "score",
    confidence_level: float = 0.95,
) -> Precision:
    """How wide the interval of a gap between two groups of one sample will be.

    Parameters
    ----------
    p1, p2 : float or array of float
        The shares expected in the first and in the second group, from 0 to 1.
    nobs : float or array of float
        Number of cases that answer in both groups together, above 0.
    share : float or array of float
        The first group's part of them, between 0 and 1.
    design_effect, clusters, strata
        As in `dueregard.share_precision`; the same for both groups.
    method : str
        As in `dueregard.compare_proportions`, of a difference, those that are formulas.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Precision
        Of the difference p1 - p2, as fractions.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.share_precision`; also if the method does not exist or needs whole counts.

    Notes
    -----
    The interval of the method at counts of exactly p1 and p2, of effective numbers of cases (see
    `dueregard.share_precision`). Intervals of samples are as wide on average, to about one part in a hundred where each
    group has 50 cases.

    Examples
    --------
    Why 3,000 of 51,000 interviews cannot speak for a borough: 94 are in each of 32, 71% of them White.

    >>> import dueregard as dr
    >>> for nobs in (51_000, 3_000, 3_000 / 32):
    ...     print(f"{nobs:,.0f}: {100 * dr.gap_precision(0.81, 0.74, nobs, share=0.71).half_width:.1f} points")
    51,000: 0.8 points
    3,000: 3.4 points
    94: 18.9 points
    """
    level = checked.level(confidence_level)
    checked.one_of("method", method, FORMULAS)
    one, two, cases, first, effect, degrees = checked.broadcast(
        p1=sample_plans.shares("p1", p1),
        p2=sample_plans.shares("p2", p2),
        nobs=sample_plans.cases(nobs),
        share=sample_plans.parts(share),
        design_effect=sample_plans.effects(design_effect),
        clusters=sample_plans.degrees(clusters, strata, sample_plans.cases(nobs)),
    )
    size = _adjusted(cases / effect, cases, degrees, level)
    low, high = gap_limits(one, two, size, first, method, level)
    return _packed(low, high, cases, cases / effect)


def gap_limits(p1: Floats, p2: Floats, size: Floats, share: Floats, method: str, level: float) -> tuple[Floats, Floats]:
    """The interval at counts of exactly these shares, of effective numbers of cases."""
    size1, size2 = size * share, size * (1 - share)
    found = Contrast(p1 * size1, size1, p2 * size2, size2, np.zeros(size.shape), "difference", method).compare(level)
    return found.low, found.high


def _adjusted(size: Floats, nobs: Floats, degrees: Floats, level: float) -> Floats:
    """Effective numbers of cases, fewer where few clusters tell how precise they are."""
    known = np.where(np.isnan(degrees), np.inf, degrees)
    factor = stretch(np.asarray(normal_quantile(level)), known, np.where(np.isnan(degrees), np.inf, nobs - 1))
    return np.asarray(size / np.square(factor))


def _packed(low: Floats, high: Floats, nobs: Floats, effective: Floats) -> Precision:
    columns = ((high - low) / 2, low, high, nobs, effective)
    return Precision(*(float(each) if np.ndim(each) == 0 else np.array(each) for each in columns))
