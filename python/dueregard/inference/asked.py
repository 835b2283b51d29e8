"""What is asked of a share that rests on an effective number of cases: Wilson's interval and the score test."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson

ALTERNATIVES = ("two-sided", "less", "greater", "equivalence")


def check_null(null: Any, usual: float, alternative: str, ends: tuple[float, float]) -> list[float]:
    """The null values: one, or two for equivalence, inside the measure's range."""
    if alternative == "equivalence":
        if not isinstance(null, (tuple, list)) or len(null) != 2:
            raise TypeError("null: equivalence needs a pair (low, high)")
        values = [_number(value) for value in null]
        if not values[0] < values[1]:
            raise ValueError(f"null: {null!r} is not a pair of a lower and a higher value")
    else:
        values = [usual if null is None else _number(null)]
    for value in values:
        if not ends[0] < value < ends[1]:
            raise ValueError(f"null: {value!r} is not between {ends[0]:g} and {ends[1]:g}")
    return values


def _number(value: Any) -> float:
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"null: {value!r} is not a number")
    return float(value)


def answered(
    share: Floats, size: Floats, nulls: Sequence[float], level: float, alternative: str
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Estimate, limits, statistic and p-value. One-sided: the other limit is the end of the range."""
    from scipy.special import ndtr

    two = alternative == "two-sided"
    low, high = wilson(share, size, normal_quantile(level if two else max(2 * level - 1, 0.0)))
    low = np.where(np.isnan(low), low, 0.0) if alternative == "less" else low
    high = np.where(np.isnan(high), high, 1.0) if alternative == "greater" else high
    scores = [(share - null) * np.sqrt(size / (null * (1 - null))) for null in nulls]
    if two:
        return share, low, high, scores[0], np.asarray(2 * ndtr(-np.abs(scores[0])))
    above, below = np.asarray(ndtr(-scores[0])), np.asarray(ndtr(scores[-1]))
    if alternative == "equivalence":
        worse = above >= below
        return share, low, high, np.where(worse, scores[0], scores[1]), np.where(worse, above, below)
    return share, low, high, scores[0], above if alternative == "greater" else below
