"""dr.between_group_variance: its published value, what chance makes of it by enumeration, and its limits."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

import dueregard as dr

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())["disparity"]
FEW = {"n_resamples": 99}


def variance(rates, sizes):
    mean = np.average(rates, weights=sizes)
    return np.average((np.asarray(rates) - mean) ** 2, weights=sizes)


def test_published_value():
    people = [100 * int(n) for n in GOLDEN["n"]]
    events = [round(rate * n / 1000) for rate, n in zip(GOLDEN["rates"], people, strict=True)]
    found = dr.between_group_variance(events, exposure=people, **FEW)
    assert 1e6 * found.estimate == pytest.approx(GOLDEN["between_group_variance"], rel=1e-9)
    assert 1000 * found.overall == pytest.approx(GOLDEN["overall"], rel=1e-9)


def test_what_chance_makes_of_it_is_its_mean_over_all_tables():
    """All tables of groups of 2, 3 and 5 with a common rate of 0.3 (3 of 10), each with its probability."""
    sizes, total = [2, 3, 5], 0.0
    for counts in product(*(range(n + 1) for n in sizes)):
        chance = math.prod(binom.pmf(c, n, 0.3) for c, n in zip(counts, sizes, strict=True))
        total += chance * variance(np.divide(counts, sizes), sizes)
    assert dr.between_group_variance([1, 0, 2], sizes, **FEW).expected == pytest.approx(total, rel=1e-9)


def test_of_rates_too():
    sizes, total = np.array([2.0, 3.0]), 0.0
    for counts in product(range(25), range(25)):
        chance = math.prod(poisson.pmf(c, 0.6 * n) for c, n in zip(counts, sizes, strict=True))
        total += chance * variance(counts / sizes, sizes)
    assert dr.between_group_variance([1, 2], exposure=sizes, **FEW).expected == pytest.approx(total, rel=1e-9)


def test_the_mean_of_draws_agrees_with_the_exact_one():
    from dueregard.inference.indices import index_formulas
    from dueregard.inference.indices.counted import read
    from dueregard.inference.indices.group_indices import GroupIndex, over_areas
    from dueregard.inference.indices.index_limits import Draws

    groups = read([330, 71, 40], [430, 120, 80], None)
    drawn = over_areas(groups, GroupIndex(index_formulas.variance), 0.95, Draws(20_000, 0))[4]
    assert drawn == pytest.approx(dr.between_group_variance([330, 71, 40], [430, 120, 80], **FEW).expected, rel=0.03)


groups = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=2, max_size=5)


@settings(max_examples=25, deadline=None)
@given(groups, st.integers(2, 9))
def test_laws(drawn, times):
    nobs = np.array([total for _, total in drawn])
    count = np.minimum([some for some, _ in drawn], nobs)
    found = dr.between_group_variance(count, nobs, **FEW)
    assert 0 <= found.estimate <= 0.25
    assert 0 <= found.low <= found.corrected <= found.high <= 0.25 + 1e-12
    assert found.high > 0
    assert (found.low > 0) == (found.pvalue < 0.05)
    scaled = dr.between_group_variance(times * count, times * nobs, **FEW)
    assert scaled.estimate == pytest.approx(found.estimate)
    others = dr.between_group_variance(nobs - count, nobs, **FEW)
    assert others.estimate == pytest.approx(found.estimate)
    assert others.expected == pytest.approx(found.expected)


def test_the_corrected_estimate_takes_off_what_chance_adds():
    found = dr.between_group_variance([330, 71, 40], [430, 120, 80])
    assert found.expected < found.estimate
    assert found.estimate - 2 * found.expected < found.corrected < found.estimate


def test_no_events_leave_room_above_0():
    found = dr.between_group_variance([0, 0, 0], [10, 10, 30])
    assert (found.estimate, found.low, found.pvalue, found.overall) == (0, 0, 1, 0)
    assert 0.005 < found.high < 0.05
    everybody = dr.between_group_variance([10, 10, 30], [10, 10, 30])
    assert everybody.high == pytest.approx(found.high, rel=0.2)
