"""Exact unconditional comparison of two proportions by their difference."""

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import two_samples

METHODS = ("chan-zhang", "agresti-min")

LARGEST_SAMPLE = 5000
"""Cases in a sample beyond which the enumeration is refused: its time grows with the square of the sizes."""


def compare(
    method: str,
    samples: tuple[Floats, ...],
    null: two_samples.Null,
    confidence_level: float | None,
    alternative: str,
) -> tuple[Floats, NDArray[np.int64]]:
    """Rows estimate, low, high, statistic and pvalue, and the flags of intervals that hold rejected nulls.

    Without a confidence level there are no limits: they take a hundred times as long as the p-value.
    """
    for name, size in (("nobs1", samples[1]), ("nobs2", samples[3])):
        checked.refuse_first(name, size, size > LARGEST_SAMPLE, f"is above {LARGEST_SAMPLE}, too many for {method!r}")
    rejected: list[NDArray[np.bool_]] = []

    def kernel(vectors: tuple[Floats, ...], null: Floats, level: float, alternative: str) -> Floats:
        count1, nobs1, count2, nobs2 = vectors
        rows, inside = _core.compare_unconditional(count1, nobs1, count2, nobs2, null, method, level, alternative)
        rejected.append(inside)
        return rows

    level = np.nan if confidence_level is None else checked.level(confidence_level)
    rows = two_samples.answer(kernel, samples, null, level, alternative)
    inside = np.any(rejected, axis=0).reshape(rows.shape[1:])
    return rows, np.where(inside, np.int64(Flag.REJECTED_INSIDE), np.int64(0))
