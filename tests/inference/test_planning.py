"""Power and sample size: against plain enumeration, R's normal approximation, and what the definitions say."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

import dueregard as dr
from dueregard.inference.two_groups import planning
from dueregard.inference.two_groups.comparisons import METHODS

R = json.loads((Path(__file__).parent / "stratified_golden.json").read_text())["power_prop_test"]
QUESTIONS = [
    {},
    {"alternative": "less"},
    {"alternative": "greater", "null": -0.1, "confidence_level": 0.9},
    {"alternative": "equivalence", "null": (-0.3, 0.25), "confidence_level": 0.8},
    {"measure": "ratio", "null": 0.8},
    {"measure": "odds-ratio", "alternative": "equivalence", "null": (0.2, 4), "confidence_level": 0.8},
]


def plain_power(p1, p2, nobs1, nobs2, **question):
    """Every table by itself, with nothing left out and no boundary sought."""
    outside = 1 - question.get("confidence_level", 0.95)
    return math.fsum(
        math.comb(nobs1, x) * p1**x * (1 - p1) ** (nobs1 - x) * math.comb(nobs2, y) * p2**y * (1 - p2) ** (nobs2 - y)
        for x in range(nobs1 + 1)
        for y in range(nobs2 + 1)
        if dr.compare_proportions(x, nobs1, y, nobs2, **question).pvalue < outside
    )


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("table", [(0.3, 0.6, 12, 7), (0.05, 0.05, 6, 15), (1.0, 0.4, 3, 9), (0.5, 0.5, 1, 1)])
def test_power_is_that_of_plain_enumeration(table, question):
    assert dr.comparison_power(*table, **question) == pytest.approx(plain_power(*table, **question), abs=1e-12)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_boundary_finds_what_looking_at_every_table_finds(question, monkeypatch):
    measure = question.get("measure", "difference")
    methods = [name for name in METHODS[measure] if name in planning.MONOTONE]
    sizes = np.array([(1, 1), (3, 8), (8, 3), (20, 20), (45, 31), (31, 45)]).T
    shares = (np.array([0.1, 0.45, 0.9])[:, None], 0.5)
    by_boundary = [dr.comparison_power(*shares, *sizes, method=method, **question) for method in methods]
    monkeypatch.setattr(planning, "MONOTONE", ())
    by_table = [dr.comparison_power(*shares, *sizes, method=method, **question) for method in methods]
    np.testing.assert_allclose(by_boundary, by_table, rtol=0, atol=1e-13)
    assert np.shape(by_table)[1:] == (3, 6)


@pytest.mark.parametrize("method", ["wald", "skewness-corrected", "agresti-min"])
def test_methods_without_a_boundary_look_at_every_table(method):
    assert method not in planning.MONOTONE
    found = dr.comparison_power(0.9, 0.6, 6, 5, method=method)
    assert found == pytest.approx(plain_power(0.9, 0.6, 6, 5, method=method), abs=1e-12)


@pytest.mark.parametrize("method", ["score", "wald"])
def test_large_groups_leave_out_next_to_nothing(method, monkeypatch):
    windowed = dr.comparison_power(0.3, 0.35, 600, 500, method=method)
    monkeypatch.setattr(planning, "CELLS", 10**9)
    assert dr.comparison_power(0.3, 0.35, 600, 500, method=method) == pytest.approx(windowed, abs=1e-12)
    assert (601 * 501) > 250_000


def test_size_of_the_test_when_nothing_differs():
    """With one case in each group nothing can be concluded; with more, about as often as the level says."""
    assert dr.comparison_power(0.5, 0.5, 1, 1) == 0
    sizes = dr.comparison_power(0.4, 0.4, [30, 100, 300], [30, 100, 300])
    assert (np.abs(sizes - 0.05) < 0.012).all()


def test_near_rs_normal_approximation():
    """R's power.prop.test approximates; the exact score comparison is within 1% in power and 2% in size."""
    assert dr.comparison_power(0.5, 0.75, 50, 50) == pytest.approx(R["power_50_75_n_50"], abs=0.01)
    assert dr.comparison_sample_size(0.5, 0.75, power=0.9).nobs1 == pytest.approx(R["n_50_75_power_90"], rel=0.02)


