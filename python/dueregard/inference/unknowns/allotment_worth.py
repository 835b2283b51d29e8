"""What a comparison of partly allotted numbers is worth: cases that were estimated tell less than counted ones."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.contrasts import Contrast

TRACE = 1e-9
"""What a cell without cases counts for in a variance, with its weight, so that the limit at 0 is found."""

Cells = tuple[Floats, Floats, Floats]
"""Known cases of the group, of its reference and of all others; arrays of shape (strata, comparisons)."""


def shares(known: Cells, unknown: Floats, weights: tuple[Floats, Floats]) -> Cells:
    """Which shares of the unknown cases the group and the reference get, and the weighted number of known cases.

    Shares are those of the known cases of the stratum, each case of the group and of the reference taken with its
    weight. Where there are none to go by, shares of unknown cases are NaN.
    """
    own, reference, other = known
    total = weights[0] * own + weights[1] * reference + other
    nobody = np.where(unknown > 0, np.nan, 0.0)
    share1, share2 = (
        np.divide(weight * cases, total, out=nobody.copy(), where=total > 0)
        for weight, cases in ((weights[0], own), (weights[1], reference))
    )
    return share1, share2, total


def worth(
    known: Cells,
    unknown: Floats,
    weights: tuple[Floats, Floats],
    plain: Contrast,
    positive: NDArray[np.bool_] | None,
) -> Floats:
    """The part of the allotted numbers that a comparison is worth: its variance had they been counted, over its own.

    Both are delta-method variances, of ratios that of their logarithm, with all cells Poisson. A group's number in a
    stratum is c + s U: of its own known cases c and the share s of the unknown ones U, which itself comes from the
    known cases of all groups. ``positive`` is None for rates. For rates allotted in proportion, in a single stratum,
    this is the share of cases whose group is known: the allotted ones add nothing.
    """
    step1, step2 = _steps(plain, positive)
    own, reference = (
        np.where(cases > 0, cases, TRACE / weight) for cases, weight in zip(known[:2], weights, strict=True)
    )
    other = np.where(known[2] > 0, known[2], TRACE)
    share1, share2, total = shares((own, reference, other), unknown, weights)
    of_unknown = step1 * share1 + step2 * share2
    pull = unknown / total
    variance = unknown * of_unknown**2
    cells = ((own, weights[0], step1), (reference, weights[1], step2), (other, 1.0, 0.0))
    for cases, weight, step in cells:
        variance = variance + cases * (step * (1 + weight * pull) - weight * pull * of_unknown) ** 2
    counted = (own + share1 * unknown) * step1**2 + (reference + share2 * unknown) * step2**2
    variance, counted = variance.sum(axis=0), counted.sum(axis=0)
    part = np.divide(counted, variance, out=np.ones(variance.shape), where=variance > 0)
    return np.asarray(np.minimum(part, 1.0))


def _steps(plain: Contrast, positive: NDArray[np.bool_] | None) -> tuple[Floats, Floats]:
    """How the measure (of ratios its logarithm) changes with one more case of the group and of the reference."""
    sides = ((1, plain.count1, plain.nobs1), (-1, plain.count2, plain.nobs2))
    steps = [sign * _step(count, size, plain.measure, positive) for sign, count, size in sides]
    return steps[0], steps[1]


def _step(count: Floats, size: Floats, measure: str, positive: NDArray[np.bool_] | None) -> Floats:
    """The change of one side with one more case in each stratum; 0 where the side has no size."""
    rate = np.divide(np.maximum(count, TRACE), size, out=np.ones(size.shape), where=size > 0)
    change = np.ones((1, *rate.shape))
    if positive is not None:
        rate = np.minimum(rate, 1 - TRACE)
        change = np.where(positive[:, np.newaxis], 1 - rate, -rate)
    return np.divide(change, SCALES[measure](rate) * size, out=np.zeros(change.shape), where=size > 0)


SCALES: dict[str, Callable[[Floats], Floats]] = {
    "difference": np.ones_like,
    "ratio": lambda rate: rate,
    "odds-ratio": lambda rate: rate * (1 - rate),
}
"""What a change of a share or rate is divided by to give that of the measure."""
