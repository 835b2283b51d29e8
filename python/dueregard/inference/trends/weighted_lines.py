"""The straight line through readings of unequal precision, and the next reading that it leads to."""

import math
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats

FEWEST_READINGS = 3
"""Two readings are always on a line; it takes a third to see how far readings stray from it."""


class Projection(NamedTuple):
    """Change for each unit of time, the reading projected with its prediction interval, and how far readings stray.

    ``dispersion`` is the variance about the line over the variance of chance, 1 at least; without variances it is the
    variance about the line itself.
    """

    slope: float
    estimate: float
    low: float
    high: float
    dispersion: float


def project_reading(
    time: Floats, value: Floats, variance: Floats | None, at: float, new_variance: float, confidence_level: float
) -> Projection:
    """The reading at another time, if readings go on along their line.

    The line is that of weighted least squares with weights 1 / variance. With w the weights, m the weighted mean of
    time and S the weighted sum of its squared distances from m, the projected reading has the variance

        d (1 / sum(w) + (at - m)^2 / S + new_variance),

    where d is the weighted residual sum of squares over n - 2, but never below 1: readings that stray further than
    chance widen the interval, readings that by chance lie close to the line do not narrow it (McCullagh, P. and Nelder,
    J. A. (1989), Generalized Linear Models, 2nd ed., section 4.5, for d). Limits are so many times its root away as
    the t distribution with n - 2 degrees of freedom says; with d held at 1 they hold the next reading more often than
    they say. Draper, N. R. and Smith, H. (1998), Applied Regression Analysis, 3rd ed., sections 3.1 and 9.2.

    Without variances (full counts, which stray from a line but not by sampling) weights are 1, d is the residual
    variance, whatever it is, and the new reading strays as the others did.

    NaN where there are fewer than three readings or they are all of one time.
    """
    n = len(time)
    if n < FEWEST_READINGS or len(set(time.tolist())) < 2:
        return Projection(*[math.nan] * 5)
    from scipy.special import stdtrit

    weight = np.ones(n) if variance is None else 1 / variance
    mean_time, mean_value = (float((weight * each).sum() / weight.sum()) for each in (time, value))
    away = time - mean_time
    spread = float((weight * away**2).sum())
    slope = float((weight * away * (value - mean_value)).sum()) / spread
    residual = value - mean_value - slope * away
    dispersion = float((weight * residual**2).sum()) / (n - 2)
    dispersion = dispersion if variance is None else max(1.0, dispersion)
    own = 1.0 if variance is None else new_variance
    error = math.sqrt(dispersion * (1 / float(weight.sum()) + (at - mean_time) ** 2 / spread + own))
    reach = float(stdtrit(n - 2, (1 + confidence_level) / 2)) * error
    estimate = mean_value + slope * (at - mean_time)
    return Projection(slope, estimate, estimate - reach, estimate + reach, dispersion)