def test_near_rs_normal_approximation_for_larger_groups():
    n = round(R["n_79_74_power_80"])
    assert dr.comparison_power(0.79, 0.74, n, n) == pytest.approx(0.8, abs=0.003)


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        ((0.2, 0.7), {"power": 0.9}),
        ((0.1, 0.4), {"ratio": 0.6}),
        ((0.8, 0.8), {"alternative": "greater", "null": -0.2}),
        ((0.5, 0.5), {"alternative": "equivalence", "null": (-0.35, 0.35)}),
        ((0.1, 0.5), {"measure": "ratio", "ratio": 2.5}),
        ((0.0, 0.3), {}),
        ((1.0, 0.0), {}),
    ],
)
def test_sample_size_is_the_smallest_above_the_last_that_falls_short(arguments, question):
    found = dr.comparison_sample_size(*arguments, **question)
    wanted, ratio = question.pop("power", 0.8), question.pop("ratio", 1.0)
    assert found.nobs2 == math.ceil(ratio * found.nobs1)

    def power(nobs1):
        return dr.comparison_power(*arguments, nobs1, math.ceil(round(ratio * nobs1, 9)), **question)

    mean = min(max(sum(arguments) / 2, 0.01), 0.99)
    horizon = found.nobs1 + int(2 * math.sqrt(found.nobs1 / (mean * (1 - mean))))
    assert found.power == power(found.nobs1)
    assert min(power(n) for n in range(found.nobs1, horizon + 1)) >= wanted
    assert found.nobs1 == 1 or power(found.nobs1 - 1) < wanted


def test_power_is_a_saw():
    """Why the search looks beyond the first size that is enough."""
    power = dr.comparison_power(0.2, 0.7, np.arange(10, 40), np.arange(10, 40))
    assert (np.diff(power) < 0).any()
    enough = np.flatnonzero(power >= 0.8)
    assert dr.comparison_sample_size(0.2, 0.7).nobs1 >= 10 + enough[0]


def test_scalars_in_scalars_out():
    assert type(dr.comparison_power(0.5, 0.6, 20, 20)) is float
    assert dr.comparison_power([0.5, 0.6], 0.6, 20, [[20], [21], [22]]).shape == (3, 2)
    found = dr.comparison_sample_size(0.1, 0.9)
    assert type(found.nobs1) is type(found.nobs2) is int
    assert found.power == dr.comparison_power(0.1, 0.9, found.nobs1, found.nobs2)


def test_all_probability_is_that_of_the_only_tables_there_are():
    assert dr.comparison_power(1, 0, 20, 20) == 1
    assert dr.comparison_power(0, 0, 20, 20) == 0
    some = dr.comparison_power(1, 0.5, 4, 4)
    rejected = [x for x in range(5) if dr.compare_proportions(4, 4, x, 4).pvalue < 0.05]
    assert some == pytest.approx(binom.pmf(rejected, 4, 0.5).sum(), abs=1e-15)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"p1": 1.2}, ValueError, "p1: 1.2 is not between 0 and 1"),
        ({"p2": [0.1, math.nan]}, ValueError, "p2: nan at index 1 is not a number"),
        ({"nobs1": 0}, ValueError, "nobs1: 0 is below 1"),
        ({"nobs2": 2.5}, ValueError, "nobs2: 2.5 is not a whole number"),
        ({"nobs1": [1, 2], "nobs2": [1, 2, 3]}, ValueError, "do not broadcast"),
        ({"method": "katz"}, ValueError, "method: 'katz' is not a method for the difference"),
        ({"null": [0.1, 0.2]}, ValueError, r"null: an array of shape \(2,\), where one value is asked about"),
        ({"alternative": "equivalence"}, ValueError, "null: None is not a pair"),
        ({"p1": "half"}, TypeError, "p1: 'half' is not a number"),
    ],
)
def test_bad_input_of_power(change, error, message):
    with pytest.raises(error, match=message):
        dr.comparison_power(**{"p1": 0.5, "p2": 0.5, "nobs1": 5, "nobs2": 5} | change)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"p1": 0.5}, ValueError, "p1 and p2: a true difference of 0 is not the alternative 'two-sided' to 0"),
        ({"alternative": "greater"}, ValueError, "not the alternative 'greater' to 0, so no number of cases is enough"),
        ({"alternative": "equivalence", "null": (-0.1, 0.1)}, ValueError, r"'equivalence' to \(-0.1, 0.1\)"),
        ({"p1": 0, "p2": 0, "measure": "ratio"}, ValueError, "a true ratio of nan is not the alternative"),
        ({"p1": 0.4999, "confidence_level": 0.99999}, ValueError, "power: not reached with 1,000,000 cases"),
        ({"p1": [0.1, 0.2]}, TypeError, r"p1: \[0.1, 0.2\] is not a number"),
        ({"power": 1}, ValueError, "power: 1 is not between 0 and 1"),
        ({"ratio": 0}, ValueError, "ratio: 0 is not a finite number above 0"),
    ],
)
def test_bad_input_of_sample_size(change, error, message):
    with pytest.raises(error, match=message):
        dr.comparison_sample_size(**{"p1": 0.2, "p2": 0.5} | change)
