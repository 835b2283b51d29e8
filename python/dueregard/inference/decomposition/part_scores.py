"""What each part of a gap would change by if one more person like those in a cell were counted: linearised scores."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.gap_parts import Counts, Plan, gap_parts

STEP = 1e-4
"""The part of a cell's people by which they are changed: the error of the slope is about its square."""

VALUES_AT_ONCE = 2**22

Places = NDArray[np.int64]


class Slopes(NamedTuple):
    """What each part changes by for one more person in a cell, and for one more with the property; (cells, parts)."""

    by_nobs: Floats
    by_positive: Floats


class Scores(NamedTuple):
    """The score of a person with the property and of one without it, in each cell; (cells, parts)."""

    with_it: Floats
    without: Floats


def part_scores(group: Counts, reference: Counts, plan: Plan, sizes: tuple[Floats, Floats]) -> tuple[Scores, Scores]:
    """Scores of people of both groups; ``sizes`` are the (effective) numbers of people in each cell, (cells,).

    A cell's rate lies nearer to its people's answers than the true one does, so that their deviations from it are too
    small: each is divided by the root of 1 - 1/n, as in a regression with a coefficient for each cell (HC2 of
    MacKinnon, J. G. and White, H. (1985), Journal of Econometrics 29: 305-325). A single person's deviation is 0: it is
    taken to be as large as those of the other cells are on average.
    """
    slopes = part_slopes(group, reference, plan)
    return _scores(group, slopes[0], sizes[0]), _scores(reference, slopes[1], sizes[1])


def _scores(side: Counts, slopes: Slopes, size: Floats) -> Scores:
    nobs, positive = (each.reshape(-1) for each in side)
    rate = np.divide(positive, nobs, out=np.zeros(nobs.shape), where=nobs > 0)
    several = size > 1
    wider = np.sqrt(np.divide(size, size - 1, out=np.ones(size.shape), where=several))
    spread = rate * (1 - rate) * np.square(wider)
    held = nobs[several].sum()
    usual = np.sqrt((spread * nobs)[several].sum() / held) if held > 0 else 0.5
    up, down = np.where(several, (1 - rate) * wider, usual), np.where(several, rate * wider, usual)
    middle = slopes.by_nobs + rate[:, np.newaxis] * slopes.by_positive
    return Scores(
        middle + up[:, np.newaxis] * slopes.by_positive,
        middle - down[:, np.newaxis] * slopes.by_positive,
    )


def part_slopes(group: Counts, reference: Counts, plan: Plan) -> tuple[Slopes, Slopes]:
    """By central differences; in the count every part is linear, so that one step of any size gives its slope."""
    base = gap_parts(group, reference, plan)
    return _slopes(group, reference, plan, base, own=True), _slopes(reference, group, plan, base, own=False)


def _slopes(side: Counts, other: Counts, plan: Plan, base: Floats, *, own: bool) -> Slopes:
    nobs, positive = (each.reshape(-1) for each in side)
    found = Slopes(*(np.zeros((len(nobs), base.shape[1])) for _ in range(2)))
    occupied = np.flatnonzero(nobs > 0)
    at_once = max(1, VALUES_AT_ONCE // (len(nobs) << len(plan.sizes)))
    for first in range(0, len(occupied), at_once):
        cells = occupied[first : first + at_once]
        size = nobs[cells, np.newaxis]

        def moved(steps: float, more: float, cells: Places = cells) -> Floats:
            rows = np.arange(len(cells))
            tables = [np.repeat(each[np.newaxis], len(cells), axis=0) for each in (nobs, positive)]
            tables[0][rows, cells] += steps * nobs[cells]
            tables[1][rows, cells] += more * nobs[cells]
            changed = Counts(*(each.reshape(len(cells), *plan.sizes) for each in tables))
            beside = Counts(*(np.broadcast_to(each, (len(cells), *plan.sizes)) for each in other))
            return gap_parts(changed, beside, plan) if own else gap_parts(beside, changed, plan)

        found.by_nobs[cells] = (moved(STEP, 0.0) - moved(-STEP, 0.0)) / (2 * STEP * size)
        found.by_positive[cells] = (moved(0.0, 1.0) - base) / size
    return found
