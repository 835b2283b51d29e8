"""How much more areas vary around a target than chance would make them: by a factor, or by a variance of their own."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.areas.funnel_limits import counts_and_sizes
from dueregard.inference.areas.funnel_methods import METHODS
from dueregard.inference.areas.funnel_scales import SCALES, Scale
from dueregard.inference.checked import Floats

EXTREMES = ("winsorised", "trimmed", "kept")


class Overdispersion(NamedTuple):
    """Variation beyond chance: ``phi`` times the variance of chance, or ``tau2`` added to it on the scale.

    ``position``, ``se`` and ``z`` of each area on the scale, ``used_z`` of the areas (in the order of z when trimmed)
    that ``phi`` and ``tau2`` come from, ``pvalue`` of the test that there is none, ``target`` and ``flag``.
    """

    phi: float
    tau2: float
    pvalue: float
    target: float
    position: Floats
    se: Floats
    z: Floats
    used_z: Floats
    flag: Flag


def overdispersion(
    count: Any,
    size: Any,
    *,
    target: float | None = None,
    measure: str = "proportion",
    scale: str | None = None,
    extremes: str = "winsorised",
    share: float = 0.1,
) -> Overdispersion:
    """Estimate how much more areas vary around a target than chance would make them.

    Parameters
    ----------
    count, size : 1-D arrays
        One for each area, as in `dueregard.funnel_scores`. Areas of size 0 take no part.
    target : float, optional
        What areas are held against; unless given, the value over all areas together (1 for ``measure="ratio"``).
    measure : {"proportion", "rate", "ratio", "count-ratio"}
        As in `dueregard.funnel_limits`.
    scale : {"arcsine", "square-root", "log"}, optional
        The scale, as the methods of `dueregard.funnel_limits`: the first of them that the measure has unless given.
    extremes : {"winsorised", "trimmed", "kept"}
        Areas that are out of line themselves should not widen the limits that are to find them: the outermost z are
        drawn in to their quantiles, or left out, or kept.
    share : float
        Which share of the areas is drawn in or left out at either end: 0.1 is 10%. Below 0.5.

    Returns
    -------
    Overdispersion
        ``phi``: the mean squared z. ``tau2``: the variance between areas on the scale, 0 where they vary no more than
        chance would make them (flag ``NO_VARIATION``). ``pvalue``: of the sum of all squared z, none drawn in, against
        chi-squared, one-sided. With fewer than two areas all are NaN, with the flag ``TOO_FEW_AREAS``.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.funnel_scores`; if the scale has no place for the target, such as a logarithm for 0.

    Notes
    -----
    With k areas used and w = 1 / se^2, tau2 is (k phi - (k - 1)) / (sum w - sum w^2 / sum w), or 0. The quantiles are
    those between whole ranks ("linear"); trimming leaves out the whole part of share times the number of areas at
    either end. On the scale "log" half an event stands for none, so that an area without events is far out but not
    infinitely. chi-squared has one degree of freedom for each area, one fewer where the target comes from them.

    Spiegelhalter, D. J. (2005), Handling over-dispersion of performance indicators, Quality and Safety in Health Care
    14: 347-351. DerSimonian, R. and Laird, N. (1986), Controlled Clinical Trials 7: 177-188.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.overdispersion([12, 45, 30, 8, 60], [40, 100, 90, 31, 120])
    >>> round(found.phi, 2), round(found.tau2, 4)
    (2.01, 0.0052)
    """
    chosen = _scale(measure, scale)
    checked.one_of("extremes", extremes, EXTREMES)
    part = checked.number("share", share)
    if not 0 <= part < 0.5:
        raise ValueError(f"share: {share!r} is not from 0 to below 0.5")
    counts, sizes = counts_and_sizes(count, size, measure)
    if counts.ndim != 1:
        raise ValueError(f"count and size: one number for each area is needed, not {counts.ndim} dimensions")
    counts, sizes = counts[sizes > 0], sizes[sizes > 0]
    middle = _target(counts, sizes, measure, target)
    if chosen.of_value(np.array(middle)) == -np.inf:
        raise ValueError(f"target: {middle:g} has no place on the scale 'log'")
    position, se = chosen.of_counts(counts, sizes), chosen.error(sizes, np.array(middle))
    z = chosen.deviate(counts, sizes, np.array(middle), se)
    given = target is not None or measure == "ratio"
    if len(z) < 2 or np.isnan(middle):
        why = Flag.TOO_FEW_AREAS if len(z) < 2 else Flag.UNDEFINED
        return Overdispersion(np.nan, np.nan, np.nan, middle, position, se, z, z, why)
    used, kept = _drawn_in(z, extremes, part)
    phi = float(np.mean(np.square(used)))
    tau2 = _between(phi, 1 / np.square(se[kept]))
    flag = Flag.NO_VARIATION if tau2 == 0 else Flag(0)
    return Overdispersion(phi, tau2, _pvalue(z, given), middle, position, se, z, used, flag)


def overall(count: Floats, size: Floats, measure: str) -> float:
    """The value of all areas together."""
    others = (size - count).sum() if measure == "count-ratio" else size.sum()
    return float(count.sum() / others) if others > 0 else float("nan")


def _scale(measure: str, scale: str | None) -> Scale:
    checked.one_of("measure", measure, tuple(METHODS))
    name = scale if scale is not None else next(iter(SCALES[measure]))
    checked.one_of("scale", name, tuple(SCALES[measure]))
    return SCALES[measure][name]


def _target(count: Floats, size: Floats, measure: str, target: float | None) -> float:
    if target is None:
        return 1.0 if measure == "ratio" else overall(count, size, measure)
    found = checked.number("target", target)
    if not 0 <= found < np.inf or (measure == "proportion" and found > 1):
        raise ValueError(f"target: {target!r} is not {'between 0 and 1' if measure == 'proportion' else 'from 0'}")
    return found


def _drawn_in(z: Floats, extremes: str, share: float) -> tuple[Floats, Any]:
    """The z that are used, and which areas they are."""
    if extremes == "trimmed":
        cut = int(share * len(z))
        kept = np.argsort(z, kind="stable")[cut : len(z) - cut]
        return z[kept], kept
    if extremes == "winsorised":
        low, high = np.quantile(z, [share, 1 - share])
        return np.clip(z, low, high), slice(None)
    return z, slice(None)


def _between(phi: float, weight: Floats) -> float:
    """The variance between areas by the method of moments."""
    k = len(weight)
    room = float(weight.sum() - np.square(weight).sum() / weight.sum())
    return max(0.0, (k * phi - (k - 1)) / room) if room > 0 else 0.0


def _pvalue(z: Floats, given: bool) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(len(z) - (0 if given else 1), np.square(z).sum()))
