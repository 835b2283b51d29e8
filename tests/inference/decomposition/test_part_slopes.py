"""Derivatives of the parts of a gap against central differences, the slow way."""

import numpy as np
import pytest

from dueregard.inference.decomposition.rates.gap_parts import GAP, METHODS, RATES, Counts, PartName, Plan, gap_parts
from dueregard.inference.decomposition.rates.part_scores import part_scores
from dueregard.inference.decomposition.rates.part_slopes import part_slopes

STEP = 1e-5


def by_differences(sides, plan, which):
    """By people, and by people with the property, of one side; (cells, parts) each."""
    n = sides[which].nobs.size
    found = np.zeros((2, n, len(plan.names)))
    for cell in np.flatnonzero(sides[which].nobs.reshape(-1) > 0):
        size = STEP * sides[which].nobs.reshape(-1)[cell]
        for k in range(2):
            ends = []
            for sign in (1, -1):
                moved = [each.copy() for each in sides[which]]
                moved[k].reshape(-1)[cell] += sign * size
                changed = list(sides)
                changed[which] = Counts(*moved)
                ends.append(gap_parts(*changed, plan)[0])
            found[k, cell] = (ends[0] - ends[1]) / (2 * size)
    return found


@pytest.mark.parametrize("sizes", [(4,), (2, 3), (2, 3, 2), (2, 2, 2, 2)])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("parts", [2, 3])
@pytest.mark.parametrize("empty", ["none", "borrow", "apart"])
def test_slopes_are_those_of_small_differences(sizes, method, parts, empty):
    rng = np.random.default_rng(len(sizes) + parts)
    people = [rng.integers(1, 30, sizes).astype(float) for _ in range(2)]
    if empty != "none":
        people[0].reshape(-1)[0] = people[1].reshape(-1)[-1] = 0
    sides = [Counts(n[np.newaxis], np.floor(n * rng.random(sizes))[np.newaxis]) for n in people]
    support = ((people[0] > 0) == (people[1] > 0)) if empty == "apart" else None
    plan = Plan(sizes, method, parts, support)
    for which, slopes in enumerate(part_slopes(*sides, plan)):
        held = people[which].reshape(-1) > 0
        for found, wanted in zip(slopes, by_differences(sides, plan, which), strict=True):
            assert found[held] == pytest.approx(wanted[held], abs=1e-8)


def test_scores_of_all_people_sum_to_nothing():
    """More people of every kind change no part."""
    sides = [
        Counts(np.array([[30.0, 8.0]]), np.array([[12.0, 5.0]])),
        Counts(np.array([[9.0, 40.0]]), np.array([[3.0, 22.0]])),
    ]
    scores = part_scores(*sides, Plan((2,)), tuple(each.nobs[0] for each in sides))
    for side, score in zip(sides, scores, strict=True):
        positive, nobs = side.positive[0][:, np.newaxis], side.nobs[0][:, np.newaxis]
        total = (positive * score.with_it + (nobs - positive) * score.without).sum(axis=0)
        assert total == pytest.approx(np.zeros(len(total)), abs=1e-12)


def test_deviations_from_cells_are_widened_but_not_those_from_the_whole():
    side = Counts(np.array([[10.0]]), np.array([[4.0]]))
    plan, sizes = Plan((1,)), (np.array([10.0]), np.array([10.0]))
    scores, _ = part_scores(side, side, plan, sizes)
    gap, rates = (plan.names.index(PartName(part)) for part in (GAP, RATES))
    variance = 4 * np.square(scores.with_it[0]) + 6 * np.square(scores.without[0])
    assert variance[gap] == pytest.approx(0.4 * 0.6 / 10)
    assert variance[rates] == pytest.approx(0.4 * 0.6 / 9)


def test_a_single_person_deviates_as_others_do():
    side = Counts(np.array([[10.0, 1.0]]), np.array([[4.0, 1.0]]))
    plan = Plan((2,))
    scores, _ = part_scores(side, side, plan, (side.nobs[0], side.nobs[0]))
    rates = plan.names.index(PartName(RATES))
    assert scores.with_it[1, rates] - scores.without[1, rates] == pytest.approx(2 * np.sqrt(0.24 * 10 / 9) / 11)
