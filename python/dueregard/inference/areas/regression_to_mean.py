"""What to expect of units that were chosen for a low score, without anything being done."""

import numpy as np
from numpy.typing import NDArray


def kuder_richardson_20(met: NDArray[np.bool_]) -> float:
    """The reliability of a score: how far units differ by more than the luck of single indicators.

    Parameters
    ----------
    met
        (n_units, n_indicators): whether each indicator was met.

    Returns
    -------
    float
        From 0 to 1 (a negative estimate is 0). NaN with fewer than two units or indicators, or when no two units
        differ.

    Notes
    -----
    k/(k-1) (1 - sum p(1-p) / variance of the totals), variances over n. Kuder and Richardson (1937), formula 20.

    Examples
    --------
    >>> kuder_richardson_20(np.array([[True, True, True], [False, False, False]]))
    1.0
    """
    n, k = met.shape
    variance = float(met.sum(axis=1).var()) if n else 0.0
    if n < 2 or k < 2 or variance == 0:
        return float("nan")
    shares = met.mean(axis=0)
    return max(0.0, float(k / (k - 1) * (1 - (shares * (1 - shares)).sum() / variance)))


def kuder_richardson_21(totals: NDArray[np.float64], k: int) -> float:
    """The same where only the number of indicators met is known, as if all were equally hard: a lower bound.

    k/(k-1) (1 - m(k-m) / (k variance)), m the mean of the totals. Kuder and Richardson (1937), formula 21.
    """
    variance = float(totals.var()) if len(totals) else 0.0
    if len(totals) < 2 or k < 2 or variance == 0:
        return float("nan")
    mean = float(totals.mean())
    return max(0.0, k / (k - 1) * (1 - mean * (k - mean) / (k * variance)))


def expected_rise(scores: NDArray[np.float64], reliability: float) -> NDArray[np.float64]:
    """How far each score would move towards the mean of all if it were assessed anew: (1 - reliability)(mean - score).

    Kelley, T. L. (1947), Fundamentals of Statistics: the regressed true score. NaN scores are left out of the mean.

    Examples
    --------
    >>> expected_rise(np.array([50.0, 70.0, 90.0]), 0.75).tolist()
    [5.0, 0.0, -5.0]
    """
    return (1 - reliability) * (np.nanmean(scores) - scores)
