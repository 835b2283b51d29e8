"""Means over areas, and how many cases they are worth."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.variation import chance_rate


def mean_over_areas(share: Floats, size: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted means of the shares of areas (the first axis), and the numbers of cases they are worth.

    That number is what a single sample with the mean share would need for the same variance, p (1 - p) / variance. The
    variances of the areas are those of `chance_rate`, so that areas with a share of 0 or 1 have one too. With one
    area it is the number of its cases.
    """
    used = weight > 0
    mean = np.where(used, weight * np.where(used, share, 0.0), 0.0).sum(axis=0)
    mean = np.where((used <= (share == 1)).all(axis=0), 1.0, np.minimum(mean, 1.0))  # weights add up to nearly 1
    drawn, variance = chance_rate(np.where(used, share, 0.0), np.where(used, size, 0.0))
    rate = np.where(used, weight * drawn, 0.0).sum(axis=0)
    spread = np.where(used, np.square(weight) * variance, 0.0).sum(axis=0)
    worth = np.divide(rate * (1 - rate), spread, out=np.zeros(mean.shape), where=spread > 0)
    return np.where(used.any(axis=0), mean, np.nan), worth
