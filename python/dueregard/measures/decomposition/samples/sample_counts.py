"""The complete rows of a sample as counts of answers, such as a tally has them."""

import numpy as np

from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import Surveyed
from dueregard.missing import is_missing

HALF = 50.0
"""Between those with the answer, whose outcome is 100, and those without it."""


def counted(sample: GapSample, *, surveyed: bool) -> Grouped:
    """By area and group how many have the answer; ``surveyed`` where a design says how they were drawn."""
    shape = len(sample.areas), len(sample.groups)
    n = shape[0] * shape[1]
    cell = np.where(sample.cell >= 0, 2 * sample.cell + (sample.y > HALF), -1).astype(np.int32)
    read = sample.rows.read
    cells = read.rows.renumbered(read.design, cell, sample.x).summed(read.design, cell, 2 * n, None)
    count = np.bincount(cell[cell >= 0], minlength=2 * n).reshape(n, 2)
    weight, squares = cells.domain_sums[:, 0].reshape(n, 2), cells.domain_squares.reshape(n, 2)
    missing = [[sample.outcome_missing(area, group) for group in range(shape[1])] for area in range(shape[0])]
    found = Grouped(
        by=sample.by,
        areas=sample.areas,
        groups=sample.groups,
        known_group=np.array([not is_missing(label) for label in sample.groups], bool),
        known_area=np.array([not any(map(is_missing, area)) for area in sample.areas], bool),
        count=count[:, 1].reshape(shape),
        nobs=count.sum(axis=1).reshape(shape),
        outcome_missing=np.array(missing, np.int64).reshape(shape),
        weight_count=weight[:, 1].reshape(shape),
        weight=weight.sum(axis=1).reshape(shape),
        squares=squares.sum(axis=1).reshape(shape),
        weighted=read.tally.weighted,
    )
    if not surveyed:
        return found
    every = np.arange(n)
    yes, all_answers = (every, 2 * every + 1, n), (np.repeat(every, 2), np.arange(2 * n), n)
    return found.of_survey(Surveyed(cells, yes, all_answers, read.tally.weighted))
