"""P-values of several comparisons looked at together."""

from collections.abc import Callable
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

METHODS = ("holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni")


def adjust_pvalues(pvalues: Any, *, method: str = "holm") -> Floats:
    """P-values of one family of comparisons, adjusted so that each can be held against the level by itself.

    Parameters
    ----------
    pvalues : array of float
        One family along the last axis; every row before it is a family of its own. NaN stays NaN and is not counted.
    method : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni"}
        "holm", "hochberg" and "bonferroni" bound the chance of any false finding (Hochberg's needs p-values that are
        independent or positively dependent); "benjamini-hochberg" (same condition) and "benjamini-yekutieli" (any
        dependence) bound the expected share of false ones among the findings.

    Returns
    -------
    ndarray of float
        Of the shape of ``pvalues``: never below them, at most 1, and in the same order.

    Raises
    ------
    TypeError
        If a p-value is not a number.
    ValueError
        If a p-value lies outside 0 to 1, naming the first; if there is only a number, not a list; if there is no such
        method.

    Notes
    -----
    With the m p-values of a family in ascending order, the i-th is multiplied by m (Bonferroni), m - i + 1 (Holm 1979,
    Hochberg 1988), m / i (Benjamini and Hochberg 1995) or that times 1 + 1/2 + ... + 1/m (Benjamini and Yekutieli
    2001). Holm's are then made at least as large as those before them, Hochberg's and the last two at most as large
    as those after them.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.adjust_pvalues([0.01, 0.04, 0.03, float("nan"), 0.005])
    array([0.03, 0.06, 0.06,  nan, 0.02])
    """
    checked.one_of("method", method, METHODS)
    family = checked.probabilities("pvalues", pvalues)
    if not family.ndim:
        raise ValueError("pvalues: a single number is no list of p-values")
    return adjusted(family, method)


def adjusted(pvalues: Floats, adjust: str) -> Floats:
    """P-values of families along the last axis, adjusted by one of the `METHODS`."""
    order = np.argsort(pvalues, axis=-1, kind="stable")  # NaN sorts last
    ascending = np.take_along_axis(pvalues, order, axis=-1)
    family = np.count_nonzero(~np.isnan(pvalues), axis=-1)[..., np.newaxis]
    rank = np.minimum(np.arange(1, pvalues.shape[-1] + 1), np.maximum(family, 1))
    multiplier, running = _STEPS[adjust]
    stepped = np.minimum(running(ascending * multiplier(family, rank)), 1.0)
    result = np.empty(pvalues.shape)
    np.put_along_axis(result, order, np.where(np.isnan(ascending), np.nan, stepped), axis=-1)
    return result


def _as_they_are(values: Floats) -> Floats:
    return values


def _at_least_those_before(values: Floats) -> Floats:
    return np.asarray(np.fmax.accumulate(values, axis=-1))


def _at_most_those_after(values: Floats) -> Floats:
    return np.asarray(np.fmin.accumulate(values[..., ::-1], axis=-1)[..., ::-1])


def _harmonic(family: Any) -> Floats:
    """1 + 1/2 + ... + 1/m for each family size m."""
    sums = np.cumsum(np.concatenate([[0.0], 1 / np.arange(1, np.max(family, initial=0) + 1)]))
    return np.asarray(sums[family])


Multiplier = Callable[[Any, Any], Any]
Running = Callable[[Floats], Floats]

# How each method multiplies the p-value of a rank in a family of m, and how it keeps the products in order.
_STEPS: dict[str, tuple[Multiplier, Running]] = {
    "bonferroni": (lambda m, rank: m, _as_they_are),
    "holm": (lambda m, rank: m - rank + 1, _at_least_those_before),
    "hochberg": (lambda m, rank: m - rank + 1, _at_most_those_after),
    "benjamini-hochberg": (lambda m, rank: m / rank, _at_most_those_after),
    "benjamini-yekutieli": (lambda m, rank: m / rank * _harmonic(m), _at_most_those_after),
}
