"""How rates change along ordered groups, from the lowest to the highest: slope and relative index of inequality."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked, random_keys
from dueregard.inference.checked import Floats
from dueregard.inference.indices import counted, index_formulas
from dueregard.inference.indices.counted import Counted
from dueregard.inference.indices.slope_limits import Line, least_squares, of_draws, of_line
from dueregard.inference.intervals import normal_quantile

MEASURES = ("slope", "relative")
TRANSFORMS = ("none", "log", "logit")
METHODS = ("delta", "least-squares", "simulation")


class SlopeIndex(NamedTuple):
    """The index with its limits, the fitted rates at both ends, and how the line was fitted."""

    estimate: Any
    low: Any
    high: Any
    pvalue: Any
    bottom: Any
    top: Any
    measure: str
    transform: str
    multiplier: float
    flag: Any
    method: str


@dataclass(frozen=True)
class Asked:
    """What is asked of each area."""

    measure: str
    transform: str
    multiplier: float
    method: str
    level: float
    n_resamples: int
    key: random_keys.Key
    words: str


def slope_index(
    count: Any,
    nobs: Any = None,
    *,
    exposure: Any = None,
    population: Any = None,
    measure: str = "slope",
    transform: str = "none",
    multiplier: float = 1.0,
    method: str = "delta",
    confidence_level: float = 0.95,
    n_resamples: int = 100_000,
    rng: Any = 0,
) -> SlopeIndex:
    """Slope index of inequality (SII), or relative index of inequality (RII), of ordered groups.

    A line is fitted to the rates over where the groups stand in everybody put in order, from 0 (the very lowest) to 1
    (the very highest). The slope index is the difference of its two ends, top minus bottom; the relative index is top
    over bottom.

    Parameters
    ----------
    count, nobs, exposure
        As in `dueregard.disparity_index`, the groups in their order: first the lowest, such as the most deprived.
    population : array of float, optional
        How large the groups are, where that is not ``nobs`` or ``exposure``; they set where groups stand and what they
        weigh.
    measure : {"slope", "relative"}
        The difference of the ends, or their ratio.
    transform : {"none", "log", "logit"}
        The scale on which the line is straight. The ends are turned back from it before they are compared.
    multiplier : float
        The slope index and its limits are multiplied by it: 100 for percentages, negative to turn the sign round. The
        relative index is turned round (one over it) where it is negative, and otherwise left.
    method : {"delta", "least-squares", "simulation"}
        How limits are found: from chance in the counts by the delta method; from how far the rates are off the line, as
        in a regression, with two degrees of freedom fewer than groups; or from lines through rates drawn again, normal
        on the scale of the transform, as percentiles.
    confidence_level, rng
        As in `dueregard.dissimilarity`.
    n_resamples : int
        How many lines "simulation" draws.

    Returns
    -------
    SlopeIndex
        ``estimate``, ``low``, ``high`` and ``pvalue`` of no slope, from one statistic; ``bottom`` and ``top``, the
        fitted rates at the two ends; ``measure``, ``transform`` and ``multiplier`` as they were used; ``flag`` and
        ``method``.

        A group without cases is left out, with the flag ``EMPTY_GROUP``; with fewer than two groups (three for
        "least-squares") all are NaN, with ``NO_CASES``. A rate of 0 has no logarithm, and rates of 0 and 1 no logit:
        all are NaN then, with the flag ``UNDEFINED``, for a fix such as half an event would move the index by an
        amount of its own; use ``transform="none"``. Where the line ends below 0 a relative index is NaN, with the same
        flag; over a bottom that is not above 0 its limits are 0 and infinity.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.disparity_index`; if a population is negative, or the multiplier is 0.

    Notes
    -----
    Weighted least squares of the rates on the middles of the groups' stretches, with the groups' shares of everybody
    as weights: the form that Public Health England publishes (Mackenbach, J. P. and Kunst, A. E. (1997), Social Science
    and Medicine 44: 757-771; Low, A. and Low, A. (2004), Journal of Public Health 26: 388-395), whose limits are those
    of "simulation", with 100,000 draws. The variance of a rate takes the count to be half an event, and half a
    non-event, larger, so that it is not 0 where a rate is. The limits of a relative index without transform are
    Fieller's (1954, Journal of the Royal Statistical Society B 16: 175-185), so that its p-value is the slope's; with
    "log" they are those of the slope on that scale, with "logit" on the logarithm of the ratio.

    Examples
    --------
    >>> import dueregard as dr
    >>> satisfied, answered = [210, 240, 250, 270, 280], [400, 410, 405, 395, 390]
    >>> slope = dr.slope_index(satisfied, answered, multiplier=100)
    >>> f"{slope.estimate:.1f} points ({slope.low:.1f} to {slope.high:.1f})"
    '24.1 points (16.7 to 31.5)'
    >>> relative = dr.slope_index(satisfied, answered, measure="relative")
    >>> f"{relative.estimate:.2f} ({relative.low:.2f} to {relative.high:.2f})"
    '1.48 (1.31 to 1.68)'
    """
    groups = counted.read(count, nobs, exposure)
    if population is not None:
        people = checked.exposures("population", population)
        size, people = checked.broadcast(count=groups.size, population=people)
        groups = replace(groups, count=np.broadcast_to(groups.count, size.shape), size=size, weight=people)
    asked = asked_of(groups.binomial, measure, transform, multiplier, method, confidence_level, n_resamples, rng)
    return slope_of(groups, asked)


def slope_of(groups: Counted, asked: Asked) -> SlopeIndex:
    """The index of groups that are checked, in their order."""
    shape = groups.count.shape[:-1]
    rows = [_row(groups, place, asked) for place in np.ndindex(shape)]
    estimate, low, high, pvalue, bottom, top, flag = counted.gathered(rows, shape)
    about = (asked.measure, asked.transform, asked.multiplier)
    return SlopeIndex(estimate, low, high, pvalue, bottom, top, *about, flag, f"weighted least squares, {asked.words}")


def asked_of(
    binomial: bool,
    measure: str,
    transform: str,
    multiplier: float,
    method: str,
    confidence_level: float,
    n_resamples: int,
    rng: Any,
) -> Asked:
    """The options, checked."""
    for name, value, known in (
        ("measure", measure, MEASURES),
        ("transform", transform, TRANSFORMS),
        ("method", method, METHODS),
    ):
        checked.one_of(name, value, known)
    factor = checked.number("multiplier", multiplier)
    if factor == 0 or not np.isfinite(factor):
        raise ValueError(f"multiplier: {multiplier!r} is not a finite number other than 0")
    if transform == "logit" and not binomial:
        raise ValueError("transform: 'logit' is for proportions; give nobs instead of exposure")
    level, n = checked.level(confidence_level), checked.at_least_one("n_resamples", n_resamples)
    key = random_keys.key_of(rng)
    words = {
        "delta": "limits by the delta method",
        "least-squares": "limits from distances from the line",
        "simulation": f"limits from {n:,} lines drawn, {random_keys.in_words(rng, key)}",
    }[method]
    return Asked(measure, transform, factor, method, level, n, key, words)


def _row(groups: Counted, place: tuple[int, ...], asked: Asked) -> tuple[Any, ...]:
    """The numbers of one area, and its flag."""
    flag, nothing = groups.flags(place), (np.nan,) * 6
    needed = 3 if asked.method == "least-squares" else 2
    if int(((groups.size[place] > 0) & (groups.weight[place] > 0)).sum()) < needed:
        return (*nothing, flag | Flag.NO_CASES)
    line = _line(groups, place, asked.transform)
    if line is None:
        return (*nothing, flag | Flag.UNDEFINED)
    found = _found(line, asked)
    if np.isnan(found[0]):
        flag |= Flag.UNDEFINED
    return (*_multiplied(found, asked), *line.ends, flag)


def _line(groups: Counted, place: tuple[int, ...], transform: str) -> Line | None:
    """The rates of an area on the scale of the line, with their variances; None where one of them is not on it."""
    weight = index_formulas.parts(groups.weight[place])
    kept = (groups.size[place] > 0) & (weight > 0)
    position = (np.cumsum(weight) - weight / 2)[kept]
    count, size = groups.count[place][kept], groups.size[place][kept]
    rate = count / size
    if (transform != "none" and (rate == 0).any()) or (transform == "logit" and (rate == 1).any()):
        return None
    if groups.binomial:
        about = (count + 0.5) / (size + 1)
        variance = about * (1 - about) / size
    else:
        variance = (count + 0.5) / np.square(size)
    value, steepness = _on_scale(rate, transform)
    return Line(value, variance * np.square(steepness), position, index_formulas.parts(weight[kept]), transform)


def _on_scale(rate: Floats, transform: str) -> tuple[Floats, Floats]:
    """Rates on the scale of the line, and how fast the scale rises with them."""
    if transform == "none":
        return rate, np.ones(rate.shape)
    if transform == "log":
        return np.log(rate), 1 / rate
    return np.log(rate / (1 - rate)), 1 / (rate * (1 - rate))


def _found(line: Line, asked: Asked) -> tuple[float, float, float, float]:
    """Estimate, limits and p-value, before they are multiplied."""
    if asked.method == "simulation":
        generator = np.random.Generator(np.random.Philox(key=asked.key))
        return of_draws(line, asked.measure, asked.level, asked.n_resamples, generator)
    if asked.method == "delta":
        return of_line(line, asked.measure, line.covariance, normal_quantile(asked.level), None)
    covariance, quantile = least_squares(line, asked.level)
    return of_line(line, asked.measure, covariance, quantile, len(line.value) - 2)


def _multiplied(found: tuple[float, float, float, float], asked: Asked) -> tuple[float, float, float, float]:
    """The index and its limits after the multiplier, the lower limit still the lower."""
    estimate, low, high, pvalue = found
    if asked.measure == "slope":
        low, high = sorted((low * asked.multiplier, high * asked.multiplier))
        return estimate * asked.multiplier, low, high, pvalue
    if asked.multiplier > 0:
        return found
    return _over(estimate), _over(high), _over(low), pvalue


def _over(value: float) -> float:
    """One over a ratio, which may be 0 or infinite."""
    return np.inf if value == 0 else 1 / value
