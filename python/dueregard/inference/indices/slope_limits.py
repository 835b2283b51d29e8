"""A line through ordered groups: its two ends, their difference and ratio, and the limits of these."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

LINES_AT_ONCE = 2**20

Found = tuple[float, float, float, float]
"""Estimate, lower and upper limit, and p-value."""


@dataclass(frozen=True)
class Line:
    """Values with their variances, where they stand from 0 to 1, and what they weigh (1 together), on some scale."""

    value: Floats
    variance: Floats
    position: Floats
    weight: Floats
    transform: str

    @property
    def to_ends(self) -> Floats:
        """What each value adds to the two ends of the line, at 0 and at 1; shape (2, groups)."""
        middle = float((self.weight * self.position).sum())
        away = self.position - middle
        slope = self.weight * away / float((self.weight * np.square(away)).sum())
        return np.stack([self.weight - middle * slope, self.weight + (1 - middle) * slope])

    @property
    def covariance(self) -> Floats:
        """The covariance of the ends that comes of the values' variances."""
        to_ends = self.to_ends
        return np.asarray((to_ends * self.variance) @ to_ends.T)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends as rates."""
        bottom, top = self.back(self.to_ends @ self.value)
        return float(bottom), float(top)

    def back(self, value: Floats) -> Floats:
        """From the scale of the line to rates."""
        if self.transform == "log":
            return np.exp(value)
        return (1 + np.tanh(value / 2)) / 2 if self.transform == "logit" else value

    def steepness(self, rate: Floats) -> Floats:
        """How fast rates rise with the scale of the line."""
        if self.transform == "log":
            return rate
        return rate * (1 - rate) if self.transform == "logit" else np.ones(rate.shape)


def least_squares(line: Line, confidence_level: float) -> tuple[Floats, float]:
    """The covariance of the ends that comes of distances from the line, and the quantile of Student's t for it."""
    from scipy.special import stdtrit

    to_ends = line.to_ends
    bottom, top = to_ends @ line.value
    fitted = bottom + (top - bottom) * line.position
    freedom = len(line.value) - 2
    spread = float((line.weight * np.square(line.value - fitted)).sum()) / freedom
    return spread * ((to_ends / line.weight) @ to_ends.T), float(stdtrit(freedom, 0.5 + confidence_level / 2))


def of_line(line: Line, measure: str, covariance: Floats, quantile: float, freedom: int | None) -> Found:
    """The difference or the ratio of the ends, by the delta method or Fieller's."""
    bottom, top = line.ends
    rates = np.array([bottom, top])
    if measure == "slope":
        towards = np.array([-1.0, 1.0]) * line.steepness(rates)
        return _normal(top - bottom, _error(towards, covariance), 0.0, quantile, freedom)
    if line.transform == "none":
        return _fieller(bottom, top, covariance, quantile, freedom)
    towards = np.array([-1.0, 1.0]) * line.steepness(rates) / rates
    estimate, low, high, pvalue = _normal(
        float(np.log(top / bottom)), _error(towards, covariance), 0.0, quantile, freedom
    )
    with np.errstate(over="ignore"):
        return float(np.exp(estimate)), float(np.exp(low)), float(np.exp(high)), pvalue


def _error(towards: Floats, covariance: Floats) -> float:
    return float(np.sqrt(np.maximum(towards @ covariance @ towards, 0.0)))


def _normal(estimate: float, error: float, null: float, quantile: float, freedom: int | None) -> Found:
    return (
        estimate,
        estimate - quantile * error,
        estimate + quantile * error,
        _pvalue(estimate - null, error, freedom),
    )


def _pvalue(distance: float, error: float, freedom: int | None) -> float:
    """Two-sided, by the normal distribution or Student's t."""
    from scipy.special import ndtr, stdtr

    if error == 0:
        return 1.0 if distance == 0 else 0.0
    deviate = -abs(distance) / error
    return float(2 * (ndtr(deviate) if freedom is None else stdtr(freedom, deviate)))


def _fieller(bottom: float, top: float, covariance: Floats, quantile: float, freedom: int | None) -> Found:
    """The ratios r, from 0, at which top - r bottom is within its limits.

    The estimate is NaN where an end is below 0, which no rate is, and over a bottom of 0.
    """
    pvalue = _pvalue(top - bottom, _error(np.array([-1.0, 1.0]), covariance), freedom)
    if bottom <= 0:
        return np.nan, 0.0, np.inf, pvalue
    square = quantile * quantile
    lead = bottom * bottom - square * covariance[0, 0]
    half = bottom * top - square * covariance[0, 1]
    last = top * top - square * covariance[1, 1]
    root = half * half - lead * last
    ratio = top / bottom if top >= 0 else np.nan
    if lead <= 0:
        return ratio, *_open(top, bottom, lead, half, root), pvalue
    root = max(root, 0.0)  # it cannot be below 0 here but by rounding
    low, high = (half - np.sqrt(root)) / lead, (half + np.sqrt(root)) / lead
    return ratio, max(float(low), 0.0), max(float(high), 0.0), pvalue


def _open(top: float, bottom: float, lead: float, half: float, root: float) -> tuple[float, float]:
    """The limits where the bottom may be 0: no upper one, and a lower one if only the ratios below it are left out."""
    if root < 0 or lead == 0:
        return 0.0, np.inf
    ends = sorted(((half - np.sqrt(root)) / lead, (half + np.sqrt(root)) / lead))
    above = [end for end in ends if 0 < end <= top / bottom]
    return (float(max(above)), np.inf) if above else (0.0, np.inf)


def of_draws(line: Line, measure: str, level: float, n: int, generator: np.random.Generator) -> Found:
    """The difference or ratio of the ends, with percentiles of lines through values drawn again."""
    block, found = max(1, LINES_AT_ONCE // len(line.value)), []
    for start in range(0, n, block):
        noise = generator.standard_normal((min(block, n - start), len(line.value)))
        ends = line.back((line.value + np.sqrt(line.variance) * noise) @ line.to_ends.T)
        found.append(_compared(ends[:, 0], ends[:, 1], measure))
    bottom, top = line.ends
    estimate = float(_compared(np.array([bottom]), np.array([top]), measure)[0])
    if measure == "relative" and top < 0:
        estimate = np.nan
    drawn = np.sort(np.concatenate(found))  # NaN, where a bottom is not above 0, stands last: above all others
    tail = (1 - level) / 2
    low, high = drawn[int(np.floor(tail * n))], drawn[n - 1 - int(np.floor(tail * n))]
    return estimate, *_known(low, high, measure), _share_beyond(drawn, 0.0 if measure == "slope" else 1.0)


def _compared(bottom: Floats, top: Floats, measure: str) -> Floats:
    if measure == "slope":
        return top - bottom
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))


def _known(low: float, high: float, measure: str) -> tuple[float, float]:
    """Ratios that are not defined are taken to be infinite, and those below 0 to be 0."""
    if measure == "slope":
        return float(low), float(high)
    return (0.0 if np.isnan(low) else max(float(low), 0.0)), (np.inf if np.isnan(high) else max(float(high), 0.0))


def _share_beyond(drawn: NDArray[np.float64], null: float) -> float:
    """Twice the smaller share of draws on one side of no slope, at most 1 and never 0."""
    n = len(drawn)
    below, above = int((drawn <= null).sum()), int((~(drawn < null)).sum())
    return min(1.0, 2 * (1 + min(below, above)) / (1 + n))
