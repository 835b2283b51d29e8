"""Weighting classes: what weighting respondents up to those asked would give, and what it would cost."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Counts = NDArray[np.int64]


class WeightingCost(NamedTuple):
    """What weights cost: the effective number of respondents, and how many times fewer that is than their number."""

    size: float
    design_effect: float


def class_weights(respondents: Counts, asked: Counts) -> Floats:
    """How many of those asked each respondent of a class stands for; NaN where nobody responded.

    >>> class_weights(np.array([50, 0]), np.array([100, 20]))
    array([ 2., nan])
    """
    nothing = np.full(len(asked), np.nan)
    return np.asarray(np.divide(asked, respondents, out=nothing, where=respondents > 0))


def weighting_cost(respondents: Counts, weight: Floats) -> WeightingCost:
    """Kish's effective number, (sum w)^2 / sum w^2, of respondents who are weighted by class; NaN without any.

    Kish, L. (1992), Weighting for unequal Pi, Journal of Official Statistics 8: 183-200: the design effect is 1 plus
    the squared coefficient of variation of the weights, as if what is measured did not depend on the classes.

    >>> cost = weighting_cost(np.array([50, 50]), np.array([1.0, 3.0]))
    >>> round(cost.size, 1), round(cost.design_effect, 2)
    (80.0, 1.25)
    """
    used = respondents > 0
    n, w = respondents[used], weight[used]
    if not used.any():
        return WeightingCost(float("nan"), float("nan"))
    size = float((n * w).sum() ** 2 / (n * w * w).sum())
    return WeightingCost(size, float(n.sum()) / size)


def collapsed(respondents: Counts, asked: Counts, minimum: int, parent: NDArray[Any]) -> NDArray[np.int64]:
    """Which class each is in once those with fewer respondents than the minimum are joined to others.

    The class with the fewest respondents (the first of several) joins the one with the nearest response rate among
    those of the same parent, or among all where there is none, until every class has enough or one is left. A class
    that has been joined has the parent of the one it joined.

    Parameters
    ----------
    respondents, asked : array of int, shape (k,)
    minimum : int
    parent : array, shape (k,)
        What classes have in common that are to be joined first, such as the grade of classes of grade and sex.

    Returns
    -------
    array of int, shape (k,)
        For each class the place of that it is in.

    Examples
    --------
    >>> collapsed(np.array([40, 5, 60]), np.array([80, 12, 70]), 30, np.array(["PC", "PC", "Sergeant"])).tolist()
    [0, 0, 2]
    """
    to = np.arange(len(asked))
    n, whole = respondents.copy(), asked.copy()
    while len(left := np.unique(to)) > 1 and n[left].min() < minimum:
        smallest = int(left[np.argmin(n[left])])
        others = left[left != smallest]
        near = others[parent[others] == parent[smallest]]
        candidates = near if len(near) else others
        distance = np.abs(n[candidates] / whole[candidates] - n[smallest] / whole[smallest])
        into = int(candidates[np.argmin(distance)])
        n[into], whole[into] = n[into] + n[smallest], whole[into] + whole[smallest]
        to[to == smallest] = into
    return to


def likeness_of_response(respondents: Counts, asked: Counts) -> tuple[float, int, float, float]:
    """Pearson's test of whether all classes respond alike.

    Returns
    -------
    statistic, degrees_of_freedom, pvalue, least
        ``least`` is the smallest number expected in any cell: below 5 the p-value is rough. NaN where all or nobody
        responded, or there is one class.

    Examples
    --------
    >>> statistic, freedom, pvalue, least = likeness_of_response(np.array([40, 60]), np.array([80, 80]))
    >>> round(statistic, 3), freedom, round(pvalue, 4), least
    (10.667, 1, 0.0011, 30.0)
    """
    from scipy.stats import chi2

    there = asked > 0
    n, whole = respondents[there], asked[there]
    freedom, total = int(there.sum()) - 1, int(whole.sum())
    if freedom < 1 or not 0 < n.sum() < total:
        return float("nan"), max(freedom, 0), float("nan"), float("nan")
    expected = np.outer([n.sum() / total, 1 - n.sum() / total], whole)
    statistic = float((np.square(np.stack([n, whole - n]) - expected) / expected).sum())
    return statistic, freedom, float(chi2.sf(statistic, freedom)), float(expected.min())
