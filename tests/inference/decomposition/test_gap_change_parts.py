"""The parts of the change of a gap: they add up, and are each side's own decomposition over time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.decomposition.rates.gap_change_parts import (
    AFTER,
    BEFORE,
    CHANGE,
    GROUP,
    REFERENCE,
    ChangeName,
    ChangePlan,
    Times,
    change_scores,
    gap_change_parts,
)
from dueregard.inference.decomposition.rates.gap_parts import Counts, PartName, Plan, gap_parts


@st.composite
def four_samples(draw):
    sizes = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=2)))
    n = int(np.prod(sizes))
    found = []
    for _ in range(4):
        people = np.array(draw(st.lists(st.integers(1, 30), min_size=n, max_size=n)), float)
        positive = np.floor(people * np.array(draw(st.lists(st.floats(0, 1), min_size=n, max_size=n))))
        found.append(Counts(people.reshape(1, *sizes), positive.reshape(1, *sizes)))
    return Times(found[0], found[1]), Times(found[2], found[3])


def changed(group, reference, **options):
    plan = Plan(group.after.nobs.shape[1:], **options)
    both = ChangePlan(plan, plan)
    return dict(zip(both.names, gap_change_parts(group, reference, both)[0], strict=True)), plan


@given(four_samples(), st.sampled_from(["shapley", "das-gupta", "kitagawa"]), st.sampled_from([2, 3]))
def test_parts_add_up(sides, method, parts):
    found, plan = changed(*sides, method=method, parts=parts)
    assert found[ChangeName(CHANGE)] == pytest.approx(found[ChangeName(AFTER)] - found[ChangeName(BEFORE)], abs=1e-12)
    totals = [
        value
        for name, value in found.items()
        if name[1:] == (None, None, None) and name.part[:3] in ("com", "rat", "int")
    ]
    assert sum(totals) == pytest.approx(found[ChangeName(CHANGE)], abs=1e-12)
    for part in ("composition", "rates"):
        both = found[ChangeName(part, GROUP)] + found[ChangeName(part, REFERENCE)]
        assert both == pytest.approx(found[ChangeName(part)], abs=1e-12)
    if plan.splits:
        factors = [found[ChangeName("composition", None, j)] for j in range(len(plan.sizes))]
        assert sum(factors) == pytest.approx(found[ChangeName("composition")], abs=1e-12)


@given(four_samples())
def test_each_side_is_its_own_decomposition_over_time(sides):
    found, plan = changed(*sides)
    for which, sign in ((GROUP, 1), (REFERENCE, -1)):
        own = dict(zip(plan.names, gap_parts(*sides[which], plan)[0], strict=True))
        for part in ("composition", "rates"):
            assert found[ChangeName(part, which)] == pytest.approx(sign * own[PartName(part)], abs=1e-12)


@given(four_samples())
def test_what_changes_alike_on_both_sides_cancels(sides):
    found, _ = changed(sides[0], sides[0])
    assert all(value == pytest.approx(0, abs=1e-12) for name, value in found.items() if name.side is None)


def test_scores_are_those_of_small_changes():
    rng = np.random.default_rng(2)
    tables = [rng.integers(5, 30, (1, 2, 3)).astype(float) for _ in range(4)]
    found = [Counts(n, np.floor(n * rng.random(n.shape))) for n in tables]
    sides, plan = (Times(found[0], found[1]), Times(found[2], found[3])), Plan((2, 3))
    both = ChangePlan(plan, plan)
    for which in (GROUP, REFERENCE):
        sizes = tuple(np.full(6, 1e12) for _ in range(2))  # nothing is widened for large cells
        scores = change_scores(sides[which], both, which, sizes)
        for time, score in enumerate(scores):
            for cell in range(6):
                ends = []
                for step in (1e-4, -1e-4):
                    moved = [list(each) for each in sides]
                    nobs, positive = (each.copy() for each in moved[which][time])
                    nobs.reshape(-1)[cell] += step
                    positive.reshape(-1)[cell] += step
                    moved[which][time] = Counts(nobs, positive)
                    ends.append(gap_change_parts(*(Times(*each) for each in moved), both)[0])
                assert score.with_it[cell] == pytest.approx((ends[0] - ends[1]) / 2e-4, abs=1e-7)
