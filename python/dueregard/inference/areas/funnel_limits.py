"""Control limits around a target as a function of size, and how far counts are from the target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.areas.funnel_methods import METHODS, method_of
from dueregard.inference.areas.funnel_scales import SCALES
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile

LEVELS = (0.95, 0.998)
"""About two and three standard errors on either side: the usual levels of a funnel."""


class FunnelLimits(NamedTuple):
    """Control limits, for one level or with a first axis of levels, and what to know of each size."""

    low: Any
    high: Any
    flag: Any


class FunnelScores(NamedTuple):
    """Values, how many standard errors each is from the target, its two-sided p-value, and what to know of it."""

    value: Any
    z: Any
    pvalue: Any
    flag: Any


def funnel_limits(
    target: Any,
    size: Any,
    *,
    measure: str = "proportion",
    method: str | None = None,
    confidence_level: Any = LEVELS,
    phi: float = 1.0,
    tau2: float = 0.0,
) -> FunnelLimits:
    """Control limits around a target: between them lie the values of areas of a size that differ by chance alone.

    They are no intervals of any area. An area outside them differs from the target by more than chance would explain
    at that level; of 100 areas that do not differ, about five are outside the limits of 95%.

    Parameters
    ----------
    target : float or array of float
        What areas are held against: a proportion as a fraction, a rate in events per unit of exposure, or a ratio.
    size : float or array of float
        How large areas are. Of a proportion the number of cases, of a rate the exposure, of a ratio of observed to
        expected the expected events, of a ratio of counts both counts together. Broadcasts against ``target``.
    measure : {"proportion", "rate", "ratio", "count-ratio"}
        What the values are: a share of cases, events over an exposure, observed over expected events, or one count
        over another.
    method : str, optional
        "mid-p" unless given or widened: beyond each limit lies half of 1 - confidence_level of the binomial or Poisson
        distribution, with half the chance of the limit itself. The scales, on which limits are normal, can be widened:
        "arcsine" for proportions, "square-root" and "log" for rates and ratios, "log" for ratios of counts. For
        comparison with what others publish: "wilson" for proportions, "exact" and "byar" for rates and ratios; these
        are intervals of an area that has exactly the target, and call a count of 0 low at every level.
    confidence_level : float or sequence of float
        Between 0 and 1; several give limits with one more axis, the first.
    phi, tau2 : float
        Widening for variation beyond chance, from `dueregard.overdispersion` on the same scale: the variance is
        ``phi`` times that of chance, plus ``tau2``. A ``phi`` below 1 is taken as 1.

    Returns
    -------
    FunnelLimits
        ``low`` and ``high`` in the unit of ``target``, and ``flag`` for each size: ``NO_CASES`` where the size is 0,
        with limits NaN, ``SMALL_BASE`` below 30 cases of a proportion or a ratio of counts, ``FEW_EVENTS`` below 10
        expected events, ``UNDEFINED`` where a target of 0 has no logarithm, ``WIDER_LIMITS`` where they are widened.

        Limits end at 0 and, of proportions, at 1: at such an end no count is as improbable as that.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a size is negative or not finite, a target outside its range, ``phi`` or ``tau2`` negative; if measure,
        method or level do not exist, widening is asked for without a scale, or shapes do not broadcast.

    Notes
    -----
    On a scale, limits are where the position of the target plus or minus z sqrt(phi s^2 + tau2) comes back to: arcsine
    of the square root with s = 1 / (2 sqrt(size)); square root with the same; logarithm with s = 1 / sqrt(target size),
    and of a ratio of counts with s = (1 + target) / sqrt(target size).

    Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24:
    1185-1202; Spiegelhalter, D. J. (2005), Handling over-dispersion of performance indicators, Quality and Safety in
    Health Care 14: 347-351; Spiegelhalter, D. J. et al. (2012), Statistical methods for healthcare regulation, Journal
    of the Royal Statistical Society A 175: 1-47.

    Examples
    --------
    >>> import dueregard as dr
    >>> limits = dr.funnel_limits(0.2, [20, 100, 500], confidence_level=0.95)
    >>> limits.low.round(3), limits.high.round(3)
    (array([0.035, 0.124, 0.165]), array([0.392, 0.282, 0.236]))
    >>> dr.funnel_limits(1.0, 40, measure="ratio").high.round(2)
    array([1.32, 1.52])
    """
    name = check_method(measure, method, phi, tau2)
    levels = checked.levels(confidence_level)
    targets, sizes = checked.broadcast(target=_targets(target, measure), size=checked.exposures("size", size))
    z = np.array([normal_quantile(level) for level in levels]).reshape(-1, *(1,) * sizes.ndim)
    flags = _flags(sizes, targets, measure, name) | (Flag.WIDER_LIMITS if phi > 1 or tau2 > 0 else 0)
    defined = (flags & (Flag.NO_CASES | Flag.UNDEFINED)) == 0
    drawn = method_of(measure, name, max(phi, 1.0), tau2)
    low, high = drawn.limits(_or_one(targets, defined), _or_one(sizes, defined), z)
    shape = (len(levels), *sizes.shape)
    low, high = (np.where(defined, np.broadcast_to(ends, shape), np.nan) for ends in (low, high))
    if not isinstance(confidence_level, Iterable):
        low, high = low[0], high[0]
    return FunnelLimits(_plain(low), _plain(high), _flag(flags))


def funnel_scores(
    count: Any,
    size: Any,
    target: Any,
    *,
    measure: str = "proportion",
    method: str | None = None,
    phi: float = 1.0,
    tau2: float = 0.0,
) -> FunnelScores:
    """How far counts are from a target, in standard errors, by the statistic that `dueregard.funnel_limits` draws.

    Parameters
    ----------
    count : float or array of float
        Cases with the property, events, or the first of two counts; weighted ones may be fractions.
    size, target, measure, method, phi, tau2
        As in `dueregard.funnel_limits`.

    Returns
    -------
    FunnelScores
        ``value`` (count over size, or over the other count), ``z``, ``pvalue`` (two-sided) and ``flag``. A value is
        above the upper limit of a level exactly when z is above that level's normal quantile. With "mid-p" z is the
        normal deviate of the mid-p chance of the count or more, or less. Where the size is 0 all are NaN, with the flag
        ``NO_CASES``.

        On the scale "log" half an event stands for none, with the flag ``UNDEFINED``: a logarithm of 0 would be
        infinitely far out whatever the size. A count of none is never above the target. Of a ratio of counts a half is
        added to both, so that near a limit z and the limit can differ by that half.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.funnel_limits`, and if a count is negative or above the size of a proportion or of both counts.

    Examples
    --------
    >>> import dueregard as dr
    >>> scores = dr.funnel_scores([2, 30], [20, 100], 0.2)
    >>> scores.value, scores.z.round(2)
    (array([0.1, 0.3]), array([-1.09,  2.38]))
    """
    name = check_method(measure, method, phi, tau2)
    counts, sizes = counts_and_sizes(count, size, measure)
    counts, sizes, targets = checked.broadcast(count=counts, size=sizes, target=_targets(target, measure))
    flags = _flags(sizes, targets, measure, name)
    defined = (flags & (Flag.NO_CASES | Flag.UNDEFINED)) == 0
    if name in SCALES[measure] and not SCALES[measure][name].takes_none:
        flags = flags | np.where((counts == 0) & (sizes > 0), Flag.UNDEFINED, 0)
    flags = flags | (Flag.WIDER_LIMITS if phi > 1 or tau2 > 0 else 0)
    drawn = method_of(measure, name, max(phi, 1.0), tau2)
    z = drawn.deviate(np.where(defined, counts, 0.0), _or_one(sizes, defined), _or_one(targets, defined))
    z = np.where(defined, z, np.nan)
    value = values_of(counts, sizes, measure)
    return FunnelScores(_plain(value), _plain(z), _plain(_pvalue(z)), _flag(flags))


def values_of(count: Floats, size: Floats, measure: str) -> Floats:
    """Counts over sizes, or of two counts the first over the other."""
    other = size - count if measure == "count-ratio" else size
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(size > 0, count / other, np.nan))


def counts_and_sizes(count: Any, size: Any, measure: str) -> tuple[Floats, Floats]:
    """Counts and sizes in their common shape, refused where they cannot be."""
    counts, sizes = checked.exposures("count", count), checked.exposures("size", size)
    counts, sizes = checked.broadcast(count=counts, size=sizes)
    if measure in ("proportion", "count-ratio"):
        checked.refuse_above("count", counts, "size", sizes)
    checked.refuse_events_without_exposure("count", counts, "size", sizes)
    return counts, sizes


def check_method(measure: str, method: str | None, phi: float = 1.0, tau2: float = 0.0) -> str:
    """The method asked for, or the one that is taken; only those on a scale can be widened."""
    checked.one_of("measure", measure, tuple(METHODS))
    for name, value in (("phi", phi), ("tau2", tau2)):
        if not 0 <= checked.number(name, value) < np.inf:
            raise ValueError(f"{name}: {value!r} is not a number from 0")
    widened = phi > 1 or tau2 > 0
    scales = tuple(SCALES[measure])
    name = method if method is not None else scales[0] if widened else METHODS[measure][0]
    checked.one_of("method", name, METHODS[measure])
    if widened and name not in scales:
        raise ValueError(f"method: {name!r} has no variance to widen; use {' or '.join(map(repr, scales))}")
    return name


def _targets(target: Any, measure: str) -> Floats:
    found = checked.exposures("target", target)
    if measure == "proportion":
        checked.refuse_first("target", found, found > 1, "is not between 0 and 1")
    return found


def _flags(sizes: Floats, targets: Floats, measure: str, method: str) -> NDArray[np.int64]:
    """What to know of a size, and whether the scale has the target."""
    none = sizes == 0
    if measure in ("rate", "ratio"):
        small = np.where(~none & (sizes * targets < FEW_EVENTS), Flag.FEW_EVENTS, 0)
    else:
        small = np.where(~none & (sizes < SMALL_BASE), Flag.SMALL_BASE, 0)
    no_scale = (targets == 0) & (method == "log")
    return np.asarray(np.where(none, Flag.NO_CASES, 0) | small | np.where(no_scale, Flag.UNDEFINED, 0), np.int64)


def _or_one(values: Floats, defined: NDArray[np.bool_]) -> Floats:
    """The values, with 1 in the place of those that nothing is computed for."""
    return np.where(defined, values, 1.0)


def _pvalue(z: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(np.minimum(1.0, 2 * ndtr(-np.abs(z))))


def _plain(values: Floats) -> Any:
    return float(values) if values.ndim == 0 else values


def _flag(flags: NDArray[np.int64]) -> Any:
    return Flag(int(flags)) if flags.ndim == 0 else flags
