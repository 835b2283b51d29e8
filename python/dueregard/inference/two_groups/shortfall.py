"""A gap in people: how many more of a group would have had to have the outcome."""

from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.comparisons import compare_proportions

ROUNDING = 1e-9
"""A shortfall this little above a whole number is that number."""


class Shortfall(NamedTuple):
    """Cases missing, with limits, and in whole people; the p-value that belongs to the limits; what to know of them."""

    estimate: Any
    low: Any
    high: Any
    needed: Any
    pvalue: Any
    flag: Any


def shortfall(
    count1: Any,
    nobs1: Any,
    count2: Any,
    nobs2: Any,
    *,
    target: str | float = "parity",
    confidence_level: float = 0.95,
    method: str = "score",
) -> Shortfall:
    """How many more cases the first group would have needed, its size unchanged, to reach the share of the second.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : int or array of int
        Number of cases with a favourable outcome and number of cases, in the group and in the reference; they broadcast
        against each other.
    target : "parity" or float
        The share to reach: that of the reference, or this part of it, above 0 and below 1: 0.8 for the four-fifths
        rule.
    confidence_level : float
        Between 0 and 1.
    method : str
        A method of `compare_proportions`: for the difference at parity, for the ratio with another target.

    Returns
    -------
    Shortfall
        ``estimate``, ``low`` and ``high`` in cases of the first group, signed: negative where it is above the target.
        ``needed`` is the smallest whole number of further cases with which the group's share is at the target or above,
        0 where it is already; it is never more than the group has. ``pvalue`` tests whether there is any shortfall or
        surplus: it is below 1 - confidence_level exactly when the limits exclude 0, if that holds for the method.
        ``flag`` is that of `compare_proportions`. Numbers and a `Flag` when all arguments are scalars, otherwise
        arrays of the common shape (``needed`` as floats).

        Where ``nobs1`` or ``nobs2`` is 0 all numbers are NaN, with the flag ``NO_CASES`` or ``NO_REFERENCE``. Where
        nobody in the reference has the outcome there is nothing to fall short of: at parity the estimate is minus
        ``count1`` with the limits of the difference; with another target the upper limit is 0 whatever p, the lower one
        minus ``nobs1``, and the flag ``UNDEFINED``.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        As `compare_proportions`; if the target is neither "parity" nor a number between 0 and 1.

    Notes
    -----
    With shares p1 and p2 and target t the shortfall is nobs1 (t p2 - p1): observed against expected, in people. At
    parity the limits are nobs1 times those of the difference p2 - p1, so that chance in both groups is in them. With
    another target they are nobs1 p2 (t - r), r being the limits of the ratio p1 / p2, cut where all of the group or
    none of it has the outcome: they exclude 0 exactly when the ratio differs from t. The share of the
    reference enters as it was seen.

    Examples
    --------
    71 of 120 officers from one group and 330 of 430 from another were promoted.

    >>> import dueregard as dr
    >>> found = dr.shortfall(71, 120, 330, 430)
    >>> f"{found.estimate:.1f} ({found.low:.1f} to {found.high:.1f}), {found.needed} needed"
    '21.1 (9.8 to 32.8), 22 needed'
    >>> dr.shortfall(71, 120, 330, 430, target=0.8).needed
    3
    """
    at_parity = isinstance(target, str)
    if at_parity and target != "parity":
        raise ValueError(f"target: {target!r} is neither 'parity' nor a number between 0 and 1")
    part = 1.0 if isinstance(target, str) else checked.between("target", target, 0, 1)
    found = compare_proportions(
        count1,
        nobs1,
        count2,
        nobs2,
        measure="difference" if at_parity else "ratio",
        method=method,
        confidence_level=confidence_level,
        null=0.0 if at_parity else part,
    )
    arrays = [np.asarray(a, np.float64) for a in (count1, nobs1, count2, nobs2)]
    estimate, size1, share2 = _expected(part, *np.broadcast_arrays(*arrays))
    flag = np.asarray(found.flag, np.int64)
    if at_parity:
        low, high = -size1 * np.asarray(found.high), -size1 * np.asarray(found.low)
    else:
        low, high = (size1 * (part * share2 - _share(r, share2)) for r in (found.high, found.low))
        flag = flag | np.where(share2 == 0, Flag.UNDEFINED, 0)
    return _pack(estimate, low, high, np.asarray(found.pvalue), flag)


def _expected(
    part: float, count1: Floats, size1: Floats, count2: Floats, size2: Floats
) -> tuple[Floats, Floats, Floats]:
    """The shortfall itself, the size of the group and the share of the reference; NaN without cases."""
    share2 = np.divide(count2, size2, out=np.full(size2.shape, np.nan), where=size2 > 0)
    size1 = np.where(size1 > 0, size1, np.nan)
    return part * share2 * size1 - count1, size1, share2


def _share(ratio: Any, share2: Floats) -> Floats:
    """The share that a ratio to the reference's comes to, at most 1; 1 for an infinite ratio, also to a share of 0."""
    finite = np.where(np.isinf(ratio), 0.0, ratio)
    return np.where(np.isinf(ratio), 1.0, np.minimum(finite * share2, 1.0))


def _pack(estimate: Floats, low: Floats, high: Floats, pvalue: Floats, flag: Any) -> Shortfall:
    """Python numbers and a `Flag` for a single table, arrays otherwise."""
    needed = np.maximum(np.ceil(estimate - ROUNDING * np.maximum(np.abs(estimate), 1.0)), 0.0) + 0.0
    if np.ndim(flag):
        return Shortfall(estimate, low, high, needed, pvalue, flag)
    whole = float(needed) if np.isnan(needed) else int(needed)
    return Shortfall(float(estimate), float(low), float(high), whole, float(pvalue), Flag(int(flag)))
