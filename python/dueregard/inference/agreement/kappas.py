"""Weighted kappa: agreement on a scale beyond what the two sides' own habits of answering would give by chance."""

from __future__ import annotations

from types import ModuleType
from typing import NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

WEIGHTS = ("linear", "quadratic")


class Kappa(NamedTuple):
    """A kappa, its standard error as if all pairs were independent, and the range that the two margins leave it."""

    estimate: float
    se: float
    least_possible: float
    most_possible: float


UNDEFINED = Kappa(*[float("nan")] * 4)


def weighted_kappa(table: Floats, weights: str = "linear") -> Kappa:
    """Weighted kappa of a square table of pairs.

    Parameters
    ----------
    table : array of int, shape (k, k)
        Pairs by the answer of the one side (rows) and of the other (columns), answers in the order of the scale.
    weights : {"linear", "quadratic"}
        How much worse it is to be further apart.

    Returns
    -------
    Kappa
        All NaN without pairs, and where all pairs are in one cell of the diagonal: then chance alone would agree on
        everything too, and kappa is 0/0. ``least_possible`` and ``most_possible`` are the kappas of the most different
        and the most alike pairing of the same answers: the effect of prevalence, which keeps kappa low where nearly all
        answers are the same.

    Raises
    ------
    ModuleNotFoundError
        If statsmodels is not installed, naming the extra that brings it.
    ValueError
        For other weights.

    Notes
    -----
    `statsmodels.stats.inter_rater.cohens_kappa`. Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969), Large sample
    standard errors of kappa and weighted kappa, Psychological Bulletin 72: 323-327; on prevalence Byrt, T., Bishop, J.
    and Carlin, J. B. (1993), Bias, prevalence and kappa, Journal of Clinical Epidemiology 46: 423-429. Of two sets of
    answers those pairings are most alike, and most different, that sort both alike, and in opposite order, as the
    weights grow at least in proportion to the distance.

    Examples
    --------
    >>> import numpy as np
    >>> found = weighted_kappa(np.array([[20, 5], [10, 15]]))
    >>> round(found.estimate, 3), round(found.most_possible, 3)
    (0.4, 0.8)
    """
    checked.one_of("weights", weights, WEIGHTS)
    distance = distances(len(table), weights)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    by_chance = float(rows @ distance @ columns)
    if by_chance == 0:  # no pairs, or one answer throughout
        return UNDEFINED
    with np.errstate(invalid="ignore", divide="ignore"):  # a z-value that is not used may be 0/0
        found = _inter_rater().cohens_kappa(table, wt=weights)
    scale = table.sum() / by_chance
    least, most = (float(1 - _apart(rows, columns, distance, order) * scale) for order in (-1, 1))
    return Kappa(float(found.kappa), float(np.sqrt(max(found.var_kappa, 0.0))), least, most)


def distances(size: int, weights: str) -> Floats:
    """How far apart answers are, the ends of the scale 1."""
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    return np.asarray(steps if weights == "linear" else steps**2, np.float64)


def _apart(rows: Floats, columns: Floats, distance: Floats, order: int) -> float:
    """The sum of distances when the answers of both sides are sorted, those of the second backwards if order is -1."""
    answers = np.arange(len(rows))
    first, second = np.repeat(answers, rows.astype(np.int64)), np.repeat(answers, columns.astype(np.int64))
    return float(distance[first, second[::order]].sum())


def _inter_rater() -> ModuleType:
    try:
        from statsmodels.stats import inter_rater
    except ModuleNotFoundError as error:
        message = "kappa needs statsmodels: pip install 'dueregard[verification]'"
        raise ModuleNotFoundError(message, name="statsmodels") from error
    return inter_rater  # type: ignore[no-any-return]
