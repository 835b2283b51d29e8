"""Student's t for a difference or a ratio of two shares, from its linearised standard error."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.intervals.student import pvalue, student
from dueregard.inference.two_groups.contrasts import Answer, of_whole


def wald(estimate: Floats, error: Floats, degrees: Floats, part: Floats, measure: str, z: float) -> Answer:
    """Limits as far from the estimate as a normal's limits of z standard errors are, by Student's t: R's svyttest.

    ``error`` of ratios is that of their logarithm, on which they are symmetric. Where there is none, as where a share
    is 0, or for odds 1, nothing is known of a ratio: limits 0 and infinity, p 1. NaN where that of a difference is.
    """
    reach = student(z, degrees) * error
    if measure == "difference":
        statistic = np.divide(estimate, error, out=np.full(estimate.shape, np.nan), where=error > 0)
        low, high = (of_whole(estimate + side * reach, part, measure) for side in (-1, 1))
        return Answer(estimate, low, high, statistic, pvalue(statistic, degrees))
    told = np.isfinite(error) & (error > 0)
    centre, error = np.log(np.where(told, estimate, 1.0)), np.where(told, error, 1.0)
    with np.errstate(over="ignore"):
        ends = [np.exp(centre + side * np.where(told, reach, 0.0)) for side in (-1, 1)]
    low, high = (of_whole(end, part, measure) for end in ends)
    statistic = np.where(told, centre / error, np.nan)
    return Answer(
        estimate,
        np.where(told, low, 0.0),
        np.where(told, high, np.inf),
        statistic,
        np.where(told, pvalue(centre / error, degrees), 1.0),
    )
