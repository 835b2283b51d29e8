"""Indices of inequality: how far the values of several groups are from one another, as one number.

Values lie along the last axis, and weights, which broadcast against them, say how large each group is. What cannot be
said is NaN: an index relative to a mean of 0.
"""

import numpy as np

from dueregard.inference.checked import Floats

ROUNDING = 1e-14
"""Relative indices below this are those of equal values."""


def parts(weight: Floats) -> Floats:
    """Weights as shares of their sum."""
    total = weight.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(weight, total, out=np.full(weight.shape, np.nan), where=total > 0))


def mean(value: Floats, weight: Floats) -> Floats:
    """The weighted mean."""
    return np.asarray((value * parts(weight)).sum(axis=-1))


def relative(value: Floats, weight: Floats) -> Floats:
    """Values over their weighted mean; NaN where that is 0."""
    middle = mean(value, weight)[..., np.newaxis]
    return np.asarray(np.divide(value, middle, out=np.full(value.shape, np.nan), where=middle > 0))


def variance(value: Floats, weight: Floats) -> Floats:
    """Weighted mean of the squared distances from the weighted mean."""
    middle = mean(value, weight)[..., np.newaxis]
    found = (np.square(value - middle) * parts(weight)).sum(axis=-1)
    return np.asarray(np.where(found < np.square(ROUNDING * middle[..., 0]), 0.0, found))


def deviation(value: Floats, weight: Floats) -> Floats:
    """The square root of `variance`."""
    return np.sqrt(variance(value, weight))


def entropy(value: Floats, weight: Floats, parameter: float) -> Floats:
    """Generalised entropy: 0 is the mean log deviation, 1 Theil's T, 2 half the squared coefficient of variation."""
    if parameter == 1:
        return theil(value, weight)
    if parameter == 0:
        return mean_log_deviation(value, weight)
    powers = _power(relative(value, weight), parameter)
    return _rounded_to_0((_sum(powers, weight) - 1) / (parameter * (parameter - 1)))


def theil(value: Floats, weight: Floats) -> Floats:
    """Theil's T: the mean of x ln x of values over their mean; a value of 0 adds nothing."""
    share = relative(value, weight)
    return _rounded_to_0(_sum(share * np.log(np.where(share > 0, share, 1.0)), weight))


def mean_log_deviation(value: Floats, weight: Floats) -> Floats:
    """Theil's L: the mean of ln(mean / x); infinite where any value is 0."""
    with np.errstate(divide="ignore"):
        return _rounded_to_0(_sum(-np.log(relative(value, weight)), weight))


def atkinson(value: Floats, weight: Floats, parameter: float) -> Floats:
    """One less the equally distributed equivalent over the mean, with this aversion to inequality; 1 at a value of 0
    where the aversion is 1 or more."""
    if parameter == 1:
        return 1 - np.exp(-mean_log_deviation(value, weight))
    power = _sum(_power(relative(value, weight), 1 - parameter), weight)
    with np.errstate(divide="ignore"):
        return _rounded_to_0(1 - np.power(power, 1 / (1 - parameter)))


def hoover(value: Floats, weight: Floats) -> Floats:
    """Half the mean distance from the mean, over the mean: what share of the whole would have to move."""
    return _rounded_to_0(_sum(np.abs(relative(value, weight) - 1), weight) / 2)


def gini(value: Floats, weight: Floats) -> Floats:
    """Half the mean difference between any two, over the mean."""
    value, weight = np.broadcast_arrays(relative(value, weight), parts(weight))
    order = np.argsort(value, axis=-1, kind="stable")
    value, weight = (np.take_along_axis(array, order, axis=-1) for array in (value, weight))
    return _rounded_to_0((value * weight * (2 * np.cumsum(weight, axis=-1) - weight - 1)).sum(axis=-1))


def disparity(value: Floats, reference: Floats, groups: float) -> Floats:
    """Sum of the distances from the reference over so many groups, over the reference; for a reference of 0 infinite,
    or NaN where all are 0."""
    distance = np.abs(value - reference[..., np.newaxis]).sum(axis=-1) / groups
    with np.errstate(divide="ignore", invalid="ignore"):
        return _rounded_to_0(distance / reference)


def dissimilarity(first: Floats, second: Floats) -> Floats:
    """Half the sum of the distances between two distributions."""
    return _rounded_to_0(np.abs(first - second).sum(axis=-1) / 2)


def kullback_leibler(first: Floats, second: Floats) -> Floats:
    """The mean of log2(p / q) under p, in bits; infinite where q is 0 and p is not."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = first * np.log2(first / second)
    return _rounded_to_0(np.where(first > 0, terms, 0 * first).sum(axis=-1))


def hellinger(first: Floats, second: Floats) -> Floats:
    """The Hellinger distance, from 0 to 1, as the half of a sum of squares: it does not lose digits near 0."""
    return _rounded_to_0(np.sqrt(np.square(np.sqrt(first) - np.sqrt(second)).sum(axis=-1) / 2))


def _rounded_to_0(index: Floats) -> Floats:
    """Rounding puts equal values a little above or below 0, where they are."""
    return np.asarray(np.where(index < ROUNDING, 0.0, index))


def _power(share: Floats, exponent: float) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.power(share, exponent))


def _sum(terms: Floats, weight: Floats) -> Floats:
    """The weighted mean of terms, of which those without weight are left out, even where they are infinite."""
    share = np.broadcast_to(parts(weight), terms.shape)
    return np.asarray(np.where(share == 0, 0.0, terms * np.where(share == 0, 1.0, share)).sum(axis=-1))
