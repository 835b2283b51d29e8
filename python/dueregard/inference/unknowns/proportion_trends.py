"""The straight line through proportions of successive periods: its slope, with interval and test of one statistic."""

import math
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.two_groups.variation import chance_rate


class Slope(NamedTuple):
    """Change of a proportion for each unit of time, as a fraction."""

    estimate: float
    low: float
    high: float
    pvalue: float


def proportion_slope(count: Floats, nobs: Floats, time: Floats, confidence_level: float) -> Slope:
    """Slope of proportions over time, by least squares weighted by the numbers of cases.

    It is the slope of the Cochran-Armitage test for trend (Armitage, P. (1955), Tests for linear trends in proportions
    and frequencies, Biometrics 11: 375-386). That test takes its variance from the rate over all periods, as if there
    were no trend; here each period has a variance of its own, as an interval needs it (see `chance_rate`), and the
    p-value comes from the same one. NaN unless there are two different times with cases.
    """
    used = nobs > 0
    share, size, when = count[used] / nobs[used], nobs[used], time[used]
    if len(set(when.tolist())) < 2:
        return Slope(*[math.nan] * 4)
    away = when - (size * when).sum() / size.sum()
    spread = float((size * away**2).sum())
    _, variance = chance_rate(share, size)
    slope = float((size * away * (share - share[0])).sum()) / spread  # exactly 0 where no share differs
    error = float(np.sqrt((np.square(size * away) * variance).sum())) / spread
    reach = normal_quantile(confidence_level) * error
    pvalue = math.erfc(abs(slope) / error / math.sqrt(2))
    return Slope(slope, slope - reach, slope + reach, pvalue)
