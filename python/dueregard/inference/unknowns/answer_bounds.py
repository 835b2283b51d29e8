"""Bounds of a ratio or a gap when some people's answers are missing, whatever they would have said."""

from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.two_groups import comparisons
from dueregard.inference.two_groups.contrasts import Contrast


def bound_answers(
    count1: Any, nobs1: Any, missing1: Any, count2: Any, nobs2: Any, missing2: Any, *, measure: str = "difference"
) -> tuple[Any, Any]:
    """The lowest and highest gap or ratio of two proportions whatever the answers that were not given.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : int or array of int
        Number of cases with the property and number of cases who answered, in the first group and in the second.
    missing1, missing2 : int or array of int
        Number of further cases of each group whose answer is missing.
    measure : {"difference", "ratio", "odds-ratio"}

    Returns
    -------
    low, high : float or array of float
        As fractions. ``low``: nobody of the first group who did not answer has the property and everybody of the second
        has it; ``high`` the reverse. NaN where a group has no cases at all.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.compare_proportions`.

    Examples
    --------
    >>> import dueregard as dr
    >>> low, high = dr.bound_answers(37, 50, 10, 81, 100, 20)
    >>> f"{100 * low:.1f} to {100 * high:.1f} points"
    '-22.5 to 10.8 points'
    """
    checked.one_of("measure", measure, tuple(comparisons.METHODS))
    given = {
        "count1": count1,
        "nobs1": nobs1,
        "missing1": missing1,
        "count2": count2,
        "nobs2": nobs2,
        "missing2": missing2,
    }
    named = {name: checked.whole_numbers(name, value) for name, value in given.items()}
    arrays = dict(zip(named, checked.broadcast(**named), strict=True))
    for i in "12":
        checked.refuse_above(f"count{i}", arrays[f"count{i}"], f"nobs{i}", arrays[f"nobs{i}"])
    count1, nobs1, missing1, count2, nobs2, missing2 = (array.reshape(-1) for array in arrays.values())
    nothing = np.zeros(count1.shape)
    ends = (
        Contrast(count1 + more1, nobs1 + missing1, count2 + more2, nobs2 + missing2, nothing, measure, "score")
        for more1, more2 in ((nothing, missing2), (missing1, nothing))
    )
    low, high = (end.compare(0.95).estimate.reshape(arrays["count1"].shape) for end in ends)
    return (low, high) if low.ndim else (float(low), float(high))
