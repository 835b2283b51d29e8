"""P-values of several comparisons looked at together."""

import numpy as np

from dueregard.inference.checked import Floats

ADJUSTMENTS = ("holm", "none")


def adjusted(pvalues: Floats, adjust: str) -> Floats:
    """P-values of one family (the last axis), adjusted; NaN stays NaN and is not counted in the family."""
    return holm(pvalues) if adjust == "holm" else np.array(pvalues, np.float64)


def holm(pvalues: Floats) -> Floats:
    """Holm's step-down adjustment along the last axis.

    The i-th smallest of m p-values is multiplied by m - i + 1, made at least as large as those before it, and capped
    at 1. Holm, S. (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6: 65-70.
    """
    pvalues = np.asarray(pvalues, np.float64)
    order = np.argsort(pvalues, axis=-1, kind="stable")  # NaN sorts last
    ascending = np.take_along_axis(pvalues, order, axis=-1)
    family = np.count_nonzero(~np.isnan(pvalues), axis=-1)[..., np.newaxis]
    steps = np.maximum(family - np.arange(pvalues.shape[-1]), 1)
    stepped = np.minimum(np.maximum.accumulate(ascending * steps, axis=-1), 1.0)
    result = np.empty_like(pvalues)
    np.put_along_axis(result, order, np.where(np.isnan(ascending), np.nan, stepped), axis=-1)
    return result
