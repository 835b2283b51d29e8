"""How strong a factor that was not measured would have to be to remove what remains of a gap."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

IMBALANCE = 20.0
"""Unless said otherwise: how many points more of one group have what was not measured, in `needed_effect`."""

STANDARDISED = 0.91
"""The logarithm of a risk ratio for one standard deviation of a mean (Chinn 2000; VanderWeele and Ding 2017)."""


class EValue(NamedTuple):
    """E-values of an estimate and of the limit of its interval that is nearest to 1.

    Arrays of the common shape, or numbers. ``limit`` is 1 where the interval holds 1, NaN where there is no interval.
    """

    estimate: Any
    limit: Any


def e_value(ratio: Any, low: Any = None, high: Any = None) -> EValue:
    """How strong an unmeasured factor would have to be to explain a ratio away.

    Parameters
    ----------
    ratio : float or array
        A ratio of two shares (a risk ratio), from 0; of a rare outcome an odds ratio comes near it.
    low, high : float or array, optional
        The limits of its interval. They broadcast against ``ratio``.

    Returns
    -------
    EValue
        ``estimate``: a factor could make a ratio of 1 look like ``ratio`` only if it were so many times as common in
        one group as in the other and made the outcome so many times as likely, whatever else is equal; a weaker one
        could not. ``limit``: the same for the limit nearest to 1. 1 says that nothing is needed; NaN in, NaN out; a
        ratio of 0 or infinity has an E-value of infinity.

    Raises
    ------
    TypeError
        If an argument is not of numbers.
    ValueError
        If a number is below 0, or a limit is on the wrong side of its ratio.

    Notes
    -----
    E = RR + sqrt(RR (RR - 1)) for a ratio above 1, and of its inverse below 1 (VanderWeele and Ding 2017, Annals of
    Internal Medicine 167: 268-274). It says nothing of whether there is such a factor, and nothing of several at once
    that are stronger together.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.e_value(0.80, low=0.71, high=0.91)
    >>> round(found.estimate, 2), round(found.limit, 2)
    (1.81, 1.43)
    """
    middle, lower, upper = (_ratios(*named) for named in (("ratio", ratio), ("low", low), ("high", high)))
    try:
        middle, lower, upper = np.broadcast_arrays(middle, lower, upper)
    except ValueError:
        shapes = f"{np.shape(ratio)}, {np.shape(low)} and {np.shape(high)}"
        raise ValueError(f"ratio, low and high: shapes {shapes} do not broadcast") from None
    _refuse_wrong_side("low", middle, lower, lower > middle)
    _refuse_wrong_side("high", middle, upper, upper < middle)
    nearest = np.where(middle > 1, np.maximum(lower, 1), np.minimum(upper, 1))
    nearest = np.where((lower <= 1) & (upper >= 1), 1.0, nearest)
    return EValue(_plain(_formula(middle)), _plain(_formula(np.where(np.isnan(middle), np.nan, nearest))))


def _plain(found: Any) -> Any:
    """A number where there is one, else the array."""
    return float(found) if np.ndim(found) == 0 else found


def _ratios(name: str, given: Any) -> Floats:
    """An argument as an array of ratios; NaN where it is not given."""
    if given is None:
        return np.array(np.nan)
    found = np.asarray(given)
    if found.dtype.kind not in "iuf":
        raise TypeError(f"{name}: {given!r} is not a number or an array of numbers")
    found = found.astype(np.float64)
    if (found < 0).any():
        raise ValueError(f"{name}: {found[found < 0].flat[0]:g} is below 0, and no ratio")
    return np.asarray(found)


def _refuse_wrong_side(name: str, middle: Floats, limit: Floats, wrong: NDArray[np.bool_]) -> None:
    if wrong.any():
        first = np.flatnonzero(wrong)[0]
        word = "above" if name == "low" else "below"
        raise ValueError(f"{name}: {limit.flat[first]:g} is {word} the ratio {middle.flat[first]:g}")


def _formula(ratio: Floats) -> Floats:
    """The E-value of each ratio."""
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.where(ratio < 1, 1 / ratio, ratio)
        return np.asarray(np.where(np.isinf(away), np.inf, away + np.sqrt(away * (away - 1))))


def share_e_value(share: Any, reference_share: Any, low: Any, high: Any) -> EValue:
    """The E-value of what remains of a gap between two shares, all of them fractions.

    Parameters
    ----------
    share, reference_share : float or array
        What the shares of the group and of the reference would be if all that was measured were equal: standardised, so
        that their difference is what remains of the gap.
    low, high : float or array
        The limits of that difference.

    Returns
    -------
    EValue
        Of the ratio of the two (VanderWeele and Ding 2017, of differences of risks); limits are those of the ratio with
        the same mean of both, which the difference leaves open, so that ``limit`` is 1 just where ``low`` to ``high``
        holds 0. The smaller of two: of those with the answer, and of those without it. An answer that nearly everybody
        gives has a ratio near 1 whatever remains, and the other way round; who takes the larger makes a gap look firmer
        than it is. NaN where a share is below 0 or above 1, as regressions may have it, or NaN.

    Examples
    --------
    >>> found = share_e_value(0.74, 0.76, -0.035, -0.005)
    >>> round(found.estimate, 2), round(found.limit, 2)
    (1.19, 1.09)
    """
    given = np.broadcast_arrays(*(np.asarray(each, np.float64) for each in (share, reference_share, low, high)))
    own, other, *limits = given
    possible = (np.minimum(own, other) >= 0) & (np.maximum(own, other) <= 1)
    middle, parts = (own + other) / 2, [own - other, *limits]
    with_it = [_ratio_about(middle, part) for part in parts]
    without_it = [_ratio_about(1 - middle, -part) for part in parts]
    both = np.array([_e_values(*with_it), _e_values(*without_it)])
    smaller = np.where(possible, both.min(axis=0), np.nan)
    return EValue(_plain(smaller[0]), _plain(smaller[1]))


def _ratio_about(middle: Floats, part: Floats) -> Floats:
    """The ratio of two shares with this mean and difference; beyond all shares, the nearest that there is."""
    above, below = (np.clip(middle + sign * part / 2, 0, 1) for sign in (1, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(part == 0, 1.0, above / below))


def _e_values(middle: Floats, one: Floats, other: Floats) -> Floats:
    """E-values of a ratio and of its limits, which may be the other way round or NaN; shape (2, ...)."""
    return np.stack(e_value(middle, np.minimum(one, other), np.maximum(one, other)))


def mean_e_value(remains: Any, low: Any, high: Any, spread: Any) -> EValue:
    """The E-value of what remains of a gap between two means.

    Parameters
    ----------
    remains, low, high : float or array
        In the unit of the outcome.
    spread : float or array
        The standard deviation of the outcome. NaN where it is 0.

    Returns
    -------
    EValue
        Of the risk ratio exp(0.91 remains / spread), which a difference of means comes to where the outcome is nearly
        normal (VanderWeele and Ding 2017, from Chinn 2000): an approximation.

    Examples
    --------
    >>> round(mean_e_value(-5.0, -8.0, -2.0, 25.0).estimate, 2)
    1.69
    """
    scale = np.asarray(spread, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = np.where(scale > 0, scale, np.nan)
        ratios = [np.exp(STANDARDISED * np.asarray(part, np.float64) / usable) for part in (remains, low, high)]
    return e_value(*ratios)


def needed_effect(remains: Any, imbalance: float) -> Any:
    """By how much an unmeasured factor would have to move the outcome to remove what remains, in the unit of that.

    Parameters
    ----------
    remains : float or array
        In points.
    imbalance : float
        How much more common the factor is in one of the groups, a fraction above 0 and up to 1.

    Returns
    -------
    float or array
        ``abs(remains) / imbalance``: a factor that 20% more of one group have (``imbalance=0.2``) and that moves the
        outcome by 10 points moves the gap by 2.

    Raises
    ------
    ValueError
        If the imbalance is not above 0 and at most 1.

    Examples
    --------
    >>> needed_effect(-2.0, 0.2)
    10.0
    """
    if not 0 < imbalance <= 1:
        raise ValueError(f"imbalance: {imbalance!r} is not a fraction above 0 and up to 1")
    return _plain(np.abs(np.asarray(remains, np.float64)) / imbalance)
