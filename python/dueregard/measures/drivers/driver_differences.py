"""How much more, or less, drivers are worth in some domains than in others, and how sure that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.measures.drivers.driver_models import DriverModels, Sampled

Domains = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Differences:
    """Arrays of (pairs of domains, drivers), in percent of shares or in the unit of gains; NaN where there is none."""

    value: Floats
    reference_value: Floats
    estimate: Floats
    se: Floats
    degrees_of_freedom: Floats


def differences(models: DriverModels, own: Domains, against: Domains, measure: str) -> Differences:
    """Each domain of ``own`` less the one at its place in ``against``, which are of one area.

    Chance makes the drivers of a small group look more alike than those of a large one: errors of shares hold that.
    """
    found = models.gain if measure == "gain" else 100 * models.share
    value, reference_value = found[own], found[against]
    se, degrees = np.full((2, *value.shape), np.nan)
    ends = [*(each.first for each in models.sampled[1:]), len(found)]
    for sampled, end in zip(models.sampled, ends, strict=True):
        pairs = np.flatnonzero((own >= sampled.first) & (own < end))
        if len(pairs):
            places = own[pairs] - sampled.first, against[pairs] - sampled.first
            spread = _spread(sampled, *places, value.shape[1], measure)
            se[pairs], degrees[pairs] = (np.reshape(each, (len(pairs), -1)) for each in spread)
    if measure == "share":
        added = 100 * np.nan_to_num(models.precision.added)
        se = np.hypot(se, added[own] - added[against])
    estimate = value - reference_value
    told = ~np.isnan(estimate)
    return Differences(value, reference_value, estimate, np.where(told, se, np.nan), np.where(told, degrees, np.nan))


def _spread(sampled: Sampled, own: Domains, against: Domains, p: int, measure: str) -> tuple[Floats, Floats]:
    """Standard errors of differences, and degrees of freedom: of the clusters of both, or of each side's if fewer."""
    every = np.arange(p)
    first, second = ((domains[:, np.newaxis] * p + every).reshape(-1) for domains in (own, against))
    n = len(first)
    to, source = np.tile(np.arange(n), 2), np.concatenate([first, second])
    apart = np.repeat([1.0, -1.0], n)
    gains = sampled.gain.combined(to, source, apart, n)
    if measure == "gain":
        variance, sides = gains.variance, sampled.gain.variance
    elif sampled.share is None:
        return np.full(n, np.nan), gains.degrees_of_freedom
    else:
        variance, sides = 1e4 * sampled.share.combined(to, source, apart, n).variance, 1e4 * sampled.share.variance
    of_sides = sampled.gain.degrees_of_freedom
    with np.errstate(invalid="ignore"):
        each = satterthwaite(sides[first], of_sides[first], sides[second], of_sides[second])
        return np.sqrt(np.maximum(variance, 0.0)), np.fmin(gains.degrees_of_freedom, each)


def satterthwaite(first: Floats, first_degrees: Floats, second: Floats, second_degrees: Floats) -> Floats:
    """Of the sum of two variances. Satterthwaite, F. E. (1946), Biometrics Bulletin 2: 110-114."""
    below = first**2 / np.maximum(first_degrees, 1.0) + second**2 / np.maximum(second_degrees, 1.0)
    total = (first + second) ** 2
    return np.asarray(np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0))
