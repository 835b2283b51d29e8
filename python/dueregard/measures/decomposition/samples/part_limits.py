"""Parts of a gap with limits, from what each row of a sample changes them by."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.limits import interval_flags, known_se, t_limits
from dueregard.inference.surveys.intervals.student import pvalue


@dataclass(frozen=True)
class Precision:
    """Estimates with limits of one gap, arrays of the gap first, then the rows below it."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    pvalue: Floats
    flag: Floats
    degrees_of_freedom: float

    def of(self, i: int) -> dict[str, Any]:
        """What a row has of it."""
        return {name: float(getattr(self, name)[i]) for name in ("estimate", "se", "low", "high", "pvalue")}


def precisions(estimates: Estimates, level: float, n_areas: int, *, full_count: bool) -> list[Precision]:
    """Limits by Student's t, one for each area; none of a full count."""
    low, high = t_limits(estimates, level)
    se, flag, degrees = known_se(estimates), interval_flags(estimates) | estimates.flag, estimates.degrees_of_freedom
    with np.errstate(invalid="ignore", divide="ignore"):
        p = np.where(np.isnan(low), np.nan, pvalue(estimates.value / se, degrees))
    if full_count:
        low = high = se = p = degrees = np.full(len(estimates.value), np.nan)
        flag = np.full(len(estimates.value), int(Flag.FULL_COUNT))
    arrays = [np.reshape(each, (n_areas, -1)) for each in (estimates.value, se, low, high, p, flag, degrees)]
    return [_one(*(each[i] for each in arrays)) for i in range(n_areas)]


def _one(estimate: Floats, se: Floats, low: Floats, high: Floats, p: Floats, flag: Floats, df: Floats) -> Precision:
    return Precision(estimate, se, low, high, p, flag, float(df[0]))
