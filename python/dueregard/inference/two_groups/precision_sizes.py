"""What sample a half-width needs, or a published one implies."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.roots import solve_increasing
from dueregard.inference.two_groups import sample_plans
from dueregard.inference.two_groups.precision import FORMULAS, gap_limits

LARGEST = 1e12
"""The largest effective number of cases that is looked at."""

Widths = Callable[[Floats], Floats]


class PrecisionSize(NamedTuple):
    """The number of cases for a half-width, those of a simple random sample, and the half-width with them."""

    nobs: int
    effective_nobs: float
    half_width: float


def precision_sample_size(
    half_width: float,
    p1: float,
    p2: float | None = None,
    *,
    share: float | None = None,
    design_effect: float = 1.0,
    method: str = "score",
    confidence_level: float = 0.95,
) -> PrecisionSize:
    """How many cases give a share, or a gap, an interval of a half-width.

    Parameters
    ----------
    half_width : float
        As a fraction: 0.03 for "3 points either way".
    p1, p2 : float
        The share expected; of a gap, those of both groups.
    share : float
        Of a gap, the first group's part of all cases, between 0 and 1.
    design_effect, method, confidence_level
        As in `dueregard.gap_precision`.

    Returns
    -------
    PrecisionSize
        ``nobs``, of both groups together, rounded up; ``effective_nobs``, not rounded: what a published half-width
        says of the sample behind it; and the half-width with ``nobs``.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap_precision`; also if only one of ``p2`` and ``share`` is given, or no number of cases gives the
        half-width, since even very few give a smaller one.

    Examples
    --------
    A gap of 7 points (81% and 74%, 71% in the first group), to 1.9 points either way:

    >>> import dueregard as dr
    >>> found = dr.precision_sample_size(0.019, 0.81, 0.74, share=0.71, design_effect=1.5)
    >>> found.nobs, round(found.effective_nobs)
    (14049, 9366)
    """
    wanted, effect = _fraction(half_width), float(sample_plans.effects(design_effect))
    width = _width_of(p1, p2, share, method, checked.level(confidence_level))
    effective = _solved(width, wanted)
    nobs = math.ceil(round(effective * effect, 6))
    return PrecisionSize(nobs, effective, float(width(np.array([nobs / effect]))[0]))


def _fraction(half_width: float) -> float:
    """A half-width between 0 and 1: whoever gives points is told so."""
    points = checked.number("half_width", half_width)
    if 1 <= points < 100:
        raise ValueError(f"half_width: {half_width!r} is not between 0 and 1; {points:g} points are {points / 100:g}")
    return checked.between("half_width", half_width, 0, 1)


def _width_of(p1: float, p2: float | None, share: float | None, method: str, level: float) -> Widths:
    """The half-width as a function of the effective number of cases."""
    if (p2 is None) != (share is None):
        raise TypeError("p2, share: a gap needs both, a share neither")
    checked.one_of("method", method, FORMULAS)
    one = float(sample_plans.shares("p1", checked.number("p1", p1)))
    if p2 is None or share is None:
        return lambda size: np.subtract(*wilson(np.full(size.shape, one), size, normal_quantile(level))[::-1]) / 2
    two, first = (
        float(sample_plans.shares("p2", checked.number("p2", p2))),
        float(sample_plans.parts(checked.number("share", share))),
    )

    def width(size: Floats) -> Floats:
        p1, p2, part = (np.full(size.shape, value) for value in (one, two, first))
        low, high = gap_limits(p1, p2, size, part, method, level)
        return (high - low) / 2

    return width


def _solved(width: Widths, wanted: float) -> float:
    """The effective number of cases with a half-width, which becomes smaller the more there are."""
    low, high = np.log(np.array([2.0])), np.log(np.array([LARGEST]))
    if not width(np.exp(low))[0] > wanted:
        raise ValueError(f"half_width: two cases give no more than {float(width(np.exp(low))[0]):.3g}, so that any do")
    if not width(np.exp(high))[0] < wanted:
        raise ValueError(f"half_width: {wanted:g} is not reached with {LARGEST:,.0f} cases")
    return float(np.exp(solve_increasing(lambda log_size: wanted - width(np.exp(log_size)), low, high))[0])
