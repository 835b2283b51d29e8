"""What each part of a gap would change by if one more person like those in a cell were counted: linearised scores."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.gap_parts import APART, GAP, Counts, Plan
from dueregard.inference.decomposition.rates.part_slopes import Slopes, part_slopes


class Scores(NamedTuple):
    """The score of a person with the property and of one without it, in each cell; (cells, parts)."""

    with_it: Floats
    without: Floats


def part_scores(group: Counts, reference: Counts, plan: Plan, sizes: tuple[Floats, Floats]) -> tuple[Scores, Scores]:
    """Scores of people of both groups; ``sizes`` are the (effective) numbers of people in each cell, (cells,).

    A cell's rate lies nearer to its people's answers than the true one does, so that their deviations from it are too
    small: each is divided by the root of 1 - 1/n, as in a regression with a coefficient for each cell (HC2 of
    MacKinnon, J. G. and White, H. (1985), Journal of Econometrics 29: 305-325). A single person's deviation is 0: it is
    taken to be as large as those of the other cells are on average. In the gap itself, and in what comes of people
    without counterpart, cells have no part.
    """
    by_cells = np.array([name.part not in (GAP, APART) for name in plan.names])
    slopes = part_slopes(group, reference, plan)
    return _scores(group, slopes[0], sizes[0], by_cells), _scores(reference, slopes[1], sizes[1], by_cells)


def _scores(side: Counts, slopes: Slopes, size: Floats, by_cells: NDArray[np.bool_]) -> Scores:
    nobs, positive = (each.reshape(-1) for each in side)
    rate = np.divide(positive, nobs, out=np.zeros(nobs.shape), where=nobs > 0)
    middle = slopes.by_nobs + rate[:, np.newaxis] * slopes.by_positive
    plain, wide = (1 - rate, -rate), _widened(nobs, rate, size)
    up, down = (
        middle + np.where(by_cells, one[:, np.newaxis], other[:, np.newaxis]) * slopes.by_positive
        for one, other in zip(wide, plain, strict=True)
    )
    return Scores(up, down)


def _widened(nobs: Floats, rate: Floats, size: Floats) -> tuple[Floats, Floats]:
    """The deviations from their cell's rate of people with the property and of those without."""
    several = size > 1
    wider = np.sqrt(np.divide(size, size - 1, out=np.ones(size.shape), where=several))
    spread = rate * (1 - rate) * np.square(wider)
    held = nobs[several].sum()
    usual = np.sqrt((spread * nobs)[several].sum() / held) if held > 0 else 0.5
    return np.where(several, (1 - rate) * wider, usual), np.where(several, -rate * wider, -usual)
