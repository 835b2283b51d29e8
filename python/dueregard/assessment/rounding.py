"""Rounding as published tables do it."""

from math import floor, isnan


def rounded(percent: float) -> float:
    """To the nearest whole percent, halves up; NaN stays.

    >>> rounded(88.5), rounded(66.4)
    (89.0, 66.0)
    """
    return percent if isnan(percent) else float(floor(percent + 0.5))
