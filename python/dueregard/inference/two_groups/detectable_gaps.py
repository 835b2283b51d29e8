"""The smallest gap that a sample would find."""

from __future__ import annotations

import math

from dueregard.inference import checked
from dueregard.inference.two_groups.planning import comparison_power

NARROW = 1e-5
"""How closely the gap is found, as a fraction: a thousandth of a point."""


def detectable_gap(
    p2: float,
    nobs1: int,
    nobs2: int,
    *,
    lower: bool = True,
    power: float = 0.8,
    method: str = "score",
    confidence_level: float = 0.95,
    design_effect: float = 1.0,
) -> float:
    """The smallest gap between two groups that a comparison would find with a wanted probability.

    Parameters
    ----------
    p2 : float
        The true share of the second group, from 0 to 1.
    nobs1, nobs2 : int
        Cases in each group, at least 1.
    lower : bool
        Whether the first group's share is the lower one.
    power : float
        The probability wanted, between 0 and 1.
    method, confidence_level, design_effect
        As in `dueregard.comparison_power`.

    Returns
    -------
    float
        The size of the difference of the shares, as a fraction; NaN where not even a share of 0, or of 1, is far enough
        away.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.comparison_power`.

    Notes
    -----
    Halving intervals of the first share, with the exact power of the method at each.

    Examples
    --------
    What 640 people in a borough can show, 186 of them not White, where 81% of White people are satisfied:

    >>> import dueregard as dr
    >>> round(100 * dr.detectable_gap(0.81, 186, 454, design_effect=1.5), 1)
    12.7
    """
    wanted, start = checked.between("power", power, 0, 1), checked.number("p2", p2)
    checked.true_or_false("lower", lower)

    def found(p1: float) -> bool:
        return bool(
            comparison_power(
                p1, p2, nobs1, nobs2, method=method, confidence_level=confidence_level, design_effect=design_effect
            )
            >= wanted
        )

    near, far = start, 0.0 if lower else 1.0
    if not found(far):
        return math.nan
    while abs(far - near) > NARROW:
        middle = (near + far) / 2
        near, far = (near, middle) if found(middle) else (middle, far)
    return abs(far - start)
