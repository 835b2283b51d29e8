"""Two groups of a survey compared by their means, or by the ranks of their values: tests with Student's t."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates, divided
from dueregard.inference.surveys.intervals.limits import interval_flags, known_se, t_quantile


@dataclass(frozen=True)
class MeanTests:
    """Differences of means, first less second, one for each pair; NaN where a side is empty or nothing varies."""

    estimate: Floats
    se: Floats
    statistic: Floats
    degrees_of_freedom: Floats
    pvalue: Floats
    low: Floats
    high: Floats
    flag: NDArray[np.int64]


def t_tests(means: Estimates, first: Any, second: Any, confidence_level: float = 0.95) -> MeanTests:
    """The difference between the means numbered ``first`` and ``second``, over its standard error.

    One degree of freedom fewer than those of both groups together, as in a regression on the group (Lumley 2010,
    Complex Surveys, section 5.2; R's svyttest).
    """
    from scipy.special import stdtr

    first, second = np.asarray(first, np.int64), np.asarray(second, np.int64)
    n = len(first)
    every = np.tile(np.arange(n), 2)
    gap = means.combined(every, np.concatenate([first, second]), np.repeat([1.0, -1.0], n), n)
    degrees = gap.degrees_of_freedom - 1
    size = np.maximum(np.abs(means.value[first]), np.abs(means.value[second]))
    se = known_se(gap, size)
    statistic = gap.value / se
    width = t_quantile(degrees, confidence_level) * se
    pvalue = np.where(degrees >= 1, 2 * stdtr(np.maximum(degrees, 1), -np.abs(statistic)), np.nan)
    few = ~np.isnan(se) & ~(degrees >= 1)  # one fewer than those of the estimates, which may have had enough
    flag = gap.flag | interval_flags(gap, size) | np.where(few, int(Flag.FEW_DEGREES), 0)
    return MeanTests(gap.value, se, statistic, degrees, pvalue, gap.value - width, gap.value + width, flag)


def rank_scores(values: Floats, weight: Floats, area: NDArray[Any], n_areas: int) -> Floats:
    """The share of its area's weight below each row's value, equal values counting half.

    These are the population's ranks over its size as the sample estimates them; comparing the means of groups by
    `t_tests` is Wilcoxon's test (Lumley and Scott 2013, Biometrika 100: 831-842). Equal values have one score whatever
    the order of the rows, where R's svyranktest gives them the plain mean of what they would have one after another,
    which depends on that order when their weights differ. NaN outside all areas (-1).
    """
    order = np.lexsort((weight, values, area))
    sums, of, of_area = _tied(values[order], weight[order], area[order])
    total = np.bincount(np.maximum(of_area, 0), np.where(of_area >= 0, sums, 0.0), n_areas)
    scores = np.empty(len(values))
    ranks = divided(_before(sums, of_area) + sums / 2, total[np.maximum(of_area, 0)])
    scores[order] = np.where(of_area >= 0, ranks, np.nan)[of]
    return scores


def _tied(values: Floats, weight: Floats, area: NDArray[Any]) -> tuple[Floats, NDArray[np.int64], NDArray[Any]]:
    """Weights of equal values of an area together, which of them each row belongs to, and their areas."""
    is_first = np.ones(len(values), np.bool_)
    is_first[1:] = (np.diff(values) != 0) | (np.diff(area) != 0)
    firsts = np.flatnonzero(is_first)
    sums = np.add.reduceat(weight, firsts) if len(firsts) else weight[:0]
    return sums, np.cumsum(is_first) - 1, area[firsts]


def _before(sums: Floats, area: NDArray[Any]) -> Floats:
    """The weight before each, within its area."""
    before = np.cumsum(sums) - sums
    starts = np.flatnonzero(np.diff(area, prepend=-2))
    return before - np.repeat(before[starts], np.diff(np.append(starts, len(area))))
