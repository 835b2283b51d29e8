"""What chance adds to shares of McFadden's R squared, without replicates."""

from collections.abc import Callable

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.subset_fits import SubsetFit, SubsetFits


def added_by_chance(fits: SubsetFits, sum_variances: Callable[[Floats], Floats]) -> Floats:
    """By how much, on average, shares of drivers are above what they are among all, ``(p,)``.

    The largest log-likelihood of a sample is above that of the true coefficients by half of g'J^-1 g, on average by
    half the trace of J^-1 V: J is the information, V the covariance of the sum of scores g from sample to sample. Of
    rows that were drawn one by one and count alike it is half a unit for each coefficient, whether it is 0 or not; with
    weights and clusters so many times more as the coefficient's design effect is: Stone, M. (1977), JRSS B 39: 44-47;
    of surveys Lumley, T. and Scott, A. (2015), Journal of Survey Statistics and Methodology 3: 1-18.

    What all drivers have of it is shared out as each has by itself, beyond the controls.
    """
    found, groups = fits.whole.patterns, fits.players.groups

    def added(fit: SubsetFit) -> float:
        return float(sum_variances(found.to_rows(fit.gains)).sum())

    controls = added(fits.fit(0))
    every = added(fits.fit(2 ** len(groups) - 1)) - controls
    alone = np.array([max(added(fits.fit(1 << driver)) - controls, 0.0) for driver in range(len(groups))])
    if not (every > 0 and alone.any()):
        return np.zeros(len(groups))
    return np.asarray(every * alone / alone.sum() / -fits.whole.null_loglik)
